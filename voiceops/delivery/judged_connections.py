"""Judges the connections that somebody else's program makes for us, at the moment they are made.

Such a program looks a name up for itself and follows where it is led: what was judged beforehand may lead
elsewhere by then. Python tells of every connection before it is made, and one that may not be is not.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from voiceops.delivery.address_guard import AddressGuard
from voiceops.errors import BadInput

_in_force = threading.local()


@contextmanager
def judged_by(guard: AddressGuard) -> Iterator[None]:
    """While the block runs, this thread connects only to what the guard lets through.

    To the program a connection that was refused looks like one that failed; BadInput says of it at the end.
    """
    _watch_connections()
    _in_force.guard, _in_force.refused = guard, None
    try:
        yield
        if _in_force.refused is not None:
            raise _in_force.refused
    finally:
        _in_force.guard = None


@cache
def _watch_connections() -> None:
    """Once for each process: what is added here cannot be removed."""
    sys.addaudithook(_judge)


def _judge(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    guard: AddressGuard | None = getattr(_in_force, "guard", None)
    if guard is not None:
        address = arguments[1]
        try:
            guard.judge(str(address[0]) if isinstance(address, tuple) else "this machine")
        except BadInput as refused:
            _in_force.refused = refused
            raise PermissionError("not to this address") from refused
