"""Removes what uploads left behind that a crash cut off."""

from voiceops.ports import Services

# Longer than the slowest upload: nobody sends one recording for a day.
_ABANDONED_AFTER_SECONDS = 24 * 3600


def remove_abandoned_files(services: Services) -> int:
    """How many half-received files were removed."""
    return services.files.remove_abandoned(_ABANDONED_AFTER_SECONDS)
