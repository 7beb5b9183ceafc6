"""Opens recordings that lie elsewhere on the web: no inner address is asked, and nothing is kept in memory."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast
from urllib.parse import unquote

import httpx

from voiceops import __version__
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.judged_transport import JudgedTransport
from voiceops.errors import BadInput, Unavailable
from voiceops.ports import ReferencedFile

PATIENCE = httpx.Timeout(30.0, connect=5.0)
REDIRECTS_LIMIT = 5
# A server that sends a byte now and then would otherwise keep a place for ever.
WHOLE_SECONDS = 900.0
_PIECE_BYTES = 256 * 1024


class WebReferences:
    """See `ports.References`: over HTTP and HTTPS, without the proxy settings or cookies of this machine."""

    def __init__(self, guard: AddressGuard, *, whole_seconds: float = WHOLE_SECONDS) -> None:
        self._guard = guard
        self._whole_seconds = whole_seconds

    @contextmanager
    def open(self, url: str) -> Iterator[ReferencedFile]:
        """See the port."""
        address = _checked(url)
        try:
            with (
                httpx.Client(
                    transport=JudgedTransport(self._guard),
                    timeout=PATIENCE,
                    follow_redirects=True,
                    max_redirects=REDIRECTS_LIMIT,
                    trust_env=False,
                    # Squeezed content could be endless once it is unfolded.
                    headers={"User-Agent": f"VoiceOps/{__version__}", "Accept-Encoding": "identity"},
                ) as client,
                client.stream("GET", address) as response,
            ):
                if not response.is_success:
                    raise _bad(address, f"The server answered with {response.status_code} and not with the file.")
                deadline = time.monotonic() + self._whole_seconds
                source = io.BufferedReader(_Body(response, deadline), buffer_size=_PIECE_BYTES)
                yield ReferencedFile(_name(response.url), cast("BinaryIO", source))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _bad(address, f"The file could not be fetched ({type(error).__name__}).") from error
        except Unavailable as error:
            # Nobody knows the name: for who sent the reference that is a fault in it.
            raise BadInput(error.what, record=error.record, next_step=error.next_step) from error


class _Body(io.RawIOBase):
    """An answer's bytes as they arrive."""

    def __init__(self, response: httpx.Response, deadline: float) -> None:
        self._response = response
        self._pieces = response.iter_raw(_PIECE_BYTES)
        self._deadline = deadline
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed has Buffer, 3.12+
        while not self._left:
            if time.monotonic() > self._deadline:
                raise _bad(self._response.url, "The server took too long to send the whole file.")
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def _checked(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL("")
    if address.scheme not in {"http", "https"} or not address.host:
        raise BadInput(
            "This is not the address of a file on the web.",
            record="url",
            next_step="Write it like https://host/path/call.wav.",
        )
    return address


def _name(url: httpx.URL) -> str:
    return unquote(url.path.rstrip("/").rpartition("/")[2])


def _bad(url: httpx.URL, what: str) -> BadInput:
    """Only the host is named: the rest of an address may hold a secret."""
    return BadInput(
        what, record=url.host, next_step="See that the address leads to the file itself, and send it again."
    )
