"""How urgent a task is by its messages, and how long to wait between attempts."""

import pytest

from tests.builders import NOON
from voiceops.domain.caller_facts import CallerFacts, Urgency, UrgencyFact
from voiceops.domain.task_attempt import AttemptPolicy
from voiceops.domain.task_message import TaskMessage, urgency_of

LOW, NORMAL, HIGH = Urgency.LOW, Urgency.NORMAL, Urgency.HIGH


def said(urgency: Urgency) -> TaskMessage:
    return TaskMessage("r", "t", NOON, facts=CallerFacts(UrgencyFact(urgency, "")))


UNHEARD = TaskMessage("r", "t", NOON)
SILENT = TaskMessage("r", "t", NOON, no_message=True)


@pytest.mark.parametrize(
    ("messages", "urgency"),
    [
        ([UNHEARD], NORMAL),
        ([said(LOW)], LOW),
        ([said(LOW), said(LOW)], NORMAL),
        ([said(LOW), UNHEARD], NORMAL),
        ([said(NORMAL), said(LOW)], HIGH),
        ([said(LOW), said(LOW), said(LOW)], HIGH),
        ([said(HIGH), said(HIGH), said(HIGH)], HIGH),
        ([said(NORMAL), SILENT], NORMAL),
        ([SILENT, said(NORMAL)], NORMAL),
        ([SILENT], NORMAL),
    ],
)
def test_every_repeat_with_something_in_it_raises_the_urgency_one_step(
    messages: list[TaskMessage], urgency: Urgency
) -> None:
    assert urgency_of(messages) is urgency


def test_the_waits_grow_until_the_last_one_stands_for_all() -> None:
    policy = AttemptPolicy(after_minutes=(10, 60), limit=4)
    assert [policy.wait_minutes(n) for n in (1, 2, 3, 4, 5)] == [10, 60, 60, None, None]
