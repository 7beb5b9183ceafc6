"""A day of a call centre: is every voicemail answered for, how fast, how fairly? On SQLite and PostgreSQL.

5,000 voicemails, 60 agents with skills, languages and shifts, nobody at night and for 20 minutes at eleven; the
transcriber fails 5 % of the recordings, 5 % of all jobs come twice and 1 % never. See `benchmarks/day.py`.
Run: python -m benchmarks.bench_day [--voicemails 5000] [--agents 60] [--postgresql URL]
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import structlog

from benchmarks.day import Day, Plan
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.ledger import Ledger
from voiceops.domain.people import Agent
from voiceops.ports import Page, TaskFilter
from voiceops.storage.database import migrate, open_database


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
    for line in (*promise(day, ledger, tasks), *fairness(agents, tasks), *_work(day, seconds)):
        print(f"  {line}")
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
    done = [task for task in tasks if task.state is TaskState.DONE and task.ended_at is not None]
    in_target = sum(task.ended_at <= task.due_at for task in done if task.ended_at is not None)
    return (
        f"lost {lost}, doubled {doubled}, faults in the ledger {ledger.fault_count}",
        f"ended {ledger.ended}, still open {ledger.open}, joined {ledger.merged}, no message {ledger.no_message}",
        f"called back by the due time: {in_target} of {len(done)} ({in_target / max(1, len(done)):.1%})",
    )


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
        f"{seconds:.0f} s for the day: {offers / seconds:.1f} offers a second",
        ", ".join(f"{name} {times}" for name, times in sorted(day.counts.items()) if times),
    )


if __name__ == "__main__":
    main()
