"""Takes the fingerprint of a request's body as it passes, without keeping any of it.

A form is taken by its parts: who sends it again chooses another boundary, and it is the same form.
"""

import hashlib
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.types import Message, Receive


class BodyDigest:
    """Stands between a request and its body; `finish` gives the fingerprint."""

    def __init__(self, receive: Receive, *, content_type: str | None) -> None:
        self._receive = receive
        self._whole = hashlib.sha256()
        self._part = hashlib.sha256()
        self._more = True
        self._parser = self._parser_of(content_type)

    async def receive(self) -> Message:
        """The next message, taken note of."""
        message = await self._receive()
        self._more = message["type"] == "http.request" and bool(message.get("more_body", False))
        self._take(message.get("body", b""))
        return message

    async def finish(self) -> str:
        """The fingerprint of the whole body; what nobody has read of it yet is read and dropped."""
        while self._more:
            await self.receive()
        return self._whole.hexdigest()

    def _take(self, piece: bytes) -> None:
        if self._parser is None:
            self._whole.update(piece)
            return
        try:
            self._parser.write(piece)
        except FormParserError:
            # Whoever reads the form refuses it, so nothing is kept under this fingerprint.
            self._parser = None

    def _parser_of(self, content_type: str | None) -> MultipartParser | None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            return None
        return MultipartParser(options[b"boundary"], self._callbacks())

    def _callbacks(self) -> Any:  # the parser's own dictionary of functions
        return {
            "on_header_field": lambda data, start, end: self._part.update(data[start:end].lower()),
            "on_header_value": lambda data, start, end: self._part.update(data[start:end]),
            "on_header_end": lambda: self._part.update(b"\r\n"),
            "on_headers_finished": self._next,
            "on_part_data": lambda data, start, end: self._part.update(data[start:end]),
            "on_part_end": self._next,
        }

    def _next(self) -> None:
        """A part's headers and its data are each hashed by themselves, so that nothing runs into its neighbour."""
        self._whole.update(self._part.digest())
        self._part = hashlib.sha256()
