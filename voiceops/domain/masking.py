"""What is masked in recordings before they are stored, as a queue or the settings want it."""

from dataclasses import dataclass

from voiceops.domain.private import Private
from voiceops.domain.recording import RecordingKind


@dataclass(frozen=True)
class Masking:
    """What is masked in calls and in voicemails: in their words, and with `sound` in what can be heard, too.

    What a voicemail's task is for, its number, name and reference, is read before it is masked.
    """

    call: tuple[Private, ...] = ()
    voicemail: tuple[Private, ...] = ()
    sound: bool = True

    def of(self, kind: RecordingKind) -> tuple[Private, ...]:
        """What is masked in one kind."""
        return self.call if kind is RecordingKind.CALL else self.voicemail
