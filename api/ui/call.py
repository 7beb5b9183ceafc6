"""One call for QA: what was said beside what was found, each to be heard by a press, confirmed or corrected."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.access import ACCESS, SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import may_hear, may_see_results, recording_within_reach
from api.routes.reviews import review_finding
from api.schemas.review import ReviewIn
from api.schemas.text import Id
from api.ui.agent_name import agent_name
from api.ui.call_clock import began_at
from api.ui.forms import Typed, go_to
from api.ui.judged import Judged, judged, sets_of
from api.ui.render import render
from api.ui.sound import channels_shown, hold_shown
from api.ui.spoken import Line, Mark, shown, with_signals
from api.ui.verdict import verdicts
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Recording
from voiceops.domain.transcript import Transcript
from voiceops.errors import NotFound
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.dispute_finding import dispute_until
from voiceops.usecases.find_release import find_release, has_result
from voiceops.usecases.log_access import log_access

router = APIRouter(prefix="/calls/{recording_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@router.get("", name="call_page")
def call_page(request: Request, recording_id: PathId, services: Here, who: Who) -> Response:
    """Everything about one call that QA needs while they listen."""
    with services.open_view() as unit:
        call = recording_within_reach(unit, recording_id, who)
        may_see = may_see_results(services, unit, call, who)
        evaluations = unit.evaluations.of_recording(recording_id) if may_see else ()
        reviews, set_of = unit.reviews.of_recording(recording_id), sets_of(unit)
        findings = judged(unit, recording_id, evaluations, set_of=set_of)
        transcript = _transcript(unit, call)
        lines = _lines(transcript, findings) if transcript is not None else []
        waits = not may_hear(services, unit, call, who)
        second = unit.second_looks.find(recording_id) if may_see else None
        drawn = unit.waveforms.find(recording_id) is not None
        agent, shown_to_agent = agent_name(unit, call), _release(services, unit, call, who)
        at = began_at(unit, call)
    if lines:
        log_access(services, call, actor=who.actor, action=AccessAction.READ_TRANSCRIPT)
    return render(
        request,
        "call.html",
        call=call,
        agent=agent,
        verdicts=verdicts(evaluations, reviews, set_of=set_of),
        findings=findings,
        lines=with_signals(lines, transcript) if transcript is not None else [],
        channels=channels_shown(transcript),
        hold=hold_shown(transcript),
        lanes=sorted({line.party for line in lines}),
        by_voice=transcript.parties if transcript is not None and transcript.is_separated else None,
        drawn=drawn,
        second_look=second,
        waits=waits,
        at=at,
        silenced=[[one.start, one.end, one.channel] for one in call.silenced],
        seen=len(reviews),
        may_see=may_see,
        may_review=who.identity.role in ACCESS["review_finding_by_form"],
        **shown_to_agent,
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


def _release(services: Services, unit: UnitOfWork, call: Recording, who: SignedIn) -> dict[str, Any]:
    """What the page says and asks about showing the results to the agent, by the names that its templates use."""
    release, is_own = find_release(services, unit, call), who.only_agent is not None
    until = dispute_until(release, services.policy) if release is not None else None
    disputes = unit.releases.disputes(call.id)
    return {
        "release": release,
        "is_own": is_own,
        "dispute_until": until,
        "may_release": not is_own and call.agent_id is not None and has_result(call),
        "may_dispute": is_own and until is not None and services.clock.now() <= until,
        "disputes": {(one.keyword_set_id, one.keyword_set_version, one.rule_id): one for one in disputes},
    }


def _transcript(unit: UnitOfWork, call: Recording) -> Transcript | None:
    try:
        return unit.transcripts.get(call.id)
    except NotFound:
        return None


def _lines(transcript: Transcript, findings: list[Judged]) -> list[Line]:
    return shown(transcript, [mark for one in findings for mark in _marks(one)])


def _marks(one: Judged) -> list[Mark]:
    evidence = one.finding.evidence
    if evidence is None:
        return []
    return [Mark(f"rule-{one.number} {one.outcome}", evidence.start, evidence.end, evidence.party)]
