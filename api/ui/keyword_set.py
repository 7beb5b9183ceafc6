"""One keyword set: how far its rules can be trusted, what a version would change, and the press to take it into use."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.routes.keyword_sets import VERSION_LIMIT
from api.ui.forms import go_to
from api.ui.keyword_set_list import begin_what_if
from api.ui.reanalysis import Run, may_change_sets, run_of
from api.ui.render import render
from api.ui.side_by_side import side_by_side
from voiceops.analysis.rule_trust import RuleTrust
from voiceops.domain.keyword_set import Rule
from voiceops.domain.reanalysis import ReanalysisState
from voiceops.errors import NotFound
from voiceops.ports import Page, StoredKeywordSet, UnitOfWork
from voiceops.usecases.activate_keyword_set import activate_keyword_set
from voiceops.usecases.measure_trust import measure_trust

router = APIRouter(
    prefix="/keyword-sets/{keyword_set_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False
)

Version = Annotated[int, Form(ge=1, le=VERSION_LIMIT)]
AnyVersion = Annotated[int | None, Query(ge=1, le=VERSION_LIMIT)]

RUNS_LOOKED_AT = 20


@dataclass(frozen=True)
class TrustedRule:
    """A rule and what reviews say about it."""

    rule: Rule
    trust: RuleTrust


@router.get("", name="keyword_set_page")
def keyword_set_page(
    request: Request, keyword_set_id: PathId, services: Here, who: Who, *, version: AnyVersion = None
) -> Response:
    """A version, by default the one in use, else the newest."""
    with services.open_view() as unit:
        versions = _versions(unit, keyword_set_id)
        active = next((one for one in versions if one.active), None)
        shown = unit.keyword_sets.get(keyword_set_id, version) if version else active or versions[0]
        trust = measure_trust(unit, keyword_set_id, shown.keyword_set.version)
        run = _last_run(unit, keyword_set_id, shown.keyword_set.version)
    return render(
        request,
        "keyword_set.html",
        shown=shown,
        active=active,
        versions=versions,
        waits=active is None or shown.keyword_set.version > active.keyword_set.version,
        rules=[TrustedRule(rule, one) for rule, one in zip(trust.keyword_set.rules, trust.rules, strict=True)],
        run=run,
        may_change=may_change_sets(who),
    )


@router.get("/diff", name="keyword_set_diff_page")
def keyword_set_diff_page(
    request: Request, keyword_set_id: PathId, services: Here, *, before: AnyVersion = None, after: AnyVersion = None
) -> Response:
    """Two versions side by side, by default the newest two."""
    with services.open_view() as unit:
        versions = _versions(unit, keyword_set_id)
        numbers = [one.keyword_set.version for one in versions]
        new = unit.keyword_sets.get(keyword_set_id, after or numbers[0]).keyword_set
        earlier = next((one for one in numbers if one < new.version), new.version)
        old = unit.keyword_sets.get(keyword_set_id, before or earlier).keyword_set
    differences = side_by_side(old, new)
    return render(request, "keyword_diff.html", old=old, new=new, numbers=numbers, differences=differences)


@router.post("/what-if", name="start_what_if_by_form")
def start_what_if_by_form(keyword_set_id: PathId, services: Here, who: Who, *, version: Version) -> Response:
    """Asks what a version would change, and shows it as it is found."""
    begin_what_if(services, keyword_set_id, version, asked_by=who.actor)
    return go_to(f"/keyword-sets/{keyword_set_id}?version={version}")


@router.post("/activate", name="activate_keyword_set_by_form")
def activate_keyword_set_by_form(
    keyword_set_id: PathId,
    services: Here,
    who: Who,
    *,
    version: Version,
    seen: Annotated[int | None, Form(ge=1, le=VERSION_LIMIT)] = None,
) -> Response:
    """Takes a version into use, if the one in use is still the one that the page showed."""
    activate_keyword_set(services, keyword_set_id, version, asked_by=who.actor, seen=seen)
    return go_to(f"/keyword-sets/{keyword_set_id}", done="activated")


def _versions(unit: UnitOfWork, keyword_set_id: str) -> list[StoredKeywordSet]:
    versions = list(unit.keyword_sets.versions(keyword_set_id))
    if not versions:
        raise NotFound(
            "There is no keyword set with this id.", record=keyword_set_id, next_step="List the keyword sets there are."
        )
    return versions


def _last_run(unit: UnitOfWork, keyword_set_id: str, version: int) -> Run | None:
    """The last re-analysis with this version that was not cancelled, or None."""
    found = unit.reanalyses.list(keyword_set_id, Page(limit=RUNS_LOOKED_AT))
    of_version = (
        one for one in found if one.keyword_set_version == version and one.state is not ReanalysisState.CANCELLED
    )
    last = next(of_version, None)
    return None if last is None else run_of(unit, last.id)
