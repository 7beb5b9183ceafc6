"""Masks keys that may be a card's number, before anything is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voiceops.domain.sound import Tone

MASK = "•"
# Card numbers have 12 digits or more, and nothing else that callers key in has. Expiry date and
# security code are keyed in soon after.
_CARD_DIGITS = 12
_SAME_NUMBER_SECONDS = 5.0
_AFTER_SECONDS = 60.0


def mask_payment(tones: Sequence[Tone]) -> tuple[Tone, ...]:
    """The tones, with the keys of a number as long as a card's masked, and those within a minute after it."""
    keys = [tone for tone in tones if tone.key is not None]
    cards = [run for run in _runs(keys) if sum(tone.key not in {"*", "#"} for tone in run) >= _CARD_DIGITS]
    spans = [(run[0].start, run[-1].end + _AFTER_SECONDS) for run in cards]
    return tuple(
        replace(tone, key=MASK) if tone.key and any(start <= tone.start <= end for start, end in spans) else tone
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
