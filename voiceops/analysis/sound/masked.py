"""Masks keys that may be a card's number, before anything is stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voiceops.domain.sound import Tone
from voiceops.domain.transcript import Span

MASK = "•"
# Card numbers have 12 digits or more, and nothing else that callers key in has. Expiry date and
# security code are keyed in soon after.
_CARD_DIGITS = 12
_SAME_NUMBER_SECONDS = 5.0
_AFTER_SECONDS = 60.0


def card_key_stretches(tones: Iterable[Tone]) -> tuple[Span, ...]:
    """From each number keyed in that is as long as a card's to a minute after it."""
    keys = sorted((tone for tone in tones if tone.key is not None), key=lambda tone: tone.start)
    cards = [run for run in _runs(keys) if sum(tone.key not in {"*", "#"} for tone in run) >= _CARD_DIGITS]
    return tuple(Span(run[0].start, run[-1].end + _AFTER_SECONDS) for run in cards)


def mask_keys(tones: Sequence[Tone], payment: Sequence[Span]) -> tuple[Tone, ...]:
    """The tones, with every key masked that was pressed where somebody pays."""
    return tuple(
        replace(tone, key=MASK) if tone.key and any(span.start <= tone.start <= span.end for span in payment) else tone
        for tone in tones
    )


def _runs(keys: Sequence[Tone]) -> Iterator[list[Tone]]:
    run: list[Tone] = []
    for tone in keys:
        if run and tone.start - run[-1].end > _SAME_NUMBER_SECONDS:
            yield run
            run = []
        run.append(tone)
    if run:
        yield run
