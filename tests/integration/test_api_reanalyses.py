"""Re-analyses and reviews through the web door."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api_door import Door, open_door
from tests.builders import a_recording, a_transcript, an_opening_set
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState
from voiceops.ports import Lane
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.reanalyse_part import reanalyse_part

OLD, NEW = "this call is recorded", "we keep a recording of our conversation"
SETS = "/api/v1/keyword-sets"


@pytest.fixture
def door(tmp_path: Path, sqlite_url: str, redis_url: str) -> Iterator[Door]:
    """A running API with version 1 in use and three calls that say its wording."""
    with open_door(tmp_path, database_url=sqlite_url, redis_url=redis_url) as door:
        upload(door.client(), 1, OLD)
        for name in ("a", "b", "c"):
            door.stores(a_recording(name, state=RecordingState.TRANSCRIBED))
            with door.services.open_unit() as unit:
                unit.transcripts.put(name, a_transcript(f"agent: good morning {OLD}"))
                unit.commit()
            analyse_recording(door.services, name)
        yield door


def upload(client: httpx.Client, version: int, variant: str, **params: Any) -> None:
    answer = client.post(
        SETS,
        content=an_opening_set(version, variant),
        headers={"Content-Type": "application/yaml"},
        params=params,
    )
    assert answer.status_code == 201, answer.text


def work(door: Door, reanalysis_id: str) -> None:
    """Do what the worker would."""
    with door.services.open_view() as unit:
        parts = unit.reanalyses.parts(reanalysis_id)
    for part in parts:
        reanalyse_part(door.services, part.id)


def test_a_stored_version_is_looked_at_ahead_and_then_activated(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as client:
        upload(client, 2, NEW, activate=False)
        assert client.get(f"{SETS}/opening-en").json()["version"] == 1
        asked = client.post(f"{SETS}/opening-en/reanalyses", json={"version": 2, "purpose": "what_if"})
        assert asked.status_code == 202
        begun = asked.json()
        assert (begun["state"], begun["total"], begun["share"]) == ("running", 3, 0)
        work(door, begun["id"])
        done = client.get(asked.headers["location"]).json()
        assert (done["state"], done["share"], done["changed"]) == ("done", 1, 3)
        summary = client.get(f"/api/v1/reanalyses/{begun['id']}/summary").json()["items"]
        assert summary == [
            {"rule": None, "before": "passed", "after": "failed", "calls": 3},
            {"rule": "notice", "before": "met", "after": "missed", "calls": 3},
        ]
        assert client.get(f"{SETS}/opening-en").json()["version"] == 1
        activated = client.post(f"{SETS}/opening-en/activate", json={"version": 2})
        assert (activated.status_code, activated.json()["purpose"]) == (202, "apply")
        work(door, activated.json()["id"])
        [found] = client.get("/api/v1/recordings/a/findings").json()["evaluations"]
        assert (found["keyword_set"]["version"], found["passed"]) == (2, False)
        listed = client.get("/api/v1/reanalyses", params={"keyword_set": "opening-en"}).json()["items"]
        assert [one["purpose"] for one in listed] == ["apply", "what_if", "apply"]
        assert {"lane": Lane.REANALYSE, "waiting": 2} in client.get("/api/v1/jobs").json()["lanes"]


def test_changes_come_in_pages_and_by_rule(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as client:
        upload(client, 2, NEW, activate=False)
        begun = client.post(f"{SETS}/opening-en/reanalyses", json={"version": 2, "purpose": "what_if"}).json()
        work(door, begun["id"])
        path, seen, cursor = f"/api/v1/reanalyses/{begun['id']}/changes", [], None
        while True:
            page = client.get(path, params={"limit": 4} | ({"cursor": cursor} if cursor else {})).json()
            seen += [(one["recording_id"], one["rule"]) for one in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        of_rule = client.get(path, params={"rule": "notice"}).json()["items"]
        assert client.get(path, params={"cursor": "x"}).status_code == 422
    assert seen == [(name, rule) for name in ("a", "b", "c") for rule in (None, "notice")]
    assert of_rule[0] == {"recording_id": "a", "rule": "notice", "before": "met", "after": "missed"}


def test_a_reanalysis_is_cancelled_once(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as client:
        upload(client, 2, NEW)
        [begun, _] = client.get("/api/v1/reanalyses").json()["items"]
        path = f"/api/v1/reanalyses/{begun['id']}/cancel"
        assert client.post(path).json()["state"] == "cancelled"
        assert client.post(path).status_code == 409


def test_only_calls_of_a_span_are_looked_at(door: Door) -> None:
    body = {"version": 1, "purpose": "what_if", "from_at": "2030-01-01T00:00:00Z"}
    with door.client() as client:
        asked = client.post(f"{SETS}/opening-en/reanalyses", json=body).json()
        assert (asked["total"], asked["state"], asked["from_at"]) == (0, "done", "2030-01-01T00:00:00.000Z")
        no_zone = body | {"from_at": "2030-01-01T00:00:00"}
        assert client.post(f"{SETS}/opening-en/reanalyses", json=no_zone).status_code == 422


def test_an_upload_evaluates_only_calls_of_its_span(door: Door) -> None:
    with door.client() as client:
        upload(client, 2, NEW, from_at="2030-01-01T00:00:00Z")
        (begun, *_) = client.get("/api/v1/reanalyses").json()["items"]
        assert (begun["total"], begun["state"], begun["from_at"]) == (0, "done", "2030-01-01T00:00:00.000Z")


def test_what_cannot_be_activated_is_a_conflict_or_not_found(door: Door) -> None:
    with door.client() as client:
        for version, status in ((1, 409), (7, 404)):
            assert client.post(f"{SETS}/opening-en/activate", json={"version": version}).status_code == status
        upload(client, 2, NEW, activate=False)
        apply = client.post(f"{SETS}/opening-en/reanalyses", json={"version": 2, "purpose": "apply"})
        assert (apply.status_code, "not active" in apply.json()["detail"]) == (409, True)


def test_a_finding_is_corrected_and_the_rules_trust_shows_it(door: Door) -> None:
    path = "/api/v1/recordings/a/reviews"
    with door.client(Role.QA) as client:
        judged = {"keyword_set": "opening-en", "version": 1, "rule": "notice"}
        made = client.post(path, json=judged)
        assert (made.status_code, made.json()["confirms"], made.json()["reviewer"]) == (201, True, "token of qa")
        corrected = client.post(path, json=judged | {"outcome": "refused", "note": "He says it is not."}).json()
        assert (corrected["machine_outcome"], corrected["outcome"]) == ("met", "refused")
        assert [one["outcome"] for one in client.get(path).json()["items"]] == ["met", "refused"]
        trust = client.get(f"{SETS}/opening-en/trust").json()
        for fault, status in (
            ({"outcome": "missed"}, 422),
            ({"outcome": "uncertain", "note": "x"}, 422),
            ({"version": 3}, 409),
            ({"rule": "price"}, 404),
            ({"keyword_set": "none"}, 404),
        ):
            assert client.post(path, json=judged | fault).status_code == status, fault
    assert trust["keyword_set"] == {"id": "opening-en", "version": 1}
    [rule] = trust["rules"]
    assert rule["precision"]["value"] == 0
    assert (rule["reviews"]["corrected"], rule["recall"], rule["suggested_strictness"]) == (1, None, None)
    assert "19 more of findings that say it was there" in rule["reason"]
