"""One call for QA: what was said beside what was found, each to be heard by a press, confirmed or corrected."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access import ACCESS
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import recording_within_reach
from api.routes.reviews import review_finding
from api.schemas.review import ReviewIn
from api.schemas.text import Id
from api.ui.forms import Typed, go_to
from api.ui.judged import Judged, judged, sets_of
from api.ui.render import render
from api.ui.spoken import Line, Mark, shown
from api.ui.verdict import verdicts
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Recording
from voiceops.errors import NotFound
from voiceops.ports import UnitOfWork
from voiceops.usecases.log_access import log_access

router = APIRouter(prefix="/calls/{recording_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@router.get("", name="call_page")
def call_page(request: Request, recording_id: PathId, services: Here, who: Who) -> Response:
    """Everything about one call that QA needs while they listen."""
    with services.open_view() as unit:
        call = recording_within_reach(unit, recording_id, who)
        evaluations = unit.evaluations.of_recording(recording_id)
        reviews, set_of = unit.reviews.of_recording(recording_id), sets_of(unit)
        findings = judged(unit, recording_id, evaluations, set_of=set_of)
        lines = _lines(unit, call, findings)
        drawn = unit.waveforms.find(recording_id) is not None
    if lines:
        log_access(services, call, actor=who.actor, action=AccessAction.READ_TRANSCRIPT)
    return render(
        request,
        "call.html",
        call=call,
        verdicts=verdicts(evaluations, reviews, set_of=set_of),
        findings=findings,
        lines=lines,
        lanes=sorted({line.party for line in lines}),
        drawn=drawn,
        seen=len(reviews),
        may_review=who.identity.role in ACCESS["review_finding_by_form"],
    )


@router.post("/reviews", name="review_finding_by_form")
def review_finding_by_form(  # noqa: PLR0913 - each field of the form is one parameter
    recording_id: PathId,
    services: Here,
    who: Who,
    *,
    keyword_set: Annotated[Id, Form()],
    version: Annotated[int, Form(ge=1)],
    rule: Annotated[Id, Form()],
    seen: Annotated[int, Form(ge=0)],
    outcome: Annotated[Outcome | None, Form()] = None,
    note: Typed = "",
    number: Annotated[int, Form(ge=1)] = 1,
) -> Response:
    """Confirms a finding, or corrects it where an outcome is given, and shows it again."""
    said = ReviewIn(keyword_set=keyword_set, version=version, rule=rule, outcome=outcome, note=note)
    review_finding(recording_id, said, services, who, seen)
    return go_to(f"/calls/{recording_id}", done="reviewed", part=f"finding-{number}")


def _lines(unit: UnitOfWork, call: Recording, findings: list[Judged]) -> list[Line]:
    try:
        transcript = unit.transcripts.get(call.id)
    except NotFound:
        return []
    return shown(transcript, [mark for one in findings for mark in _marks(one)])


def _marks(one: Judged) -> list[Mark]:
    evidence = one.finding.evidence
    if evidence is None:
        return []
    return [Mark(f"rule-{one.number} {one.outcome}", evidence.start, evidence.end, evidence.party)]
