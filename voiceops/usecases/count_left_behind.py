"""Counts what the version before evaluated or reviewed while machines were upgraded one by one."""

from voiceops.ports import Services

# As in make_searchable: a round is bounded, and each of its transactions short.
ROUNDS = 10
AT_ONCE = 10


def count_left_behind(services: Services) -> int:
    """How many recordings were counted anew; the next round of the sweep goes on with the others."""
    done = 0
    for _ in range(ROUNDS):
        with services.open_unit() as unit:
            some = unit.verdicts.count_left_behind(limit=AT_ONCE)
            unit.commit()
        done += some
        if some < AT_ONCE:
            break
    return done
