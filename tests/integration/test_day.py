"""A small day of a simulated call centre: nobody is forgotten, nothing happens twice."""

from pathlib import Path

from benchmarks.bench_day import all_tasks
from benchmarks.day import Day, Plan
from voiceops.domain.callback_task import TaskState
from voiceops.storage.database import open_database


def test_every_voicemail_of_a_day_is_answered_for_once(database_url: str, tmp_path: Path) -> None:
    engine = open_database(database_url)
    plan = Plan(
        voicemails=30, agents=12, failing_share=0.1, redelivered_share=0.2, lost_job_share=0.05, sweep_seconds=600
    )
    day = Day(plan, engine, tmp_path / "recordings")
    day.run()
    with day.services.open_view() as unit:
        ledger = unit.ledger.read(now=day.clock.time)
    tasks = all_tasks(day)
    engine.dispose()
    assert ledger.fault_count == 0
    assert ledger.received == len(day.uploaded) == 30
    assert ledger.open == 0
    assert sorted(task.recording_id or "" for task in tasks) == sorted(day.uploaded)
    assert all(task.state is TaskState.DONE for task in tasks)
    assert day.counts["jobs redelivered"]
    assert day.counts["jobs lost"]
