"""Removes files that belong to no recording: what crashed uploads left behind, which nobody was told is safe."""

from voiceops.ports import Services
from voiceops.usecases.compare_files import belongs_to_none, is_unredacted

# A younger one may belong to an upload that is just about to store its row.
OLD_SECONDS = 24 * 3600


def remove_strays(services: Services) -> int:
    """How many files were removed; younger ones stay, unless they hold what was to be redacted."""
    removed = 0
    old = set(services.files.all_sha256(older_than_seconds=OLD_SECONDS))
    for sha256 in services.files.all_sha256():
        # What is not redacted goes however young: its row was there before.
        if belongs_to_none(services, sha256) and (sha256 in old or is_unredacted(services, sha256)):
            services.files.remove(sha256)
            removed += 1
    return removed
