"""Reads and writes a call-centre queue as the JSON document that the API knows: what is left out has its default."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from pydantic import TypeAdapter, ValidationError

from voiceops.analysis.holiday_calendar import check_calendar
from voiceops.domain.people import Queue
from voiceops.domain.working_hours import Opening, WorkingHours
from voiceops.errors import BadInput, InvalidDocument, Problem

_QUEUE = TypeAdapter(Queue)


def read_queue(text: str, *, queue_id: str, region: str, record: str) -> Queue:
    """The queue with that id; `region` stands where the document names no country.

    Raises InvalidDocument, naming `record`, with everything that is wrong.
    """
    try:
        given = json.loads(text)
        document = {"region": region, **given, "id": queue_id}
        targets = dict(Queue(queue_id, "").target_minutes) | document.get("target_minutes", {})
        queue = _QUEUE.validate_python({**document, "target_minutes": list(targets.items())})
    except ValidationError as error:
        raise _invalid((_problem(entry) for entry in error.errors()), record) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise _invalid(["this is not a queue as a JSON object"], record) from error
    if problems := [*_unknown(document, write_queue(queue)), *_unusable(queue)]:
        raise _invalid(problems, record)
    return queue


def write_queue(queue: Queue) -> dict[str, Any]:
    """The document, with every field."""
    document: dict[str, Any] = _QUEUE.dump_python(queue, mode="json")
    return {**document, "target_minutes": dict(document["target_minutes"])}


def _unknown(given: object, known: object, place: str = "") -> Iterator[str]:
    """The keys that nobody reads: a slip of the pen must not leave a rule out in silence."""
    if not isinstance(given, Mapping) or not isinstance(known, Mapping):
        return
    for key, value in given.items():
        if key in known:
            yield from _unknown(value, known[key], f"{place}{key}.")
        else:
            yield f"{place}{key} is not known; here are known: {', '.join(map(str, known))}"


def _unusable(queue: Queue) -> Iterator[str]:
    yield from _unusable_hours(queue.hours)
    ways = queue.attempts
    asks = (queue.follow_up.after_minutes,) if queue.follow_up is not None else ()
    for name, least, found in (
        ("offer_minutes", 1, (queue.offer_minutes,)),
        ("escalation_minutes", 0, queue.escalation_minutes),
        ("target_minutes", 1, [minutes for _, minutes in queue.target_minutes]),
        ("attempts.after_minutes", 1, ways.after_minutes or (0,)),
        ("attempts.limit", 1, (ways.limit,)),
        ("follow_up.after_minutes", 1, asks),
        ("dispositions", 1, (len(queue.dispositions),)),
        ("retention", 1, _keep_days(queue)),
    ):
        if min(found, default=least) < least:
            yield f"{name}: {least} is the least"


def _keep_days(queue: Queue) -> list[int]:
    rules = (queue.retention.call, queue.retention.voicemail) if queue.retention is not None else ()
    return [days for rule in rules for days in vars(rule).values() if days is not None]


def _unusable_hours(hours: WorkingHours) -> Iterator[str]:
    if hours.time_zone not in available_timezones():
        yield f"hours.time_zone: there is no {hours.time_zone}; use a name such as Europe/Budapest"
    if not {*hours.weekdays, *hours.by_weekday} <= set(range(7)):
        yield "hours: weekdays are 0 for Monday to 6 for Sunday"
    spans = [Opening(hours.opens, hours.closes)]
    spans += [span for some in (*hours.by_weekday.values(), *hours.by_date.values()) for span in some]
    if any(span.opens.tzinfo or span.closes.tzinfo for span in spans):
        yield "hours: give local times such as 08:30; time_zone says where"
    if hours.holidays is not None:
        try:
            check_calendar(hours.holidays)
        except BadInput as error:
            yield f"hours.holidays: {error}"


def _problem(entry: Mapping[str, Any]) -> str:
    return f"{'.'.join(map(str, entry['loc'])) or 'it'}: {entry['msg']}"


def _invalid(sentences: Any, record: str) -> InvalidDocument:
    step = "Mend it and try again; `voiceops queues show ID --json` prints a queue in this form."
    return InvalidDocument([Problem(None, sentence) for sentence in sentences], record=record, next_step=step)
