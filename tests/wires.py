"""A wire between a program and a server, for tests: it counts what comes back, and can be cut or held."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE_BYTES = 64 * 1024


@dataclass
class Wire:
    """A port of this machine that leads to another. While it is held, nothing passes and nothing is refused."""

    to: tuple[str, int]
    port: int = 0
    bytes_back: int = 0
    _open: threading.Event = field(default_factory=threading.Event)
    _ends: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing passes while the block runs: the other side is there and does not answer."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def serve(self, listener: socket.socket) -> None:
        """Connect whoever comes, until the listener is closed."""
        self._open.set()
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                self._ends.append(near)
                far = socket.create_connection(self.to)
                self._ends.append(far)
                self._carry(near, far, counts=False)
                self._carry(far, near, counts=True)

    def close(self) -> None:
        """End every connection."""
        self._open.set()
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()

    def _carry(self, source: socket.socket, target: socket.socket, *, counts: bool) -> None:
        def carry() -> None:
            with suppress(OSError):
                while piece := source.recv(PIECE_BYTES):
                    self._open.wait()
                    self.bytes_back += len(piece) if counts else 0
                    target.sendall(piece)
                target.shutdown(socket.SHUT_WR)

        self._threads.append(threading.Thread(target=carry, daemon=True))
        self._threads[-1].start()


@contextmanager
def a_wire(host: str, port: int) -> Iterator[Wire]:
    """A wire to a server for the length of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = Wire((host, port), listener.getsockname()[1])
        thread = threading.Thread(target=wire.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            wire.close()
