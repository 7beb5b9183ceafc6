"""What is sealed comes back byte by byte, and nothing that was changed comes back at all."""

import base64
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.errors import BadInput
from voiceops.storage.sealed_files import SealedFiles, read_vault

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
CHUNK, TAG, HEAD = 64 * 1024, 16, 32


def vault(*keys: str) -> SealedFiles:
    return read_vault("\n".join(keys), None)


def sealed(content: bytes, *, key: str = OLD, record: str = "call") -> bytes:
    target = io.BytesIO()
    vault(key).seal(io.BytesIO(content), target, record=record)
    return target.getvalue()


def opened(data: bytes, *keys: str, record: str = "call", piece: int = 1000) -> bytes:
    pieces = (data[at : at + piece] for at in range(0, len(data), piece))
    return b"".join(vault(*(keys or (OLD,))).unseal(pieces, record=record))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_length_comes_back(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    data = sealed(content)
    assert opened(data) == content
    assert len(data) == HEAD + size + TAG * max(1, -(-size // CHUNK))
    assert size < HEAD or content[:HEAD] not in data


def test_the_same_content_of_a_record_gives_the_same_bytes_and_of_another_none_of_them() -> None:
    assert sealed(b"sound" * 100) == sealed(b"sound" * 100)
    first, other = sealed(b"sound" * 100), sealed(b"sound" * 100, record="other")
    assert first[16:] != other[16:]
    assert first[HEAD:] != sealed(b"sound" * 99 + b"Sound")[HEAD:]


@given(st.data())
def test_a_change_of_any_byte_is_found(data: st.DataObject) -> None:
    whole = bytearray(sealed(b"what was said " * 10))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadInput, match="cannot be opened"):
        opened(bytes(whole))


@pytest.mark.parametrize("left", [0, HEAD - 1, HEAD, HEAD + 5, HEAD + CHUNK + TAG, HEAD + 2 * (CHUNK + TAG), -1])
def test_a_file_that_was_cut_short_is_found(left: int) -> None:
    with pytest.raises(BadInput, match="cannot be opened"):
        opened(sealed(bytes(3 * CHUNK))[:left])


def test_chunks_in_another_order_or_of_another_record_are_found() -> None:
    data = sealed(bytes(3 * CHUNK))
    first, second = data[HEAD : HEAD + CHUNK + TAG], data[HEAD + CHUNK + TAG : HEAD + 2 * (CHUNK + TAG)]
    with pytest.raises(BadInput):
        opened(data[:HEAD] + second + first + data[HEAD + 2 * (CHUNK + TAG) :])
    with pytest.raises(BadInput):
        opened(data, record="other")
    with pytest.raises(BadInput):
        opened(data + data[HEAD:])


def test_an_old_key_still_opens_what_it_sealed_and_the_first_one_seals() -> None:
    assert opened(sealed(b"old"), NEW, OLD) == b"old"
    target = io.BytesIO()
    vault(NEW, OLD).seal(io.BytesIO(b"new"), target, record="call")
    assert opened(target.getvalue(), NEW) == b"new"
    with pytest.raises(BadInput, match="not among those given"):
        opened(target.getvalue(), OLD)


@pytest.mark.parametrize("text", ["", "nonsense!", base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(BadInput, match="VOICEOPS_ORIGINALS_KEYS") as refused:
        read_vault(text, None)
    assert not text or text not in str(refused.value)


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"{NEW}\n{OLD}\n")
    path.chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600"):
        read_vault("", path)
    path.chmod(0o600)
    target = io.BytesIO()
    read_vault("", path).seal(io.BytesIO(b"new"), target, record="call")
    assert opened(target.getvalue(), NEW) == b"new"
    with pytest.raises(BadInput, match="cannot be read"):
        read_vault("", tmp_path / "nothing")
