"""A day of a call centre: is every voicemail answered for, how fast, how fairly? On SQLite and PostgreSQL.

5,000 voicemails, 60 agents with skills, languages and shifts, nobody at night and for 20 minutes at eleven; the
transcriber fails 5 % of the recordings, 5 % of all jobs come twice and 1 % never. See `benchmarks/day.py`. The
ledger is read every hour. At last it is timed how fast tasks are assigned on the database that the day filled.
Run: python -m benchmarks.bench_day [--voicemails 5000] [--agents 60] [--postgresql URL]
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from benchmarks.day import SKILLS, Day, Plan
from benchmarks.day_parts import MIDNIGHT
from voiceops.analysis.working_hours import openings_on
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.ledger import Ledger
from voiceops.domain.people import Agent, Presence
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.ports import Page, TaskFilter
from voiceops.storage.database import migrate, open_database
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.raise_callback_task import raise_callback_task
from workers.sweep import sweep

SPEED_TASKS, SPEED_SWEEPS = 500, 20


def main() -> None:
    """Print the figures of each database."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_day", description=__doc__)
    parser.add_argument("--voicemails", type=int, default=Plan.voicemails)
    parser.add_argument("--agents", type=int, default=Plan.agents)
    parser.add_argument("--postgresql", help="URL of an empty database, to live the day there as well")
    given = parser.parse_args()
    # The simulation fails thousands of recordings on purpose.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    plan = Plan(voicemails=given.voicemails, agents=given.agents)
    with tempfile.TemporaryDirectory() as folder:
        for url in filter(None, (f"sqlite:///{folder}/day.db", given.postgresql)):
            _live(plan, url, Path(folder) / url.partition(":")[0])


def _live(plan: Plan, url: str, folder: Path) -> None:
    migrate(url)
    engine = open_database(url)
    day = Day(plan, engine, folder)
    began = time.perf_counter()
    day.run()
    seconds = time.perf_counter() - began
    with day.services.open_view() as unit:
        ledger = unit.ledger.read(now=day.clock.time)
        agents = unit.agents.list()
    tasks = all_tasks(day)
    print(f"{engine.dialect.name}: {plan.voicemails} voicemails, {plan.agents} agents")
    figures = (*promise(day, ledger, tasks), capacity(plan, agents), *fairness(agents, tasks), *_work(day, seconds))
    for line in (*figures, *speed(day)):
        print(f"  {line}", flush=True)
    engine.dispose()


def all_tasks(day: Day) -> Sequence[CallbackTask]:
    """Every task that was raised."""
    found: list[CallbackTask] = []
    page = Page(limit=500)
    with day.services.open_view() as unit:
        while some := unit.tasks.list(TaskFilter(), page):
            found += some
            page = Page(limit=500, after=some[-1].id)
    return found


def promise(day: Day, ledger: Ledger, tasks: Sequence[CallbackTask]) -> Sequence[str]:
    """What became of the voicemails."""
    raised = Counter(task.recording_id for task in tasks)
    doubled = sum(times - 1 for times in raised.values())
    lost = len(day.uploaded) - ledger.open - ledger.ended - ledger.merged - ledger.no_message
    seen = day.counts["faults seen in the ledger"]
    done = [task for task in tasks if task.state is TaskState.DONE and task.ended_at is not None]
    in_target = sum(task.ended_at <= task.due_at for task in done if task.ended_at is not None)
    return (
        f"lost {lost}, doubled {doubled}, faults in the ledger {ledger.fault_count} at the end, {seen} hour by hour",
        f"ended {ledger.ended}, still open {ledger.open}, joined {ledger.merged}, no message {ledger.no_message}",
        f"called back by the due time: {in_target} of {len(done)} ({in_target / max(1, len(done)):.1%})",
    )


def capacity(plan: Plan, agents: Sequence[Agent]) -> str:
    """What the agents could do at most if nobody ever waited: it bounds the share in target."""
    hours = sum(worked_hours(agent) for agent in agents)
    calls = hours * 60 / plan.call_minutes
    return f"capacity: {hours:.0f} agent hours at {plan.call_minutes:g} minutes a call are {calls:.0f} calls in the day"


def worked_hours(agent: Agent) -> float:
    """Hours inside the agent's shifts on the simulated day."""
    spans = openings_on(MIDNIGHT.date(), agent.shifts) if agent.shifts is not None else ()
    return sum((span.closes.hour - span.opens.hour) + (span.closes.minute - span.opens.minute) / 60 for span in spans)


def fairness(agents: Sequence[Agent], tasks: Sequence[CallbackTask]) -> Sequence[str]:
    """How evenly equals (same language, skill and shift) were given work: the fewest and the most tasks of each."""
    done = Counter(task.agent_id for task in tasks if task.state is TaskState.DONE)
    equals: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for agent in agents:
        equals[agent.languages, agent.skills, repr(agent.shifts)].append(done[agent.id])
    spread = [max(counts) / max(1, sum(counts) / len(counts)) - 1 for counts in equals.values()]
    idle = sum(not done[agent.id] for agent in agents)
    return (
        f"{len(equals)} groups of equals: the busiest is at most {max(spread):.0%} above the mean of its group",
        f"{sum(spread) / len(spread):.0%} above it on average; agents without any task: {idle}",
    )


def _work(day: Day, seconds: float) -> Sequence[str]:
    offers = day.counts["offers looked at"] + day.counts["offers gone before they were looked at"]
    return (
        f"{seconds:.0f} s for the day with uploads, jobs, sweeps and people: {offers / seconds:.1f} offers a second",
        ", ".join(f"{name} {times}" for name, times in sorted(day.counts.items()) if times),
    )


def speed(day: Day) -> Sequence[str]:
    """How fast tasks are assigned, and how long a sweep takes, on the database with the day's history."""
    everybody_is_free(day)
    tasks = [waiting_task(day) for _ in range(SPEED_TASKS)]
    began = time.perf_counter()
    offered = sum(assign_task(day.services, task_id).state is TaskState.OFFERED for task_id in tasks)
    seconds = time.perf_counter() - began
    sweep(day.services)
    began = time.perf_counter()
    for _ in range(SPEED_SWEEPS):
        sweep(day.services)
    pause = (time.perf_counter() - began) / SPEED_SWEEPS
    return (
        f"one process assigns {offered} waiting tasks at {offered / seconds:.0f} assignments a second",
        f"a sweep with {offered} open offers and nothing to do takes {pause * 1000:.0f} ms",
    )


def everybody_is_free(day: Day) -> None:
    """Agents are there all day and can hold many."""
    with day.services.open_unit() as unit:
        for agent in unit.agents.list():
            unit.agents.put(replace(agent, shifts=None, capacity=SPEED_TASKS, presence=Presence.AVAILABLE))
        unit.commit()


def waiting_task(day: Day) -> str:
    """A voicemail's task that nobody was offered yet."""
    number = len(day.uploaded)
    day.uploaded.append(day.services.new_id())
    recording = Recording(
        id=day.uploaded[-1],
        kind=RecordingKind.VOICEMAIL,
        sha256=f"{number:064x}",
        file_name=f"{number}.wav",
        size_bytes=1,
        received_at=day.clock.now(),
        parties=(),
        state=RecordingState.ANALYSED,
        queue=SKILLS[number % len(SKILLS)],
        caller_number=f"+1212555{number:04}",
    )
    with day.services.open_unit() as unit:
        unit.recordings.add(recording)
        task = raise_callback_task(day.services, unit, recording)
        unit.commit()
    return task.id


if __name__ == "__main__":
    main()
