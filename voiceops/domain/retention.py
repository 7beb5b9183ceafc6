"""For how long what is kept of recordings stays; what nothing is said about stays for ever."""

from dataclasses import dataclass, field

from voiceops.domain.recording import RecordingKind, RecordingPart


@dataclass(frozen=True)
class KeepDays:
    """For how many days after a recording was received each of its parts is kept. None: for ever."""

    audio: int | None = None
    transcript: int | None = None
    result: int | None = None

    def of(self, part: RecordingPart) -> int | None:
        """The days for one part."""
        days: int | None = getattr(self, part)
        return days


@dataclass(frozen=True)
class Retention:
    """The rules for both kinds of recordings."""

    call: KeepDays = field(default_factory=KeepDays)
    voicemail: KeepDays = field(default_factory=KeepDays)

    def of(self, kind: RecordingKind) -> KeepDays:
        """The rules for one kind."""
        return self.call if kind is RecordingKind.CALL else self.voicemail
