"""Whatever people are called, say or type: on a page it is words, and in an answer's head it is nothing."""

from dataclasses import replace

import httpx
import pytest

from tests.api_door import Door, a_wav, upload
from tests.builders import NOON, a_recording, a_transcript, an_agent, an_opening_set
from voiceops.domain.callback_task import TaskEvent
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.people import Queue, Role
from voiceops.domain.recording import RecordingState
from voiceops.usecases.analyse_recording import analyse_recording

TRICK = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.fixture
def house(door: Door) -> Door:
    """A call, a voicemail with its task, a queue, an agent and a keyword set that are all called a trick."""
    said = a_transcript(f"agent: {TRICK} this call is recorded", f"customer: {TRICK}")
    text = an_opening_set(1, "this call is recorded").replace("title:", f'title: "{TRICK}" #', 1)
    door.client(Role.ADMIN).post("/api/v1/keyword-sets", content=text.encode()).raise_for_status()
    with door.services.open_unit() as unit:
        unit.agents.put(replace(an_agent("ana"), name=TRICK, queues=("sales",)))
        unit.queues.put(Queue("sales", TRICK))
        call = replace(a_recording("call"), file_name=TRICK, state=RecordingState.TRANSCRIBED)
        unit.recordings.add(replace(call, labels={"note": TRICK}, customer=TRICK, agent_id="ana", queue="sales"))
        unit.transcripts.put("call", said)
        unit.commit()
    analyse_recording(door.services, "call")
    task = door.stores_task(replace(a_recording("voicemail"), file_name=TRICK), agent_id="ana", queue="sales")
    facts = CallerFacts(UrgencyFact(Urgency.HIGH, TRICK), caller_name=Fact(TRICK, TRICK, 0.9, 1.0, 2.0))
    with door.services.open_unit() as unit:
        told = replace(unit.tasks.get(task.id), facts=facts, note=TRICK, version=2)
        unit.tasks.save(told, TaskEvent(task.id, NOON, TRICK, "enriched", TRICK))
        unit.commit()
    return door


PAGES = [
    "/calls", "/calls/call", "/calls/call/report", "/trends", "/keyword-sets", "/keyword-sets/opening-en",
    "/board", "/voicemails?weekday=1&hour=12", "/admin/queues", "/admin/queues/sales", "/admin/agents",
    "/admin/agents/ana", "/admin/work", "/calls?words=%3Cscript%3Ealert(%27x%27)%3C/script%3E",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_it_as_words(house: Door, path: str) -> None:
    page = house.client(Role.ADMIN).get(path)
    assert page.status_code == 200, page.text
    shows_words(page)


def test_an_agents_pages_show_it_as_words(house: Door) -> None:
    with house.client("ana") as ana:
        for path in ("/inbox", "/tasks/task-of-voicemail"):
            page = ana.get(path)
            assert "&lt;script&gt;" in page.text
            shows_words(page)


def shows_words(page: httpx.Response) -> None:
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "unsafe-inline" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=1.wav", '";x=.wav', "../../etc/passwd", "C:\\x\\y.wav", TRICK, "hang\u202egpj.wav"]
)
def test_a_name_of_a_file_is_no_place_and_no_head_of_an_answer(door: Door, name: str) -> None:
    with door.client(Role.ADMIN) as client:
        recording = upload(client, a_wav(), file_name=name).raise_for_status().json()
        answer = client.get(f"/api/v1/recordings/{recording['id']}/audio")
    assert "set-cookie" not in answer.headers
    assert not {"/", "\\", "\r", "\n"} & set(recording["file_name"])
    _, _, coded = answer.headers["content-disposition"].partition("filename*=UTF-8''")
    assert all(letter.isalnum() or letter in "%-._~" for letter in coded)
    assert len(door.files()) == 1
