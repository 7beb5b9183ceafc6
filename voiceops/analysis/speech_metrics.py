"""Measures of who speaks when: dead air, time on hold, talk ratio and overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from voiceops.analysis.join_spans import join_spans, span_without
from voiceops.domain.recording import Party
from voiceops.domain.sound import ToneKind
from voiceops.domain.transcript import Span, Transcript

# Shorter gaps are turns and thinking; from here on a caller wonders whether the line is still up.
DEAD_AIR_SECONDS = 5.0


@dataclass(frozen=True)
class SpeechMetrics:
    """`dead_air` lists the gaps; `talk_ratio` is the agent's share of all talk, 0..1, or None
    where nobody talks or no agent is known; `overlap_seconds` is time with two parties at once.
    `hold` lists where music plays and nobody speaks: neither dead air nor talk.
    """

    dead_air: tuple[Span, ...]
    dead_air_seconds: float
    talk_ratio: float | None
    overlap_seconds: float
    hold: tuple[Span, ...] = ()
    hold_seconds: float = 0.0


def speech_metrics(transcript: Transcript) -> SpeechMetrics:
    """Measured on the speech detector's stretches, or on the utterances where there are none.

    Dead air is counted between the first and the last speech: ringing and hanging up are silence,
    but nobody should speak then.
    """
    stretches = _stretches(transcript)
    anybody = join_spans([span for spans in stretches.values() for span in spans])
    music = join_spans(_music(transcript))
    gaps = [Span(before.end, after.start) for before, after in pairwise(anybody)]
    silences = [rest for gap in gaps for rest in span_without(gap, music)]
    dead_air = tuple(gap for gap in silences if gap.seconds >= DEAD_AIR_SECONDS)
    hold = tuple(rest for span in music for rest in span_without(span, anybody))
    talk = {party: _total(join_spans(spans)) for party, spans in stretches.items()}
    all_talk = sum(talk.values())
    return SpeechMetrics(
        dead_air=dead_air,
        dead_air_seconds=round(_total(dead_air), 3),
        talk_ratio=round(talk[Party.AGENT] / all_talk, 3) if all_talk and Party.AGENT in talk else None,
        overlap_seconds=round(max(0.0, all_talk - _total(anybody)), 3),
        hold=hold,
        hold_seconds=round(_total(hold), 3),
    )


def _stretches(transcript: Transcript) -> dict[Party, list[Span]]:
    found: dict[Party, list[Span]] = {}
    if transcript.speech is not None:
        for party, spans in transcript.speech:
            found.setdefault(party, []).extend(spans)
    else:
        for utterance in transcript.utterances:
            found.setdefault(utterance.party, []).append(Span(utterance.start, utterance.end))
    return found


def _music(transcript: Transcript) -> list[Span]:
    tones = [tone for sound in transcript.sound or () for tone in sound.tones]
    return [Span(tone.start, tone.end) for tone in tones if tone.kind is ToneKind.MUSIC]


def _total(spans: Iterable[Span]) -> float:
    return sum(span.seconds for span in spans)
