"""Takes out what a recogniser in a loop says over and over again, and leaves what people repeat."""

from collections.abc import Sequence

from voiceops.domain.transcript import Word

# People say "no no no" and read digits twice; a recogniser in a loop does not stop at four.
_MOST_REPEATS = 4
_LONGEST_PHRASE_WORDS = 12


def drop_repeats(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, where a phrase said more than four times in a row is kept once."""
    texts = [word.text.strip().casefold().strip(".,!?…") for word in words]
    kept: list[Word] = []
    position = 0
    while position < len(words):
        length, times = _loop_at(texts, position)
        kept.extend(words[position : position + length])
        position += length * times
    return tuple(kept)


def _loop_at(texts: Sequence[str], position: int) -> tuple[int, int]:
    """The phrase length and how often it is said from here on; (1, 1) where there is no loop."""
    for length in range(1, _LONGEST_PHRASE_WORDS + 1):
        phrase = texts[position : position + length]
        times = 1
        while texts[position + times * length : position + (times + 1) * length] == phrase:
            times += 1
        if len(phrase) == length and times > _MOST_REPEATS:
            return length, times
    return 1, 1
