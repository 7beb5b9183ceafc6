"""One module per fact a caller may mention, and one per language we read them in."""
