"""What is to be told: kept with the task, delivered afterwards, tried again, and visible where it fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_recording, an_agent
from tests.receivers import WebReceiver, a_dawdling_server
from tests.systems import System
from voiceops.analysis.backoff import next_pause
from voiceops.bootstrap import SystemClock
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.webhook_notifier import WebhookNotifier
from voiceops.domain.callback_task import TaskState
from voiceops.domain.notice import Address, EventType, NoticeState, OutgoingNotice, event_type
from voiceops.domain.recording import RecordingKind
from voiceops.errors import BadInput, Conflict, NotFound, Unavailable
from voiceops.ports import Page
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.deliver_notice import deliver_notice
from voiceops.usecases.forget_notices import forget_notices
from voiceops.usecases.hand_over_task import hand_over_task
from voiceops.usecases.raise_callback_task import raise_callback_task
from voiceops.usecases.release_task import release_task
from voiceops.usecases.resend_notices import resend_notices
from voiceops.usecases.retry_notice import retry_notice
from voiceops.usecases.subscribe import Wish, subscribe
from voiceops.usecases.try_subscription import try_subscription

HOOK = "https://hooks.example/in?key=not-for-logs"


@dataclass
class Receiver:
    """A Notifier that takes or refuses what it is given."""

    fault: Exception | None = None
    taken: list[tuple[OutgoingNotice, Address]] = field(default_factory=list)

    def check(self, to: Address) -> None:
        if to.url is None or "private" in to.url:
            raise BadInput("It lies inside.", record="the address", next_step="Use another.")

    def notify(self, notice: OutgoingNotice, to: Address) -> None:
        if self.fault is not None:
            raise self.fault
        self.taken.append((notice, to))


DOWN = Unavailable("It is down.", record="host", next_step="Start it.")


@pytest.fixture
def receiver(system: System) -> Receiver:
    """What the system tells; jobs are held, so that each test says when something is delivered."""
    made = Receiver()
    system.services = replace(system.services, notifier=made)
    system.paused = True
    with system.services.open_unit() as unit:
        unit.agents.put(replace(an_agent("anna"), email="anna@example.org"))
        unit.commit()
    return made


def an_offered_task(system: System) -> str:
    with system.services.open_unit() as unit:
        recording = a_recording("r", kind=RecordingKind.VOICEMAIL)
        unit.recordings.add(recording)
        task = raise_callback_task(system.services, unit, recording)
        unit.commit()
    return assign_task(system.services, task.id).id


def leave_a_voicemail(system: System, recording_id: str) -> None:
    with system.services.open_unit() as unit:
        recording = a_recording(recording_id, kind=RecordingKind.VOICEMAIL)
        unit.recordings.add(recording)
        raise_callback_task(system.services, unit, recording)
        unit.commit()


def the_notices(system: System) -> list[OutgoingNotice]:
    with system.services.open_view() as unit:
        return list(unit.notices.list(None, Page()))


def test_an_offer_is_told_to_its_agent_by_their_email(system: System, receiver: Receiver) -> None:
    task_id = an_offered_task(system)
    (notice,) = the_notices(system)
    assert (notice.recipient, notice.task_id, notice.type) == ("anna", task_id, EventType.OFFERED)
    deliver_notice(system.services, notice.id)
    ((taken, to),) = receiver.taken
    assert (taken.subject, to) == (notice.subject, Address(email="anna@example.org"))
    (delivered,) = the_notices(system)
    assert (delivered.state, delivered.attempts, delivered.ended_at) == (NoticeState.DELIVERED, 1, NOON)


def test_a_notice_whose_job_comes_twice_is_delivered_once(system: System, receiver: Receiver) -> None:
    an_offered_task(system)
    (notice,) = the_notices(system)
    for _ in range(3):
        deliver_notice(system.services, notice.id)
    assert len(receiver.taken) == 1


def test_a_lost_job_is_sent_again_by_the_sweep(system: System, receiver: Receiver) -> None:
    an_offered_task(system)
    system.held.clear()
    assert resend_notices(system.services) == 1
    deliver_notice(system.services, system.held[0].record_id)
    assert len(receiver.taken) == 1
    assert resend_notices(system.services) == 0


def test_a_notice_waits_longer_after_each_try_in_vain_and_then_has_failed(system: System, receiver: Receiver) -> None:
    receiver.fault = DOWN
    an_offered_task(system)
    (notice,) = the_notices(system)
    tries = 0
    while the_notices(system)[0].state is NoticeState.WAITING:
        assert resend_notices(system.services) == 1
        deliver_notice(system.services, notice.id)
        tries += 1
        assert resend_notices(system.services) == 0, "it must wait now, or has failed"
        system.clock.passes(seconds=(next_pause(tries) or timedelta()).total_seconds())
    (failed,) = the_notices(system)
    assert (tries, failed.state, failed.last_error) == (9, NoticeState.FAILED, "It is down. Start it.")
    with system.services.open_view() as unit:
        assert unit.notices.count(NoticeState.FAILED) == 1
        assert unit.tasks.get(notice.task_id or "").agent_id == "anna", "the task is anna's all the same"


def test_what_no_other_try_can_mend_fails_at_once_and_is_retried_by_hand(system: System, receiver: Receiver) -> None:
    receiver.fault = BadInput("It lies inside.", record="x", next_step="Use another.")
    an_offered_task(system)
    (notice,) = the_notices(system)
    with pytest.raises(Conflict, match="only one that failed"):
        retry_notice(system.services, notice.id)
    deliver_notice(system.services, notice.id)
    assert the_notices(system)[0].state is NoticeState.FAILED
    receiver.fault = None
    system.held.clear()
    retry_notice(system.services, notice.id)
    assert [job.record_id for job in system.held] == [notice.id]
    deliver_notice(system.services, notice.id)
    assert the_notices(system)[0].state is NoticeState.DELIVERED
    with pytest.raises(NotFound):
        retry_notice(system.services, "nothing")


def test_a_slow_receiver_is_asked_once_for_all_that_waits_for_it_and_others_are_told_meanwhile(
    system: System, web_receiver: WebReceiver
) -> None:
    webhooks = WebhookNotifier(AddressGuard(allow_private=True), SystemClock(), patience_seconds=0.5)
    system.services = replace(system.services, notifier=webhooks)
    system.paused = True
    with a_dawdling_server() as dawdler:
        slow = subscribe(system.services, Wish("webhook", dawdler.url), added_by="sup")
        for number in range(20):
            leave_a_voicemail(system, f"r-{number}")
        quick = subscribe(system.services, Wish("webhook", web_receiver.url), added_by="sup")
        leave_a_voicemail(system, "last")
        for job in system.held:
            deliver_notice(system.services, job.record_id)
    waiting = [notice for notice in the_notices(system) if notice.state is NoticeState.WAITING]
    assert [notice.subscription_id for notice in waiting] == [slow.id] * 21
    assert {notice.attempts for notice in waiting} == {1}
    assert all("could not be reached" in (notice.last_error or "") for notice in waiting)
    (told,) = [notice for notice in the_notices(system) if notice.state is NoticeState.DELIVERED]
    assert (told.subscription_id, len(web_receiver.received)) == (quick.id, 1)
    assert dawdler.asked == 1


def test_a_worker_that_dies_while_it_delivers_leaves_the_notice_to_a_later_try(
    system: System, receiver: Receiver
) -> None:
    an_offered_task(system)
    (notice,) = the_notices(system)
    receiver.fault = RuntimeError("killed")
    with pytest.raises(RuntimeError):
        deliver_notice(system.services, notice.id)
    receiver.fault = None
    assert resend_notices(system.services) == 0
    system.clock.passes(seconds=system.services.policy.notice_lease_seconds)
    assert resend_notices(system.services) == 1
    deliver_notice(system.services, notice.id)
    assert [taken.id for taken, _ in receiver.taken] == [notice.id]


@pytest.mark.usefixtures("receiver")
def test_an_answer_that_comes_after_somebody_else_took_over_changes_nothing(system: System) -> None:
    an_offered_task(system)
    (notice,) = the_notices(system)

    class Slow(Receiver):
        def notify(self, notice: OutgoingNotice, to: Address) -> None:
            system.clock.passes(seconds=system.services.policy.notice_lease_seconds)
            deliver_notice(system.services, notice.id)
            raise DOWN

    deliver_notice(replace(system.services, notifier=Slow()), notice.id)
    assert the_notices(system)[0].state is NoticeState.DELIVERED


def test_a_webhook_gets_what_it_asked_for_under_its_own_secret(system: System, receiver: Receiver) -> None:
    hook = subscribe(system.services, Wish("webhook", HOOK, (EventType.OFFERED,)), added_by="sup")
    an_offered_task(system)
    (notice,) = [one for one in the_notices(system) if one.subscription_id == hook.id]
    deliver_notice(system.services, notice.id)
    ((_, to),) = receiver.taken
    assert (to.url, to.secret) == (HOOK, hook.secret)


def test_a_subscription_that_was_removed_fails_its_waiting_notices(system: System, receiver: Receiver) -> None:
    hook = subscribe(system.services, Wish("agent:anna", "tgram://secret"), added_by="sup")
    an_offered_task(system)
    with system.services.open_unit() as unit:
        unit.subscriptions.remove(hook.id)
        unit.commit()
    (notice,) = the_notices(system)
    deliver_notice(system.services, notice.id)
    (failed,) = the_notices(system)
    assert failed.state is NoticeState.FAILED
    assert "removed" in (failed.last_error or "")
    assert receiver.taken == []


@pytest.mark.parametrize(
    ("wish", "fault"),
    [
        (Wish("nobody", HOOK), BadInput),
        (Wish("agent:", HOOK), BadInput),
        (Wish("agent:ghost", HOOK), NotFound),
        (Wish("supervisor", HOOK, (EventType.DONE,)), BadInput),
        (Wish("webhook", "https://private/"), BadInput),
    ],
    ids=str,
)
@pytest.mark.usefixtures("receiver")
def test_a_wish_that_cannot_be_met_is_refused_and_nothing_is_kept(
    system: System, wish: Wish, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        subscribe(system.services, wish, added_by="sup")
    with system.services.open_view() as unit:
        assert unit.subscriptions.list() == []


@pytest.mark.usefixtures("receiver")
def test_secrets_are_in_no_representation(system: System) -> None:
    hook = subscribe(system.services, Wish("webhook", HOOK), added_by="sup")
    person = subscribe(system.services, Wish("supervisor", "slack://not-for-logs/b/c"), added_by="sup")
    assert hook.secret is not None
    shown = f"{hook!r} {hook.shown} {hook.address!r} {person!r} {person.shown} {Wish('webhook', HOOK)!r}"
    assert "not-for-logs" not in shown
    assert hook.secret not in shown
    assert (hook.shown, person.shown) == ("https://hooks.example/…", "slack://…")


def test_an_address_is_tried_at_once(system: System, receiver: Receiver) -> None:
    hook = subscribe(system.services, Wish("webhook", HOOK), added_by="sup")
    notice_id = try_subscription(system.services, hook.id)
    assert [taken.id for taken, _ in receiver.taken] == [notice_id]
    receiver.fault = DOWN
    with pytest.raises(Unavailable):
        try_subscription(system.services, hook.id)
    with pytest.raises(NotFound):
        try_subscription(system.services, "nothing")


@pytest.mark.usefixtures("receiver")
def test_ended_notices_are_forgotten_after_their_days(system: System) -> None:
    an_offered_task(system)
    system.clock.passes(seconds=31 * 24 * 3600)
    assert forget_notices(system.services) == 0, "one that waits is kept"
    deliver_notice(system.services, the_notices(system)[0].id)
    assert forget_notices(system.services) == 0
    system.clock.passes(seconds=31 * 24 * 3600)
    assert forget_notices(system.services) == 1


def test_an_event_has_a_type_by_its_first_word() -> None:
    sentences = {"handed over to anna": "handed_over", "attempt 2: busy": "attempted", "x y": "changed", "": "changed"}
    for what, name in sentences.items():
        assert event_type(what).value == f"task.{name}"


def test_an_event_that_ends_a_task_or_takes_it_from_its_agent_says_so_whatever_its_words() -> None:
    assert event_type("attempt 4: no_answer", TaskState.DONE) is EventType.DONE
    assert event_type("removed", TaskState.CANCELLED, left_agent=True) is EventType.CANCELLED
    assert event_type("offer lapsed", TaskState.OPEN, left_agent=True) is EventType.RELEASED


def test_a_colleague_is_told_what_is_handed_to_them_and_the_supervisor_what_is_given_back(
    system: System, receiver: Receiver
) -> None:
    task_id = an_offered_task(system)
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("bela"))
        unit.commit()
    hand_over_task(system.services, task_id, actor="anna", to_agent_id="bela", why="speaks Hungarian")
    release_task(system.services, task_id, actor="bela", why="end of shift")
    for notice in reversed(the_notices(system)):
        deliver_notice(system.services, notice.id)
    told = {notice.recipient: (notice.type, notice.text) for notice, _ in receiver.taken}
    assert told["bela"][0] is EventType.HANDED_OVER
    assert "speaks Hungarian" in told["bela"][1]
    assert told["supervisor"] == (EventType.RELEASED, "bela: end of shift")


def test_many_workers_at_once_deliver_a_notice_once(make_system: Callable[[str], System], postgresql_url: str) -> None:
    system = make_system(postgresql_url)
    receiver = Receiver()
    system.services = replace(system.services, notifier=receiver)
    system.paused = True
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
    an_offered_task(system)
    (notice,) = the_notices(system)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: deliver_notice(system.services, notice.id), range(16)))
    assert len(receiver.taken) == 1
