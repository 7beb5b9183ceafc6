"""The supervisor's pages about keyword sets: faults at their lines, what a version would change, and its activation."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api_door import Door, open_door
from tests.builders import a_recording, a_transcript, an_opening_set
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState
from voiceops.ports import Page
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.review_finding import Judgement, review_finding

OLD, NEW = "this call is recorded", "we keep a recording of our conversation"
CALLS = ("call-a", "call-b", "call-c")


@pytest.fixture
def door(tmp_path: Path, sqlite_url: str, redis_url: str) -> Iterator[Door]:
    """Version 1 is in use, and three calls say its wording."""
    with open_door(tmp_path, database_url=sqlite_url, redis_url=redis_url) as door:
        with door.client() as admin:
            admin.post("/api/v1/keyword-sets", content=an_opening_set(1, OLD)).raise_for_status()
        for name in CALLS:
            door.stores(a_recording(name, state=RecordingState.TRANSCRIBED))
            with door.services.open_unit() as unit:
                unit.transcripts.put(name, a_transcript(f"agent: good morning {OLD}"))
                unit.commit()
            analyse_recording(door.services, name)
        yield door


@pytest.fixture
def lead(door: Door) -> httpx.Client:
    """A supervisor's browser."""
    client = door.client(Role.SUPERVISOR)
    client.headers["Accept"] = "text/html"
    return client


def sent(client: httpx.Client, text: str, *, name: str = "opening.yaml") -> str:
    answer = client.post("/keyword-sets/check", files={"file": (name, text.encode())})
    assert answer.status_code == 200
    return answer.text


def stored(client: httpx.Client, text: str) -> httpx.Response:
    return client.post("/keyword-sets", data={"source": text.replace("\n", "\r\n"), "file_name": "opening.yaml"})


def work(door: Door) -> None:
    """Do what the worker would."""
    with door.services.open_view() as unit:
        runs = unit.reanalyses.list(None, Page())
        parts = [part for run in runs for part in unit.reanalyses.parts(run.id)]
    for part in parts:
        reanalyse_part(door.services, part.id)


def versions(door: Door) -> dict[int, bool]:
    """Whether each version is in use."""
    with door.services.open_view() as unit:
        return {one.keyword_set.version: one.active for one in unit.keyword_sets.versions("opening-en")}


def test_a_fault_is_shown_at_its_line_and_what_was_sent_stays_to_be_mended(door: Door, lead: httpx.Client) -> None:
    page = sent(lead, an_opening_set(2, NEW).replace("expect", "expct"))
    [faulty] = re.findall(r'<li id="line-(\d+)" class="faulty">', page)
    assert faulty == "11"
    assert "`expct` is not a key of a rule; did you mean `expect`?" in page.split('id="line-11"')[1]
    assert "expct: required" in page.split("<textarea")[1].split("</textarea>")[0]
    assert "Store it" not in page
    assert versions(door) == {1: True}


def test_a_file_that_is_no_text_says_in_which_line(lead: httpx.Client) -> None:
    answer = lead.post("/keyword-sets/check", files={"file": ("bad.yaml", b"format: 1\nid: \xff\n")})
    assert 'id="line-2" class="faulty"' in answer.text
    assert "this is not UTF-8 text" in answer.text


def test_a_version_that_is_stored_already_is_a_fault_at_its_own_line(door: Door, lead: httpx.Client) -> None:
    page = sent(lead, an_opening_set(1, NEW))
    assert "Version 1 is stored already; write 2 or higher." in page.split('id="line-3"')[1]
    assert "Version 1 is stored already" in stored(lead, an_opening_set(1, NEW)).text
    assert versions(door) == {1: True}


def test_mended_text_is_checked_again_as_it_was_typed(lead: httpx.Client) -> None:
    text = an_opening_set(2, NEW).replace("\n", "\r\n")
    page = lead.post("/keyword-sets/check-text", data={"source": text, "file_name": "opening.yaml"}).text
    assert "No fault was found." in page
    assert "Store it and see what it would change" in page


def test_qa_may_check_a_set_but_is_offered_no_press_to_store_it(door: Door) -> None:
    with door.client(Role.QA) as qa:
        qa.headers["Accept"] = "text/html"
        assert "Store it" not in sent(qa, an_opening_set(2, NEW))


def test_a_stored_version_says_what_it_would_change_before_it_counts(door: Door, lead: httpx.Client) -> None:
    answer = stored(lead, an_opening_set(2, NEW))
    assert (answer.status_code, answer.headers["location"]) == (303, "/keyword-sets/opening-en?version=2")
    assert 'aria-busy="true"' in lead.get("/keyword-sets/opening-en?version=2").text
    work(door)
    page = lead.get("/keyword-sets/opening-en?version=2").text
    # Of three calls the verdict on the whole and the one of the only rule.
    assert "6 verdicts would change" in page
    assert 'aria-busy="false"' in page
    assert versions(door) == {1: True, 2: False}


def test_each_verdict_that_would_change_leads_to_its_call(door: Door, lead: httpx.Client) -> None:
    stored(lead, an_opening_set(2, NEW))
    work(door)
    page = lead.get("/keyword-sets/opening-en?version=2").text
    [address] = set(re.findall(r'"(/reanalyses/[^"]+\?rule=notice)"', page))
    assert sorted(re.findall(r'<a href="/calls/([^"]+)"', lead.get(address).text)) == sorted(CALLS)


def test_a_press_takes_it_into_use_unless_somebody_was_faster(door: Door, lead: httpx.Client) -> None:
    stored(lead, an_opening_set(2, NEW))
    stored(lead, an_opening_set(3, NEW))
    press = {"version": "3", "seen": "1"}
    answer = lead.post("/keyword-sets/opening-en/activate", data=press)
    assert answer.headers["location"] == "/keyword-sets/opening-en?done=activated"
    assert versions(door) == {1: False, 2: False, 3: True}
    assert lead.post("/keyword-sets/opening-en/activate", data=press).status_code == 412


def test_a_running_look_ahead_can_be_stopped(lead: httpx.Client) -> None:
    stored(lead, an_opening_set(2, NEW))
    [address] = re.findall(r'action="(/reanalyses/[^"]+/cancel)"', lead.get("/keyword-sets/opening-en?version=2").text)
    assert lead.post(address).status_code == 303
    assert "Nobody has asked yet" in lead.get("/keyword-sets/opening-en?version=2").text


def test_two_versions_stand_side_by_side(lead: httpx.Client) -> None:
    stored(lead, an_opening_set(2, NEW))
    page = lead.get("/keyword-sets/opening-en/diff").text
    assert f'<del dir="auto">{OLD}</del>' in page
    assert f'<ins dir="auto">{NEW}</ins>' in page
    assert "do not differ" in lead.get("/keyword-sets/opening-en/diff?before=2&after=2").text


def test_the_list_says_what_is_in_use_and_what_waits(lead: httpx.Client) -> None:
    stored(lead, an_opening_set(2, NEW))
    page = lead.get("/keyword-sets").text
    assert "version 1 in use" in page
    assert "version 2 waits" in page
    assert "Callers must hear that the call is recorded." in page


def test_reviews_give_a_rule_its_figure(door: Door, lead: httpx.Client) -> None:
    for name in CALLS:
        judgement = Judgement(name, "opening-en", "notice", None, "", 1)
        review_finding(door.services, judgement, reviewer="vera")
    page = lead.get("/keyword-sets/opening-en").text
    assert '<bdi dir="ltr">100 %</bdi>' in page
    assert "3 of 3" in page
    assert "3 confirmed, 0 corrected" in page
