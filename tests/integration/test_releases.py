"""Agents see the results of own calls once these are released; they read them, dispute a finding, and get an answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from tests.api_door import Door
from tests.builders import NOON, a_recording, a_transcript, an_opening_set
from tests.systems import System
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome
from voiceops.domain.people import Role
from voiceops.domain.recording import Party, RecordingState
from voiceops.domain.release import Dispute, DisputeAnswer, Release
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import UnitOfWork
from voiceops.usecases.acknowledge_result import acknowledge_result
from voiceops.usecases.answer_dispute import answer_dispute
from voiceops.usecases.dispute_finding import dispute_finding
from voiceops.usecases.find_release import find_release
from voiceops.usecases.release_result import release_result
from voiceops.usecases.review_finding import Judgement
from voiceops.usecases.upload_keyword_set import upload_keyword_set

OBJECTION = Judgement("call", "opening-en", "notice", note="I say it at 0:01.")
DAY = 86_400.0


def store_call(unit: UnitOfWork, name: str = "call", *, agent: str | None = "ana", days_ago: int = 0) -> None:
    """An analysed call with a missed rule."""
    call = replace(a_recording(name, state=RecordingState.ANALYSED), agent_id=agent)
    unit.recordings.add(replace(call, received_at=NOON - timedelta(days=days_ago)))
    evidence = Evidence("this call is recorded", 0.5, 2.1, Party.AGENT, 80.0)
    missed = Finding("notice", Outcome.MISSED, "Not heard.", evidence)
    unit.transcripts.put(name, a_transcript("agent: this call is recorded"))
    unit.evaluations.put(name, Evaluation("opening-en", 1, 0.0, passed=False, findings=(missed,)), NOON)


@pytest.fixture
def system(make_system: Callable[[str], System], database_url: str) -> System:
    """A system with one call of Ana's, on each database."""
    made = make_system(database_url)
    upload_keyword_set(made.services, an_opening_set(1, "this call is recorded"), file_name="o.yaml", uploaded_by="sam")
    with made.services.open_unit() as unit:
        store_call(unit)
        unit.commit()
    return made


def found(system: System, name: str = "call") -> Release | None:
    with system.services.open_view() as unit:
        return find_release(system.services, unit, unit.recordings.get(name))


def disputed(system: System) -> Dispute:
    release_result(system.services, "call", actor="vera")
    return dispute_finding(system.services, OBJECTION, actor="ana")


def decide(system: System, dispute_id: str, *, note: str = "So it is.") -> Dispute:
    return answer_dispute(system.services, "call", dispute_id, answer=DisputeAnswer.UPHELD, note=note, actor="vera")


def test_nothing_is_released_until_somebody_does_it_and_the_first_time_counts(system: System) -> None:
    assert found(system) is None
    release_result(system.services, "call", actor="vera")
    system.clock.passes(seconds=DAY)
    again = release_result(system.services, "call", actor="sam")
    assert again == found(system) == Release("call", NOON, "vera")


def test_results_release_themselves_after_the_days_that_the_setting_names(system: System) -> None:
    system.services = replace(system.services, policy=replace(system.services.policy, release_days=2))
    assert found(system) is None
    system.clock.passes(seconds=2 * DAY)
    assert found(system) == Release("call", NOON + timedelta(days=2), "system")
    acknowledge_result(system.services, "call")
    system.clock.passes(seconds=DAY)
    assert acknowledge_result(system.services, "call").acknowledged_at == NOON + timedelta(days=2)


def test_what_has_no_results_or_no_agent_is_not_released(system: System) -> None:
    with system.services.open_unit() as unit:
        store_call(unit, "nobodys", agent=None)
        unit.recordings.add(replace(a_recording("fresh"), agent_id="ana"))
        unit.commit()
    for name in ("nobodys", "fresh"):
        with pytest.raises(Conflict, match="no results that an agent could be shown"):
            release_result(system.services, name, actor="vera")


def test_before_the_release_nothing_is_acknowledged_or_disputed(system: System) -> None:
    with pytest.raises(Conflict, match="not released yet"):
        acknowledge_result(system.services, "call")
    with pytest.raises(Conflict, match="not released yet"):
        dispute_finding(system.services, OBJECTION, actor="ana")


def test_a_finding_is_disputed_once_with_a_reason_and_answered_once_with_a_note(system: System) -> None:
    dispute = disputed(system)
    with pytest.raises(Conflict, match="disputed already"):
        dispute_finding(system.services, OBJECTION, actor="ana")
    with system.services.open_view() as unit:
        assert unit.releases.open_disputes(teams=None, limit=9) == [dispute]
        assert unit.releases.open_disputes(teams=("north",), limit=9) == []
    with pytest.raises(BadInput, match="needs a note"):
        decide(system, dispute.id, note=" ")
    answered = decide(system, dispute.id)
    with pytest.raises(Conflict, match="answered already, by vera: upheld"):
        decide(system, dispute.id)
    with system.services.open_view() as unit:
        assert unit.releases.disputes("call") == [answered]
        assert unit.releases.open_disputes(teams=None, limit=9) == []


def test_a_dispute_needs_a_reason_a_finding_that_is_there_and_to_come_in_time(system: System) -> None:
    release_result(system.services, "call", actor="vera")
    with pytest.raises(BadInput, match="needs a reason"):
        dispute_finding(system.services, replace(OBJECTION, note=" "), actor="ana")
    with pytest.raises(NotFound, match="no rule greeting"):
        dispute_finding(system.services, replace(OBJECTION, rule_id="greeting"), actor="ana")
    with pytest.raises(Conflict, match="made this finding anew"):
        dispute_finding(system.services, replace(OBJECTION, version=7), actor="ana")
    system.clock.passes(seconds=14 * DAY + 1)
    with pytest.raises(Conflict, match="could be disputed until 2026-03-18 12:00"):
        dispute_finding(system.services, OBJECTION, actor="ana")


def test_a_dispute_that_does_not_exist_is_not_answered(system: System) -> None:
    with pytest.raises(NotFound, match="no such dispute"):
        decide(system, "none")


def test_removing_results_removes_what_was_said_about_them(system: System) -> None:
    disputed(system)
    with system.services.open_unit() as unit:
        unit.retention.remove_result("call")
        unit.commit()
    with system.services.open_view() as unit:
        assert (unit.releases.find("call"), unit.releases.disputes("call")) == (None, [])


# --- over the web door ---------------------------------------------------------------------------------


@pytest.fixture
def ana(door: Door) -> Iterator[httpx.Client]:
    """The agent of the call, at a browser."""
    with door.client() as admin:
        admin.post("/api/v1/keyword-sets", content=an_opening_set(1, "this call is recorded")).raise_for_status()
    with door.services.open_unit() as unit:
        store_call(unit)
        unit.commit()
    with door.client("ana") as client:
        yield client


def test_an_agent_sees_no_result_anywhere_before_the_release(door: Door, ana: httpx.Client) -> None:
    clip = "/api/v1/recordings/call/findings/opening-en/notice/clip"
    assert ana.get("/api/v1/recordings/call/findings").json()["evaluations"] == []
    assert ana.get(clip).status_code == 404
    with door.client(Role.QA) as qa:
        said = {"keyword_set": "opening-en", "rule": "notice"}
        qa.post("/api/v1/recordings/call/reviews", json=said).raise_for_status()
        assert ana.get("/api/v1/recordings/call/reviews").json()["items"] == []
        ana.headers["Accept"] = "text/html"
        for path in ("/calls/call", "/calls/call/report"):
            page = ana.get(path).text
            assert "not released to you yet" in page
            assert "Says the call is recorded" not in page
        assert "failed" not in ana.get("/calls").text
        assert qa.put("/api/v1/recordings/call/release").json()["released_by"] == "token of qa"
    assert "Says the call is recorded" in ana.get("/calls/call").text
    assert "failed" in ana.get("/calls").text
    assert len(ana.get("/api/v1/recordings/call/findings").json()["evaluations"]) == 1
    assert len(ana.get("/api/v1/recordings/call/reviews").json()["items"]) == 1


def test_agent_and_qa_come_to_an_end_over_the_api(door: Door, ana: httpx.Client) -> None:
    with door.client(Role.QA) as qa:
        assert qa.get("/api/v1/recordings/call/release").json()["released_at"] is None
        qa.put("/api/v1/recordings/call/release").raise_for_status()
        assert ana.post("/api/v1/recordings/call/release/acknowledgement").json()["acknowledged_at"]
        said = {"keyword_set": "opening-en", "rule": "notice", "reason": "I say it at 0:01."}
        dispute = ana.post("/api/v1/recordings/call/disputes", json=said).raise_for_status().json()
        assert [one["id"] for one in qa.get("/api/v1/disputes").json()["items"]] == [dispute["id"]]
        decision = {"answer": "rejected", "note": "That is another call."}
        answer = qa.post(f"/api/v1/recordings/call/disputes/{dispute['id']}/answer", json=decision)
        assert answer.status_code == 201
        assert qa.get("/api/v1/disputes").json()["items"] == []
    [told] = ana.get("/api/v1/recordings/call/release").json()["disputes"]
    assert (told["answer"], told["note"], told["answered_by"]) == ("rejected", "That is another call.", "token of qa")


def test_agent_and_qa_come_to_an_end_by_forms(door: Door, ana: httpx.Client) -> None:
    ana.headers["Accept"] = "text/html"
    with door.client(Role.QA) as qa:
        qa.headers["Accept"] = "text/html"
        assert "Release the results to the agent" in qa.get("/calls/call").text
        assert qa.post("/calls/call/release").headers["location"] == "/calls/call?done=shown-to-agent"
        assert "I have read them" in ana.get("/calls/call").text
        assert ana.post("/calls/call/acknowledgement").headers["location"] == "/calls/call?done=acknowledged"
        assert "I have read them" not in ana.get("/calls/call").text
        form = {"keyword_set": "opening-en", "version": "1", "rule": "notice", "reason": "At 0:01.", "number": "1"}
        answer = ana.post("/calls/call/disputes", data=form)
        assert answer.headers["location"] == "/calls/call?done=disputed#finding-1"
        assert "Nobody has decided on it yet" in ana.get("/calls/call").text
        assert '<a href="/calls/call#finding-1">' in qa.get("/disputes").text
        with door.services.open_view() as unit:
            [dispute] = unit.releases.disputes("call")
        decision = {"answer": "upheld", "note": "So it is.", "number": "1"}
        assert qa.post(f"/calls/call/disputes/{dispute.id}/answer", data=decision).status_code == 303
        assert "No agent disputes a finding just now." in qa.get("/disputes").text
    assert "So it is." in ana.get("/calls/call").text
