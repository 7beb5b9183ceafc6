"""A caller who calls again joins their open task, on real databases, and nobody is forgotten."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest

from tests.builders import NOON, an_agent
from tests.spoken import a_spoken_wav
from tests.systems import System
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskState
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue
from voiceops.domain.recording import RecordingKind
from voiceops.domain.task_message import TaskMessage
from voiceops.errors import BadInput
from voiceops.ports import Page, TaskFilter
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.fail_recording import fail_recording
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set

NUMBER = "+12125550123"
_seconds = count(1)


def leave(
    system: System, *sentences: str, number: str | None = NUMBER, queue: str | None = None, silent: bool = False
) -> str:
    """The id of a voicemail with bytes of its own, in which these sentences are heard."""
    system.hears(*sentences)
    source = io.BytesIO(a_spoken_wav(silent=silent) + bytes(2 * next(_seconds)))
    upload = Upload("a.wav", source, RecordingKind.VOICEMAIL, caller_number=number, queue=queue, language="en")
    return receive_recording(system.services, upload).recording.id


def tasks(system: System) -> list[CallbackTask]:
    with system.services.open_view() as unit:
        return list(unit.tasks.list(TaskFilter(), Page()))


def messages(system: System, task: CallbackTask) -> list[TaskMessage]:
    with system.services.open_view() as unit:
        return list(unit.messages.of_task(task.id))


def an_agent_is_there(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()


def test_a_repeat_joins_the_open_task_raises_it_one_step_and_is_listed(
    make_system: Callable[[str], System], database_url: str
) -> None:
    system = make_system(database_url)
    first = leave(system, "my name is robert brown i have a question about my letter")
    (before,) = tasks(system)
    system.clock.passes(seconds=600)
    again = leave(system, "i still have no letter my reference number is four five six seven eight")
    (task,) = tasks(system)
    assert (before.urgency, task.urgency) == (Urgency.NORMAL, Urgency.HIGH)
    assert task.due_at == NOON + timedelta(minutes=70)
    assert task.due_at < before.due_at
    assert task.facts is not None
    assert task.facts.caller_name is not None
    assert task.facts.reference is not None
    assert [(one.recording_id, one.received_at) for one in messages(system, task)] == [
        (first, NOON),
        (again, NOON + timedelta(seconds=600)),
    ]
    assert all(one.facts is not None for one in messages(system, task))
    with system.services.open_view() as unit:
        events = unit.tasks.events(task.id)
        assert "joined" in [event.what for event in events]
        assert events[-1].why == "The message was transcribed; urgency high: With what its other messages say."
        assert unit.tasks.find_by_recording(again) == task


def test_a_repeat_is_listed_and_raises_the_task_before_it_is_transcribed(system: System) -> None:
    system.paused = True
    leave(system)
    leave(system)
    (task,) = tasks(system)
    assert task.urgency is Urgency.HIGH
    assert [one.note for one in messages(system, task)] == ["Being transcribed."] * 2


def test_the_due_time_never_becomes_later(system: System) -> None:
    leave(system, "it is urgent please call me back as soon as possible")
    (before,) = tasks(system)
    system.clock.passes(seconds=3000)
    leave(system, "please call me tomorrow at ten")
    (task,) = tasks(system)
    assert task.due_at == before.due_at


def test_a_repeat_without_a_word_raises_nothing_and_is_listed(system: System) -> None:
    leave(system, "please call me back")
    (before,) = tasks(system)
    system.clock.passes(seconds=600)
    leave(system, silent=True)
    (task,) = tasks(system)
    assert (task.urgency, task.due_at, task.note, task.state) == (
        before.urgency, before.due_at, before.note, before.state,
    )  # fmt: skip
    assert [one.no_message for one in messages(system, task)] == [False, True]


def test_a_task_with_nothing_but_silence_is_closed_and_words_after_silence_keep_it_open(system: System) -> None:
    system.paused = True
    leave(system, silent=True)
    leave(system)
    system.paused = False
    system.hears("please call me back")
    silent, spoken = system.held
    system.run(silent)
    assert tasks(system)[0].state is TaskState.OPEN
    system.run(spoken)
    (task,) = tasks(system)
    assert (task.state, task.urgency, task.disposition) == (TaskState.OPEN, Urgency.NORMAL, None)


def test_when_all_messages_turn_out_silent_the_task_is_closed(system: System) -> None:
    system.paused = True
    for _ in range(2):
        leave(system, silent=True)
    system.paused = False
    for job in system.held:
        system.run(job)
    (task,) = tasks(system)
    assert (task.state, task.disposition) == (TaskState.DONE, Disposition.NO_MESSAGE)


def test_a_different_number_is_shown_beside_the_first(system: System) -> None:
    leave(system, "my number is two one two five five five zero one two three please call me back")
    leave(system, "call me on two one two five five five zero one nine nine my number is two one two five five five zero one nine nine")  # fmt: skip  # noqa: E501
    (task,) = tasks(system)
    assert task.facts is not None
    assert task.facts.callback_number is not None
    assert task.facts.callback_number.value == "+12125550123"
    assert "+12125550199" in (task.note or "")


@pytest.mark.parametrize(
    ("number", "queue", "hours"), [("+12125550124", None, 1), (NUMBER, "other", 1), (NUMBER, None, 25)]
)
def test_another_caller_another_queue_or_too_late_is_a_task_of_its_own(
    system: System, number: str, queue: str | None, hours: int
) -> None:
    leave(system, "please call me back")
    system.clock.passes(seconds=hours * 3600)
    leave(system, "please call me back", number=number, queue=queue)
    assert len(tasks(system)) == 2


def test_the_window_is_a_setting(system: System) -> None:
    system.services = replace(system.services, policy=replace(system.services.policy, repeat_window_hours=0.5))
    leave(system, "please call me back")
    system.clock.passes(seconds=1801)
    leave(system, "please call me back")
    assert len(tasks(system)) == 2


@pytest.mark.parametrize("number", [None, "", "anonymous", "+266696687"])
def test_a_caller_whose_number_is_not_shown_never_joins(system: System, number: str | None) -> None:
    for _ in range(2):
        leave(system, "please call me back", number=number)
    assert [task.caller_number for task in tasks(system)] == [None, None]


def test_the_same_number_written_differently_is_the_same_caller(system: System) -> None:
    leave(system, "please call me back", number="(212) 555-0123")
    leave(system, "please call me back", number="+1 212 555 0123")
    (task,) = tasks(system)
    assert task.caller_number == NUMBER


def test_an_ended_task_is_not_joined(system: System) -> None:
    leave(system, silent=True)
    leave(system, "please call me back")
    assert sorted(task.state for task in tasks(system)) == [TaskState.DONE, TaskState.OPEN]


def test_the_agent_is_told_of_another_message(system: System) -> None:
    an_agent_is_there(system)
    leave(system, "please call me back")
    leave(system, "please call me back")
    told = [notice for notice in system.notifier.notices if "another message" in notice.subject]
    assert [notice.recipient for notice in told] == ["anna"]


def test_a_repeat_that_was_unheard_when_its_task_ended_becomes_a_task_of_its_own(system: System) -> None:
    an_agent_is_there(system)
    leave(system, "please call me back")
    system.paused = True
    unheard, unreadable = leave(system), leave(system)
    (task,) = tasks(system)
    accept_task(system.services, task.id, actor="anna")
    complete_task(system.services, task.id, actor="anna", disposition=Disposition.RESOLVED)
    system.paused = False
    system.hears("wait there is something else")
    system.run(system.held[0])
    fail_recording(system.services, unreadable, reason="It is damaged.")
    ended, *own = sorted(tasks(system), key=lambda one: one.state.is_ended, reverse=True)
    assert [message.recording_id for message in messages(system, ended)] == [ended.recording_id]
    assert {one.recording_id for one in own} == {unheard, unreadable}
    assert not any(one.state.is_ended for one in own)


def test_a_repeat_that_cannot_be_transcribed_counts_and_is_marked(system: System) -> None:
    leave(system, "please call me back")
    (before,) = tasks(system)
    system.paused = True
    system.clock.passes(seconds=60)
    fail_recording(system.services, leave(system), reason="It is damaged.")
    (task,) = tasks(system)
    assert task.due_at < before.due_at
    assert task.note == "Another message: Listen to the recording. It could not be transcribed."


def test_messages_at_the_same_moment_raise_one_task(make_system: Callable[[str], System], database_url: str) -> None:
    system = make_system(database_url)
    system.paused = True
    barrier = Barrier(6)
    sounds = [a_spoken_wav() + bytes(2 * next(_seconds)) for _ in range(6)]

    def receive(sound: bytes) -> None:
        upload = Upload("a.wav", io.BytesIO(sound), RecordingKind.VOICEMAIL, caller_number=NUMBER)
        barrier.wait()
        receive_recording(system.services, upload)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(receive, sounds))
    (task,) = tasks(system)
    assert len(messages(system, task)) == 6


def test_a_voicemail_for_a_queue_that_is_not_known_is_kept_and_says_so(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.queues.put(Queue("service", "Service"))
        unit.commit()
    leave(system, "please call me back", queue="sevrice")
    (task,) = tasks(system)
    assert task.queue is None
    assert task.note == "It was left for the queue sevrice, which is not known here."
    with system.services.open_view() as unit:
        assert "sevrice" in unit.tasks.events(task.id)[0].why


def test_a_call_for_a_queue_that_is_not_known_is_refused_with_the_known_ones(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.queues.put(Queue("service", "Service"))
        unit.commit()
    with pytest.raises(BadInput, match="no queue sevrice; the known ones are service"):
        receive_recording(
            system.services, Upload("a.wav", io.BytesIO(a_spoken_wav()), RecordingKind.CALL, queue="sevrice")
        )
    assert list(system.services.files.all_sha256()) == []


def test_without_a_stored_queue_numbers_belong_to_the_country_of_the_settings(system: System) -> None:
    system.services = replace(system.services, policy=replace(system.services.policy, default_region="HU"))
    leave(system, "call me my number is oh six one two three four five six seven eight", number="06 1 234 5678")
    (task,) = tasks(system)
    assert task.caller_number == "+3612345678"
    assert task.facts is not None
    assert task.facts.callback_number is not None
    assert task.facts.callback_number.value == "+3612345678"


def test_a_task_says_what_the_message_is_about_in_the_words_of_the_active_keyword_sets(system: System) -> None:
    shipped = Path(__file__).parents[2] / "keyword_sets" / "complaint-signals-en.yaml"
    upload_keyword_set(system.services, shipped.read_text("utf-8"), file_name=shipped.name, uploaded_by="lead")
    leave(system, "hello my name is robert brown i want to cancel my subscription please call me back")
    (task,) = tasks(system)
    assert task.facts is not None
    assert task.facts.topic is not None
    assert (task.facts.topic.value, task.facts.topic.spoken) == ("Wants to cancel", "i want to cancel")
