"""Passwords as they are stored: argon2 hashes, made by pwdlib with its recommended figures."""

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError


class Argon2Passwords:
    """See `ports.PasswordHasher`. Hashing takes about 50 ms and 64 MiB on purpose."""

    def __init__(self) -> None:
        self._hasher = PasswordHash.recommended()

    def hash(self, password: str) -> str:
        """See the port."""
        return self._hasher.hash(password)

    def matches(self, password: str, password_hash: str) -> bool:
        """See the port. What is no hash of ours matches nothing."""
        try:
            return self._hasher.verify(password, password_hash)
        except UnknownHashError:
            return False
