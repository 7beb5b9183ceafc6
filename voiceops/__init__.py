"""VoiceOps: recorded calls become compliance verdicts, voicemails become callback tasks."""

__version__ = "0.1.0"
