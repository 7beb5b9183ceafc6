"""Sends long pages and documents compressed to whoever takes them so.

Only what was read by GET, and only HTML and JSON: sound must keep its byte ranges, a stream of events must flow, and an
answer that holds a secret made just now is never an answer to GET. Nobody else's site can make a browser ask with its
cookie (`SameSite=Strict`), so the length of a compressed page tells nothing to anybody outside.
"""

import gzip
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KINDS = ("text/html", "application/json")
# Below this nothing is won.
_LEAST_BYTES = 1_000
# Twice as fast as the usual 9, and hardly longer.
_LEVEL = 5


class Compress:
    """ASGI middleware; only whole answers are compressed, whatever comes in pieces passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back, shorter where that is wanted."""
        if scope["type"] == "http" and scope["method"] == "GET":
            send = _Answer(send, takes_gzip=_takes_gzip(Headers(scope=scope))).send
        await self._app(scope, receive, send)


class _Answer:
    """One answer, of which the beginning is held back until its body is there."""

    def __init__(self, send: Send, *, takes_gzip: bool) -> None:
        self._send = send
        self._takes_gzip = takes_gzip
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """Hold back the beginning of what may be compressed, and send it with the body."""
        if message["type"] == "http.response.start" and _may_be_shorter(message) and self._takes_gzip:
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None:
            body = message.get("body", b"")
            if not message.get("more_body", False) and len(body) >= _LEAST_BYTES:
                message = {**message, "body": gzip.compress(body, _LEVEL, mtime=0)}
                headers = MutableHeaders(raw=start["headers"])
                headers["Content-Encoding"] = "gzip"
                headers["Content-Length"] = str(len(message["body"]))
            await self._send(start)
        await self._send(message)


def _takes_gzip(headers: Headers) -> bool:
    offered = (one.strip().replace(" ", "") for one in headers.get("accept-encoding", "").lower().split(","))
    return any(one.partition(";")[0] == "gzip" and not one.endswith((";q=0", ";q=0.0")) for one in offered)


def _may_be_shorter(start: Message) -> bool:
    headers = MutableHeaders(raw=start.setdefault("headers", []))
    if not headers.get("content-type", "").startswith(_KINDS):
        return False
    headers.add_vary_header("Accept-Encoding")
    return start["status"] == HTTPStatus.OK and "content-encoding" not in headers
