"""Every legal move of a task, and every illegal one."""

from dataclasses import replace

import pytest

from tests.builders import NOON
from voiceops.domain.callback_task import CallbackTask, TaskMove, TaskState
from voiceops.errors import Conflict

TASK = CallbackTask("t", "r", NOON, NOON)
OPEN, OFFERED, ACCEPTED = TaskState.OPEN, TaskState.OFFERED, TaskState.ACCEPTED
DONE, CANCELLED = TaskState.DONE, TaskState.CANCELLED

# Written down a second time on purpose: a change of the law is a change in two places.
ARROWS = {
    (TaskMove.OFFER, OPEN): OFFERED,
    (TaskMove.OFFER, OFFERED): OFFERED,
    (TaskMove.ACCEPT, OPEN): ACCEPTED,
    (TaskMove.ACCEPT, OFFERED): ACCEPTED,
    (TaskMove.RELEASE, OFFERED): OPEN,
    (TaskMove.RELEASE, ACCEPTED): OPEN,
    (TaskMove.HAND_OVER, OPEN): OFFERED,
    (TaskMove.HAND_OVER, OFFERED): OFFERED,
    (TaskMove.HAND_OVER, ACCEPTED): OFFERED,
    (TaskMove.TO_QUEUE, OPEN): OPEN,
    (TaskMove.TO_QUEUE, OFFERED): OPEN,
    (TaskMove.TO_QUEUE, ACCEPTED): OPEN,
    (TaskMove.CORRECT, OPEN): OPEN,
    (TaskMove.CORRECT, OFFERED): OFFERED,
    (TaskMove.CORRECT, ACCEPTED): ACCEPTED,
    (TaskMove.SNOOZE, OPEN): OPEN,
    (TaskMove.SNOOZE, ACCEPTED): ACCEPTED,
    (TaskMove.WAKE, OPEN): OPEN,
    (TaskMove.WAKE, OFFERED): OFFERED,
    (TaskMove.WAKE, ACCEPTED): ACCEPTED,
    (TaskMove.ATTEMPT, ACCEPTED): ACCEPTED,
    (TaskMove.TO_SUPERVISOR, ACCEPTED): OPEN,
    (TaskMove.GIVE_UP, ACCEPTED): DONE,
    (TaskMove.COMPLETE, ACCEPTED): DONE,
    (TaskMove.CLOSE, OPEN): DONE,
    (TaskMove.CLOSE, OFFERED): DONE,
    (TaskMove.CANCEL, OPEN): CANCELLED,
    (TaskMove.CANCEL, OFFERED): CANCELLED,
    (TaskMove.CANCEL, ACCEPTED): CANCELLED,
}
PAIRS = [(move, state) for move in TaskMove for state in TaskState]


@pytest.mark.parametrize(("move", "state"), [pair for pair in PAIRS if pair in ARROWS])
def test_a_legal_move_leads_where_the_table_says_and_is_a_new_version(move: TaskMove, state: TaskState) -> None:
    moved = replace(TASK, state=state).by(move)
    assert moved == replace(TASK, state=ARROWS[move, state], version=2)


@pytest.mark.parametrize(("move", "state"), [pair for pair in PAIRS if pair not in ARROWS])
def test_an_illegal_move_is_refused_and_names_the_task(move: TaskMove, state: TaskState) -> None:
    with pytest.raises(Conflict, match=f"t: A task that is {state} allows no"):
        replace(TASK, state=state).by(move)


@pytest.mark.parametrize("state", [DONE, CANCELLED])
def test_nothing_moves_a_task_that_has_ended(state: TaskState) -> None:
    assert not [pair for pair in ARROWS if pair[1] is state]
    for move in TaskMove:
        with pytest.raises(Conflict):
            replace(TASK, state=state).by(move)
