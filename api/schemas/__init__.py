"""The shapes that cross the wire, one file per kind of record, with their translations."""
