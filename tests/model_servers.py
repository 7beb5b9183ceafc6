"""A server of models on this machine, whose connections may break off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.receivers import serving


@dataclass
class ModelServer:
    """It sends `data`, at most `breaks_after` bytes in one answer; if it `knows_ranges`, from where it is asked."""

    data: bytes
    breaks_after: int | None = None
    knows_ranges: bool = True
    port: int = 0
    sent: list[tuple[int, int]] = field(default_factory=list)

    def url(self, sha256: str) -> str:
        """Where it has the model, in the form of published ones."""
        return f"http://127.0.0.1:{self.port}/{sha256}/made.pt"


@contextmanager
def a_model_server(data: bytes) -> Iterator[ModelServer]:
    """It listens for the length of the block."""
    models = ModelServer(data)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", "") if models.knows_ranges else ""
            begin = int(asked.removeprefix("bytes=").removesuffix("-") or 0)
            if begin and begin >= len(models.data):
                self.send_error(416)
                return
            self.send_response(206 if begin else 200)
            self.send_header("Content-Length", str(len(models.data) - begin))
            self.end_headers()
            end = len(models.data) if models.breaks_after is None else begin + models.breaks_after
            models.sent.append((begin, self.wfile.write(models.data[begin:end])))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the server's own name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        models.port = server.server_address[1]
        with serving(server):
            yield models
