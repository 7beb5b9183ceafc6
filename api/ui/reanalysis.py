"""A re-analysis: how far it has come, what it changed or would change, and each such call to be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access import ACCESS, SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.ui.forms import go_to
from api.ui.render import render
from voiceops.domain.reanalysis import ChangeCount, Progress, Purpose, ReanalysisState
from voiceops.domain.recording import Recording
from voiceops.ports import UnitOfWork
from voiceops.usecases.cancel_reanalysis import cancel_reanalysis
from voiceops.usecases.follow_reanalysis import follow_reanalysis

router = APIRouter(
    prefix="/reanalyses/{reanalysis_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False
)

SHOWN = 50


@dataclass(frozen=True)
class Run:
    """A re-analysis with what it found so far; `titles` are those of the rules of its version."""

    progress: Progress
    counts: Sequence[ChangeCount]
    titles: Mapping[str, str]

    @property
    def is_running(self) -> bool:
        """Whether there is more to come."""
        return self.progress.reanalysis.state is ReanalysisState.RUNNING

    @property
    def is_what_if(self) -> bool:
        """Whether nothing was stored."""
        return self.progress.reanalysis.purpose is Purpose.WHAT_IF

    @property
    def verdicts(self) -> int:
        """How many verdicts differ, those on whole calls and those of single rules."""
        return sum(one.calls for one in self.counts)


@router.get("", name="reanalysis_page")
def reanalysis_page(
    request: Request,
    reanalysis_id: PathId,
    services: Here,
    who: Who,
    *,
    rule: Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._@-]*$")] = "",
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> Response:
    """Its verdicts that changed, of one rule or of all, each with the way to its call."""
    with services.open_view() as unit:
        run = run_of(unit, reanalysis_id)
        found = unit.reanalyses.changes(reanalysis_id, rule_id=rule or None, after=after, limit=SHOWN + 1)
        changes = found[:SHOWN]
        calls = {one: unit.recordings.get(one) for one in {listed.change.recording_id for listed in changes}}
        agents = {one.id: one.name for one in unit.agents.list()}
    return render(
        request,
        "reanalysis.html",
        run=run,
        may_change=may_change_sets(who),
        rule=rule,
        changes=changes,
        names={one.id: _name(one, agents) for one in calls.values()},
        calls=calls,
        following=changes[-1].number if len(found) > SHOWN else None,
    )


@router.post("/cancel", name="cancel_reanalysis_by_form")
def cancel_reanalysis_by_form(reanalysis_id: PathId, services: Here) -> Response:
    """Ends it; what it has stored stays."""
    cancel_reanalysis(services, reanalysis_id)
    return go_to(f"/reanalyses/{reanalysis_id}", done="reanalysis-cancelled")


def may_change_sets(who: SignedIn) -> bool:
    """Whether they may take versions into use."""
    return who.identity.role in ACCESS["activate_keyword_set_by_form"]


def run_of(unit: UnitOfWork, reanalysis_id: str) -> Run:
    """Raises NotFound."""
    progress = follow_reanalysis(unit, reanalysis_id)
    run = progress.reanalysis
    rules = unit.keyword_sets.get(run.keyword_set_id, run.keyword_set_version).keyword_set.rules
    return Run(progress, unit.reanalyses.count_changes(reanalysis_id), {rule.id: rule.title for rule in rules})


def _name(call: Recording, agents: Mapping[str, str]) -> str:
    return agents.get(call.agent_id or "") or call.agent_id or call.file_name
