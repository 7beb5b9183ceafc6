"""Re-analysis by real worker processes on a real Redis, one of them killed in the middle."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_recording, a_transcript
from tests.integration.test_worker_process import Workplace
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.reanalysis import Counts, Progress, ReanalysisState
from voiceops.domain.recording import RecordingState
from voiceops.ports import Page
from voiceops.usecases.follow_reanalysis import follow_reanalysis
from voiceops.usecases.upload_keyword_set import upload_keyword_set

CALLS = 600
SET = """\
format: 1
id: notice-en
version: 2
title: Recording notice
language: en
owner: quality team
reason: Customers must hear that the call is recorded.
keyphrases:
  recording-notice: {variants: [this call is recorded]}
rules:
  - {id: notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice, party: agent}
"""


@pytest.fixture
def workplace(tmp_path: Path, sqlite_url: str) -> Iterator[Workplace]:
    redis = EmbeddedRedis(tmp_path / "redis")
    redis.start()
    yield Workplace(tmp_path, redis, sqlite_url, {})
    redis.stop()


def store_calls(workplace: Workplace) -> None:
    """Calls that say the notice, each with a finding by version 1 that says they do not."""
    talk = [
        f"{'agent' if turn % 2 else 'customer'}: so the parcel number {turn} never came to us" for turn in range(60)
    ]
    transcript = a_transcript("agent: good morning this call is recorded", *talk)
    missed = Evaluation("notice-en", 1, 0.0, False, (Finding("notice", Outcome.MISSED, "Not heard."),))
    with workplace.services().open_unit() as unit:
        for number in range(CALLS):
            recording_id = f"{number * 256 // CALLS:02x}{number:06d}"
            unit.recordings.add(replace(a_recording(recording_id, state=RecordingState.ANALYSED)))
            unit.transcripts.put(recording_id, transcript)
            unit.evaluations.put(recording_id, missed, a_recording().received_at)
        unit.commit()


def progress(workplace: Workplace) -> Progress:
    with workplace.services().open_view() as unit:
        [newest] = unit.reanalyses.list("notice-en", Page(limit=1))
        return follow_reanalysis(unit, newest.id)


def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(workplace: Workplace) -> None:
    store_calls(workplace)
    upload_keyword_set(workplace.services(), SET, file_name="notice.yaml", uploaded_by="lead")
    with workplace.process("workers.run", "reanalyse") as victim:
        while progress(workplace).counts.looked_at == 0:
            time.sleep(0.02)
        victim.kill()
        victim.wait()
    assert progress(workplace).reanalysis.state is ReanalysisState.RUNNING
    with workplace.process("workers.run", "reanalyse"), workplace.process("workers.sweep"):
        while progress(workplace).reanalysis.state is ReanalysisState.RUNNING:
            time.sleep(0.1)
    done = progress(workplace)
    assert done.counts == Counts(looked_at=CALLS, evaluated=CALLS, changed=CALLS)
    with workplace.services().open_view() as unit:
        counts = [(one.rule_id, one.calls) for one in unit.reanalyses.count_changes(done.reanalysis.id)]
    assert counts == [(None, CALLS), ("notice", CALLS)]
