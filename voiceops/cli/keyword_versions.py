"""`voiceops keywords` on this machine's database: upload versions, see what they would change, take them into use."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress as ProgressBar
from rich.table import Table

from voiceops.analysis.reanalysis_document import write_change_counts, write_changes, write_progress
from voiceops.cli.console import ERR, OUT, print_json, read_instant, read_text
from voiceops.domain.reanalysis import Progress, Purpose, ReanalysisState, Received
from voiceops.errors import NotFound
from voiceops.ports import Page, Services
from voiceops.usecases.activate_keyword_set import activate_keyword_set
from voiceops.usecases.begin_reanalysis import AskedReanalysis
from voiceops.usecases.cancel_reanalysis import cancel_reanalysis
from voiceops.usecases.follow_reanalysis import follow_reanalysis
from voiceops.usecases.start_reanalysis import start_reanalysis
from voiceops.usecases.upload_keyword_set import upload_keyword_set

_LOOK_AGAIN_SECONDS = 0.5
_CHANGES_LIMIT = 100_000

SetId = Annotated[str, typer.Argument(help="The keyword set's id.")]
Version = Annotated[int, typer.Argument(min=1, help="A stored version.")]
From = Annotated[str | None, typer.Option("--from", help="Only calls received then or later (ISO 8601).")]
To = Annotated[str | None, typer.Option("--to", help="Only calls received before (ISO 8601).")]
By = Annotated[str, typer.Option("--by", help="Who asks; kept with the record.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait until it has ended, and show what changed.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def upload(
    file: Annotated[Path, typer.Argument(help="A keyword set (YAML).")],
    no_activate: Annotated[bool, typer.Option("--no-activate", help="Only store it.")] = False,
    from_at: From = None,
    to_at: To = None,
    by: By = "command line",
    as_json: AsJson = False,
) -> None:
    """Store a new version and take it into use; stored calls are evaluated with it in the background.

    Example: voiceops keywords upload sales-en.yaml --no-activate
    """
    services, text = _services(), read_text(file)
    received = _received(from_at, to_at)
    stored = upload_keyword_set(
        services, text, file_name=str(file), uploaded_by=by, activate=not no_activate, received=received
    )
    keyword_set = stored.keyword_set
    begun = None if no_activate else _newest(services, keyword_set.id)
    if as_json:
        document = {"id": keyword_set.id, "version": keyword_set.version, "active": stored.active}
        print_json({**document, "reanalysis": write_progress(begun) if begun else None})
        return
    name = f"{keyword_set.id} version {keyword_set.version}"
    if begun is None:
        OUT.print(f"{name} is stored. See what it would change: ", highlight=False, soft_wrap=True, end="")
        OUT.print(f"voiceops keywords what-if {keyword_set.id} {keyword_set.version} --wait", highlight=False)
        return
    OUT.print(f"{name} is in use.", highlight=False)
    _show(begun)


def what_if(
    keyword_set_id: SetId,
    version: Version,
    from_at: From = None,
    to_at: To = None,
    by: By = "command line",
    wait: Wait = False,
    as_json: AsJson = False,
) -> None:
    """See which verdicts on stored calls a version would change; nothing is changed.

    Example: voiceops keywords what-if sales-en 4 --from 2026-01-01 --wait
    """
    services = _services()
    asked = AskedReanalysis(keyword_set_id, version, Purpose.WHAT_IF, by, _received(from_at, to_at))
    _answer(services, start_reanalysis(services, asked).id, wait=wait, as_json=as_json)


def activate(
    keyword_set_id: SetId,
    version: Version,
    from_at: From = None,
    to_at: To = None,
    by: By = "command line",
    wait: Wait = False,
    as_json: AsJson = False,
) -> None:
    """Take a stored version into use; stored calls are evaluated with it in the background.

    Example: voiceops keywords activate sales-en 4
    """
    services = _services()
    begun = activate_keyword_set(services, keyword_set_id, version, asked_by=by, received=_received(from_at, to_at))
    _answer(services, begun.id, wait=wait, as_json=as_json)


def progress(
    keyword_set_id: SetId,
    changes: Annotated[
        int, typer.Option(min=0, max=_CHANGES_LIMIT, help="List so many of the changed verdicts too.")
    ] = 0,
    rule: Annotated[str | None, typer.Option(help="List changes of this rule only.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show how far the newest re-analysis with a keyword set has come, and what it changed.

    Example: voiceops keywords progress sales-en --changes 20
    """
    services = _services()
    newest = _newest(services, keyword_set_id)
    with services.open_view() as unit:
        found = unit.reanalyses.changes(newest.reanalysis.id, rule_id=rule, limit=changes) if changes else ()
    if as_json:
        print_json({**_document(services, newest), "changes": write_changes(found)})
        return
    _show(newest)
    _show_counts(services, newest.reanalysis.id)
    if found:
        table = Table("recording", "rule", "before", "after")
        for one in found:
            change = one.change
            table.add_row(change.recording_id, change.rule_id or "whole call", change.before or "", change.after or "")
        OUT.print(table)


def cancel(keyword_set_id: SetId, as_json: AsJson = False) -> None:
    """End the running re-analysis with a keyword set; what it has stored stays.

    Example: voiceops keywords cancel sales-en
    """
    services = _services()
    cancel_reanalysis(services, _newest(services, keyword_set_id).reanalysis.id)
    ended = _newest(services, keyword_set_id)
    if as_json:
        print_json(write_progress(ended))
    else:
        _show(ended)


def _services() -> Services:
    # Imported here: checking a file needs none of it and starts in half the time.
    from voiceops.bootstrap import build_services
    from voiceops.settings import Settings
    from voiceops.storage.database import migrate

    settings = Settings()
    migrate(settings.database)
    return build_services(settings)


def _received(from_at: str | None, to_at: str | None) -> Received:
    return Received(
        read_instant(from_at, option="--from") if from_at else None,
        read_instant(to_at, option="--to") if to_at else None,
    )


def _newest(services: Services, keyword_set_id: str) -> Progress:
    with services.open_view() as unit:
        found = unit.reanalyses.list(keyword_set_id, Page(limit=1))
        if not found:
            raise NotFound(
                "Stored calls were never evaluated anew with this keyword set.",
                record=keyword_set_id,
                next_step="Upload a version of it, or check the id.",
            )
        return follow_reanalysis(unit, found[0].id)


def _follow(services: Services, reanalysis_id: str) -> Progress:
    with services.open_view() as unit:
        return follow_reanalysis(unit, reanalysis_id)


def _answer(services: Services, reanalysis_id: str, *, wait: bool, as_json: bool) -> None:
    current = _waited(services, reanalysis_id) if wait else _follow(services, reanalysis_id)
    if as_json:
        print_json(_document(services, current))
        return
    _show(current)
    if wait:
        _show_counts(services, reanalysis_id)


def _waited(services: Services, reanalysis_id: str) -> Progress:
    with ProgressBar(console=ERR) as bar:
        task = bar.add_task("stored calls", total=1.0)
        while True:
            current = _follow(services, reanalysis_id)
            bar.update(task, completed=current.share)
            if current.reanalysis.state is not ReanalysisState.RUNNING:
                return current
            time.sleep(_LOOK_AGAIN_SECONDS)


def _document(services: Services, current: Progress) -> dict[str, object]:
    with services.open_view() as unit:
        counts = unit.reanalyses.count_changes(current.reanalysis.id)
    return {**write_progress(current), "summary": write_change_counts(counts)}


def _show(current: Progress) -> None:
    reanalysis, counts = current.reanalysis, current.counts
    would = "would change" if reanalysis.purpose is Purpose.WHAT_IF else "changed"
    failed = f", {counts.failed} could not be evaluated" if counts.failed else ""
    OUT.print(
        f"Re-analysis {reanalysis.id} with {reanalysis.keyword_set_id} version {reanalysis.keyword_set_version}: "
        f"{reanalysis.state}, {counts.looked_at} of {reanalysis.total} calls looked at ({current.share:.0%}), "
        f"{counts.changed} {would}{failed}.",
        highlight=False,
        soft_wrap=True,
    )


def _show_counts(services: Services, reanalysis_id: str) -> None:
    with services.open_view() as unit:
        counts = unit.reanalyses.count_changes(reanalysis_id)
    if not counts:
        return
    table = Table("rule", "before", "after", "calls")
    for one in counts:
        table.add_row(one.rule_id or "whole call", one.before or "", one.after or "", str(one.calls))
    OUT.print(table)
