"""SQLAlchemy on SQLite or PostgreSQL, and the files of recordings."""
