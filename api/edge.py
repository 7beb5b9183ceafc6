"""The outermost layer of the web door: request ids, safe headers, the access log, last resorts.

The log names the route, never the query, a token or a text.
"""

import re
import time
import traceback
import uuid

import structlog
from fastapi import Request
from opentelemetry.propagate import extract
from opentelemetry.trace import Span, SpanKind, get_tracer
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import answer_problem, unexpected

log = structlog.get_logger(__name__)
_tracer = get_tracer("voiceops")

_ID_FROM_CLIENT = re.compile(r"[A-Za-z0-9-]{8,64}")

# Set where a route has not set its own.
_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Edge:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whatever happens, there is an answer and a line in the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = _Visit(scope, send)
        before = extract(Headers(scope=scope))
        with _tracer.start_as_current_span(
            "request", context=before, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                await self._answer(visit, scope, receive)
            finally:
                visit.tell(span)

    async def _answer(self, visit: "_Visit", scope: Scope, receive: Receive) -> None:
        try:
            await self._app(scope, receive, visit.send)
        except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, there is an answer
            _log_fault(error, visit.request_id)
            if visit.status is not None:
                # Half an answer is out: only a broken connection tells the client so.
                raise ConnectionAbortedError("An answer broke off; the log names the place.") from None
            await answer_problem(Request(scope), unexpected(visit.request_id))(scope, receive, visit.send)
        finally:
            visit.log()


class _Visit:
    """One request and its answer, as the log sees them."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._began = time.perf_counter()
        self.status: int | None = None
        offered = Headers(scope=scope).get("x-request-id", "")
        self.request_id = offered if _ID_FROM_CLIENT.fullmatch(offered) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = self.request_id

    async def send(self, message: Message) -> None:
        """Pass a message on, the headers added to the first one."""
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            self._add_headers(message)
        await self._send(message)

    def log(self) -> None:
        """One line for this request."""
        signed_in = self._scope["state"].get("signed_in")
        log.info(
            "request",
            request_id=self.request_id,
            method=self._scope["method"],
            route=getattr(self._scope.get("route"), "path", "-"),
            status=self.status,
            ms=round((time.perf_counter() - self._began) * 1000, 1),
            who=signed_in.identity.id if signed_in is not None else None,
        )

    def tell(self, span: Span) -> None:
        """What the log says, to a trace."""
        route = getattr(self._scope.get("route"), "path", "-")
        span.update_name(f"{self._scope['method']} {route}")
        span.set_attributes(
            {
                "http.request.method": self._scope["method"],
                "http.route": route,
                "http.response.status_code": self.status or 0,
                "voiceops.request_id": self.request_id,
            }
        )

    def _add_headers(self, message: Message) -> None:
        message.setdefault("headers", [])
        headers = MutableHeaders(scope=message)
        for name, value in _SAFE_HEADERS.items():
            headers.setdefault(name, value)
        if self._scope.get("scheme") == "https":
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        headers["X-Request-ID"] = self.request_id


def _log_fault(error: Exception, request_id: str) -> None:
    """Where it broke, without the error's own words: they may quote what a caller said."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("unexpected fault", request_id=request_id, kind=type(error).__name__, places=places[-12:])
