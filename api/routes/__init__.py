"""The addresses of the API, one file per kind of record, each with its own router."""
