"""Hears one stretch of one party's channel once more, and scores the wordings that were missed there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.assemble import assemble
from voiceops.analysis.join_spans import pad_spans
from voiceops.analysis.mask_private import MASK, find_private, mask_words
from voiceops.analysis.said_words import Place, words_of
from voiceops.analysis.second_places import SecondPlace
from voiceops.domain.private import Private
from voiceops.domain.recording import Party
from voiceops.domain.second_look import SecondLook, WordingFit
from voiceops.domain.transcript import Segment, Span, Transcript, Utterance, Word
from voiceops.ports import SIGNAL_RATE_HZ, SecondHearing, Signal, SpeechChannel, VoiceActivityDetector

# A detector cuts off quiet beginnings and ends, and words with them: so much around its stretches is heard as well.
PADDING_SECONDS = 1.0


@dataclass(frozen=True)
class FirstLook:
    """What was heard at first, the language where it names none, and what of a call is masked."""

    transcript: Transcript
    language: str | None
    private: Collection[Private]


def hear_stretch(
    detector: VoiceActivityDetector,
    hearing: SecondHearing,
    first: FirstLook,
    *,
    place: SecondPlace,
    signals: Sequence[Signal],
) -> SecondLook:
    """What the second engine hears in the stretch, without a hint, and how well each wording fits the sound there.

    `signals` are the stretch of every channel. Where the party does not have a channel of its own, or says nothing,
    nothing is heard and nothing scored. Raises EngineFailed, MissingPart, or BadInput for a language.
    """
    signal, at = _channel_of(place.party, first.transcript, signals), place.stretch.start
    speech = (
        pad_spans(detector.detect(signal), PADDING_SECONDS, duration=len(signal) / SIGNAL_RATE_HZ)
        if signal is not None
        else ()
    )
    if signal is None or not speech:
        return SecondLook(place.party, place.stretch, hearing.name, hearing.borders, (), (), ())
    ear, language = hearing.ear(), first.transcript.language or first.language
    result = ear.transcribe([SpeechChannel(signal, speech)], language=language)
    spoken = tuple(_moved(span, at) for span in speech)
    segments = [_segment_moved(segment, at) for segment in result.channels[0]]
    heard = assemble([(place.party, segments, spoken)], duration=first.transcript.duration, language=language)
    utterances = tuple(_masked(heard.utterances, first, place))
    scored = ear.score(signal, place.wordings, language=result.language or language or "")
    fits = tuple(_fit_moved(fit, at) for fit in scored if fit is not None)
    return SecondLook(place.party, place.stretch, hearing.name, hearing.borders, utterances, spoken, fits)


def _channel_of(party: Party, transcript: Transcript, signals: Sequence[Signal]) -> Signal | None:
    """The party's own channel: parties share one where there are more of them than channels."""
    parties = [one for one, _ in transcript.speech or ()]
    is_one_mix = len(parties) == 1 and bool(signals)
    if transcript.is_separated or parties.count(party) != 1 or not (is_one_mix or len(parties) == len(signals)):
        return None
    return signals[parties.index(party)]


def _moved(span: Span, by: float) -> Span:
    return Span(span.start + by, span.end + by)


def _words_moved(words: Sequence[Word], by: float) -> tuple[Word, ...]:
    return tuple(replace(word, start=word.start + by, end=word.end + by) for word in words)


def _segment_moved(segment: Segment, by: float) -> Segment:
    words = _words_moved(segment.words, by)
    return replace(segment, start=segment.start + by, end=segment.end + by, words=words)


def _fit_moved(fit: WordingFit, by: float) -> WordingFit:
    return replace(fit, start=fit.start + by, end=fit.end + by, words=_words_moved(fit.words, by))


def _masked(utterances: Sequence[Utterance], first: FirstLook, place: SecondPlace) -> Iterator[Utterance]:
    """What was heard, masked as the first transcript is: by its own words, and wherever that one is masked."""
    if not first.private:
        yield from utterances
        return
    before = [one for one in first.transcript.utterances if one.party is place.party]
    hidden_times = [word for one in before for word in words_of(one) if word.text.strip() == MASK]
    around = [one for one in before if one.end <= place.stretch.start or one.start >= place.stretch.end]
    whole = replace(first.transcript, utterances=(*utterances, *around), masked=())
    hidden: dict[Place, Private] = dict(find_private(whole, first.private))
    for at, one in enumerate(utterances):
        for number, word in enumerate(words_of(one)):
            if any(word.start < other.end and other.start < word.end for other in hidden_times):
                hidden.setdefault((at, number), next(iter(first.private)))
    yield from mask_words(whole, hidden).utterances[: len(utterances)]
