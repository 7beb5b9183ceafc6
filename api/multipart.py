"""Reads a multipart form as it arrives: first its fields, then its one file, straight through.

Unlike Starlette's own form reading this writes nothing to disk: who takes the file decides where
its bytes go, so that a large recording is written once.
"""

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from voiceops.errors import BadInput

FIELDS_LIMIT = 50
FIELD_LIMIT_BYTES = 64 * 1024
PIECE_BYTES = 256 * 1024


@dataclass(frozen=True)
class Form:
    """The fields before the file, each with all its values, and the file, not yet read."""

    fields: dict[str, list[str]]
    file_name: str
    source: BinaryIO


def read_files(content_type: str | None, pieces: Iterator[bytes], *, file_field: str = "file") -> Iterator[Form]:
    """A form for each file, with the fields that stand anywhere before it; of two with one name the last counts.

    Whatever nobody reads of a file is skipped when the next is asked for. Raises BadInput as `read_form` does, and
    where a field comes after the last file: it would hold for none.
    """
    events = _events(content_type, pieces)
    fields: dict[str, list[str]] = {}
    found = False
    unused: str | None = None
    for event in events:
        if not isinstance(event, _Part):
            continue
        if event.file_name is None:
            _require_few(fields)
            fields[event.name] = [_field_value(event.name, events)]
            unused = event.name
            continue
        _require_file(event, file_field)
        found, unused = True, None
        yield Form(dict(fields), event.file_name or "", _buffered(_FileSource(events, is_last=False)))
    if not found:
        raise _bad(f"The form has no file in a field named `{file_field}`.")
    if unused is not None:
        raise _bad(
            f"The field `{unused}` comes after the last file, so it holds for none; the files were received.",
            next_step="Put each field before the files it is about, and send the form again: what is here stays.",
        )


def read_form(content_type: str | None, pieces: Iterator[bytes], *, file_field: str = "file") -> Form:
    """The form up to where its file begins; reading `source` pulls the rest.

    Reading `source` raises BadInput if the form is cut short or fields come after the file.
    Raises BadInput if it is no multipart form, is malformed, or has no file of that name.
    """
    events = _events(content_type, pieces)
    fields: dict[str, list[str]] = {}
    for event in events:
        if isinstance(event, _Part) and event.file_name is None:
            _require_few(fields)
            fields.setdefault(event.name, []).append(_field_value(event.name, events))
        elif isinstance(event, _Part):
            _require_file(event, file_field)
            return Form(fields, event.file_name or "", _buffered(_FileSource(events, is_last=True)))
    raise _bad(f"The form has no file in a field named `{file_field}`.")


def _require_few(fields: dict[str, list[str]]) -> None:
    if sum(len(values) for values in fields.values()) >= FIELDS_LIMIT:
        raise _bad(f"The form has more than {FIELDS_LIMIT} fields.")


def _buffered(source: "_FileSource") -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(source, buffer_size=PIECE_BYTES))


@dataclass(frozen=True)
class _Part:
    name: str
    file_name: str | None


@dataclass(frozen=True)
class _PartEnd:
    pass


_Event = _Part | _PartEnd | bytes


def _require_file(part: _Part, file_field: str) -> None:
    if part.name != file_field:
        raise _bad(f"The form's field `{part.name}` is a file; only `{file_field}` may be one.")


class _FileSource(io.RawIOBase):
    """The bytes of the part that has just begun; where it is the last, nothing may come after it."""

    def __init__(self, events: Iterator[_Event], *, is_last: bool) -> None:
        self._events = events
        self._is_last = is_last
        self._left = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed has Buffer, 3.12+
        while not self._left and not self._ended:
            event = next(self._events)
            if isinstance(event, bytes):
                self._left = memoryview(event)
            else:
                self._ended = True
                if self._is_last:
                    self._refuse_more()
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _refuse_more(self) -> None:
        for event in self._events:
            if isinstance(event, _Part):
                raise _bad(f"The field `{event.name}` comes after the file.", next_step="Put the file last.")


class _Callbacks:
    """Collects what the parser finds in one piece of the body, until it is asked for."""

    def __init__(self) -> None:
        self.found: deque[_Event] = deque()
        self.complete = False
        self._header_name = b""
        self._header_value = b""
        self._disposition = b""

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def on_header_end(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = self._header_value
        self._header_name = self._header_value = b""

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._disposition = b""
        if b"name" not in options:
            raise _bad("A part of the form has no name.")
        file_name = options.get(b"filename")
        self.found.append(_Part(_text(options[b"name"]), None if file_name is None else _text(file_name)))

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self.found.append(data[start:end])

    def on_part_end(self) -> None:
        self.found.append(_PartEnd())

    def on_end(self) -> None:
        self.complete = True


def _events(content_type: str | None, pieces: Iterator[bytes]) -> Iterator[_Event]:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise _bad("The request is no multipart form.")
    callbacks = _Callbacks()
    try:
        parser = MultipartParser(
            options[b"boundary"],
            {
                "on_header_field": callbacks.on_header_field,
                "on_header_value": callbacks.on_header_value,
                "on_header_end": callbacks.on_header_end,
                "on_headers_finished": callbacks.on_headers_finished,
                "on_part_data": callbacks.on_part_data,
                "on_part_end": callbacks.on_part_end,
                "on_end": callbacks.on_end,
            },
        )
        for piece in pieces:
            parser.write(piece)
            while callbacks.found:
                yield callbacks.found.popleft()
    except FormParserError as error:
        raise _bad("The multipart form is malformed.") from error
    if not callbacks.complete:
        raise _bad("The multipart form ends before its last boundary.")


def _field_value(name: str, events: Iterator[_Event]) -> str:
    value = b""
    for event in events:
        if not isinstance(event, bytes):
            break
        value += event
        if len(value) > FIELD_LIMIT_BYTES:
            raise _bad(f"The field `{name}` is longer than {FIELD_LIMIT_BYTES // 1024} KiB.")
    return _text(value)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        # Old senders; a label with odd letters is better than a recording that is not taken.
        return data.decode("latin-1")


def _bad(what: str, *, next_step: str | None = None) -> BadInput:
    return BadInput(
        what,
        record="the form",
        next_step=next_step or "Send multipart/form-data: the fields first, then the file in a field named `file`.",
    )
