"""Speed of matching: rule evaluations per second on one core, beside a naive fuzzy loop and exact search.

Transcripts of 10 minutes (about 1,500 words) against a set of 50 rules and 200 variants.
Run: python -m benchmarks.bench_match [--transcripts 1000] [--naive 10]
"""

import argparse
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pydoc_data.topics import topics

from rapidfuzz import fuzz

from benchmarks.damage import Damage
from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate, prepare
from voiceops.domain.keyword_set import Expectation, Keyphrase, KeywordSet, Rule, RuleParty
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

VARIANTS_PER_RULE = 4
WORDS_PER_MINUTE = 150


def running_text() -> list[str]:
    """English words in their natural order and frequency: the texts that Python's own help carries."""
    text = " ".join(topics[name] for name in sorted(topics))
    return [word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 1 or word in {"a", "i"}]


def a_sentence(text: Sequence[str], chance: random.Random, words: int) -> str:
    """Some words of the text, as they stand in it."""
    at = chance.randrange(len(text) - words)
    return " ".join(text[at : at + words])


def a_set(text: Sequence[str], chance: random.Random, rules: int) -> KeywordSet:
    """Rules with variants of 4 to 7 words."""
    keyphrases, made = {}, []
    for number in range(rules):
        name = f"phrase-{number}"
        variants = tuple(a_sentence(text, chance, chance.randint(4, 7)) for _ in range(VARIANTS_PER_RULE))
        keyphrases[name] = Keyphrase(name, variants)
        made.append(Rule(name, name, Expectation.REQUIRED, any_of=(name,), party=RuleParty.AGENT))
    return KeywordSet("bench", 1, "bench", "en", "bench", "bench", keyphrases, tuple(made))


def a_transcript(keyword_set: KeywordSet, text: Sequence[str], chance: random.Random, minutes: float) -> Transcript:
    """Turns of 12 words; one in ten is a variant; 10 % word errors over all."""
    damage = Damage("en", 0.1, sorted(set(text[:2000])))
    variants = [v for k in keyword_set.keyphrases.values() for v in k.variants]
    utterances = []
    turns = int(minutes * WORDS_PER_MINUTE / 12)
    for turn in range(turns):
        said = chance.choice(variants) if chance.random() < 0.1 else a_sentence(text, chance, 12)
        said = " ".join(damage.words(said.split(), chance))
        party = Party.AGENT if turn % 2 else Party.CUSTOMER
        start = turn * minutes * 60 / turns
        utterances.append(Utterance(party, start, start + 4.5, said))
    return Transcript("en", minutes * 60, tuple(utterances))


def seconds_of_naive(keyword_set: KeywordSet, transcripts: Sequence[Transcript]) -> float:
    """`partial_ratio_alignment` of every variant over each transcript's text: no party, no time, no denial."""
    variants = _variants(keyword_set)
    started = time.process_time()
    for transcript in transcripts:
        text = " ".join(u.text for u in transcript.utterances)
        for variant in variants:
            fuzz.partial_ratio_alignment(variant, text)
    return time.process_time() - started


def seconds_of_naive_by_utterance(keyword_set: KeywordSet, transcripts: Sequence[Transcript]) -> float:
    """The same for each utterance, so that what is found has a party and a time."""
    variants = _variants(keyword_set)
    started = time.process_time()
    for transcript in transcripts:
        for utterance in transcript.utterances:
            for variant in variants:
                fuzz.partial_ratio_alignment(variant, utterance.text)
    return time.process_time() - started


def seconds_of_naive_by_window(keyword_set: KeywordSet, transcripts: Sequence[Transcript]) -> float:
    """`ratio` of every variant over each stretch of as many words: what was found has its words and their times."""
    variants = _variants(keyword_set)
    started = time.process_time()
    for transcript in transcripts:
        words = " ".join(u.text for u in transcript.utterances).split()
        for variant in variants:
            length = len(variant.split())
            for at in range(len(words) - length + 1):
                fuzz.ratio(variant, " ".join(words[at : at + length]))
    return time.process_time() - started


def _variants(keyword_set: KeywordSet) -> list[str]:
    return [v for k in keyword_set.keyphrases.values() for v in k.variants]


def seconds_of_exact(keyword_set: KeywordSet, transcripts: Sequence[Transcript]) -> float:
    """A trie of words walked over the transcript, as FlashText does: exact wordings only."""
    trie: dict[str, dict] = {}  # type: ignore[type-arg]  # a trie is a dictionary of itself
    for keyphrase in keyword_set.keyphrases.values():
        for variant in keyphrase.variants:
            node = trie
            for word in variant.split():
                node = node.setdefault(word, {})
            node["."] = {}
    started = time.process_time()
    for transcript in transcripts:
        words = " ".join(u.text for u in transcript.utterances).split()
        for at in range(len(words)):
            node, step = trie, at
            while step < len(words) and words[step] in node:
                node, step = node[words[step]], step + 1
    return time.process_time() - started


def seconds_of_ours(prepared: PreparedKeywordSet, transcripts: Sequence[Transcript]) -> float:
    """Everything from transcript to score."""
    started = time.process_time()
    for transcript in transcripts:
        evaluate(prepared, transcript)
    return time.process_time() - started


NAIVE: Mapping[str, Callable[[KeywordSet, Sequence[Transcript]], float]] = {
    "partial_ratio_alignment, whole transcript": seconds_of_naive,
    "partial_ratio_alignment, each utterance": seconds_of_naive_by_utterance,
    "ratio, each window of words": seconds_of_naive_by_window,
}


def main() -> None:
    """Prints milliseconds per transcript and rule evaluations per second, for three lengths."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--transcripts", type=int, default=1000)
    parser.add_argument("--naive", type=int, default=10)
    parser.add_argument("--rules", type=int, default=50)
    parser.add_argument("--warm", type=int, default=50, help="transcripts evaluated before the clock starts")
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 - repeatable data, no secret
    text = running_text()
    keyword_set = a_set(text, chance, given.rules)
    prepared = prepare(keyword_set)
    # Words met before are remembered; a batch soon knows nearly all of them, so they are met once here.
    seconds_of_ours(prepared, [a_transcript(keyword_set, text, chance, 10.0) for _ in range(given.warm)])
    for minutes in (5.0, 10.0, 20.0):
        count = max(3, given.transcripts // (1 if minutes == 10 else 10))
        transcripts = [a_transcript(keyword_set, text, chance, minutes) for _ in range(count)]
        few = transcripts[: given.naive]
        ours = seconds_of_ours(prepared, transcripts) / count
        exact = seconds_of_exact(keyword_set, transcripts) / count
        print(
            f"{minutes:4.0f} min x {count:5}: VoiceOps {1000 * ours:7.2f} ms ({given.rules / ours:9.0f} rules/s)  "
            f"exact trie {1000 * exact:6.2f} ms"
        )
        for name, seconds_of in NAIVE.items():
            naive = seconds_of(keyword_set, few) / len(few)
            print(f"      {name:44} {1000 * naive:8.2f} ms  {naive / ours:6.2f} x VoiceOps")


if __name__ == "__main__":
    main()
