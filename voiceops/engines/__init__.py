"""Speech and audio engines, each importing its heavy library itself."""
