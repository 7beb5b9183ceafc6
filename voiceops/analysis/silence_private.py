"""Says where a recording falls silent so that what is masked in its words cannot be heard either.

It fails closed: recognisers lose digits and are half a second wrong about times, so rather too much is silenced.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voiceops.analysis.said_words import Place, words_of
from voiceops.analysis.sound.masked import MASK as MASKED_KEY
from voiceops.domain.private import Private, Silenced
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word
from voiceops.domain.waveform import ChannelPeaks, Waveform

_PAD_SECONDS = 0.15
# Around a word that the engine doubts, or whose time it cannot know.
_DOUBT_SECONDS = 0.5
_DOUBTED_PROBABILITY = 0.5
# What is not transcribed beside a masked word is silenced with it: it may be a digit that was lost.
_LOST_SECONDS = 2.0
# Nobody says a digit faster.
_DIGIT_SECONDS = 0.06
# From this share of its speech on, what is said on a channel can be made out on the other.
_BLEEDING_SHARE = 0.02


@dataclass(frozen=True)
class _Timed:
    """One word of a party in order; `what` is None where it stays."""

    place: Place
    word: Word
    what: Private | None
    digits: int


def stretches_to_silence(
    transcript: Transcript, hidden: Mapping[Place, Private], *, channels: int
) -> tuple[Silenced, ...]:
    """Where to fall silent, in order. `transcript` is as it was heard, of a file with so many channels."""
    where = _channels_of(transcript, channels)
    found = [
        replace(stretch, channel=where.get(party))
        for party in Party
        for stretch in _of_party(transcript, party, hidden)
    ]
    return joined(_within(one, transcript.duration) for one in found)


def keys_to_silence(transcript: Transcript, *, channels: int) -> tuple[Silenced, ...]:
    """Where keys were pressed that may be a card's."""
    where = _channels_of(transcript, channels)
    pressed = [
        Silenced(Private.CARD, tone.start - _PAD_SECONDS, tone.end + _PAD_SECONDS, where.get(sound.party))
        for sound in transcript.sound or ()
        for tone in sound.tones
        if tone.key == MASKED_KEY
    ]
    return joined(_within(one, transcript.duration) for one in pressed)


def joined(stretches: Iterator[Silenced] | Sequence[Silenced]) -> tuple[Silenced, ...]:
    """In order, with those on one channel that touch made one."""
    whole: list[Silenced] = []
    for one in sorted(stretches, key=lambda one: (-1 if one.channel is None else one.channel, one.start)):
        last = whole[-1] if whole else None
        if last is not None and last.channel == one.channel and one.start <= last.end:
            whole[-1] = replace(last, end=max(last.end, one.end))
        else:
            whole.append(one)
    return tuple(sorted(whole, key=lambda one: (one.start, one.end)))


def flatten(waveform: Waveform, stretches: Collection[Silenced]) -> Waveform:
    """The picture of the sound once it is silenced."""
    return replace(
        waveform,
        channels=tuple(
            _flat(one, [s for s in stretches if s.channel in {None, number}], seconds=waveform.seconds)
            for number, one in enumerate(waveform.channels)
        ),
    )


def _flat(peaks: ChannelPeaks, stretches: Sequence[Silenced], *, seconds: float) -> ChannelPeaks:
    low, high = list(peaks.low), list(peaks.high)
    for one in stretches:
        first, last = (round(at / max(seconds, one.end) * len(low)) for at in (one.start, one.end))
        for values in (low, high):
            values[first : last + 1] = [0] * len(values[first : last + 1])
    return replace(peaks, low=tuple(low), high=tuple(high))


def _channels_of(transcript: Transcript, channels: int) -> Mapping[Party, int]:
    """Which channel is whose; nobody's where that is not sure, or where one can be heard on the other."""
    parties = [party for party, _ in transcript.speech or ()]
    if transcript.is_separated:
        return {}
    bleeds = any(sound.crosstalk_share >= _BLEEDING_SHARE for sound in transcript.sound or ())
    if bleeds or channels < 2 or len(parties) != channels or len(set(parties)) != channels:  # noqa: PLR2004  one and the other
        return {}
    return {party: number for number, party in enumerate(parties)}


def _of_party(transcript: Transcript, party: Party, hidden: Mapping[Place, Private]) -> Iterator[Silenced]:
    words = list(_timed(transcript, party, hidden))
    runs = [list(run) for _, run in groupby(range(len(words)), key=lambda at: (words[at].place[0], words[at].what))]
    for run in runs:
        what = words[run[0]].what
        if what is None:
            continue
        before, after = words[run[0] - 1] if run[0] else None, words[run[-1] + 1] if run[-1] + 1 < len(words) else None
        said = transcript.utterances[words[run[0]].place[0]]
        start, end = _bounds(said, [words[at] for at in run])
        start -= _unheard(start - before.word.end if before else start)
        end += _unheard(after.word.start - end if after else transcript.duration - end)
        doubted = any(_is_doubted(one) for one in (before, after, *(words[at] for at in run)) if one)
        pad = _DOUBT_SECONDS if doubted else _PAD_SECONDS
        yield Silenced(what, start - pad, end + pad)


def _unheard(seconds: float) -> float:
    return min(max(seconds, 0.0), _LOST_SECONDS)


def _is_doubted(one: _Timed) -> bool:
    return one.word.probability is not None and one.word.probability < _DOUBTED_PROBABILITY


def _timed(transcript: Transcript, party: Party, hidden: Mapping[Place, Private]) -> Iterator[_Timed]:
    for number, said in enumerate(transcript.utterances):
        if said.party is not party:
            continue
        for at, word in enumerate(words_of(said)):
            place = number, at
            yield _Timed(place, word, hidden.get(place), sum(map(str.isdigit, word.text)))


def _bounds(said: Utterance, run: Sequence[_Timed]) -> tuple[float, float]:
    """From where to where; all of the utterance where its times cannot be."""
    start, end = min(one.word.start for one in run), max(one.word.end for one in run)
    starts, ends = [word.start for word in said.words], [word.end for word in said.words]
    ordered = starts and starts == sorted(starts) and ends == sorted(ends)
    if not ordered or end - start < sum(max(one.digits, 1) for one in run) * _DIGIT_SECONDS:
        return min(start, said.start), max(end, said.end)
    return start, end


def _within(one: Silenced, duration: float) -> Silenced:
    start = min(max(0.0, one.start), duration)
    return replace(one, start=round(start, 3), end=round(max(start, min(one.end, duration)), 3))
