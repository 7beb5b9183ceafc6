"""Lets calls that the version before transcribed be found by their words."""

from voiceops.ports import Services

# A round is bounded, and each of its transactions short: on SQLite everybody else waits for it.
ROUNDS = 10
AT_ONCE = 10


def make_searchable(services: Services) -> int:
    """How many transcripts were looked at; the next round of the sweep goes on with the others."""
    done = 0
    for _ in range(ROUNDS):
        with services.open_unit() as unit:
            some = unit.transcripts.make_searchable(limit=AT_ONCE)
            unit.commit()
        done += some
        if some < AT_ONCE:
            break
    return done
