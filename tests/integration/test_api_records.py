"""What the API tells about recordings, and how agents act on tasks through it."""

import io
import re
import wave
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.schemas.finding import FindingsOut
from api.schemas.recording import TranscriptOut
from tests.api_door import Door, a_wav, open_door, upload
from tests.builders import NOON, a_recording, a_transcript, an_opening_set
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.callback_task import TaskEvent
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome, SecondAnswer
from voiceops.domain.people import Role
from voiceops.domain.recording import Party, RecordingKind, RecordingState
from voiceops.domain.second_look import SecondLooks, SecondLookState, WordingFit
from voiceops.ports import AccessFilter

SOUND = a_wav(2.0)
HOUR = timedelta(hours=1)


@pytest.fixture
def door(tmp_path: Path, database_url: str, redis_url: str) -> Iterator[Door]:
    with open_door(tmp_path, database_url=database_url, redis_url=redis_url) as door:
        yield door


def looks(door: Door) -> list[tuple[str, str, str, str]]:
    """The lines of the access log about words and voices, the newest first."""
    with door.services.open_view() as unit:
        lines = unit.access_log.list(AccessFilter(action=AccessAction.READ_TRANSCRIPT), limit=9)
    return [(one.actor, one.action, one.record, one.detail) for one in (line.entry for line in lines)]


# --- recordings ------------------------------------------------------------------------------------


def test_a_long_list_comes_in_pages_without_gap_or_repetition(door: Door) -> None:
    expected = [
        door.stores(replace(a_recording(f"call-{n}"), received_at=NOON + timedelta(seconds=n))).id for n in range(7)
    ][::-1]
    seen, cursor = [], None
    with door.client(Role.QA) as client:
        while True:
            page = client.get(
                "/api/v1/recordings", params={"limit": 3, **({"cursor": cursor} if cursor else {})}
            ).json()
            seen += [one["id"] for one in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
    assert seen == expected


def test_the_last_full_page_has_no_next(door: Door) -> None:
    door.stores(a_recording("only"))
    page = door.client().get("/api/v1/recordings", params={"limit": 1}).json()
    assert (len(page["items"]), page["next"]) == (1, None)


def test_recordings_come_in_the_order_asked_for(door: Door) -> None:
    for n, name in enumerate("abc"):
        door.stores(replace(a_recording(name), received_at=NOON + n * HOUR, started_at=NOON - n * HOUR))
    door.stores(replace(a_recording("unknown"), received_at=NOON + 9 * HOUR))
    with door.client() as client:
        for sort, expected in (
            ("received_at_desc", ["unknown", "c", "b", "a"]),
            ("received_at_asc", ["a", "b", "c", "unknown"]),
            ("started_at_desc", ["a", "b", "c"]),
            ("started_at_asc", ["c", "b", "a"]),
        ):
            params: dict[str, str | int] = {"sort": sort, "limit": 2}
            first = client.get("/api/v1/recordings", params=params).json()
            rest = client.get("/api/v1/recordings", params={**params, "cursor": first["next"]}).json()
            assert [one["id"] for page in (first, rest) for one in page["items"]] == expected
        assert client.get("/api/v1/recordings", params={"sort": "size"}).status_code == 422


def test_a_cursor_of_another_order_is_refused_with_the_reason(door: Door) -> None:
    for name in "ab":
        door.stores(a_recording(name))
        door.stores_task(a_recording(f"voicemail-{name}", kind=RecordingKind.VOICEMAIL), agent_id=None)
    with door.client() as client:
        for path, other in (("recordings", "received_at_asc"), ("tasks", "raised_at_asc")):
            first = client.get(f"/api/v1/{path}", params={"limit": 1}).json()
            answer = client.get(f"/api/v1/{path}", params={"limit": 1, "cursor": first["next"], "sort": other})
            assert (answer.status_code, answer.json()["record"]) == (422, "cursor")
            assert f"{other} was asked for" in answer.json()["detail"]
            assert "Keep `sort`" in answer.json()["next_step"]


def test_recordings_are_filtered_by_kind_state_and_queue(door: Door) -> None:
    door.stores(replace(a_recording("a"), queue="service"))
    door.stores(replace(a_recording("b", state=RecordingState.FAILED), failure="It is cut."))
    door.stores(a_recording("c", kind=RecordingKind.VOICEMAIL))
    with door.client() as client:
        for params, found in (
            ({"queue": "service"}, ["a"]),
            ({"state": "failed"}, ["b"]),
            ({"kind": "voicemail"}, ["c"]),
            ({"kind": "voicemail", "state": "failed"}, []),
        ):
            items = client.get("/api/v1/recordings", params=params).json()["items"]
            assert [one["id"] for one in items] == found


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 201}, {"state": "lost"}, {"cursor": "\x00"}])
def test_a_list_that_cannot_be_asked_for_is_refused(door: Door, params: dict[str, str]) -> None:
    assert door.client().get("/api/v1/recordings", params=params).status_code == 422


def test_a_cursor_that_names_nothing_says_so(door: Door) -> None:
    answer = door.client().get("/api/v1/recordings", params={"cursor": "gone~received_at_desc"})
    assert answer.status_code == 404
    assert answer.json()["record"] == "cursor"


def test_a_transcript_is_there_once_it_is_made(door: Door) -> None:
    recording = door.stores(a_recording("call"))
    with door.client(Role.QA) as client:
        early = client.get("/api/v1/recordings/call/transcript")
        assert early.status_code == 404
        assert "not transcribed yet" in early.json()["detail"]
        with door.services.open_unit() as unit:
            unit.transcripts.put(recording.id, a_transcript("agent: this call is recorded", "customer: fine"))
            unit.commit()
        body = client.get("/api/v1/recordings/call/transcript").json()
    assert TranscriptOut.model_validate(body).model_dump(mode="json", exclude_unset=True) == body
    utterances = body["utterances"]
    assert [(one["party"], one["text"]) for one in utterances] == [
        ("agent", "this call is recorded"),
        ("customer", "fine"),
    ]
    assert utterances[1]["words"][0]["probability"] == 0.95


def test_findings_carry_their_evidence(door: Door) -> None:
    door.stores(a_recording("call"))
    evidence = Evidence("this call is recorded", 1.0, 2.5, Party.AGENT, 100.0, 0.9)
    evaluation = Evaluation(
        "service-call-en", 2, 100.0, True, (Finding("notice", Outcome.MET, "It was said.", evidence),)
    )
    with door.services.open_unit() as unit:
        unit.evaluations.put("call", evaluation, NOON)
        unit.commit()
    body = door.client(Role.QA).get("/api/v1/recordings/call/findings").json()
    assert FindingsOut.model_validate(body).model_dump(mode="json") == body
    assert body["recording_id"] == "call"
    [found] = body["evaluations"]
    assert (found["keyword_set"], found["score"], found["passed"]) == (
        {"id": "service-call-en", "version": 2},
        100.0,
        True,
    )
    [finding] = found["findings"]
    assert (finding["outcome"], finding["words"], finding["start"]) == ("met", "this call is recorded", 1.0)
    assert looks(door) == [("token of qa", "read_transcript", "call", "Quoted in findings.")]


def test_a_finding_tells_what_a_second_look_heard_beside_the_first(door: Door) -> None:
    door.stores(a_recording("call"))
    nearest, heard = (Evidence(words, 1.0, 2.5, Party.AGENT, 40.0, 0.9) for words in ("the skull", "call is recorded"))
    fit = WordingFit("this call is recorded", 0.95, 2.5, -0.4)
    second = SecondAnswer(
        Outcome.MISSED, "Too unlike.", nearest, "whisper:large-v3", Outcome.MET, "Said at 1 s.", heard, fit
    )
    finding = Finding("notice", Outcome.UNCERTAIN, "Missed at first.", heard, second)
    failure = "It died. Try again."
    with door.services.open_unit() as unit:
        unit.evaluations.put("call", Evaluation("opening-en", 1, None, passed=None, findings=(finding,)), NOON)
        unit.second_looks.put(SecondLooks("call", SecondLookState.FAILED, NOON, failure=failure))
        unit.commit()
    body = door.client(Role.QA).get("/api/v1/recordings/call/findings").json()
    assert FindingsOut.model_validate(body).model_dump(mode="json") == body
    told = body["evaluations"][0]["findings"][0]["second_look"]
    assert (told["engine"], told["first"]["outcome"], told["first"]["words"]) == (
        "whisper:large-v3",
        "missed",
        "the skull",
    )
    assert (told["heard"]["outcome"], told["heard"]["words"]) == ("met", "call is recorded")
    assert told["fit"] == {"wording": "this call is recorded", "start": 0.95, "end": 2.5, "score": -0.4}
    assert body["second_look"] == {"state": "failed", "moved_at": "2026-03-04T12:00:00.000Z", "failure": failure}


def test_findings_tell_what_people_made_of_them_beside_what_the_machine_found(door: Door) -> None:
    door.stores(a_recording("call"))
    missed = Evaluation("opening-en", 1, 0.0, passed=False, findings=(Finding("notice", Outcome.MISSED, "Not heard."),))
    with door.client() as admin:
        admin.post("/api/v1/keyword-sets", content=an_opening_set(1, "this call is recorded")).raise_for_status()
    with door.services.open_unit() as unit:
        unit.evaluations.put("call", missed, NOON)
        unit.commit()
    with door.client(Role.QA) as client:
        review = {"keyword_set": "opening-en", "rule": "notice", "outcome": "met", "note": "At 0:01."}
        client.post("/api/v1/recordings/call/reviews", json=review).raise_for_status()
        body = client.get("/api/v1/recordings/call/findings").json()
    assert FindingsOut.model_validate(body).model_dump(mode="json") == body
    [found] = body["evaluations"]
    assert (found["score"], found["passed"], found["findings"][0]["outcome"]) == (0.0, False, "missed")
    assert found["reviewed"] == {"score": 100.0, "passed": True, "outcomes": {"notice": "met"}}


def test_findings_that_are_not_there_yet_quote_nobody(door: Door) -> None:
    door.stores(a_recording("call"))
    assert door.client(Role.QA).get("/api/v1/recordings/call/findings").json()["evaluations"] == []
    assert looks(door) == []


def test_a_failed_recording_is_tried_again_and_another_is_not(door: Door) -> None:
    door.stores(replace(a_recording("failed", state=RecordingState.FAILED), failure="It died.", attempts=3))
    door.stores(a_recording("new"))
    with door.client() as client:
        answer = client.post("/api/v1/recordings/failed/retry")
        assert (answer.status_code, answer.json()["state"], answer.json()["attempts"]) == (202, "received", 0)
        assert client.post("/api/v1/recordings/new/retry").status_code == 409
        assert client.post("/api/v1/recordings/none/retry").status_code == 404
        assert {"lane": "transcribe", "waiting": 1} in client.get("/api/v1/jobs").json()["lanes"]


# --- sound -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        (None, 200, SOUND),
        ("bytes=0-99", 206, SOUND[:100]),
        ("bytes=100-", 206, SOUND[100:]),
        ("bytes=-44", 206, SOUND[-44:]),
        ("bytes=10-99999999", 206, SOUND[10:]),
        ("bytes=5-2", 200, SOUND),
        ("seconds=1-2", 200, SOUND),
        ("bytes=0-1,5-6", 200, SOUND),
    ],
)
def test_audio_comes_whole_or_in_the_range_asked_for(door: Door, wanted: str | None, status: int, part: bytes) -> None:
    with door.client() as client:
        recording = upload(client, SOUND).json()
        headers = {} if wanted is None else {"Range": wanted}
        answer = client.get(f"/api/v1/recordings/{recording['id']}/audio", headers=headers)
    assert (answer.status_code, answer.content) == (status, part)
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["etag"] == f'"{recording["sha256"]}"'
    if status == 206:
        first = SOUND.find(part)
        assert answer.headers["content-range"] == f"bytes {first}-{first + len(part) - 1}/{len(SOUND)}" or first == 44


@pytest.mark.parametrize("wanted", ["bytes=999999999-", "bytes=-0"])
def test_a_range_outside_the_file_is_a_problem(door: Door, wanted: str) -> None:
    with door.client() as client:
        recording_id = upload(client, SOUND).json()["id"]
        answer = client.get(f"/api/v1/recordings/{recording_id}/audio", headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(SOUND)}"
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_range_of_another_version_gives_the_whole_file(door: Door) -> None:
    with door.client() as client:
        recording = upload(client, SOUND).json()
        path = f"/api/v1/recordings/{recording['id']}/audio"
        stale = client.get(path, headers={"Range": "bytes=0-9", "If-Range": '"old"'})
        fresh = client.get(path, headers={"Range": "bytes=0-9", "If-Range": f'"{recording["sha256"]}"'})
    assert (stale.status_code, fresh.status_code) == (200, 206)


def test_a_clip_is_the_stretch_asked_for_as_wav(door: Door) -> None:
    with door.client() as client:
        recording_id = upload(client, SOUND).json()["id"]
        answer = client.get(f"/api/v1/recordings/{recording_id}/clip", params={"start": 0.5, "end": 1.0})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(answer.content)) as clip:
        assert (clip.getnframes() / clip.getframerate(), clip.getnchannels()) == (0.5, 2)


@pytest.mark.parametrize(("start", "end"), [(1, 1), (2, 1), (0, 301), (-1, 1), ("nan", 1), (0, "inf"), ("", 1)])
def test_a_clip_that_is_none_is_refused(door: Door, start: object, end: object) -> None:
    with door.client() as client:
        recording_id = upload(client, SOUND).json()["id"]
        answer = client.get(f"/api/v1/recordings/{recording_id}/clip", params={"start": str(start), "end": str(end)})
    assert answer.status_code == 422


def test_bytes_that_were_lost_are_a_problem_and_no_fault(door: Door) -> None:
    door.stores(a_recording("call"))
    answer = door.client().get("/api/v1/recordings/call/audio")
    assert answer.status_code == 404
    assert "backup" in answer.json()["next_step"]


# --- tasks -----------------------------------------------------------------------------------------


def test_an_agent_accepts_and_completes_a_task_and_the_events_tell(door: Door) -> None:
    with door.client("ana") as ana:
        task = door.stores_task(a_recording("voicemail"), agent_id="ana")
        path = f"/api/v1/tasks/{task.id}"
        assert ana.post(f"{path}/accept").json()["state"] == "accepted"
        done = ana.post(f"{path}/complete", json={"disposition": "called_back", "note": "Sent an invoice."})
        assert (done.status_code, done.json()["disposition"]) == (200, "called_back")
        detail = ana.get(path).json()
    assert [(event["actor"], event["what"]) for event in detail["events"]] == [
        ("system", "raised"),
        ("ana", "accepted"),
        ("ana", "done: called_back"),
    ]
    assert detail["facts"] is None
    assert looks(door) == []
    assert detail["due_at"] == "2026-03-04T12:00:00.000Z"
    assert re.fullmatch(r"done .+ \(late\)", detail["due"])


def test_a_task_tells_what_the_caller_said(door: Door) -> None:
    task = door.stores_task(a_recording("voicemail"), agent_id=None)
    facts = CallerFacts(
        urgency=UrgencyFact(Urgency.HIGH, "The caller said urgent."),
        callback_number=Fact("+14155550100", "four one five …", 0.9, 1.0, 4.0),
    )
    with door.services.open_unit() as unit:
        stored = unit.tasks.get(task.id)
        unit.tasks.save(
            replace(stored, facts=facts, version=stored.version + 1), TaskEvent(task.id, NOON, "system", "enriched", "")
        )
        unit.commit()
    body = door.client(Role.SUPERVISOR).get(f"/api/v1/tasks/{task.id}").json()
    assert body["facts"]["callback_number"]["e164"] == "+14155550100"
    assert body["facts"]["urgency"] == {"value": "high", "why": "The caller said urgent."}
    assert looks(door) == [("token of supervisor", "read_transcript", "voicemail", f"Quoted in task {task.id}.")]


def test_a_task_is_handed_over_released_and_cancelled_with_a_reason(door: Door) -> None:
    with door.client("ana") as ana, door.client("ben") as ben, door.client(Role.SUPERVISOR) as lead:
        task = door.stores_task(a_recording("voicemail"), agent_id="ana")
        path = f"/api/v1/tasks/{task.id}"
        assert ana.post(f"{path}/hand-over", json={"to_agent_id": "nobody", "why": "x"}).status_code == 404
        assert (
            ana.post(f"{path}/hand-over", json={"to_agent_id": "ben", "why": "Knows it."}).json()["agent_id"] == "ben"
        )
        assert ana.post(f"{path}/accept").status_code == 403
        assert ben.post(f"{path}/accept").status_code == 200
        assert ben.post(f"{path}/release", json={"why": ""}).status_code == 422
        assert ben.post(f"{path}/release", json={"why": "Shift ends."}).json()["state"] == "open"
        assert lead.post(f"{path}/cancel", json={"why": "Called again."}).json()["state"] == "cancelled"
        again = lead.post(f"{path}/cancel", json={"why": "Called again."})
    assert again.status_code == 409
    assert again.json()["record"] == task.id


def test_tasks_are_filtered_by_agent_state_queue_and_end(door: Door) -> None:
    door.stores_task(a_recording("one"), agent_id="ana", queue="service")
    door.stores_task(a_recording("two"), agent_id="ben")
    with door.client() as client:
        one, two = "task-of-one", "task-of-two"
        client.post(f"/api/v1/tasks/{two}/cancel", json={"why": "x"})
        for params, found in (
            ({"agent": "ana"}, [one]),
            ({"queue": "service"}, [one]),
            ({"state": "cancelled"}, [two]),
            ({"ended": "false"}, [one]),
            ({"ended": "true"}, [two]),
        ):
            items = client.get("/api/v1/tasks", params=params).json()["items"]
            assert [item["id"] for item in items] == found
