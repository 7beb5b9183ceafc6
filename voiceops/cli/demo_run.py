"""Takes the samples through a running system: set up, send, watch, fetch what came out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from voiceops.analysis.speech_metrics import speech_metrics
from voiceops.analysis.transcript_document import transcript_from_document
from voiceops.cli.demo_client import DemoClient
from voiceops.cli.demo_samples import Sample, read_people
from voiceops.domain.transcript import Span

STEPS = {"received": 1, "transcribing": 2, "transcribed": 3, "analysed": 4, "failed": 4}
FINAL = {"analysed", "failed"}


@dataclass(frozen=True)
class Outcome:
    """What the system made of one sample, in the API's own documents.

    `joined_to` is the sample whose task this voicemail joined, or None for a task of its own.
    """

    sample: Sample
    recording: Mapping[str, Any]
    evaluations: Sequence[Mapping[str, Any]] = ()
    dead_air: Sequence[Span] = ()
    task: Mapping[str, Any] | None = None
    joined_to: str | None = None


class Watcher(Protocol):
    """Is told of every sample's state whenever it was looked at."""

    def see(self, name: str, state: str) -> None:
        """Show it."""
        ...


def set_up(client: DemoClient, folder: Path) -> None:
    """Store the samples' people, queues and keyword sets."""
    people = read_people(folder)
    for kind in ("queues", "agents"):
        for entry in people[kind]:
            client.put(f"/api/v1/{kind}/{entry['id']}", {key: entry[key] for key in entry if key != "id"})
    for path in sorted((folder / "keyword_sets").glob("*.yaml")):
        client.upload_keyword_set(path)


def run_samples(client: DemoClient, samples: Sequence[Sample], watcher: Watcher) -> list[Outcome]:
    """Send all samples, wait until each is in a final state, and fetch what came out."""
    ids = {}
    for sample in samples:
        recording = client.upload(sample.audio, sample.fields)
        ids[sample.name] = str(recording["id"])
        watcher.see(sample.name, recording["state"])
    _wait(client, ids, watcher)
    tasks = [client.get(f"/api/v1/tasks/{one['id']}") for one in client.everything("/api/v1/tasks")]
    of_message = {message["recording_id"]: task for task in tasks for message in task["messages"]}
    names = {recording_id: name for name, recording_id in ids.items()}
    return [
        _outcome(client, sample, ids[sample.name], task=of_message.get(ids[sample.name]), names=names)
        for sample in samples
    ]


@contextmanager
def watching(samples: Sequence[Sample], console: Console) -> Iterator[Watcher]:
    """Progress bars on a terminal, a line for every step elsewhere."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[state]}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        yield _Bars(progress, samples)


class _Bars:
    def __init__(self, progress: Progress, samples: Sequence[Sample]) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {
            sample.name: progress.add_task(sample.name, total=max(STEPS.values()), state="waiting", start=False)
            for sample in samples
        }

    def see(self, name: str, state: str) -> None:
        bar = self._bars[name]
        self._progress.start_task(bar)
        self._progress.update(bar, completed=STEPS[state], state=state)
        if state in FINAL:
            self._progress.stop_task(bar)


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._seen: dict[str, str] = {}

    def see(self, name: str, state: str) -> None:
        if self._seen.get(name) != state:
            self._seen[name] = state
            self._console.print(f"{name}: {state}", highlight=False, soft_wrap=True)


def _wait(client: DemoClient, ids: Mapping[str, str], watcher: Watcher) -> None:
    """Until each recording is in a final state."""
    names = {recording_id: name for name, recording_id in ids.items()}
    while True:
        states = {one["id"]: one["state"] for one in client.everything("/api/v1/recordings") if one["id"] in names}
        for recording_id, state in states.items():
            watcher.see(names[recording_id], state)
        if set(states) == set(names) and FINAL.issuperset(states.values()):
            return
        client.pause()


def _outcome(
    client: DemoClient, sample: Sample, recording_id: str, *, task: Mapping[str, Any] | None, names: Mapping[str, str]
) -> Outcome:
    place = f"/api/v1/recordings/{recording_id}"
    recording = client.get(place)
    if task is not None:
        raised_by = task["recording_id"]
        joined_to = names.get(raised_by, raised_by) if raised_by != recording_id else None
        return Outcome(sample, recording, task=task, joined_to=joined_to)
    if recording["state"] != "analysed":
        return Outcome(sample, recording)
    transcript = transcript_from_document(client.get(f"{place}/transcript"), record=sample.name)
    evaluations = client.get(f"{place}/findings")["evaluations"]
    return Outcome(sample, recording, evaluations, speech_metrics(transcript).dead_air)
