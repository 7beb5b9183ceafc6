"""What is masked in a transcript before it is stored."""

from dataclasses import dataclass
from enum import StrEnum

from voiceops.domain.recording import RecordingKind


class Private(StrEnum):
    """What customers say that nobody needs afterwards."""

    CARD = "card"
    ACCOUNT = "account"
    PHONE = "phone"
    REFERENCE = "reference"
    EMAIL = "email"


@dataclass(frozen=True)
class Masking:
    """What is masked in the words of calls and of voicemails.

    A voicemail's telephone number and reference are what its task is for: who masks them has nobody called back.
    """

    call: tuple[Private, ...] = ()
    voicemail: tuple[Private, ...] = ()

    def of(self, kind: RecordingKind) -> tuple[Private, ...]:
        """What is masked in one kind."""
        return self.call if kind is RecordingKind.CALL else self.voicemail
