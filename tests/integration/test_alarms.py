"""Each alarm of deploy/ is raised by the state that it is about, and none by a house in which all is well."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from tests.api_door import Door, serving
from tests.builders import a_recording
from tests.integration.test_api_operations import failed_things
from tests.promql import Figures, fires, read_figures
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.domain.people import Role
from voiceops.domain.recording import Recording, RecordingKind, RecordingState

DEPLOY = Path(__file__).parents[2] / "deploy"
ALARMS = {
    rule["alert"]: rule["expr"]
    for group in yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
}


def figures_of(door: Door) -> Figures:
    return read_figures(door.client(Role.SUPERVISOR).get("/metrics").raise_for_status().text)


def raised(now: Figures, before: Figures) -> set[str]:
    return {name for name, expression in ALARMS.items() if fires(expression, now=now, before=before)}


def one(door: Door, name: str, state: RecordingState, *, minutes_ago: float = 0.0, **changes: object) -> Recording:
    at = door.services.clock.now() - timedelta(minutes=minutes_ago)
    made = replace(a_recording(name, state=state), received_at=at, state_changed_at=at)
    return replace(made, **changes)  # type: ignore[arg-type]  # each of its own type


def a_voicemail_without_a_task(door: Door) -> None:
    door.stores(one(door, "lonely", RecordingState.RECEIVED, kind=RecordingKind.VOICEMAIL))


def a_dead_lane(door: Door) -> None:
    door.stores(one(door, "waits", RecordingState.TRANSCRIBED, minutes_ago=10))


def a_long_queue(door: Door) -> None:
    door.stores(one(door, "waits", RecordingState.RECEIVED, minutes_ago=90))


def a_worker_that_died_while_nobody_sweeps(door: Door) -> None:
    lease = door.services.clock.now() - timedelta(minutes=85)
    door.stores(one(door, "held", RecordingState.TRANSCRIBING, minutes_ago=90, lease_until=lease))


def voicemails_without_text(door: Door) -> None:
    for number in range(21):
        state = RecordingState.FAILED if number % 2 else RecordingState.ANALYSED
        door.stores_task(one(door, f"v{number}", state, kind=RecordingKind.VOICEMAIL), agent_id=None)


def late_callbacks(door: Door) -> None:
    # Their due time is one of the builders', long ago.
    for number in range(21):
        analysed = one(door, f"v{number}", RecordingState.ANALYSED, kind=RecordingKind.VOICEMAIL)
        door.stores_task(analysed, agent_id="ana")


def many_failures(door: Door) -> None:
    for number in range(11):
        door.stores(one(door, f"c{number}", RecordingState.FAILED, failure="It holds no sound."))


def a_notice_that_failed(door: Door) -> None:
    failed_things(door)


STATES: dict[str, list[Callable[[Door], None]]] = {
    "VoicemailWithoutDuty": [a_voicemail_without_a_task],
    "NothingIsSwept": [a_dead_lane],
    "RecordingsWaitLong": [a_long_queue, a_worker_that_died_while_nobody_sweeps],
    "VoicemailsUnread": [voicemails_without_text],
    "CallbacksOverdue": [late_callbacks],
    "RecordingsFail": [many_failures],
    "NoticesFail": [a_notice_that_failed],
}


@pytest.mark.parametrize(("alarm", "happens"), [(name, one) for name, states in STATES.items() for one in states])
def test_an_alarm_is_raised_by_what_it_is_about(door: Door, alarm: str, happens: Callable[[Door], None]) -> None:
    before = figures_of(door)
    assert raised(before, before) == set()
    happens(door)
    assert alarm in raised(figures_of(door), before)


def test_redis_and_the_api_are_missed(door: Door) -> None:
    before = figures_of(door)
    without = replace(door.services, jobs=RqJobQueue("redis://127.0.0.1:1/0"))
    with serving(without) as port:
        answer = door.client(Role.SUPERVISOR).get(f"http://127.0.0.1:{port}/metrics").raise_for_status()
    assert raised(read_figures(answer.text), before) == {"RedisAway"}
    assert raised(Figures(), before) == {"ApiAway"}
    assert set(STATES) | {"RedisAway", "ApiAway"} == set(ALARMS)


def test_failures_that_are_tried_again_are_no_new_ones(door: Door) -> None:
    many_failures(door)
    before = figures_of(door)
    door.client(Role.SUPERVISOR).post("/api/v1/jobs/failed/retry").raise_for_status()
    assert "RecordingsFail" not in raised(figures_of(door), before)
