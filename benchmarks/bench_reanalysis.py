"""How fast stored calls are evaluated anew: two workers on a real database, and what a million calls would take.

    python -m benchmarks.bench_reanalysis [--calls 3000] [--databases sqlite,postgresql] [--set FILE]

Made-up calls of five minutes are stored, an older version of the set is applied to them, and then a
re-analysis with the next version runs in two processes, the way `voiceops up` runs it on two cores:
transcripts are read, evaluated, compared with what was stored before, and the new findings are
stored. Beside it stands the baseline: the same calls evaluated in one process with everything in
memory, no database and no comparison. The difference is what storage and bookkeeping cost.

The calls: small talk in which about every eighth sentence comes from what the set listens for,
damaged like a recogniser does at 10 % word errors, with word times and probabilities.
"""

import argparse
import logging
import multiprocessing
import os
import random
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import structlog

from benchmarks.damage import Damage
from benchmarks.fresh_database import fresh_database
from benchmarks.small_talk import SMALL_TALK
from voiceops.analysis.evaluate import evaluate, prepare
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.bootstrap import SystemClock
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.delivery.web_references import WebReferences
from voiceops.domain.keyword_set import KeywordSet, Strictness
from voiceops.domain.reanalysis import EVER, Purpose, ReanalysisState
from voiceops.domain.recording import Party, Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Span, Transcript, Utterance, Word
from voiceops.ports import Job, Services, StoredKeywordSet
from voiceops.storage.database import migrate, open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.usecases.begin_reanalysis import AskedReanalysis
from voiceops.usecases.follow_reanalysis import follow_reanalysis
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set
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


def main() -> None:
    """Print calls per second and the time for a million calls, for each database and for the baseline."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    options = _options()
    keyword_set = read_keyword_set(options.set.read_text("utf-8"), record=options.set.name)
    wordings = sum(len(keyphrase.variants) for keyphrase in keyword_set.keyphrases.values())
    print(
        f"{options.calls} calls of {CALL_SECONDS / 60:g} minutes; {keyword_set.id}: {len(keyword_set.rules)} rules, ",
        end="",
    )
    print(f"{wordings} variants; {WORKERS} worker processes on {len(os.sched_getaffinity(0))} cores; {_load()}")
    transcripts = list(_transcripts(keyword_set, options.calls))
    words = sum(len(utterance.words) for one in transcripts for utterance in one.utterances) / len(transcripts)
    print(f"{words:.0f} words a call\n")
    print(f"{'':26} {'calls/s':>8} {'ms CPU/call':>12} {'million':>12} {'free cores':>12}")
    _baseline(keyword_set, transcripts)
    for name in options.databases.split(","):
        with fresh_database(name) as url:
            if url is not None:
                _measure(name, url, keyword_set, transcripts)
    print("\nMillion: from the row's own calls per second. Free cores: from the row's processor time on two cores")
    print(f"that do nothing else, for a machine that other work shared meanwhile. The aim is {AIM_MINUTES} minutes.")
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
    relevant = [
        example.split() for rule in keyword_set.rules for example in (*rule.examples.match, *rule.examples.no_match)
    ]
    vocabulary = sorted({word.strip(".,?!").lower() for sentence in (*talk, *relevant) for word in sentence})
    damage = Damage(keyword_set.language, WORD_ERRORS, vocabulary)
    pools = [
        [damage.words(chance.choice(sentences), chance) for _ in range(DAMAGED_COPIES)]
        for sentences in (talk, relevant)
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
    """The second of two versions is measured, so that there are old findings to compare with and to keep."""
    migrate(url)
    services = _services(url)
    _store_calls(services, transcripts)
    _run(url, services, keyword_set)
    rules = tuple(replace(rule, strictness=Strictness.EXACT) for rule in keyword_set.rules)
    done = _run(url, services, replace(keyword_set, version=keyword_set.version + 1, rules=rules))
    _print_row(f"{name}, {WORKERS} processes", done.calls, done.seconds, done.cpu_seconds)
    print(f"{'':26} {done.changed} calls changed, {done.megabytes:.0f} MiB of memory in the larger process")


@dataclass(frozen=True)
class Run:
    """What one re-analysis took."""

    calls: int
    changed: int
    seconds: float
    cpu_seconds: float
    megabytes: float


def _run(url: str, services: Services, keyword_set: KeywordSet) -> Run:
    """Start a re-analysis with a new active version and let the workers do all its parts."""
    now = services.clock.now()
    with services.open_unit() as unit:
        unit.keyword_sets.add(StoredKeywordSet(keyword_set, "", now, "bench", active=True))
        unit.commit()
    asked = AskedReanalysis(keyword_set.id, keyword_set.version, Purpose.APPLY, "bench")
    begun = start_reanalysis(services, asked)
    spawn = multiprocessing.get_context("spawn")
    waiting, reports, start = spawn.Queue(), spawn.Queue(), spawn.Barrier(WORKERS + 1)
    with services.open_view() as unit:
        for part in unit.reanalyses.parts(begun.id):
            waiting.put(part.id)
    for _ in range(WORKERS):
        waiting.put(None)
    workers = [spawn.Process(target=work, args=(url, keyword_set, waiting, reports, start)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    start.wait()
    begun_at = time.perf_counter()
    told = [reports.get() for _ in workers]
    seconds = time.perf_counter() - begun_at
    for worker in workers:
        worker.join()
    with services.open_view() as unit:
        progress = follow_reanalysis(unit, begun.id)
    assert progress.reanalysis.state is ReanalysisState.DONE, progress
    assert progress.counts.evaluated == progress.reanalysis.total, progress
    return Run(
        progress.counts.evaluated,
        progress.counts.changed,
        seconds,
        sum(cpu for cpu, _ in told),
        max(memory for _, memory in told) / 1024,
    )


def work(url: str, keyword_set: KeywordSet, waiting: Any, reports: Any, start: Any) -> None:
    """One worker process: parts until there are none left. What is loaded once is loaded before the clock starts."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    services = _services(url)
    prepare_keyword_set(keyword_set)
    with services.open_view() as unit:
        unit.transcripts.count_calls(EVER)
    start.wait()
    cpu = time.process_time()
    while (part_id := waiting.get()) is not None:
        reanalyse_part(services, part_id)
    reports.put((time.process_time() - cpu, _peak_kilobytes()))


def _peak_kilobytes() -> int:
    """The most memory this process ever had; getrusage would count that of the process which started it."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _services(url: str) -> Services:
    """Real storage; the next batch is done by the process that asks for it, which saves Redis its milliseconds."""
    engine = open_database(url)
    services: Services

    def carry_out(job: Job) -> None:
        if working:
            reanalyse_part(services, job.record_id)

    # Who starts a re-analysis only asks; whoever is at work on a part does its next batch too.
    working = multiprocessing.parent_process() is not None
    jobs, clock, nothing = InlineJobQueue(carry_out), SystemClock(), cast("Any", None)
    services = Services(
        open_unit=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=clock),
        open_view=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=clock, read_only=True),
        files=nothing,
        decoder=nothing,
        detector=nothing,
        transcriber=nothing,
        jobs=jobs,
        notifier=nothing,
        references=WebReferences(AddressGuard()),
        clock=clock,
        passwords=nothing,
        new_id=lambda: uuid.uuid4().hex,
    )
    return services


def _store_calls(services: Services, transcripts: Sequence[Transcript]) -> None:
    for first in range(0, len(transcripts), 500):
        with services.open_unit() as unit:
            for transcript in transcripts[first : first + 500]:
                recording_id = uuid.uuid4().hex
                unit.recordings.add(_recording(recording_id, transcript))
                unit.transcripts.put(recording_id, transcript)
            unit.commit()


def _recording(recording_id: str, transcript: Transcript) -> Recording:
    return Recording(
        id=recording_id,
        kind=RecordingKind.CALL,
        sha256=recording_id,
        file_name="call.wav",
        size_bytes=1,
        received_at=datetime.now(UTC),
        parties=(Party.AGENT, Party.CUSTOMER),
        state=RecordingState.ANALYSED,
        duration_seconds=transcript.duration,
        language=transcript.language,
    )


def _print_row(what: str, calls: int, seconds: float, cpu_seconds: float) -> None:
    cpu = cpu_seconds / calls
    wall, free = (_hours(MILLION * each) for each in (seconds / calls, cpu / WORKERS))
    print(f"{what:26} {calls / seconds:8.1f} {1000 * cpu:12.1f} {wall:>12} {free:>12}", flush=True)


def _hours(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} m"


if __name__ == "__main__":
    main()
