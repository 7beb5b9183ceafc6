"""Hands a request's body, piece by piece, to a route that runs in a thread of its own.

Nothing is gathered: the next piece is asked for when the last one is used up, so a slow disk
slows the sender down instead of filling the memory.
"""

from collections.abc import Iterator

import anyio
import anyio.from_thread
from fastapi import Request
from starlette.types import Message, Receive

from voiceops.errors import BadInput

PATIENCE_SECONDS = 30.0


def body_pieces(request: Request) -> Iterator[bytes]:
    """The body's pieces in order; for sync routes only.

    Raises BadInput if the connection ends early or nothing comes for `PATIENCE_SECONDS`.
    """
    more = True
    while more:
        message = anyio.from_thread.run(_next_message, request.receive)
        if message["type"] != "http.request":
            raise _cut_short("The connection ended before the whole body had arrived.")
        more = bool(message.get("more_body", False))
        if message.get("body"):
            yield message["body"]


async def _next_message(receive: Receive) -> Message:
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            return await receive()
    except TimeoutError as error:
        raise _cut_short(f"Nothing more came for {PATIENCE_SECONDS:g} seconds.") from error


def _cut_short(what: str) -> BadInput:
    return BadInput(f"{what} Nothing of it was kept.", record="the request's body", next_step="Send it again.")
