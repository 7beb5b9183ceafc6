"""How much of what is private is masked, and how much of what is not, by language and kind of mistake.

`python -m benchmarks.bench_redaction [--show]`; the conversations are in `benchmarks/redaction`, written for it, and
the rules were written with them in sight. Once more with one word in ten lost, as a recogniser loses them.
"""

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voiceops.analysis.mask_private import MASK, find_private, mask_words
from voiceops.domain.private import Private
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word

FOLDER = Path(__file__).parent / "redaction"
LANGUAGES = ("en", "hu", "fa")
# A house that masks all it can, but wants to read the numbers of its own orders.
WANTED = frozenset(Private) - {Private.REFERENCE}
_PARTIES = {"A": Party.AGENT, "C": Party.CUSTOMER}
_WORD_SECONDS, _TURN_SECONDS, _APART_SECONDS = 0.4, 0.6, 1000.0


@dataclass(frozen=True)
class Conversation:
    """What is said, and which words of it are private: (utterance, word)."""

    transcript: Transcript
    private: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Counted:
    """Private words that were masked, and that were not; others that were masked, and that were not."""

    masked: int = 0
    missed: int = 0
    lost: int = 0
    kept: int = 0

    @property
    def recall(self) -> float:
        """The share of what is private that was masked."""
        return self.masked / max(1, self.masked + self.missed)

    @property
    def precision(self) -> float:
        """The share of what was masked that is private."""
        return self.masked / max(1, self.masked + self.lost)

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(*(one + more for one, more in zip(vars(self).values(), vars(other).values(), strict=True)))


def conversations(language: str) -> Iterator[Conversation]:
    """Those of one language."""
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield _conversation(line, language)


def count(one: Conversation) -> Counted:
    """How its words were dealt with."""
    hidden = set(find_private(one.transcript, WANTED))
    every = {(at, n) for at, said in enumerate(one.transcript.utterances) for n in range(len(said.words))}
    wrong, right = hidden - one.private, every - hidden - one.private
    return Counted(len(hidden & one.private), len(one.private - hidden), len(wrong), len(right))


def damaged(one: Conversation, chance: random.Random, *, share: float = 0.1) -> Conversation:
    """The conversation with some of its words lost."""
    utterances, private = [], set()
    for at, said in enumerate(one.transcript.utterances):
        left = [n for n in range(len(said.words)) if chance.random() >= share] or [0]
        private |= {(at, new) for new, old in enumerate(left) if (at, old) in one.private}
        words = tuple(said.words[n] for n in left)
        utterances.append(replace(said, words=words, text=" ".join(word.text for word in words)))
    return Conversation(replace(one.transcript, utterances=tuple(utterances)), frozenset(private))


def _conversation(line: str, language: str) -> Conversation:
    utterances, private, now = [], set(), 1.0
    for at, turn in enumerate(line.split(" / ")):
        party, text = turn.split(": ", 1)
        inside = False
        words: list[Word] = []
        for raw in text.split():
            inside = inside or raw.startswith("[")
            if inside:
                private.add((at, len(words)))
            inside = inside and not raw.endswith("]")
            bare = re.sub(r"[\[\]]", "", raw)
            words.append(Word(bare, now, now + _WORD_SECONDS, 0.9))
            now += _WORD_SECONDS
        said = " ".join(word.text for word in words)
        utterances.append(Utterance(_PARTIES[party], words[0].start, now, said, tuple(words)))
        now += _TURN_SECONDS
    return Conversation(Transcript(language, now, tuple(utterances)), frozenset(private))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each language, and with `--show` every conversation in which something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_redaction", description=__doc__)
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args(arguments).show
    for language in LANGUAGES:
        every = list(conversations(language))
        chance = random.Random(7)  # noqa: S311  repeatable, not secret
        for name, heard in (("as written", every), ("one word in ten lost", [damaged(one, chance) for one in every])):
            total = sum((count(one) for one in heard), Counted())
            found = f"recall {total.recall:.3f} ({total.missed} words missed)"
            right = f"precision {total.precision:.3f} ({total.lost} words masked that are not private)"
            print(f"{language}, {name}: {len(every)} conversations; {found}, {right}")
        for one in every if show else ():
            counted = count(one)
            if counted.missed or counted.lost:
                masked = mask_words(one.transcript, find_private(one.transcript, WANTED))
                before = " / ".join(said.text for said in one.transcript.utterances)
                after = " / ".join(said.text for said in masked.utterances).replace(MASK, "_")
                print(f"  {counted.missed} missed, {counted.lost} too many: {before}\n      {after}")


if __name__ == "__main__":
    main()
