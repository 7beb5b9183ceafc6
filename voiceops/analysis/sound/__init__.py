"""Measures of sound: pure functions on 16-bit samples at 16 kHz, read block by block."""

RATE_HZ = 16_000
FULL_SCALE = 32_768.0
