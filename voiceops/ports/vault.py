"""The port to what seals the sound that was sent before something in it was silenced."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol


class Vault(Protocol):
    """Encrypts and decrypts files piece by piece; memory does not grow with them."""

    def seal(self, source: BinaryIO, target: BinaryIO, *, record: str) -> None:
        """Write all of `source`, from its beginning, to `target`, encrypted for this record alone.

        The same content gives the same bytes again.
        """
        ...

    def unseal(self, source: Iterator[bytes], *, record: str) -> Iterator[bytes]:
        """What was sealed for this record, each piece checked before it is given.

        Raises BadInput, also on the way, where a key is missing or the bytes were changed, cut short, put in another
        order or sealed for another record.
        """
        ...
