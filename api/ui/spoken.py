"""A transcript as a page shows it: its words in order, with what was found in them marked where it was heard."""

from collections.abc import Sequence
from dataclasses import dataclass

from voiceops.analysis.heard_signals import HeardSignal, heard_signals
from voiceops.analysis.transcript_text import clock_time
from voiceops.domain.private import Masked, Private
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word

# Below this the recogniser was guessing as often as not.
FAINT = 0.5


@dataclass(frozen=True)
class Mark:
    """Something found in a stretch of the recording; `label` names it to the stylesheet and the scripts."""

    label: str
    start: float
    end: float
    party: Party | None = None


@dataclass(frozen=True)
class Shown:
    """One word; `kind` names to the stylesheet what it belongs to, and whether it was hardly heard.

    `masked` says what stood there, for all words of it at once.
    """

    text: str
    start: float
    kind: str
    masked: Private | None = None


@dataclass(frozen=True)
class Line:
    """One utterance; `is_unsure` where it may be another's."""

    party: Party
    start: float
    end: float
    words: tuple[Shown, ...]
    is_unsure: bool = False

    @property
    def clock(self) -> str:
        """Where it begins, as on a player."""
        return clock_time(self.start)


@dataclass(frozen=True)
class ShownSignal:
    """What sounded besides words, where it stands between the lines."""

    heard: HeardSignal

    @property
    def start(self) -> float:
        """In seconds."""
        return round(self.heard.start, 2)

    @property
    def clocks(self) -> str:
        """From when to when, as on a player."""
        return f"{clock_time(self.heard.start)}\N{EN DASH}{clock_time(self.heard.end)}"


def with_signals(lines: Sequence[Line], transcript: Transcript) -> list[Line | ShownSignal]:
    """The lines with what sounded between and under them, in order of time."""
    signals = [ShownSignal(one) for one in heard_signals(transcript)]
    return sorted([*lines, *signals], key=lambda one: one.start)


def shown(transcript: Transcript, marks: Sequence[Mark] = ()) -> list[Line]:
    """All utterances; one of which only the text is known is one long word."""
    masked: dict[int, list[Masked]] = {}
    for run in transcript.masked:
        masked.setdefault(run.utterance, []).append(run)
    return [
        _line(one, [mark for mark in marks if mark.party in {None, one.party}], masked.get(at, []))
        for at, one in enumerate(transcript.utterances)
    ]


def _line(said: Utterance, marks: Sequence[Mark], masked: Sequence[Masked]) -> Line:
    words = said.words or (Word(said.text, said.start, said.end),)
    near = [mark for mark in marks if mark.start < said.end and mark.end > said.start]
    shown_words = [_shown(word, near) for word in words]
    for run in reversed(masked if said.words else ()):
        first = shown_words[run.first]
        shown_words[run.first : run.stop] = [Shown("", first.start, "masked-words", run.what)]
    start, end = round(said.start, 2), round(said.end, 2)
    return Line(said.party, start, end, tuple(shown_words), is_unsure=not said.is_sure_who)


def _shown(word: Word, marks: Sequence[Mark]) -> Shown:
    middle = (word.start + word.end) / 2
    labels = [mark.label for mark in marks if mark.start <= middle <= mark.end]
    faint = ["faint-word"] if word.probability is not None and word.probability < FAINT else []
    return Shown(word.text, round(word.start, 2), " ".join([*faint, *(["mark", *labels] if labels else [])]))
