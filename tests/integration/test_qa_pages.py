"""QA's pages over the web door: which calls come first, what a call page marks, and what an answer leaves behind."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.api_door import Door
from tests.builders import NOON, a_recording, a_transcript, an_opening_set
from tests.page_records import with_words
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome
from voiceops.domain.people import Role
from voiceops.domain.recording import Party, RecordingState

SEEN = {"keyword_set": "opening-en", "version": "1", "rule": "notice"}


@pytest.fixture
def browser(door: Door) -> Iterator[httpx.Client]:
    """Of somebody in QA."""
    with door.client() as admin:
        admin.post("/api/v1/keyword-sets", content=an_opening_set(1, "this call is recorded")).raise_for_status()
    with door.client(Role.QA) as client:
        client.headers["Accept"] = "text/html"
        yield client


def a_call(door: Door, name: str, outcome: Outcome) -> None:
    """A call in which the notice is heard between 0.5 and 2.1 s, whatever that counts as."""
    door.stores(a_recording(name, state=RecordingState.ANALYSED))
    evidence = Evidence("this call is recorded", 0.5, 2.1, Party.AGENT, 100.0)
    finding = Finding("notice", outcome, "Why.", evidence)
    passed = {Outcome.MET: True, Outcome.UNCERTAIN: None}.get(outcome, False)
    with door.services.open_unit() as unit:
        unit.transcripts.put(name, with_words(a_transcript("agent: this call is recorded thanks", "customer: fine")))
        unit.evaluations.put(name, Evaluation("opening-en", 1, 80.0, passed=passed, findings=(finding,)), NOON)
        unit.commit()


def listed(page: str) -> list[str]:
    return re.findall(r'<a href="/calls/([^"?]+)"', page)


def test_calls_that_need_a_person_come_before_those_that_need_none(door: Door, browser: httpx.Client) -> None:
    a_call(door, "unsure", Outcome.UNCERTAIN)
    a_call(door, "missing", Outcome.MISSED)
    a_call(door, "good", Outcome.MET)
    page = browser.get("/calls").text
    assert set(listed(page)[:2]) == {"unsure", "missing"}
    assert listed(page)[2:] == ["good"]
    assert "2 calls need a person" in page
    assert not listed(browser.get("/calls", params={"queue": "sales"}).text)
    assert not listed(browser.get("/calls", params={"agent": "ben", "queue": ""}).text)


def test_a_call_page_marks_the_words_of_a_finding_by_its_outcome(door: Door, browser: httpx.Client) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    page = browser.get("/calls/call-1").text
    marked = re.findall(r'class="mark rule-1 missed">(\w+)</span>', page)
    assert marked == ["this", "call", "is", "recorded"]
    assert re.search(r'<button data-at="0" class="hear">▶ Nearest:', page)
    assert "Says the call is recorded" in page


def test_an_answer_stands_beside_the_machines_and_takes_the_call_off_the_list(
    door: Door, browser: httpx.Client
) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    form = {**SEEN, "seen": "0", "outcome": "met", "note": "At 0:01.", "number": "1"}
    answer = browser.post("/calls/call-1/reviews", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls/call-1?done=reviewed#finding-1")
    page = browser.get("/calls/call-1").text
    assert "corrected by token of qa; the machine said: missed" in page
    assert "At 0:01." in page
    verdicts = re.findall(r'class="tag (?:good|bad)">(\w+) <bdi dir="ltr">(\d+) %', page)
    assert verdicts == [("passed", "100"), ("failed", "80")]
    assert "Nothing to decide" in browser.get("/calls").text


def test_a_report_has_every_review_and_counts_as_an_export(door: Door, browser: httpx.Client) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    browser.post("/calls/call-1/reviews", data={**SEEN, "seen": "0"})
    browser.post("/calls/call-1/reviews", data={**SEEN, "seen": "1", "outcome": "met", "note": "At 0:01."})
    page = browser.get("/calls/call-1/report").text
    assert re.findall(r"(confirmed|corrected) by token of qa", page) == ["confirmed", "corrected"]
    assert "At 0:01." in page
    assert "<bdi>this call is recorded</bdi>" in page
    with door.client() as admin:
        log = admin.get("/api/v1/access-log", params={"record": "call-1"}).json()["items"]
    assert (log[0]["action"], log[0]["detail"]) == ("exported", "Report of the call.")


def test_a_press_confirms(door: Door, browser: httpx.Client) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    assert browser.post("/calls/call-1/reviews", data={**SEEN, "seen": "0"}).status_code == 303
    assert "confirmed by token of qa" in browser.get("/calls/call-1").text


def test_two_people_who_answer_at_once_do_not_pass_over_each_other(door: Door, browser: httpx.Client) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    browser.post("/calls/call-1/reviews", data={**SEEN, "seen": "0"})
    assert browser.post("/calls/call-1/reviews", data={**SEEN, "seen": "0"}).status_code == 412


def test_a_call_that_is_not_transcribed_says_so_and_logs_no_reading(door: Door, browser: httpx.Client) -> None:
    door.stores(a_recording("fresh"))
    assert "It is not transcribed yet." in browser.get("/calls/fresh").text
    with door.client() as admin:
        assert admin.get("/api/v1/access-log", params={"record": "fresh"}).json()["items"] == []


def test_an_agent_reads_an_own_call_and_answers_nothing(door: Door, browser: httpx.Client) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    assert "Confirm" in browser.get("/calls/call-1").text
    with door.client("ana") as ana:
        ana.headers["Accept"] = "text/html"
        assert ana.get("/calls/call-1").status_code == 403
        assert "Nothing" not in ana.get("/calls").text


def test_a_page_of_a_one_hour_call_is_less_than_a_mebibyte(door: Door, browser: httpx.Client) -> None:
    door.stores(a_recording("long", state=RecordingState.ANALYSED))
    lines = [f"{party}: {'reasonable words of usual length '.strip()}" for party in ("agent", "customer")] * 900
    with door.services.open_unit() as unit:
        unit.transcripts.put("long", a_transcript(*lines))
        unit.commit()
    page = browser.get("/calls/long")
    assert page.text.count("<span data-at=") == 9000
    assert int(page.headers["content-length"]) < 200_000
    assert len(page.content) < 700_000
