"""Trends over the web door, as figures and as a page: what they count, whom they show it, and what they open."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest

from tests.api_door import Door
from tests.builders import a_recording, a_transcript, an_opening_set
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.finding import Outcome
from voiceops.domain.people import Queue, Role
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.domain.working_hours import WorkingHours
from voiceops.ports import Page
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.review_finding import Judgement, review_finding

TRENDS = "/api/v1/trends"
SPOKEN = "this call is recorded"
COMPLAINTS = (
    an_opening_set(1, "i want to complain").replace("opening-en", "complaints-en").replace("required", "mention")
)


@pytest.fixture
def house(door: Door) -> Door:
    """Two teams; their agents took one call each, of which ben's has no notice and a complaint."""
    for agent_id, team in (("ana", "north"), ("ben", "south")):
        door.stores_agent(agent_id, team=team)
    with door.services.open_unit() as unit:
        unit.queues.put(Queue("service", "Service", hours=WorkingHours(time_zone="Pacific/Auckland")))
        unit.commit()
    with door.client() as admin:
        for text in (an_opening_set(1, SPOKEN), COMPLAINTS):
            admin.post("/api/v1/keyword-sets", content=text).raise_for_status()
    a_call(door, "good", "ana", f"agent: good morning {SPOKEN}")
    a_call(door, "bad", "ben", "agent: good morning", "customer: i want to complain")
    return door


def a_call(door: Door, name: str, agent_id: str, *spoken: str) -> None:
    """Received now, transcribed and analysed."""
    recording = a_recording(name, state=RecordingState.TRANSCRIBED)
    door.stores(replace(recording, agent_id=agent_id, queue="service", received_at=door.services.clock.now()))
    with door.services.open_unit() as unit:
        unit.transcripts.put(name, a_transcript(*spoken))
        unit.commit()
    analyse_recording(door.services, name)


def asked(client: httpx.Client, what: str, **wish: str | int) -> dict[str, list[dict[str, object]]]:
    answer = client.get(f"{TRENDS}/{what}", params=wish)
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, object]]] = answer.json()
    return found


def section(page: str, part: str) -> str:
    return page.split(f'id="{part}"')[1].split("</section>", maxsplit=1)[0]


def opened(page: str) -> list[str]:
    """Where a page leads to lists of calls that are narrowed."""
    return [unescape(one) for one in re.findall(r'href="(/calls\?[^"]+)"', page)]


def calls_of(client: httpx.Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.findall(r'<a href="/calls/([^"?]+)"', answer.text)


def test_compliance_counts_what_is_judged_and_not_what_is_only_noticed(house: Door) -> None:
    with house.client(Role.SUPERVISOR) as client:
        found = asked(client, "compliance", weeks=2)
    [week] = found["by_week"]
    assert week == {
        "week": found["weeks"][-1], "keyword_set": "opening-en",
        "calls": 2, "passed": 1, "failed": 1, "undecided": 0, "share": 0.5,
    }  # fmt: skip
    assert [(one["name"], one["share"]) for one in found["by_agent"]] == [("ben", 0.0), ("ana", 1.0)]


def test_a_persons_answer_moves_the_figures(house: Door) -> None:
    judgement = Judgement("bad", "opening-en", "notice", Outcome.MET, "At 0:03.", 1)
    review_finding(house.services, judgement, reviewer="vera")
    with house.client(Role.QA) as client:
        assert asked(client, "compliance")["by_week"][0]["passed"] == 2
        assert asked(client, "rules")["not_kept"] == []


def test_rules_that_are_not_kept_and_mentions_are_counted_apart(house: Door) -> None:
    with house.client(Role.SUPERVISOR) as client:
        found = asked(client, "rules")
        assert found["not_kept"] == [{"keyword_set": "opening-en", "rule": "notice", "calls": 1}]
        assert [(one["keyword_set"], one["calls"]) for one in found["mentions"]] == [("complaints-en", 1)]
        assert asked(client, "rules", keyword_set="opening-en")["mentions"] == []


def test_speech_is_measured_when_a_call_is_analysed(house: Door) -> None:
    with house.client(Role.SUPERVISOR) as client:
        [all_calls] = asked(client, "speech")["by_week"]
        [of_ana] = asked(client, "speech", agent="ana")["by_week"]
    assert (all_calls["calls"], of_ana["calls"]) == (2, 1)
    assert of_ana["talk_ratio"] == 1.0


def test_applying_a_set_anew_measures_calls_that_were_analysed_before_there_were_measures(house: Door) -> None:
    recording = a_recording("old", state=RecordingState.ANALYSED)
    house.stores(replace(recording, agent_id="ana", received_at=house.services.clock.now()))
    with house.services.open_unit() as unit:
        unit.transcripts.put("old", a_transcript("agent: hello"))
        unit.commit()
    with house.client() as admin:
        body = {"version": 1, "purpose": "apply"}
        admin.post("/api/v1/keyword-sets/opening-en/reanalyses", json=body).raise_for_status()
        with house.services.open_view() as unit:
            [run, *_] = unit.reanalyses.list("opening-en", Page())
            parts = unit.reanalyses.parts(run.id)
        for part in parts:
            reanalyse_part(house.services, part.id)
        assert asked(admin, "speech")["by_week"][0]["calls"] == 3


def test_voicemails_are_counted_by_the_clock_of_their_queue(house: Door) -> None:
    # Nine in the evening of a Sunday in UTC is ten on Monday morning in Auckland's summer time.
    now = house.services.clock.now()
    sunday = now - timedelta(days=now.isoweekday() % 7 + 7)
    at = datetime(sunday.year, sunday.month, sunday.day, 21, tzinfo=UTC)
    voicemail = a_recording("voicemail", kind=RecordingKind.VOICEMAIL)
    house.stores(replace(voicemail, queue="service", received_at=at))
    with house.client(Role.SUPERVISOR) as client:
        [hour] = asked(client, "voicemails")["by_hour"]
        assert (hour["weekday"], hour["voicemails"]) == (0, 1)
        assert hour["hour"] in {9, 10}, "by the season"
        page = client.get("/trends", headers={"Accept": "text/html"}).text
        [address] = set(re.findall(r'/voicemails\?weekday[^"]+', unescape(page)))
        assert 'href="/calls/voicemail"' in client.get(address).text
        hour_before = address.replace(f"hour={hour['hour']}", "hour=3")
        assert "There is no such voicemail in these weeks." in client.get(hour_before).text


def test_voicemails_are_found_by_their_task_and_paged_from_the_newest(house: Door) -> None:
    now = house.services.clock.now()
    for minutes in range(60):
        voicemail = a_recording(f"voicemail-{minutes:02}", kind=RecordingKind.VOICEMAIL)
        house.stores(replace(voicemail, queue="service", received_at=now - timedelta(minutes=minutes)))
    with house.services.open_unit() as unit:
        own = CallbackTask("t", "voicemail-07", now, now, TaskState.OFFERED, queue="service", agent_id="ana")
        unit.tasks.add(own, TaskEvent(own.id, now, "system", "raised", "A voicemail was received."))
        unit.commit()
    with house.leader("north") as client:
        assert "no such voicemail" in client.get("/voicemails", headers={"Accept": "text/html"}).text
    with house.client(Role.SUPERVISOR) as client:
        client.headers["Accept"] = "text/html"
        first = client.get("/voicemails").text
        [more] = re.findall(r'href="(/voicemails\?[^"]*cursor=[^"]+)"', first)
        second = client.get(unescape(more)).text
        listed = [re.findall(r'href="/calls/(voicemail-[0-9]+)"', page) for page in (first, second)]
        assert listed == [[f"voicemail-{n:02}" for n in range(50)], [f"voicemail-{n:02}" for n in range(50, 60)]]
        assert first.count('href="/tasks/') == 1
        for query, found in (("state=offered", 1), ("agent=ana", 1), ("state=done", 0), ("agent=ana&queue=sales", 0)):
            assert client.get(f"/voicemails?{query}").text.count('<a href="/calls/voicemail-') == found, query
        assert client.get("/voicemails?cursor=gone").status_code == 404


def test_who_leads_some_teams_gets_the_figures_of_theirs(house: Door) -> None:
    with house.leader("north") as client:
        assert [one["name"] for one in asked(client, "compliance")["by_agent"]] == ["ana"]
        assert asked(client, "rules")["not_kept"] == []
        assert asked(client, "compliance", agent="ben")["by_week"] == []


def test_the_page_shows_them_as_pictures_with_tables_and_opens_the_calls(house: Door) -> None:
    with house.client(Role.SUPERVISOR) as client:
        page = client.get("/trends", headers={"Accept": "text/html"}).text
    assert '<bdi dir="ltr">50 %</bdi></b> <span class="faint">1 passed, 1 failed, 0 wait for a person' in page
    table = page.split('aria-labelledby="compliance"')[3].split("</table>")[0]
    [(address, text)] = re.findall(r'<a href="([^"]+)"><bdi dir="ltr">([^<]+)<', table)
    assert text == "50 % (1/2)"
    assert address.startswith("/calls?rule=opening-en&amp;since=")
    assert "1 of 2" in page.split('id="missed"')[1].split("</section>")[0]
    assert "outcome=not_kept" in page.split('id="missed"')[1].split("</section>")[0]
    assert "When voicemails come" in page


def test_each_figure_opens_the_calls_behind_it(house: Door) -> None:
    with house.client(Role.SUPERVISOR) as client:
        client.headers["Accept"] = "text/html"
        page = client.get("/trends").text
        behind = {address: calls_of(client, address) for address in opened(page)}
    # A week in which nobody complained leads to an empty list.
    by_section = {
        part: [sorted(behind[one]) for one in opened(section(page, part)) if behind[one]]
        for part in ("compliance", "by-queue", "by-agent", "missed", "mentions", "dead-air", "talk-ratio")
    }
    assert by_section == {
        "compliance": [["bad", "good"], ["bad", "good"]],
        "by-queue": [["bad", "good"]],
        "by-agent": [["bad"], ["good"]],
        "missed": [["bad"]],
        "mentions": [["bad"], ["bad"]],
        "dead-air": [["bad", "good"], ["bad", "good"]],
        "talk-ratio": [["bad", "good"], ["bad", "good"]],
    }


def test_qa_sees_no_figures_of_voicemails(house: Door) -> None:
    with house.client(Role.QA) as client:
        assert "When voicemails come" not in client.get("/trends", headers={"Accept": "text/html"}).text
        assert client.get("/voicemails?weekday=0&hour=9").status_code == 403
        assert client.get(f"{TRENDS}/voicemails").status_code == 403


def test_a_page_without_any_call_says_so(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as client:
        page = client.get("/trends?weeks=26&queue=none", headers={"Accept": "text/html"}).text
    assert page.count("There is nothing in these weeks.") == 7
