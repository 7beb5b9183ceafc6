"""The forms by which results are shown to agents, acknowledged, disputed and decided on; and the list of disputes."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.routes import releases
from api.schemas.release import DisputeAnswerIn, DisputeIn
from api.schemas.text import Id, Line
from api.ui.forms import go_to
from api.ui.judged import sets_of
from api.ui.render import render
from voiceops.domain.release import Dispute, DisputeAnswer
from voiceops.ports import UnitOfWork

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 100
Number = Annotated[int, Form(ge=1)]


@router.get("/disputes", name="disputes_page")
def disputes_page(request: Request, services: Here, who: Who) -> Response:
    """What agents object to and nobody has decided on, the oldest first."""
    with services.open_view() as unit:
        found = unit.releases.open_disputes(teams=who.only_teams, limit=SHOWN)
        set_of = sets_of(unit)
        rules = {
            one.id: next(
                rule.title
                for rule in set_of(one.keyword_set_id, one.keyword_set_version).rules
                if rule.id == one.rule_id
            )
            for one in found
        }
        numbers = {one.id: _number(unit, one) for one in found}
        names = {one.id: one.name for one in unit.agents.list()}
    return render(request, "disputes.html", disputes=found, rules=rules, numbers=numbers, names=names)


@router.post("/calls/{recording_id}/release", name="release_result_by_form")
def release_result_by_form(recording_id: PathId, services: Here, who: Who) -> Response:
    """Shows the results to the call's agent."""
    releases.release_result(recording_id, services, who)
    return go_to(f"/calls/{recording_id}", done="shown-to-agent")


@router.post("/calls/{recording_id}/acknowledgement", name="acknowledge_result_by_form")
def acknowledge_result_by_form(recording_id: PathId, services: Here, who: Who) -> Response:
    """The agent has read them."""
    releases.acknowledge_result(recording_id, services, who)
    return go_to(f"/calls/{recording_id}", done="acknowledged")


@router.post("/calls/{recording_id}/disputes", name="dispute_finding_by_form")
def dispute_finding_by_form(  # noqa: PLR0913 - each field of the form is one parameter
    recording_id: PathId,
    services: Here,
    who: Who,
    *,
    keyword_set: Annotated[Id, Form()],
    version: Number,
    rule: Annotated[Id, Form()],
    reason: Annotated[Line, Form()],
    number: Number = 1,
) -> Response:
    """The agent objects to a finding, which is shown again."""
    said = DisputeIn(keyword_set=keyword_set, version=version, rule=rule, reason=reason)
    releases.dispute_finding(recording_id, said, services, who)
    return go_to(f"/calls/{recording_id}", done="disputed", part=f"finding-{number}")


@router.post("/calls/{recording_id}/disputes/{dispute_id}/answer", name="answer_dispute_by_form")
def answer_dispute_by_form(  # noqa: PLR0913 - each field of the form is one parameter
    recording_id: PathId,
    dispute_id: PathId,
    services: Here,
    who: Who,
    *,
    answer: Annotated[DisputeAnswer, Form()],
    note: Annotated[Line, Form()],
    number: Number = 1,
) -> Response:
    """QA decides on it."""
    releases.answer_dispute(recording_id, dispute_id, DisputeAnswerIn(answer=answer, note=note), services, who)
    return go_to(f"/calls/{recording_id}", done="answered", part=f"finding-{number}")


def _number(unit: UnitOfWork, dispute: Dispute) -> int:
    """Where the disputed finding stands on its call's page; 1 where a newer version has taken its place."""
    findings = [
        (one.keyword_set_id, one.keyword_set_version, finding.rule_id)
        for one in unit.evaluations.of_recording(dispute.recording_id)
        for finding in one.findings
    ]
    own = (dispute.keyword_set_id, dispute.keyword_set_version, dispute.rule_id)
    return findings.index(own) + 1 if own in findings else 1
