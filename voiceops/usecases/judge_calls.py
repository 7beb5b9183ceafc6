"""Counts calls for the figures over weeks where that was not done when their verdicts were written."""

from voiceops.ports import Services

# A round is bounded, and each of its transactions short: on SQLite everybody else waits for it.
ROUNDS = 20
AT_ONCE = 100


def judge_calls(services: Services) -> int:
    """How many calls were looked at; the next round of the sweep goes on with the others."""
    done = 0
    for _ in range(ROUNDS):
        with services.open_unit() as unit:
            some = unit.trends.judge(limit=AT_ONCE)
            unit.commit()
        done += some
        if some < AT_ONCE:
            break
    return done
