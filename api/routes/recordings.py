"""Recordings: upload, list, look at what was heard and found, try again."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import PlainTextResponse

from api.access import SignedIn
from api.answers import json_answer, problems
from api.deps import Here, Limit, PathId, PlaceInOrder, Who, one_page_in_order
from api.guard import GuardedRoute
from api.reach import kind_within_reach, may_see_results, recording_within_reach
from api.schemas.finding import FindingsOut
from api.schemas.owner import Customer
from api.schemas.recording import (
    RecordingOut,
    RecordingPage,
    TranscriptOut,
    recording_out,
)
from api.schemas.text import Id
from voiceops.analysis.finding_document import write_reviewed, write_second_look
from voiceops.analysis.reviewed import latest_of
from voiceops.analysis.transcript_document import write_transcript
from voiceops.analysis.transcript_text import write_text, write_webvtt
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import Rule
from voiceops.domain.recording import RecordingKind, RecordingPart, RecordingState
from voiceops.domain.review import Review
from voiceops.domain.transcript import Transcript
from voiceops.ports import RecordingFilter, RecordingOrder, Services, UnitOfWork
from voiceops.usecases.log_access import log_access
from voiceops.usecases.retry_recording import retry_recording as try_again

router = APIRouter(prefix="/api/v1/recordings", tags=["recordings"], route_class=GuardedRoute)


@router.get("", name="list_recordings", responses=problems(HTTPStatus.NOT_FOUND))
def list_recordings(  # noqa: PLR0913 - each filter is one parameter of the address
    services: Here,
    who: Who,
    *,
    kind: RecordingKind | None = None,
    state: RecordingState | None = None,
    queue: Id | None = None,
    customer: Customer | None = None,
    clarity_below: Annotated[
        int | None, Query(ge=1, le=100, description="Those whose worst channel is less clear than this, 0 to 100.")
    ] = None,
    sort: Annotated[
        RecordingOrder, Query(description="By start, recordings whose start is not known are left out.")
    ] = RecordingOrder.RECEIVED_LAST,
    limit: Limit = 50,
    cursor: PlaceInOrder = None,
) -> RecordingPage:
    """Recordings, newest first; agents see the calls they spoke on, supervisors what belongs to their teams."""
    wanted = RecordingFilter(
        kind=kind_within_reach(kind, who),
        state=state,
        queue=queue,
        customer=customer,
        clarity_below=clarity_below,
        agent_id=who.only_agent,
        teams=who.only_teams,
    )
    with services.open_view() as unit:
        page, following = one_page_in_order(
            lambda page: unit.recordings.list(wanted, page, sort), limit=limit, cursor=cursor, order=sort
        )
    return RecordingPage(items=[recording_out(one) for one in page], next=following)


@router.get("/{recording_id}", name="get_recording", responses=problems(HTTPStatus.NOT_FOUND))
def get_recording(recording_id: PathId, services: Here, who: Who) -> RecordingOut:
    """One recording and where it stands."""
    with services.open_view() as unit:
        return recording_out(recording_within_reach(unit, recording_id, who))


@router.get(
    "/{recording_id}/transcript",
    name="get_transcript",
    response_model=TranscriptOut,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
)
def get_transcript(recording_id: PathId, services: Here, who: Who) -> Response:
    """What was said, once it is transcribed."""
    return json_answer(write_transcript(_read(services, recording_id, who)))


@router.get(
    "/{recording_id}/transcript.txt",
    name="get_transcript_text",
    response_class=PlainTextResponse,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
)
def get_transcript_text(recording_id: PathId, services: Here, who: Who) -> PlainTextResponse:
    """What was said, to read: a line for each utterance."""
    return PlainTextResponse(write_text(_read(services, recording_id, who, export="as text")))


@router.get(
    "/{recording_id}/transcript.vtt",
    name="get_subtitles",
    response_class=Response,
    responses={
        **problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
        HTTPStatus.OK.value: {"description": "WebVTT.", "content": {"text/vtt": {"schema": {"type": "string"}}}},
    },
)
def get_subtitles(recording_id: PathId, services: Here, who: Who) -> Response:
    """What was said, as subtitles for a player."""
    return Response(
        write_webvtt(_read(services, recording_id, who, export="as subtitles")), media_type="text/vtt; charset=utf-8"
    )


@router.get(
    "/{recording_id}/findings",
    name="get_findings",
    response_model=FindingsOut,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
)
def get_findings(recording_id: PathId, services: Here, who: Who) -> Response:
    """What each keyword set found; empty until the call is analysed, for its agent until it is released."""
    with services.open_view() as unit:
        recording = recording_within_reach(unit, recording_id, who)
        recording.require(RecordingPart.RESULT)
        may_see = may_see_results(services, unit, recording, who)
        evaluations = unit.evaluations.of_recording(recording_id) if may_see else ()
        reviews = unit.reviews.of_recording(recording_id)
        kept = unit.second_looks.find(recording_id) if may_see else None
        written = [write_reviewed(one, _rules(unit, one, reviews), reviews) for one in evaluations]
    if evaluations:
        log_access(
            services, recording, actor=who.actor, action=AccessAction.READ_TRANSCRIPT, detail="Quoted in findings."
        )
    second = write_second_look(kept) if kept is not None else None
    return json_answer({"recording_id": recording_id, "evaluations": written, "second_look": second})


@router.post(
    "/{recording_id}/retry",
    name="retry_recording",
    status_code=HTTPStatus.ACCEPTED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.CONFLICT),
)
def retry_recording(recording_id: PathId, services: Here, who: Who) -> RecordingOut:
    """Try a failed recording again, its attempts counted from zero."""
    with services.open_view() as unit:
        recording_within_reach(unit, recording_id, who)
    return recording_out(try_again(services, recording_id))


def _rules(unit: UnitOfWork, evaluation: Evaluation, reviews: Sequence[Review]) -> Sequence[Rule]:
    """What is needed to score a reviewed evaluation anew."""
    if not latest_of(evaluation, reviews):
        return ()
    return unit.keyword_sets.get(evaluation.keyword_set_id, evaluation.keyword_set_version).keyword_set.rules


def _read(services: Services, recording_id: str, who: SignedIn, *, export: str | None = None) -> Transcript:
    """The transcript, if whoever asks may see it; that they did is kept. `export` says in which form it leaves."""
    with services.open_view() as unit:
        recording = recording_within_reach(unit, recording_id, who)
        recording.require(RecordingPart.TRANSCRIPT)
        transcript = unit.transcripts.get(recording_id)
    action = AccessAction.EXPORTED if export else AccessAction.READ_TRANSCRIPT
    log_access(services, recording, actor=who.actor, action=action, detail=f"Transcript {export}." if export else "")
    return transcript
