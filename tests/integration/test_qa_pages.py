"""QA's pages over the web door: which calls come first, what a call page marks, and what an answer leaves behind."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event

from api.ui.worklist import SHOWN
from tests.api_door import Door
from tests.builders import NOON, a_recording, a_transcript, an_opening_set
from tests.page_records import with_words
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome, SecondAnswer
from voiceops.domain.people import Queue, Role
from voiceops.domain.recording import PartiesBy, Party, RecordingState
from voiceops.domain.second_look import SecondLooks, SecondLookState, WordingFit
from voiceops.domain.sound import ChannelSound, Tone, ToneKind
from voiceops.domain.transcript import PartyJudgement
from voiceops.domain.working_hours import WorkingHours

SEEN = {"keyword_set": "opening-en", "version": "1", "rule": "notice"}


@pytest.fixture
def browser(door: Door) -> Iterator[httpx.Client]:
    """Of somebody in QA."""
    with door.client() as admin:
        admin.post("/api/v1/keyword-sets", content=an_opening_set(1, "this call is recorded")).raise_for_status()
    with door.client(Role.QA) as client:
        client.headers["Accept"] = "text/html"
        yield client


def a_call(door: Door, name: str, outcome: Outcome, *, score: float = 80.0, **known: Any) -> None:
    """A call in which the notice is heard between 0.5 and 2.1 s, whatever that counts as."""
    door.stores(replace(a_recording(name, state=RecordingState.ANALYSED), **known))
    evidence = Evidence("this call is recorded", 0.5, 2.1, Party.AGENT, 100.0)
    finding = Finding("notice", outcome, "Why.", evidence)
    passed = {Outcome.MET: True, Outcome.UNCERTAIN: None}.get(outcome, False)
    with door.services.open_unit() as unit:
        unit.transcripts.put(name, with_words(a_transcript("agent: this call is recorded thanks", "customer: fine")))
        unit.evaluations.put(name, Evaluation("opening-en", 1, score, passed=passed, findings=(finding,)), NOON)
        unit.commit()


def listed(page: str) -> list[str]:
    return re.findall(r'<a href="/calls/([^"?]+)"', page)


def following(page: str) -> str:
    """The address of the next page."""
    return html.unescape(re.findall(r'class="further"><a class="button" href="([^"]+)"', page)[0])


def statements_of(act: Callable[[], object]) -> int:
    """How many statements an act sends to the database."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


def test_calls_that_need_a_person_come_before_those_that_need_none(door: Door, browser: httpx.Client) -> None:
    a_call(door, "unsure", Outcome.UNCERTAIN)
    a_call(door, "missing", Outcome.MISSED)
    a_call(door, "good", Outcome.MET)
    page = browser.get("/calls").text
    assert set(listed(page)[:2]) == {"unsure", "missing"}
    assert listed(page)[2:] == ["good"]
    assert page.index("These need a person") < page.index("Nothing to decide")


def test_a_call_page_keeps_the_first_answer_beside_the_second_look_each_to_be_heard(
    door: Door, browser: httpx.Client
) -> None:
    a_call(door, "call", Outcome.MISSED)
    nearest, heard = (Evidence(words, at, at + 2, Party.AGENT, 40.0) for words, at in (("skull", 3.0), ("again", 35.0)))
    fit = WordingFit("this call is recorded", 36.5, 38.0, -0.41)
    second = SecondAnswer(
        Outcome.MISSED, "Nothing like it.", nearest, "whisper:large-v3", Outcome.MET, "Said at 35 s.", heard, fit
    )
    finding = Finding("notice", Outcome.MET, "Missed at first.", heard, second)
    with door.services.open_unit() as unit:
        unit.evaluations.put("call", Evaluation("opening-en", 1, 100.0, passed=True, findings=(finding,)), NOON)
        unit.second_looks.put(SecondLooks("call", SecondLookState.FAILED, NOON, failure="It died."))
        unit.commit()
    page = browser.get("/calls/call").text
    assert "Nothing like it." in page
    assert "whisper:large-v3" in page
    assert "-0.41" in page
    assert [at for at in ("2.0", "34.0", "35.5") if f'data-at="{at}"' not in page] == []
    assert "The second look failed, and the first verdict stands:" in page
    assert "It died." in page


def test_days_of_the_worklist_are_those_of_the_queues_clock(door: Door, browser: httpx.Client) -> None:
    with door.services.open_unit() as unit:
        unit.queues.put(Queue("far", "Far", hours=WorkingHours(time_zone="Pacific/Auckland")))
        unit.commit()
    a_call(door, "far", Outcome.MET, queue="far", received_at=datetime(2026, 3, 1, 21, 30, tzinfo=UTC))
    for since, until, found in (("2026-03-02", "2026-03-02", ["far"]), ("2026-03-01", "2026-03-01", [])):
        page = browser.get("/calls", params={"queue": "far", "since": since, "until": until}).text
        assert listed(page) == found
    assert listed(browser.get("/calls?until=2026-03-01").text) == ["far"], "by the house's clock, which is UTC"
    assert "2026-03-02 10:30" in browser.get("/calls").text
    assert "2026-03-02 10:30" in browser.get("/calls/far").text


def test_the_worklist_goes_on_from_page_to_page_whatever_is_answered_meanwhile(
    door: Door, browser: httpx.Client
) -> None:
    for number in range(SHOWN + 10):
        a_call(door, f"bad-{number:02}", Outcome.MISSED)
        a_call(door, f"good-{number:02}", Outcome.MET)
    first = browser.get("/calls").text
    assert len(listed(first)) == SHOWN
    browser.post(f"/calls/{listed(first)[-1]}/reviews", data={**SEEN, "seen": "0"})
    second = browser.get(following(first)).text
    assert [name.partition("-")[0] for name in listed(second)] == ["bad"] * 10 + ["good"] * 40
    assert not set(listed(first)) & set(listed(second))
    third = browser.get(following(second)).text
    assert len(listed(third)) == 20 + 1, "the one that was answered comes again among the others"
    assert 'class="further"' not in third


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"queue": "sales"}, ["sold"]),
        ({"agent": "ben", "queue": ""}, ["bens"]),
        ({"rule": "opening-en"}, ["sold", "bens", "unclear"]),
        ({"rule": "opening-en/notice", "outcome": "missed"}, ["bens"]),
        ({"outcome": "uncertain"}, ["unclear"]),
        ({"rule": "another-set"}, []),
        ({"since": "2026-03-04", "until": "2026-03-04"}, ["sold", "bens", "unclear"]),
        ({"since": "2026-03-05"}, []),
        ({"until": "2026-03-03"}, []),
        ({"longer": "10"}, ["sold"]),
        ({"shorter": "10"}, ["bens", "unclear"]),
        ({"clarity": "50"}, ["unclear"]),
        ({"queue": "sales", "outcome": "missed"}, []),
    ],
    ids=str,
)
def test_a_filter_leaves_the_calls_that_it_names(
    door: Door, browser: httpx.Client, asked: dict[str, str], found: list[str]
) -> None:
    a_call(door, "sold", Outcome.MET, queue="sales", duration_seconds=1200.0)
    a_call(door, "bens", Outcome.MISSED, agent_id="ben", clarity=80)
    a_call(door, "unclear", Outcome.UNCERTAIN, clarity=20)
    assert set(listed(browser.get("/calls", params=asked).text)) == set(found)


@pytest.mark.parametrize(
    "asked",
    ["recorded FINE", '"call is recorded"', "“thanks”", "fine recorded thanks"],
)
def test_calls_are_found_by_the_words_said_in_them(door: Door, browser: httpx.Client, asked: str) -> None:
    a_call(door, "said", Outcome.MISSED, queue="sales")
    door.stores(a_recording("silent", state=RecordingState.ANALYSED))
    page = browser.get("/calls", params={"words": asked}).text
    assert listed(page) == ["said"]
    assert f'name="words" maxlength="200" dir="auto" value="{html.escape(asked, quote=True)}"' in page.replace(
        "&#34;", "&quot;"
    )
    assert listed(browser.get("/calls", params={"words": asked, "queue": "service"}).text) == []


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("fa", "من می‌خواهم بیمه‌ی ماشین یک ساله بگیرم", "ماشين"),
        ("fa", "من می‌خواهم کتاب بگیرم", "ميخواهم كتاب"),
        ("fa", "من می‌خواهم کتاب بگیرم", "می خواهم"),
        ("hu", "a beszélgetést rögzítjük önnel", "ROGZITJUK"),
        ("hu", "a beszelgetest rogzitjuk onnel", "„beszélgetést rögzítjük”"),
    ],
    ids=["Arabic letters", "written together", "written apart", "without accents", "with accents"],
)
def test_spelling_does_not_hide_what_was_said(
    door: Door, browser: httpx.Client, language: str, said: str, asked: str
) -> None:
    a_call(door, "other", Outcome.MISSED)
    door.stores(a_recording("said", state=RecordingState.ANALYSED))
    with door.services.open_unit() as unit:
        unit.transcripts.put("said", a_transcript(f"agent: {said}", language=language))
        unit.commit()
    assert listed(browser.get("/calls", params={"words": asked}).text) == ["said"]


def test_each_page_of_a_search_leaves_one_line_without_the_words_in_the_access_log(
    door: Door, browser: httpx.Client
) -> None:
    for number in range(SHOWN + 1):
        a_call(door, f"call-{number}", Outcome.MISSED)
    first = browser.get("/calls", params={"words": "thanks"}).text
    assert len(listed(first)) == SHOWN
    assert "words=thanks" in following(first)
    assert len(listed(browser.get(following(first)).text)) == 1
    with door.client() as admin:
        lines = admin.get("/api/v1/access-log", params={"action": "searched"}).json()["items"]
        assert [(one["actor"], one["record"], one["detail"]) for one in lines] == [("token of qa", "calls", "")] * 2
        assert browser.get("/exports/calls", params={"words": "thanks"}).text.count("call-") == SHOWN + 1
        lines = admin.get("/api/v1/access-log", params={"action": "exported"}).json()["items"]
        assert "thanks" not in lines[0]["detail"]


def test_a_search_asks_the_database_no_more_for_many_calls(door: Door, browser: httpx.Client) -> None:
    def search() -> None:
        browser.get("/calls", params={"words": "thanks"}).raise_for_status()

    a_call(door, "first", Outcome.MISSED)
    few = statements_of(search)
    for number in range(SHOWN):
        a_call(door, f"call-{number}", Outcome.MISSED)
    assert statements_of(search) <= few


def test_a_sample_is_drawn_out_of_the_calls_with_these_words(door: Door, browser: httpx.Client) -> None:
    a_call(door, "said", Outcome.MISSED, agent_id="ben")
    door.stores(replace(a_recording("silent", state=RecordingState.ANALYSED), agent_id="ben"))
    drawn = browser.post("/api/v1/samples", json={"per_agent": 5, "words": "thanks"}).json()
    assert (drawn["recording_ids"], drawn["asked"]) == (["said"], "words=thanks")


def test_agents_are_offered_no_search_and_none_is_made_for_them(door: Door) -> None:
    a_call(door, "said", Outcome.MISSED, agent_id="ben")
    with door.client("ben") as client:
        client.headers["Accept"] = "text/html"
        page = client.get("/calls", params={"words": "nobody said this"}).text
    assert listed(page) == ["said"]
    assert 'name="words"' not in page


def test_the_lowest_score_comes_first_where_that_is_asked_for(door: Door, browser: httpx.Client) -> None:
    for name, score in (("fair", 60.0), ("poor", 20.0), ("bad", 40.0)):
        a_call(door, name, Outcome.MISSED, score=score)
    assert listed(browser.get("/calls", params={"order": "worst"}).text) == ["poor", "bad", "fair"]


@pytest.mark.parametrize(
    "asked", [{"cursor": "call-1"}, {"cursor": "1~2026-99-04T12:00:00+00:00~1.0~a"}, {"outcome": "bad"}, {"since": "x"}]
)
def test_a_filter_that_nobody_can_read_is_refused(browser: httpx.Client, asked: dict[str, str]) -> None:
    assert browser.get("/calls", params=asked).status_code == 422


def test_a_page_of_many_calls_asks_the_database_no_more_than_one_of_few(door: Door, browser: httpx.Client) -> None:
    a_call(door, "first", Outcome.MISSED)
    few = statements_of(lambda: browser.get("/calls").raise_for_status())
    for number in range(SHOWN):
        a_call(door, f"call-{number}", (Outcome.MISSED, Outcome.MET)[number % 2])
    assert statements_of(lambda: browser.get("/calls").raise_for_status()) <= few


def test_a_call_page_marks_the_words_of_a_finding_by_its_outcome(door: Door, browser: httpx.Client) -> None:
    a_call(door, "call-1", Outcome.MISSED)
    page = browser.get("/calls/call-1").text
    marked = re.findall(r'class="mark rule-1 missed">(\w+)</span>', page)
    assert marked == ["this", "call", "is", "recorded"]
    assert re.search(r'<button data-at="0" class="hear">▶ Nearest:', page)
    assert "Says the call is recorded" in page


def test_a_call_page_says_that_parties_were_told_apart_by_voice_and_where_that_is_not_sure(
    door: Door, browser: httpx.Client
) -> None:
    a_call(door, "call-1", Outcome.MET)
    door.stores(a_recording("call-2", state=RecordingState.ANALYSED))
    with door.services.open_unit() as unit:
        known = unit.transcripts.get("call-1")
        agent, customer = known.utterances
        said = (replace(agent, party_confidence=0.95), replace(customer, party_confidence=0.6))
        for name, confidence in (("call-1", 0.95), ("call-2", 0.62)):
            judged = PartyJudgement(PartiesBy.VOICES, confidence, "by their voices")
            unit.transcripts.put(name, replace(known, utterances=said, parties=judged))
        unit.commit()
    page = browser.get("/calls/call-1").text
    assert "told apart by voice" in page
    assert "every rule about one party is for you" not in page
    assert re.findall(r'class="line (\w+ unsure)"', page) == ["customer unsure"]
    assert page.count("It is not sure who speaks here.") == 1
    assert "every rule about one party is for you" in browser.get("/calls/call-2").text


def test_a_call_page_says_how_clear_each_channel_is_and_what_sounded_besides_words(
    door: Door, browser: httpx.Client
) -> None:
    a_call(door, "held", Outcome.MET)
    music, key = Tone(ToneKind.MUSIC, 60.0, 165.0), Tone(ToneKind.KEY, 3.0, 3.1, "5")
    sound = (
        ChannelSound(Party.AGENT, 9.0, 9.0, snr_db=40.0, clarity=97, tones=(key, music)),
        ChannelSound(Party.CUSTOMER, 9.0, 9.0, snr_db=7.0, clarity=18, clipped_share=0.2),
    )
    with door.services.open_unit() as unit:
        unit.transcripts.put("held", replace(unit.transcripts.get("held"), duration=200.0, sound=sound))
        unit.commit()
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.unescape(browser.get("/calls/held").text)))
    assert "Agent: clear 97 Customer: poor 18 · noise · clipped On hold 1:45" in page
    assert "♪ Hold music 1:00\N{EN DASH}2:45" in page
    assert page.index("thanks") < page.index("☎ Keys 5 0:03\N{EN DASH}0:03") < page.index("♪")
    hungarian = browser.get("/calls/held", headers={"Accept-Language": "hu"}).text
    assert "Tartászene" in hungarian
    sent = browser.get("/api/v1/recordings/held/transcript", headers={"Accept": "application/json"}).json()
    assert sent["sound"][0]["tones"][1] == {"kind": "music", "start": 60.0, "end": 165.0, "key": None}


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
