"""Hands a request's body, piece by piece, to a route that runs in a thread of its own.

Nothing is gathered: the next piece is asked for when the last one is used up, so a slow disk
slows the sender down instead of filling the memory.
"""

from collections.abc import Iterator

import anyio
import anyio.from_thread
from fastapi import Request
from starlette.types import Message

from voiceops.errors import BadInput, Unavailable

PATIENCE_SECONDS = 30.0
_GLANCE_SECONDS = 0.5


def body_pieces(request: Request) -> Iterator[bytes]:
    """The body's pieces in order; for sync routes only.

    Raises BadInput if the connection ends early or nothing comes for `PATIENCE_SECONDS`, and
    Unavailable if the server is told to stop.
    """
    more = True
    while more:
        message = anyio.from_thread.run(_next_message, request)
        if message["type"] != "http.request":
            raise _cut_short("The connection ended before the whole body had arrived.")
        more = bool(message.get("more_body", False))
        if message.get("body"):
            yield message["body"]


async def _next_message(request: Request) -> Message:
    """Wait for the sender, with a glance now and then at whether the server is to stop."""
    patience_ends = anyio.current_time() + PATIENCE_SECONDS
    while anyio.current_time() < patience_ends:
        if request.app.state.is_stopping():
            raise Unavailable(
                "The server is being stopped; nothing of the request was kept.",
                record="the request's body",
                next_step="Send it again in a minute.",
            )
        with anyio.move_on_after(_GLANCE_SECONDS):
            return await request.receive()
    raise _cut_short(f"Nothing more came for {PATIENCE_SECONDS:g} seconds.")


def _cut_short(what: str) -> BadInput:
    return BadInput(f"{what} Nothing of it was kept.", record="the request's body", next_step="Send it again.")
