"""Passwords as they are stored: argon2 hashes, made by pwdlib with its recommended figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError

from voiceops.errors import Unavailable

# Anybody may ask for a password to be checked: a flood of them must neither fill the memory nor stop the rest.
AT_ONCE = 4


class Argon2Passwords:
    """See `ports.PasswordHasher`. Hashing takes about 50 ms and 64 MiB on purpose."""

    def __init__(self, *, patience_seconds: float = 5.0) -> None:
        self._patience_seconds = patience_seconds
        self._hasher = PasswordHash.recommended()
        self._places = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """See the port."""
        with self._place():
            return self._hasher.hash(password)

    def matches(self, password: str, password_hash: str) -> bool:
        """See the port. What is no hash of ours matches nothing."""
        with self._place():
            try:
                return self._hasher.verify(password, password_hash)
            except UnknownHashError:
                return False

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._patience_seconds):
            raise Unavailable(
                "Very many passwords are being checked just now.",
                record="sign-in",
                next_step="Try again in a few seconds.",
            )
        try:
            yield
        finally:
            self._places.release()
