"""Whatever a client sends, it is read as it was meant or refused in a sentence; nothing else ever comes out."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.byte_range import OutsideFile, byte_range
from api.multipart import read_files, read_form
from api.preconditions import SeenNumber
from api.schemas.people import AgentIn
from api.schemas.queue import QueueIn, queue_out
from api.schemas.reanalysis import ReanalysisIn
from api.schemas.task_move import Snooze
from api.schemas.text import Id, Instant, Telephone, Whole
from api.schemas.upload import ReferenceIn, UploadFields
from voiceops.analysis.customer_key import customer_key
from voiceops.analysis.media_type import media_type_of
from voiceops.errors import BadInput
from voiceops.usecases.receive_recording import label_of

LATIN = st.text(st.characters(max_codepoint=255), max_size=90)  # as header fields are
SIZES = st.integers(0, 2**40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(header=st.none() | st.text(max_size=30) | st.from_regex(r"bytes=[0-9]{0,20}-[0-9]{0,20}"), size=SIZES)
def test_a_range_lies_inside_the_file_whatever_was_asked(header: str | None, size: int) -> None:
    try:
        asked = byte_range(header, size)
    except OutsideFile:
        return
    assert asked is None or 0 <= asked.first <= asked.last < size


@given(size=SIZES.filter(bool), ends=st.tuples(SIZES, SIZES))
def test_a_range_within_the_file_is_the_one_that_was_asked(size: int, ends: tuple[int, int]) -> None:
    first, last = sorted(end % size for end in ends)
    asked = byte_range(f"bytes={first}-{last}", size)
    assert asked is not None
    assert (asked.first, asked.length) == (first, last - first + 1)


@given(head=st.binary(max_size=20) | st.sampled_from([b"RIFF\0\0\0\0WAVE", b"OggS", b"\xff\xfb"]))
def test_any_bytes_have_a_media_type_of_sound_or_none(head: bytes) -> None:
    assert media_type_of(head).partition("/")[0] in {"audio", "application"}


TAGS = FastAPI()


@TAGS.get("/")
def seen(number: SeenNumber) -> int | None:
    return number


async def ask(tag: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(TAGS), base_url="http://voiceops.test") as client:
        return await client.get("/", headers={b"If-Match": tag.encode("latin-1")})


@given(tag=LATIN | st.from_regex(r'\A"[0-9]{1,80}"\Z'))
def test_a_tag_is_taken_if_it_stands_in_quotes_and_names_the_version_that_stands_there(tag: str) -> None:
    # In a thread of its own: a browser that another test of this process opened has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, ask(tag)).result()
    assert answer.status_code in {200, 422}
    if answer.status_code == 200 and tag[1:-1].isdecimal():
        assert answer.json() == int(tag[1:-1])


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


FORM = "multipart/form-data; boundary=x"
PARTS = st.lists(
    st.tuples(st.sampled_from(["kind", "file", ""]), st.none() | st.just("a.wav"), st.binary(max_size=20)), max_size=4
)


@given(parts=PARTS, cut=st.integers(0, 400), piece=st.integers(1, 60))
def test_a_form_cut_anywhere_is_read_or_refused(
    parts: list[tuple[str, str | None, bytes]], cut: int, piece: int
) -> None:
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (name.encode(), b'; filename="%s"' % file.encode() if file else b"", value)
        for name, file, value in parts
    )
    sent = (body + b"--x--\r\n")[: cut or None]
    files = [value for _, file, value in parts if file]
    with suppress(BadInput):
        assert read_form(FORM, in_pieces(sent, piece)).source.read() == files[0]
    with suppress(BadInput):
        assert [form.source.read() for form in read_files(FORM, in_pieces(sent, piece))] == files


@given(kind=LATIN, body=st.binary(max_size=60))
def test_what_is_no_form_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(BadInput):
        read_form(kind, in_pieces(body, 7))


@given(name=st.text(max_size=300))
def test_a_files_name_becomes_a_label_that_can_be_printed_and_stored(name: str) -> None:
    label = label_of(name)
    assert label.isprintable()
    assert 0 < len(label) <= 200
    assert label_of(label) == label


@given(fields=st.dictionaries(st.sampled_from(list(UploadFields.model_fields)), st.text(max_size=20), max_size=4))
def test_what_a_form_says_about_a_recording_is_read_or_refused(fields: dict[str, str]) -> None:
    reads_or_refuses(UploadFields, fields)


@settings(max_examples=25)
@pytest.mark.parametrize("model", [AgentIn, QueueIn, ReanalysisIn, ReferenceIn, Snooze])
@given(data=st.data())
def test_any_document_is_read_or_refused(model: type[BaseModel], data: st.DataObject) -> None:
    example = model.model_json_schema()["examples"][0]
    damage = data.draw(st.dictionaries(st.sampled_from([*model.model_fields, "x"]), JSON, min_size=1, max_size=2))
    reads_or_refuses(model, {**example, **damage})


def reads_or_refuses(model: type[BaseModel], document: Any) -> None:
    with suppress(ValidationError):
        assert isinstance(model.model_validate(document), model)


@settings(max_examples=25)
@given(minutes=st.lists(st.integers(0, 500_000), max_size=20), weekdays=st.lists(st.integers(0, 6), max_size=7))
def test_a_queue_comes_back_as_it_was_put(minutes: list[int], weekdays: list[int]) -> None:
    sent = {"title": "Service", "escalation_minutes": minutes, "hours": {"weekdays": weekdays}}
    queue = QueueIn.model_validate(sent).queue("service")
    again = QueueIn.model_validate(queue_out(queue).model_dump(exclude={"id"})).queue("service")
    assert again == queue


@pytest.mark.parametrize("value", [True, False, "5", 5.5, None])
def test_a_whole_number_is_a_number(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Whole).validate_python(value)


@given(number=st.integers(-(2**53), 2**53))
def test_a_whole_number_may_be_written_with_a_point_as_json_has_only_one_kind_of_numbers(number: int) -> None:
    assert TypeAdapter(Whole).validate_python(float(number)) == number


@pytest.mark.parametrize("value", [0, 1.5, True, "2026-03-02T09:00:00", "2026-03-02", "0001-01-01T00:00:00+14:00"])
def test_an_instant_is_written_with_its_date_time_and_zone(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(value)


OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(at=st.datetimes(timezones=OFFSETS))
def test_an_instant_comes_back_as_the_same_moment_also_at_the_ends_of_the_calendar(at: datetime) -> None:
    try:
        read = TypeAdapter(Instant).validate_python(at.isoformat())
    except ValidationError:
        assert at.year in {1, 9999}
    else:
        assert read == at


@given(text=st.text(max_size=70) | st.from_regex(r"\A[A-Za-z0-9._@-]{1,70}\Z"))
def test_a_cursor_is_an_id_and_an_id_needs_no_quoting(text: str) -> None:
    try:
        cursor = TypeAdapter(Id).validate_python(text)
    except ValidationError:
        return
    assert cursor == text
    assert cursor.isascii()
    assert not set(cursor) & set("/?#%& \x00")


@given(text=st.from_regex(r"\A[0-9A-Za-z+#() .-]{1,40}\Z"))
def test_a_customers_key_is_the_same_when_it_is_read_once_more(text: str) -> None:
    key = customer_key(text, region="US")
    assert customer_key(key, region="US") == key
    assert TypeAdapter(Telephone).validate_python(text) == text.strip()
