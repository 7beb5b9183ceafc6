"""Lets `python -m voiceops` do what the `voiceops` command does."""

from voiceops.cli import main

main()
