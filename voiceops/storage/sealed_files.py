"""Encrypts files with AES-256-GCM in chunks, so that a change, a cut or a swap of any part is found.

The form: 8 bytes that name it, the first 8 of the key's SHA-256, a salt of 16, then chunks of 64 KiB, each with a tag
of 16 bytes. Every content of every record has a key of its own, made by HKDF-SHA256 of the key, the salt and the
record's id, so a nonce is the chunk's number and whether it is the last. The tag binds both, the head and the record.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voiceops.errors import BadInput

_NAME = b"VOSEAL\x00\x01"
_ID_BYTES, _SALT_BYTES, _KEY_BYTES, _TAG_BYTES = 8, 16, 32, 16
_HEAD_BYTES = len(_NAME) + _ID_BYTES + _SALT_BYTES
_CHUNK_BYTES = 64 * 1024


class SealedFiles:
    """See `ports.Vault`. The first key seals, all of them unseal."""

    def __init__(self, keys: Mapping[bytes, bytes]) -> None:
        self._keys = keys

    def seal(self, source: BinaryIO, target: BinaryIO, *, record: str) -> None:
        """See the port."""
        key_id = next(iter(self._keys))
        head = _NAME + key_id + _salt(self._keys[key_id], source, record)
        cipher = _cipher(self._keys[key_id], head, record)
        target.write(head)
        number, chunk = 0, source.read(_CHUNK_BYTES)
        while True:
            following = source.read(_CHUNK_BYTES)
            place = _place(number, is_last=not following)
            target.write(cipher.encrypt(place, chunk, _bound(head, record, place)))
            if not following:
                return
            number, chunk = number + 1, following

    def unseal(self, source: Iterator[bytes], *, record: str) -> Iterator[bytes]:
        """See the port."""
        pieces = _Pieces(source)
        head = pieces.take(_HEAD_BYTES)
        if len(head) < _HEAD_BYTES or not head.startswith(_NAME):
            raise _unusable(record, "It is no sealed original.")
        key_id = head[len(_NAME) :][:_ID_BYTES]
        if key_id not in self._keys:
            raise _unusable(record, f"It was sealed with the key {key_id.hex()}, which is not among those given.")
        cipher = _cipher(self._keys[key_id], head, record)
        number, chunk = 0, pieces.take(_CHUNK_BYTES + _TAG_BYTES)
        while True:
            following = pieces.take(_CHUNK_BYTES + _TAG_BYTES)
            place = _place(number, is_last=not following)
            try:
                yield cipher.decrypt(place, chunk, _bound(head, record, place))
            except (InvalidTag, ValueError) as error:
                raise _unusable(record, "It was changed or cut short, or belongs to another recording.") from error
            if not following:
                return
            number, chunk = number + 1, following


def read_vault(keys: str, path: Path | None) -> SealedFiles:
    """A vault with the keys in a file that nobody else may read, else in a text. Raises BadInput without any."""
    if path is None:
        return _vault(keys, "VOICEOPS_ORIGINALS_KEYS")
    setting = "VOICEOPS_ORIGINALS_KEY_FILE"
    try:
        if path.stat().st_mode & 0o077:
            raise _no_key(f"Others may read {path}.", setting, "Run chmod 600 on it.")
        return _vault(path.read_text(encoding="ascii"), setting)
    except (OSError, UnicodeDecodeError) as error:
        raise _no_key(f"The file {path} cannot be read.", setting) from error


def _vault(text: str, setting: str) -> SealedFiles:
    keys: dict[bytes, bytes] = {}
    for word in text.split():
        try:
            key = base64.b64decode(word, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != _KEY_BYTES:
            raise _no_key("There is something in it that is no key.", setting)
        keys[hashlib.sha256(key).digest()[:_ID_BYTES]] = key
    if not keys:
        raise _no_key("Originals are kept, and there is no key to encrypt them with.", setting)
    return SealedFiles(keys)


def _no_key(what: str, setting: str, next_step: str = "") -> BadInput:
    advice = "Give one key of 32 bytes in base64 on a line, such as `openssl rand -base64 32` makes; the newest first."
    return BadInput(what, record=setting, next_step=next_step or advice)


def _unusable(record: str, what: str) -> BadInput:
    return BadInput(
        f"The original cannot be opened. {what}",
        record=record,
        next_step="Give all keys that originals were sealed with, or restore the file from a backup.",
    )


def _salt(key: bytes, source: BinaryIO, record: str) -> bytes:
    """The same for the same content of the same record: sealed once more after a crash it is the same file."""
    digest = hashlib.file_digest(source, "sha256").digest()  # type: ignore[arg-type]  # a binary file, as it asks for
    source.seek(0)
    return hmac.digest(key, b"voiceops salt " + digest + record.encode(), "sha256")[:_SALT_BYTES]


def _cipher(key: bytes, head: bytes, record: str) -> AESGCM:
    salt = head[-_SALT_BYTES:]
    own = HKDF(SHA256(), length=_KEY_BYTES, salt=salt, info=b"voiceops original " + record.encode()).derive(key)
    return AESGCM(own)


def _place(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _bound(head: bytes, record: str, place: bytes) -> bytes:
    return head + place + record.encode()


class _Pieces:
    """Bytes that come in pieces of any size, to be taken in others."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self._waiting = bytearray()

    def take(self, size: int) -> bytes:
        """So many bytes, fewer at the end."""
        while len(self._waiting) < size and (piece := next(self._source, b"")):
            self._waiting += piece
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken
