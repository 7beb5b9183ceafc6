"""Looks whether anything was lost, doubled or left standing."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.ports import Page, RecordingFilter, Services, TaskFilter, UnitOfWork

LONG_AGO = datetime.min.replace(tzinfo=UTC)  # what is overdue is not asked
EVERYTHING = Page(limit=10_000)


@dataclass(frozen=True)
class Expected:
    """How many were sent, what was acknowledged under which id, the keyword set's version in use, and the files."""

    sent: int
    acknowledged: Mapping[int, str]
    version: int
    files: Path


def find_losses(services: Services, expected: Expected) -> list[str]:
    """A sentence for each fault."""
    with services.open_view() as unit:
        stored = {recording.id: recording for recording in all_recordings(unit)}
        return [
            *_wrong_uploads(stored, expected),
            *_wrong_files(stored, expected.files),
            *_wrong_counts(stored, expected, unit),
        ]


def all_recordings(unit: UnitOfWork) -> list[Recording]:
    """Every row."""
    return list(unit.recordings.list(RecordingFilter(), EVERYTHING))


def _wrong_uploads(stored: Mapping[str, Recording], expected: Expected) -> Iterator[str]:
    for number in range(expected.sent):
        if number not in expected.acknowledged:
            yield f"upload {number} was never acknowledged"
        elif expected.acknowledged[number] not in stored:
            yield f"upload {number} was acknowledged as {expected.acknowledged[number]} and has no row"
    if len(set(expected.acknowledged.values())) < len(expected.acknowledged):
        yield "different uploads got the same id"
    for recording in stored.values():
        if not recording.state.is_final:
            yield f"{recording.id} is not finished but {recording.state}, after {recording.attempts} attempts"
        if recording.state is RecordingState.FAILED and not recording.failure:
            yield f"{recording.id} failed and nobody says why"


def _wrong_files(stored: Mapping[str, Recording], files: Path) -> Iterator[str]:
    for recording in stored.values():
        path = files / recording.sha256[:2] / recording.sha256
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != recording.sha256:
            yield f"{recording.id} has lost its file or a part of it"
    strays = {path.name for path in files.glob("??/*")} - {recording.sha256 for recording in stored.values()}
    yield from (f"the file {name} belongs to no recording" for name in strays)


def _wrong_counts(stored: Mapping[str, Recording], expected: Expected, unit: UnitOfWork) -> Iterator[str]:
    raised = Counter(task.recording_id for task in unit.tasks.list(TaskFilter(), EVERYTHING))
    for recording in stored.values():
        if recording.kind is RecordingKind.VOICEMAIL and raised[recording.id] != 1:
            yield f"the voicemail {recording.id} has {raised[recording.id]} tasks"
        if recording.kind is RecordingKind.CALL and recording.state is RecordingState.ANALYSED:
            versions = [one.keyword_set_version for one in unit.evaluations.of_recording(recording.id)]
            if versions != [expected.version]:
                yield f"the call {recording.id} is analysed by versions {versions}, not by {expected.version}"
    if (ledger := unit.ledger.read(now=LONG_AGO)).unbalanced:
        yield f"the ledger does not balance: {ledger}"
