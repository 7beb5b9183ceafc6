"""Re-analyses: take a stored version into use, see what would change, follow it, cancel it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import problems
from api.deps import Cursor, Here, Limit, PathId, Who, one_page
from api.guard import GuardedRoute
from api.preconditions import SeenNumber
from api.schemas.reanalysis import (
    ActivationIn,
    ChangePage,
    ChangeSummary,
    ReanalysisIn,
    ReanalysisOut,
    ReanalysisPage,
    reanalysis_out,
)
from api.schemas.text import Id
from voiceops.analysis.reanalysis_document import write_change_counts, write_changes
from voiceops.domain.reanalysis import Reanalysis
from voiceops.ports import Services
from voiceops.usecases.activate_keyword_set import activate_keyword_set as take_into_use
from voiceops.usecases.begin_reanalysis import AskedReanalysis
from voiceops.usecases.cancel_reanalysis import cancel_reanalysis as cancel
from voiceops.usecases.follow_reanalysis import follow_reanalysis
from voiceops.usecases.start_reanalysis import start_reanalysis as start

router = APIRouter(prefix="/api/v1", tags=["re-analyses"], route_class=GuardedRoute)

_NUMBER = r"^[0-9]{1,18}$"


@router.post(
    "/keyword-sets/{keyword_set_id}/activate",
    name="activate_keyword_set",
    status_code=HTTPStatus.ACCEPTED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED),
)
def activate_keyword_set(
    keyword_set_id: PathId, body: ActivationIn, response: Response, services: Here, who: Who, *, seen: SeenNumber
) -> ReanalysisOut:
    """Take a stored version into use; its re-analysis of stored calls runs in the background."""
    begun = take_into_use(services, keyword_set_id, body.version, asked_by=who.actor, received=body.received, seen=seen)
    return _answer(services, begun, response)


@router.post(
    "/keyword-sets/{keyword_set_id}/reanalyses",
    name="start_reanalysis",
    status_code=HTTPStatus.ACCEPTED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def start_reanalysis(
    keyword_set_id: PathId, body: ReanalysisIn, response: Response, services: Here, who: Who
) -> ReanalysisOut:
    """Evaluate stored calls anew in the background, to see what would change or to store it."""
    asked = AskedReanalysis(keyword_set_id, body.version, body.purpose, who.actor, body.received)
    return _answer(services, start(services, asked), response)


@router.get("/reanalyses", name="list_reanalyses", responses=problems(HTTPStatus.NOT_FOUND))
def list_reanalyses(
    services: Here,
    *,
    keyword_set: Annotated[Id | None, Query(description="Only those of this keyword set.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReanalysisPage:
    """Re-analyses, newest first."""
    with services.open_view() as unit:
        page, following = one_page(
            lambda page: unit.reanalyses.list(keyword_set, page), limit=limit, cursor=cursor, id_of=lambda one: one.id
        )
        items = [reanalysis_out(follow_reanalysis(unit, one.id)) for one in page]
    return ReanalysisPage(items=items, next=following)


@router.get("/reanalyses/{reanalysis_id}", name="get_reanalysis", responses=problems(HTTPStatus.NOT_FOUND))
def get_reanalysis(reanalysis_id: PathId, services: Here) -> ReanalysisOut:
    """One re-analysis and how far it has come."""
    with services.open_view() as unit:
        return reanalysis_out(follow_reanalysis(unit, reanalysis_id))


@router.get("/reanalyses/{reanalysis_id}/summary", name="get_change_summary", responses=problems(HTTPStatus.NOT_FOUND))
def get_change_summary(reanalysis_id: PathId, services: Here) -> ChangeSummary:
    """How many calls changed, by rule and kind of change."""
    with services.open_view() as unit:
        unit.reanalyses.get(reanalysis_id)
        return ChangeSummary.model_validate(
            {"items": write_change_counts(unit.reanalyses.count_changes(reanalysis_id))}
        )


@router.get("/reanalyses/{reanalysis_id}/changes", name="list_changes", responses=problems(HTTPStatus.NOT_FOUND))
def list_changes(
    reanalysis_id: PathId,
    services: Here,
    *,
    rule: Annotated[Id | None, Query(description="Only changes of this rule.")] = None,
    limit: Limit = 50,
    cursor: Annotated[str | None, Query(pattern=_NUMBER, description="`next` of the page before.")] = None,
) -> ChangePage:
    """Every verdict that changed or would change."""
    with services.open_view() as unit:
        unit.reanalyses.get(reanalysis_id)
        found = unit.reanalyses.changes(reanalysis_id, rule_id=rule, after=int(cursor or 0), limit=limit + 1)
    page = found[:limit]
    following = str(page[-1].number) if len(found) > limit else None
    return ChangePage.model_validate({"items": write_changes(page), "next": following})


@router.post(
    "/reanalyses/{reanalysis_id}/cancel",
    name="cancel_reanalysis",
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def cancel_reanalysis(reanalysis_id: PathId, services: Here) -> ReanalysisOut:
    """End a running re-analysis; what it has stored stays."""
    cancel(services, reanalysis_id)
    with services.open_view() as unit:
        return reanalysis_out(follow_reanalysis(unit, reanalysis_id))


def _answer(services: Services, begun: Reanalysis, response: Response) -> ReanalysisOut:
    response.headers["Location"] = f"{router.prefix}/reanalyses/{begun.id}"
    with services.open_view() as unit:
        return reanalysis_out(follow_reanalysis(unit, begun.id))
