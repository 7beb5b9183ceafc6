"""What every Notifier promises."""

import pytest
import structlog

from voiceops.delivery.log_notifier import LogNotifier
from voiceops.delivery.memory_notifier import MemoryNotifier
from voiceops.ports import Notice, Notifier

A_NOTICE = Notice(
    recipient="agent-anna", subject="Call back at 15:40", text="Heard: my account is frozen", task_id="task-7"
)


@pytest.fixture(params=[LogNotifier, MemoryNotifier])
def notifier(request: pytest.FixtureRequest) -> Notifier:
    made: Notifier = request.param()
    return made


def test_a_notice_can_be_delivered_more_than_once(notifier: Notifier) -> None:
    notifier.notify(A_NOTICE)
    notifier.notify(A_NOTICE)


def test_the_log_names_task_and_recipient_and_nothing_that_was_said() -> None:
    with structlog.testing.capture_logs() as lines:
        LogNotifier().notify(A_NOTICE)
    (line,) = lines
    assert line["task_id"] == "task-7"
    assert line["recipient"] == "agent-anna"
    assert "frozen" not in str(line)
    assert "15:40" not in str(line)


def test_the_stand_in_keeps_notices_in_order() -> None:
    notifier = MemoryNotifier()
    notifier.notify(A_NOTICE)
    assert notifier.notices == [A_NOTICE]
