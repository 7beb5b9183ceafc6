"""One verb per file: the only place where steps are put in order."""
