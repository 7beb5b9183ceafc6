"""How fast stored calls are evaluated anew: two workers on a real database, and what a million calls would take.

    python benchmarks/bench_reanalysis.py [--calls 3000] [--databases sqlite,postgresql] [--set FILE]

Made-up calls of five minutes are stored, an older version of the set is applied to them, and then a
re-analysis with the next version runs in two processes, the way `voiceops up` runs it on two cores:
transcripts are read, evaluated, compared with what was stored before, and the new findings are
stored. Beside it stands the baseline: the same calls evaluated in one process with everything in
memory, no database and no comparison. The difference is what storage and bookkeeping cost.

The calls: small talk in which about every eighth sentence comes from what the set listens for,
damaged like a recogniser does at 10 % word errors, with word times and probabilities.
"""

import argparse
import multiprocessing
import os
import random
import subprocess
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import yaml
from damage import Damage
from small_talk import SMALL_TALK

from voiceops.analysis.evaluate import evaluate, prepare
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.delivery.memory_notifier import MemoryNotifier
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.reanalysis import Purpose, ReanalysisState
from voiceops.domain.recording import Party, Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Span, Transcript, Utterance, Word
from voiceops.ports import Job, Policy, Services, StoredKeywordSet
from voiceops.storage.database import migrate, open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.usecases.begin_reanalysis import AskedReanalysis
from voiceops.usecases.follow_reanalysis import follow_reanalysis
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.start_reanalysis import start_reanalysis

ROOT = Path(__file__).parents[1]
WORKERS = 2
MILLION = 1_000_000
CALL_SECONDS = 300.0
SECONDS_PER_WORD = 0.36
RELEVANT_SHARE = 1 / 8
WORD_ERRORS = 0.1
DAMAGED_COPIES = 400  # of each sentence pool; damaging is slower than evaluating, so copies are shared out
AIM_MINUTES = 90


class NoPart:
    """Stands for the parts that a re-analysis never touches."""


def main() -> None:
    """Print calls per second and the time for a million calls, for each database and for the baseline."""
    options = _options()
    keyword_set = read_keyword_set(options.set.read_text("utf-8"), record=options.set.name)
    wordings = sum(len(keyphrase.variants) for keyphrase in keyword_set.keyphrases.values())
    print(f"{options.calls} calls of {CALL_SECONDS / 60:g} minutes; {keyword_set.id}: {len(keyword_set.rules)} rules, ", end="")
    print(f"{wordings} variants; {WORKERS} worker processes on {len(os.sched_getaffinity(0))} cores; {_load()}")
    transcripts = list(_transcripts(keyword_set, options.calls))
    words = sum(len(utterance.words) for one in transcripts for utterance in one.utterances) / len(transcripts)
    print(f"{words:.0f} words a call\n")
    print(f"{'':32} {'calls/s':>8} {'ms CPU/call':>12} {'a million calls':>16}")
    _baseline(keyword_set, transcripts)
    for name in options.databases.split(","):
        with _database(name) as url:
            _measure(name, url, keyword_set, transcripts)
    print(f"\nA million calls are reckoned from the row's own calls per second; the aim is {AIM_MINUTES} minutes on two cores.")
    print(f"At the end: {_load()}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--set", type=Path, default=ROOT / "keyword_sets" / "service-call-en.yaml")
    return parser.parse_args()


def _load() -> str:
    return f"load average {os.getloadavg()[0]:.1f}"


# --- made-up calls ---------------------------------------------------------------------------------


def _transcripts(keyword_set: KeywordSet, count: int) -> Iterator[Transcript]:
    chance = random.Random(1)  # noqa: S311  the same calls every time
    talk = [sentence.split() for sentence in SMALL_TALK]
    relevant = [example.split() for rule in keyword_set.rules for example in (*rule.examples.match, *rule.examples.no_match)]
    vocabulary = sorted({word.strip(".,?!").lower() for sentence in (*talk, *relevant) for word in sentence})
    damage = Damage(keyword_set.language, WORD_ERRORS, vocabulary)
    pools = [
        [damage.words(chance.choice(sentences), chance) for _ in range(DAMAGED_COPIES)] for sentences in (talk, relevant)
    ]
    for _ in range(count):
        yield _transcript(pools, chance, keyword_set.language)


def _transcript(pools: Sequence[Sequence[Sequence[str]]], chance: random.Random, language: str) -> Transcript:
    at, utterances, party = 0.5, [], Party.AGENT
    while at < CALL_SECONDS:
        texts: list[str] = []
        for _ in range(chance.randint(1, 3)):
            texts += chance.choice(pools[chance.random() < RELEVANT_SHARE])
        words = []
        for text in texts:
            words.append(Word(text, round(at, 2), round(at + 0.35, 2), round(chance.uniform(0.4, 1.0), 3)))
            at += SECONDS_PER_WORD
        if words:
            utterances.append(Utterance(party, words[0].start, words[-1].end, " ".join(texts), tuple(words)))
        at += chance.uniform(0.3, 1.2)
        party = Party.CUSTOMER if party is Party.AGENT else Party.AGENT
    speech = tuple(
        (who, tuple(Span(one.start - 0.1, one.end + 0.1) for one in utterances if one.party is who))
        for who in (Party.AGENT, Party.CUSTOMER)
    )
    return Transcript(language, at, tuple(utterances), speech)


# --- measuring -------------------------------------------------------------------------------------


def _baseline(keyword_set: KeywordSet, transcripts: Sequence[Transcript]) -> None:
    prepared = prepare(keyword_set)
    sample = transcripts[: max(200, len(transcripts) // 10)]
    begun, cpu = time.perf_counter(), time.process_time()
    for transcript in sample:
        evaluate(prepared, transcript)
    _print_row("in memory, 1 process", len(sample), time.perf_counter() - begun, time.process_time() - cpu)


def _measure(name: str, url: str, keyword_set: KeywordSet, transcripts: Sequence[Transcript]) -> None:
    migrate(url)
    services = _services(url, deque())
    older = replace(keyword_set, version=keyword_set.version)
    _store_calls(services, older, transcripts)
    _run(url, services, older)
    newer = replace(keyword_set, version=keyword_set.version + 1, rules=_changed(keyword_set))
    _store_set(services, newer)
    seconds, cpu = _run(url, services, newer)
    _print_row(f"{name}, {WORKERS} processes", len(transcripts), seconds, cpu)
    _print_plan(services)


def _changed(keyword_set: KeywordSet) -> tuple[object, ...]:
    raise NotImplementedError


if __name__ == "__main__":
    main()
