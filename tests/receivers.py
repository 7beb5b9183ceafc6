"""Those who are told, on this machine: a web server that keeps what it was sent, and a mail server."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class WebReceiver:
    """A web server on loopback: `statuses` are its next answers, then always 204."""

    port: int = 0
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    received: list[tuple[dict[str, str], str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=not-for-logs"


@contextmanager
def a_web_receiver() -> Iterator[WebReceiver]:
    """It listens for the length of the block."""
    receiver = WebReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            receiver.received.append((dict(self.headers), body))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815  the server's own way of naming

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the server's own name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        with serving(server):
            yield receiver


@dataclass
class DawdlingServer:
    """A web server whose answer never ends: a byte comes every now and then, always in time."""

    port: int = 0
    asked: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def a_dawdling_server() -> Iterator[DawdlingServer]:
    """It listens for the length of the block."""
    dawdler, over = DawdlingServer(), threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            dawdler.asked += 1
            self.wfile.write(b"HTTP/1.1 204 No Content\r\nX-Slow: ")
            try:
                while not over.wait(0.05):
                    self.wfile.write(b"a")
            except OSError:
                """Whoever called has hung up."""

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server, serving(server):
        dawdler.port = server.server_address[1]
        try:
            yield dawdler
        finally:
            over.set()


@dataclass
class MailReceiver:
    """A mail server on loopback that takes every letter."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The Apprise address of a mailbox on it."""
        return f"mailto://127.0.0.1:{self.port}?from=voiceops@example.org&to=anna@example.org"


@contextmanager
def a_mail_receiver() -> Iterator[MailReceiver]:
    """It listens for the length of the block."""
    receiver = MailReceiver()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(" ")[0].upper()
                if verb == "RCPT":
                    receiver.envelopes.append(line)
                if verb == "DATA":
                    self._say("354 go on")
                    lines = list(iter(self.rfile.readline, b".\r\n"))
                    letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                    assert isinstance(letter, EmailMessage)
                    receiver.letters.append(letter)
                self._say("221 bye" if verb == "QUIT" else "250 fine")
                if verb == "QUIT":
                    return

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        with serving(server):
            yield receiver


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    """Let it answer in a thread for the length of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def web_receiver() -> Iterator[WebReceiver]:
    """A web server of the test's own."""
    with a_web_receiver() as receiver:
        yield receiver


@pytest.fixture
def mail_receiver() -> Iterator[MailReceiver]:
    """A mail server of the test's own."""
    with a_mail_receiver() as receiver:
        yield receiver
