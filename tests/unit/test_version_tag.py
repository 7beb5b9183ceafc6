"""A record's tag is the same for the same record, whoever made it and in whatever order, and changes with any field."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.version_tag import version_tag
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Agent, Queue
from voiceops.domain.working_hours import Opening, WorkingHours

HOURS = WorkingHours(
    closed_days=frozenset({date(2026, 12, 24), date(2026, 12, 31), date(2026, 5, 1)}),
    by_weekday={4: (Opening(time(9), time(12)),), 1: ()},
    by_date={date(2026, 1, 2): ()},
)
QUEUE = Queue("service", "Service", hours=HOURS, target_minutes=((Urgency.HIGH, 30), (Urgency.LOW, 480)))
_PRINT = (
    "from tests.unit.test_version_tag import QUEUE; from voiceops.analysis.version_tag import version_tag; "
    "print(version_tag(QUEUE))"
)


def test_the_tag_is_the_same_in_every_process() -> None:
    seen = {
        subprocess.run(
            [sys.executable, "-c", _PRINT], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert seen == {version_tag(QUEUE)}


def test_days_said_in_another_order_make_the_same_tag() -> None:
    turned = replace(HOURS, by_weekday=dict(reversed(list(HOURS.by_weekday.items()))))
    assert version_tag(replace(QUEUE, hours=turned)) == version_tag(QUEUE)


@given(name=st.text(max_size=20), skills=st.lists(st.text(max_size=5), max_size=3))
def test_another_name_or_skill_makes_another_tag(name: str, skills: list[str]) -> None:
    one = Agent("ana", "Ana", ("en",))
    other = replace(one, name=name, skills=tuple(skills))
    assert (version_tag(one) == version_tag(other)) == (one == other)
