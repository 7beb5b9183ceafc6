"""Gathers a selection of calls with what counts of each, to leave the system as a table; that it did is kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.keyword_set import Expectation
from voiceops.domain.recording import Recording
from voiceops.domain.verdict import CountedFinding, Verdict
from voiceops.errors import BadInput, NotFound
from voiceops.ports import Services, UnitOfWork, WorklistEntry, WorklistFilter, WorklistOrder

# A table of more is work for a program, which asks the API page by page.
MOST_CALLS = 10_000
_AT_ONCE = 500


@dataclass(frozen=True)
class ExportedCall:
    """A call by one keyword set; `failing` are its findings that are not met. Without a verdict where none was made."""

    call: Recording
    needs_person: bool
    verdict: Verdict | None
    failing: Sequence[CountedFinding]


def export_calls(services: Services, wanted: WorklistFilter, *, actor: str, asked: str) -> Sequence[ExportedCall]:
    """The calls in the worklist's order, once for each keyword set. `asked` says in the log what was exported.

    Raises BadInput where there are more than fit into one table.
    """
    with services.open_view() as unit:
        entries = _entries(unit, wanted)
        rows = [row for at in range(0, len(entries), _AT_ONCE) for row in _rows(unit, entries[at : at + _AT_ONCE])]
    with services.open_unit() as unit:
        detail = f"{len(entries)} calls {asked}."
        unit.access_log.add(AccessEntry(services.clock.now(), actor, AccessAction.EXPORTED, "calls", detail=detail))
        unit.commit()
    return rows


def _expected(unit: UnitOfWork, keyword_set_id: str, version: int) -> Mapping[str, Expectation]:
    """What each rule of a version wants, as far as the version is still there."""
    try:
        stored = unit.keyword_sets.get(keyword_set_id, version)
    except NotFound:
        return {}
    return {rule.id: rule.expect for rule in stored.keyword_set.rules}


def _entries(unit: UnitOfWork, wanted: WorklistFilter) -> Sequence[WorklistEntry]:
    entries = unit.worklist.list(wanted, order=WorklistOrder.NEWEST, limit=MOST_CALLS + 1)
    if len(entries) > MOST_CALLS:
        raise BadInput(
            f"The selection has more than {MOST_CALLS} calls.",
            record="calls",
            next_step="Choose fewer days, or one queue or agent, and export once more.",
        )
    return entries


def _rows(unit: UnitOfWork, entries: Sequence[WorklistEntry]) -> Sequence[ExportedCall]:
    ids = [one.recording.id for one in entries]
    verdicts = defaultdict[str, list[Verdict]](list)
    failing = defaultdict[tuple[str, str], list[CountedFinding]](list)
    for verdict in unit.verdicts.of_recordings(ids):
        verdicts[verdict.recording_id].append(verdict)
    expected = cache(partial(_expected, unit))
    for finding in unit.verdicts.findings(ids):
        of_set = expected(finding.keyword_set_id, finding.keyword_set_version)
        if finding.outcome.asks(of_set.get(finding.rule_id, Expectation.REQUIRED)):
            failing[finding.recording_id, finding.keyword_set_id].append(finding)
    rows: list[ExportedCall] = []
    for entry in entries:
        call, needs = entry.recording, entry.place.needs_person
        made = verdicts.get(call.id, [])
        rows += [ExportedCall(call, needs, one, failing[call.id, one.keyword_set_id]) for one in made]
        if not made:
            rows.append(ExportedCall(call, needs, None, ()))
    return rows
