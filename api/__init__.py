"""The web door: thin FastAPI routes over the use cases."""
