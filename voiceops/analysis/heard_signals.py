"""What sounded on each channel besides words, put together as people speak of it: one ringing, one number keyed in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from voiceops.domain.recording import Party
from voiceops.domain.sound import Tone, ToneKind
from voiceops.domain.transcript import Transcript

# Keys pressed in a row are one number.
_SAME_NUMBER_SECONDS = 5.0


@dataclass(frozen=True)
class HeardSignal:
    """One stretch of one kind, in seconds; `keys` are those pressed, in order."""

    kind: ToneKind
    party: Party
    start: float
    end: float
    keys: str = ""


def heard_signals(transcript: Transcript) -> tuple[HeardSignal, ...]:
    """Those of all channels in order of time; the same sound on a second channel is told once."""
    found: list[HeardSignal] = []
    for sound in transcript.sound or ():
        found += (one for one in _joined(sound.party, sound.tones) if not any(_is_same(one, other) for other in found))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _joined(party: Party, tones: Iterable[Tone]) -> Iterator[HeardSignal]:
    row: HeardSignal | None = None
    for tone in sorted(tones, key=lambda tone: (tone.kind, tone.start)):
        one = HeardSignal(tone.kind, party, tone.start, tone.end, tone.key or "")
        if row is not None and one.kind is row.kind is ToneKind.KEY and one.start - row.end <= _SAME_NUMBER_SECONDS:
            row = replace(row, end=one.end, keys=row.keys + one.keys)
            continue
        if row is not None:
            yield row
        row = one
    if row is not None:
        yield row


def _is_same(one: HeardSignal, other: HeardSignal) -> bool:
    """Whether nearly all of it is heard on another channel at the same time."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return one.kind is other.kind and both >= 0.8 * (one.end - one.start)
