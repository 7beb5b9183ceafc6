"""Where recordings, transcripts, results and tasks are kept: SQLite or PostgreSQL, and a folder of files."""
