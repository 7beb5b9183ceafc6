"""The worklist's selection as a table to take along."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.calls_wanted import CallsWanted
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.spreadsheet import Cell, csv_of, xlsx_of
from voiceops.usecases.export_calls import ExportedCall, export_calls

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

# Names for programs as well as people, so they stay the same in every language.
HEAD = (
    "call", "received_at", "started_at", "queue", "agent", "caller_number", "seconds", "clarity", "state",
    "needs_person", "keyword_set", "version", "score", "passed", "to_decide", "not_met",
)  # fmt: skip


class Form(StrEnum):
    """In which form a table leaves."""

    CSV = "csv"
    XLSX = "xlsx"


_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Export(CallsWanted):
    """The same fields as the page's, and the form of the table."""

    form: Form = Form.CSV


@router.get("/exports/calls", name="export_calls")
def export_calls_as(services: Here, who: Who, wanted: Annotated[Export, Query()]) -> Response:
    """The same calls as the page with these filters, one line for each keyword set that heard a call."""
    form = wanted.form
    asked = f"as {form.upper()}: {wanted.query_to_log() or 'all'}"
    with services.open_view() as unit:
        calls = wanted.filter(who, unit)
    found = export_calls(services, calls, actor=who.actor, asked=asked)
    write = csv_of if form is Form.CSV else xlsx_of
    headers = {"Content-Disposition": f'attachment; filename="calls.{form}"', "Cache-Control": "no-store"}
    return Response(write(HEAD, map(_row, found)), media_type=_TYPES[form], headers=headers)


def _row(one: ExportedCall) -> Sequence[Cell]:
    call, verdict = one.call, one.verdict
    made: Sequence[Cell] = [None] * 5
    if verdict is not None:
        by_set = (verdict.keyword_set_id, verdict.keyword_set_version)
        made = [*by_set, verdict.score, verdict.passed, verdict.to_decide]
    not_met = "; ".join(f"{finding.rule_id}: {finding.outcome}" for finding in one.failing)
    return (
        call.id, call.received_at, call.started_at, call.queue, call.agent_id, call.caller_number,
        call.duration_seconds, call.clarity, call.state.value, one.needs_person, *made, not_met or None,
    )  # fmt: skip
