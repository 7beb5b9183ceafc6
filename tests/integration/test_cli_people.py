"""Queues and customers' owners on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_cli_tasks import services, voiceops  # noqa: F401 - a fixture
from voiceops.analysis.queue_document import read_queue, write_queue
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue
from voiceops.domain.task_attempt import AttemptPolicy, LastResort
from voiceops.errors import InvalidDocument

BILLING = {
    "title": "Billing",
    "team": "east",
    "target_minutes": {"high": 30},
    "escalation_minutes": [],
    "attempts": {"after_minutes": [30], "limit": 2, "then": "supervisor"},
    "hours": {"time_zone": "Europe/Budapest", "opens": "08:00", "closes": "18:00", "holidays": {"country": "HU"}},
}


def result(*words: object) -> Any:
    status, out, err = voiceops(*words, "--json")
    assert status == 0, err
    return json.loads(out)


@pytest.mark.usefixtures("services")
def test_a_queue_is_put_shown_changed_and_listed(tmp_path: Path) -> None:
    file = tmp_path / "billing.json"
    file.write_text(json.dumps(BILLING), encoding="utf-8")
    status, out, _ = voiceops("queues", "put", "billing", file)
    assert (status, out) == (0, "billing is stored: call back within 30 min (high), 240 min (normal), 480 min (low).\n")
    shown = result("queues", "show", "billing")
    file.write_text(json.dumps({**shown, "title": "Bills"}), encoding="utf-8")
    assert result("queues", "put", "billing", file) == {**shown, "title": "Bills"}
    assert result("queues", "list") == [{**shown, "title": "Bills"}]
    assert "Europe/Budapest" in voiceops("queues", "show", "billing")[1]
    assert "Bills" in voiceops("queues", "list")[1]
    status, _, err = voiceops("queues", "show", "sales")
    assert (status, err) == (
        2,
        "voiceops: sales: There is no queue with this id. Look it up with `voiceops queues list`.\n",
    )


@pytest.mark.usefixtures("services")
def test_owners_are_set_listed_and_removed_by_any_way_to_write_the_number() -> None:
    assert voiceops("owners", "set", "(212) 555-0123", "--agent", "anna")[1] == "anna looks after +12125550123.\n"
    assert result("owners", "set", "A-17", "--agent", "ben")["agent_id"] == "ben"
    assert [one["customer"] for one in result("owners", "list")] == ["+12125550123", "A-17"]
    assert [one["customer"] for one in result("owners", "list", "--after", "+12125550123")] == ["A-17"]
    assert "+12125550123" in voiceops("owners", "list")[1]
    assert voiceops("owners", "remove", "212 555 0123")[0] == 0
    status, _, err = voiceops("owners", "remove", "212 555 0123")
    assert (status, "Nobody is named as the owner" in err) == (2, True)
    status, _, err = voiceops("owners", "set", "A-17", "--agent", "nobody")
    assert (status, "There is no agent with this id." in err) == (2, True)


@pytest.mark.usefixtures("services")
def test_who_goes_offline_is_told_so_in_one_sentence_on_stdout() -> None:
    assert voiceops("agents", "presence", "anna", "offline")[1] == "anna is offline.\n"


def queue(text: str) -> Queue:
    return read_queue(text, queue_id="billing", region="HU", record="billing.json")


def test_what_a_queue_leaves_out_has_its_default_and_what_was_written_reads_the_same() -> None:
    read = queue(json.dumps(BILLING))
    assert (read.id, read.region, read.offer_minutes) == ("billing", "HU", 15)
    assert dict(read.target_minutes) == {Urgency.HIGH: 30, Urgency.NORMAL: 240, Urgency.LOW: 480}
    assert read.attempts == AttemptPolicy((30,), 2, LastResort.SUPERVISOR)
    assert queue(json.dumps(write_queue(read))) == read


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"hour": {}}, "hour is not known; here are known: id, title"),
        ({"hours": {"time_zon": "UTC"}}, "hours.time_zon is not known; here are known: time_zone"),
        ({"hours": {"time_zone": "Budapest"}}, "hours.time_zone: there is no Budapest; use a name such as"),
        ({"hours": {"opens": "08:00+02:00"}}, "give local times such as 08:30"),
        ({"hours": {"weekdays": [7]}}, "weekdays are 0 for Monday"),
        ({"hours": {"holidays": {"country": "XX"}}}, "The public holidays of this country are not known"),
        ({"offer_minutes": 0, "target_minutes": {"low": 0}}, "offer_minutes: 1 is the least; target_minutes: 1 is"),
        ({"dispositions": []}, "dispositions: 1 is the least"),
        ({"attempts": {"after_minutes": []}}, "attempts.after_minutes: 1 is the least"),
        ({"targets": ["nobody"]}, "targets.0: Input should be 'asked_for'"),
        ({"title": None}, "title: Input should be a valid string"),
    ],
)
def test_a_queue_that_cannot_be_used_is_refused_with_everything_that_is_wrong(changed: Any, sentence: str) -> None:
    with pytest.raises(InvalidDocument, match=r"^billing\.json: ") as refused:
        queue(json.dumps({**BILLING, **changed}))
    assert sentence in str(refused.value)
    assert "`voiceops queues show ID --json` prints a queue in this form" in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "3", '{"target_minutes": 3}'])
def test_what_is_no_queue_at_all_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument, match="this is not a queue as a JSON object"):
        queue(text)
