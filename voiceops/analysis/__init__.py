"""Pure functions, data in, data out: the heart of VoiceOps, tested in milliseconds."""
