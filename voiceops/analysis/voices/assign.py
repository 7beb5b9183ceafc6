"""Gives each word of a mono transcript to the voice that speaks then, and makes utterances of them anew."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from voiceops.analysis.heard import timed_words
from voiceops.analysis.join_spans import join_spans
from voiceops.analysis.voices.separate import STEP_SECONDS, Separation, Stretch
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript, Utterance, Word

_HALF = 0.5


@dataclass(frozen=True)
class _Given:
    """A word, how likely the agent said it, 0..1, and whether both spoke then."""

    word: Word
    agent: float
    is_both: bool

    @property
    def whose(self) -> tuple[Party, bool]:
        return Party.AGENT if self.agent >= _HALF else Party.CUSTOMER, self.is_both


def assign_parties(transcript: Transcript, separation: Separation, overlaps: Sequence[Span] = ()) -> Transcript:
    """The transcript in which whoever speaks first is the agent, for now, and the other the customer.

    In `overlaps` both speak: what is heard there is an utterance of its own, of which nobody is sure.
    """
    stretches = separation.stretches
    utterances = [part for one in transcript.utterances for part in _parts(one, stretches, overlaps)]
    return replace(
        transcript,
        utterances=tuple(sorted(utterances, key=lambda one: (one.start, one.end))),
        speech=tuple(
            (party, join_spans([*_spans(stretches, agent=party is Party.AGENT), *overlaps]))
            for party in (Party.AGENT, Party.CUSTOMER)
        ),
    )


def _parts(said: Utterance, stretches: Sequence[Stretch], overlaps: Sequence[Span]) -> Iterator[Utterance]:
    given = [_Given(word, _likely(word, stretches), _is_in(word, overlaps)) for word in timed_words(said)]
    for (party, is_both), group in groupby(given, key=lambda one: one.whose):
        part = list(group)
        words = tuple(one.word for one in part)
        agent = float(np.mean([one.agent for one in part]))
        sure = round(agent if party is Party.AGENT else 1 - agent, 3)
        text = " ".join(word.text.strip() for word in words)
        end = max(word.end for word in words)
        yield Utterance(party, words[0].start, end, text, words, min(sure, _HALF) if is_both else sure)


def _is_in(word: Word, overlaps: Sequence[Span]) -> bool:
    """Whether both speak during a word."""
    at = bisect_right(overlaps, word.start, key=lambda span: span.end)
    return at < len(overlaps) and overlaps[at].start < word.end


def _likely(word: Word, stretches: Sequence[Stretch]) -> float:
    """How likely the agent says a word; one beside all speech is said in the nearest stretch."""
    middle = (word.start + word.end) / 2
    at = bisect_right(stretches, middle, key=lambda stretch: stretch.span.start)
    own = min(stretches[max(0, at - 1) : at + 1], key=lambda one: max(one.span.start - middle, middle - one.span.end))
    first, last = (round((second - own.span.start) / STEP_SECONDS) for second in (word.start, word.end))
    first = min(max(first, 0), len(own.first) - 1)
    return float(np.mean(own.first[first : max(first + 1, last)]))


def _spans(stretches: Sequence[Stretch], *, agent: bool) -> Iterator[Span]:
    """Where one of them speaks; a stretch of speech that changes hands is cut there."""
    for stretch in stretches:
        at = 0
        for is_agent, group in groupby(stretch.first >= _HALF):
            steps = len(list(group))
            start = stretch.span.start + at * STEP_SECONDS
            at += steps
            end = stretch.span.end if at == len(stretch.first) else stretch.span.start + at * STEP_SECONDS
            if is_agent == agent and end > start:
                yield Span(start, end)
