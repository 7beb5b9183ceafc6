"""How the tables came to their present form, one step per file; run by `database.migrate`."""
