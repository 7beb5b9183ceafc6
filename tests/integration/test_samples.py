"""Samples over the web door: drawn by form and by program, stamped, and the same for ever."""

import re

from tests.api_door import Door
from tests.integration.test_qa_pages import a_call, listed
from voiceops.domain.finding import Outcome
from voiceops.domain.people import Role


def stock(door: Door) -> None:
    with door.client() as admin:
        for agent in ("ana", "ben"):
            admin.put(f"/api/v1/agents/{agent}", json={"name": agent.title(), "languages": ["en"]}).raise_for_status()
    for number in range(6):
        agent = ("ana", "ben")[number % 2]
        a_call(door, f"{agent}-{number}", (Outcome.MET, Outcome.MISSED)[number // 3], agent_id=agent, queue="sales")
    a_call(door, "nobodys", Outcome.MET, queue="sales")


def test_a_sample_drawn_on_the_page_shows_its_stamp_and_the_same_calls_again(door: Door) -> None:
    stock(door)
    with door.client(Role.QA) as vera:
        vera.headers["Accept"] = "text/html"
        answer = vera.post("/samples", data={"per_agent": "2", "asked": "queue=sales"})
        assert answer.status_code == 303
        address = answer.headers["location"].partition("?")[0]
        page = vera.get(address).text
        a_call(door, "ana-later", Outcome.MET, agent_id="ana", queue="sales")
        again = vera.get(address).text
        assert f'href="{address}"' in vera.get("/calls").text
    assert len(listed(page)) == 4
    assert listed(again) == listed(page)
    assert {name.partition("-")[0] for name in listed(page)} == {"ana", "ben"}
    for stamped in ("token of qa", "6 calls", "queue=sales"):
        assert stamped in page
    assert re.search(r"<code dir=\"ltr\">[0-9a-f]{32}</code>", page)


def test_a_program_draws_a_sample_and_finds_it_again(door: Door) -> None:
    stock(door)
    with door.client(Role.QA) as program:
        wanted = {"per_agent": 2, "outcome": "missed", "rule": "opening-en/notice", "since": "2026-03-04"}
        answer = program.post("/api/v1/samples", json=wanted)
        assert answer.status_code == 201
        sample = answer.json()
        assert (sample["out_of"], sample["per_agent"], sample["drawn_by"]) == (3, 2, "token of qa")
        assert set(sample["recording_ids"]) <= {"ben-3", "ana-4", "ben-5"}
        assert program.get(f"/api/v1/samples/{sample['id']}").json() == sample
        assert program.get("/api/v1/samples").json() == {"items": [sample]}


def test_there_is_no_sample_out_of_nothing_or_with_filters_that_nobody_can_read(door: Door) -> None:
    with door.client(Role.QA) as vera:
        assert vera.post("/api/v1/samples", json={"per_agent": 2}).status_code == 422
        assert vera.post("/samples", data={"per_agent": "2", "asked": "outcome=bad"}).status_code == 422
