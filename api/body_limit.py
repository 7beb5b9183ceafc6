"""Keeps request bodies within their limits and closes politely where one is refused half-way.

An announced length over the limit is refused before a byte is read; a body without a length is
counted while it streams.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of, problem_response
from voiceops.errors import TooLarge
from voiceops.ports import Services

UPLOAD_PATHS = frozenset({"/api/v1/recordings", "/api/v1/recordings/batch"})
DOCUMENT_LIMIT_BYTES = 1024**2
# What the fields and boundaries around a file may take.
FORM_ROOM_BYTES = 256 * 1024

# A client that is still sending cannot read our answer before it notices; a connection that is
# closed on it at once throws the answer away. So it may go on for a little while.
LINGER_SECONDS = 2.0
LINGER_BYTES = 32 * 1024**2


class BodyLimit:
    """ASGI middleware; needs `app.state.services` for the upload limit in force."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it by its announced length."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit_bytes(scope)
        body = _Body(receive, Headers(scope=scope), limit)
        answer = _Answer(send, body)
        if body.announced > limit:
            problem = problem_of(_too_large(limit, body.announced), request_id=_request_id(scope))
            await problem_response(problem)(scope, body.receive, answer.send)
            return
        await self._app(scope, body.receive, answer.send)


class _Body:
    """The request's body: counts what was read and knows whether there is more."""

    def __init__(self, receive: Receive, headers: Headers, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._read = 0
        self.announced = _announced(headers)
        self.unread = self.announced > 0 or "transfer-encoding" in headers
        # Such a client sends nothing until it is told to go on.
        self.waits = "expect" in headers

    async def receive(self) -> Message:
        """The next message, counted. Raises TooLarge past the limit."""
        message = await self._receive()
        self.waits = False
        self.unread = message["type"] == "http.request" and bool(message.get("more_body", False))
        self._read += len(message.get("body", b""))
        if self._read > self._limit:
            raise _too_large(self._limit, None)
        return message

    async def drain(self) -> None:
        """Read and forget the rest, for a short while."""
        end = self._read + LINGER_BYTES
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while self.unread and self._read < end:
                    message = await self._receive()
                    self.unread = message["type"] == "http.request" and bool(message.get("more_body", False))
                    self._read += len(message.get("body", b""))
        except TimeoutError:
            return


class _Answer:
    """The response: where it comes before the body's end, it is the connection's last."""

    def __init__(self, send: Send, body: _Body) -> None:
        self._send = send
        self._body = body

    async def send(self, message: Message) -> None:
        """Pass a message on; before the last one of an early answer, let the client finish."""
        early = self._body.unread
        if message["type"] == "http.response.start" and early:
            message = {**message, "headers": [*message.get("headers", []), (b"connection", b"close")]}
        last = message["type"] == "http.response.body" and not message.get("more_body", False)
        if last and early and not self._body.waits:
            await self._send({**message, "more_body": True})
            await self._body.drain()
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self._send(message)


def _limit_bytes(scope: Scope) -> int:
    if scope["method"] == "POST" and scope["path"].rstrip("/") in UPLOAD_PATHS:
        services: Services = scope["app"].state.services
        return services.policy.upload_limit_bytes + FORM_ROOM_BYTES
    return DOCUMENT_LIMIT_BYTES


def _announced(headers: Headers) -> int:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _too_large(limit: int, announced: int | None) -> TooLarge:
    size = "The request's body is" if announced is None else f"The request announces {_mebibytes(announced)}, which is"
    return TooLarge(
        f"{size} more than the {_mebibytes(limit)} allowed here; nothing of it was kept.",
        record="the request's body",
        next_step="Send less at once, or let an administrator raise VOICEOPS_UPLOAD_LIMIT_MB for recordings.",
    )


def _mebibytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MiB"


def _request_id(scope: Mapping[str, Any]) -> str | None:
    request_id: str | None = scope.get("state", {}).get("request_id")
    return request_id
