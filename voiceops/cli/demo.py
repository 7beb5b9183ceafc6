"""`voiceops demo`: the whole system on the shipped samples, from nothing to results, on this machine."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from voiceops.cli.console import ERR, OUT, print_json
from voiceops.cli.demo_client import DemoClient
from voiceops.cli.demo_compare import differences
from voiceops.cli.demo_run import Outcome, run_samples, set_up, watching
from voiceops.cli.demo_samples import Sample, read_people, read_samples
from voiceops.cli.demo_sign_ins import SignIn, lines_of, sign_in_for
from voiceops.cli.demo_tables import table_of_calls, table_of_tasks
from voiceops.cli.supervise import Supervisor
from voiceops.cli.up import address, log_folder, system, with_port
from voiceops.domain.people import Role
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder

# What a killed part costs is waiting for its lease: short here, so that trying it out is no test of patience.
DEMO_SETTINGS: Mapping[str, Any] = {
    "transcriber": "pocketsphinx",
    "lease_seconds": 15,
    "idle_seconds": 5,
    "sweep_seconds": 1,
    "reanalyse_workers": 1,
    "assign_grace_seconds": 900,  # on a slow machine the last transcript may take minutes
    "redis_url": None,
    "database_url": None,
}
INTERRUPTED = 130
PAPER_WIDTH = 130  # of the tables where no terminal says how wide it is


def demo(
    exit_: Annotated[
        bool, typer.Option("--exit", help="End when all is done: 0 if everything came out as expected, else 1.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    data_dir: Annotated[Path | None, typer.Option(help="Keep everything in this folder; else it is removed.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the API; 0: any free one.")] = 0,
    patience: Annotated[float, typer.Option(min=1, help="Seconds after which the demo gives up.")] = 900,
) -> None:
    """Try VoiceOps on sample calls and voicemails; Ctrl-C stops it. Your own settings are not used.

    Example: voiceops demo --exit --json > results.json
    """
    samples = read_samples(shipped_folder("samples"))
    with _folder(data_dir) as folder:
        # Another prefix: the settings of a production system must not reach the demo.
        settings = with_port(Settings(_env_prefix="VOICEOPS_DEMO_", data_dir=folder, port=port, **DEMO_SETTINGS))
        say(f"Transcribing with {settings.transcriber}: fair on clean voices, for trying VoiceOps out only.")
        say(f"Logs: {log_folder(settings)}")
        with system(settings, say=say) as supervisor:
            faults = _show_all(settings, supervisor, samples, as_json=as_json, patience=patience)
            if not exit_:
                say(f"VoiceOps runs at {address(settings)}; Ctrl-C stops it.")
                supervisor.wait_until_stopped()
    if supervisor.fault is not None:
        raise supervisor.fault
    if exit_ and faults:
        raise typer.Exit(1)


def say(line: str) -> None:
    """A line for people, on stderr, so that stdout stays for the results."""
    ERR.print(line, highlight=False, soft_wrap=True)


def _show_all(
    settings: Settings, supervisor: Supervisor, samples: Sequence[Sample], *, as_json: bool, patience: float
) -> list[str]:
    """Run the samples and print what came out; the differences from what was expected."""
    begun = time.monotonic()
    supervisor.wait_until_ready()
    sign_ins = [sign_in_for(settings, Role.ADMIN)]

    def look() -> None:
        if supervisor.fault is not None:
            raise supervisor.fault
        if supervisor.stopping:
            raise typer.Exit(INTERRUPTED)

    with closing(DemoClient(address(settings), sign_ins[0].token, patience_seconds=patience, look=look)) as client:
        folder = shipped_folder("samples")
        set_up(client, folder)
        sign_ins += [sign_in_for(settings, role) for role in (Role.SUPERVISOR, Role.QA, Role.INGEST)]
        sign_ins.append(sign_in_for(settings, Role.AGENT, read_people(folder)["agents"][0]["id"]))
        with watching(samples, ERR) as watcher:
            outcomes = run_samples(client, samples, watcher)
        faults = {outcome.sample.name: differences(outcome) for outcome in outcomes}
        if as_json:
            print_json(_document(settings, sign_ins, outcomes, faults))
        else:
            _print_tables(client, outcomes, sign_ins)
    counted = [fault for outcome in outcomes if not outcome.sample.cannot for fault in faults[outcome.sample.name]]
    for fault in counted:
        say(f"Not as expected: {fault}")
    verdict = "not everything is" if counted else "everything is"
    say(f"{len(outcomes)} recordings in {time.monotonic() - begun:.0f} s; {verdict} as expected.")
    return counted


def _print_tables(client: DemoClient, outcomes: Sequence[Outcome], sign_ins: Sequence[SignIn]) -> None:
    sets = [client.get(f"/api/v1/keyword-sets/{one['id']}") for one in client.get("/api/v1/keyword-sets")["items"]]
    titles = {(one["id"], rule["id"]): rule["title"] for one in sets for rule in one["rules"]}
    zones = {one["id"]: one["hours"]["time_zone"] for one in client.get("/api/v1/queues")["items"]}
    agents = {one["id"]: one["name"] for one in client.get("/api/v1/agents")["items"]}
    calls = [outcome for outcome in outcomes if outcome.recording["kind"] == "call"]
    voicemails = [outcome for outcome in outcomes if outcome.recording["kind"] == "voicemail"]
    out = Console(emoji=False, width=None if OUT.is_terminal else PAPER_WIDTH)
    out.print(table_of_calls(calls, titles))
    out.print(table_of_tasks(voicemails, zones, agents, datetime.now(UTC)))
    for line in ("", f"Open {client.base_url} in a browser and sign in:", "", *lines_of(sign_ins)):
        OUT.print(line, highlight=False, soft_wrap=True)


def _document(
    settings: Settings, sign_ins: Sequence[SignIn], outcomes: Sequence[Outcome], faults: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    return {
        "address": address(settings),
        "sign_ins": [asdict(one) for one in sign_ins],
        "transcriber": settings.transcriber,
        "as_expected": not any(faults[outcome.sample.name] for outcome in outcomes if not outcome.sample.cannot),
        "samples": [
            {
                "sample": outcome.sample.name,
                "cannot": outcome.sample.cannot,
                "differences": list(faults[outcome.sample.name]),
                "recording": outcome.recording,
                "evaluations": list(outcome.evaluations),
                "dead_air": [{"start": round(span.start, 2), "end": round(span.end, 2)} for span in outcome.dead_air],
                "task": outcome.task,
                "joined_to": outcome.joined_to,
            }
            for outcome in outcomes
        ],
    }


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    """The folder that was asked for, or a fresh one that is removed afterwards."""
    if chosen is not None:
        yield chosen
        return
    folder = Path(tempfile.mkdtemp(prefix="voiceops-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
