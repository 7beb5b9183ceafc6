"""Hangs up on a server that is still talking when its time is over.

A timeout for each read does not end a call in which every byte comes just in time.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


class Deadline:
    """Ends the HTTP connections that `watch` is told of when `seconds` have passed, unless the block is left before.

    `watch` is the extension "trace" of an httpx request. Whoever reads then gets an httpx.HTTPError.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self._is_over = False

    def __enter__(self) -> Self:
        """From now on."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """It was in time, or failed by itself."""
        self._timer.cancel()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Note down a connection that was just made."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            if self._is_over:
                self._hang_up()

    def _hang_up(self) -> None:
        self._is_over = True
        for connection in self._sockets:
            with suppress(OSError):  # it is closed already
                # Not the method of a TLS socket, which would pull the key from under the reading thread.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
