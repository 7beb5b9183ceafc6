"""The sound of a recording: the file itself with ranges, and clips cut out of it."""

from collections.abc import Iterator
from email.utils import formatdate
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Annotated, Any, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from api.access import SignedIn
from api.answers import problems
from api.byte_range import ByteRange, OutsideFile, byte_range
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.problems import problem_response, type_of
from api.reach import may_see_results, recording_within_reach, require_redacted
from api.schemas.problem import Problem
from voiceops.analysis.media_type import HEAD_BYTES, media_type_of
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.finding import Evidence
from voiceops.domain.recording import Recording, RecordingPart
from voiceops.errors import BadInput, NotFound, Unavailable
from voiceops.ports import Services
from voiceops.usecases.log_access import log_access

router = APIRouter(prefix="/api/v1/recordings", tags=["recordings"], route_class=GuardedRoute)

CLIP_LIMIT_SECONDS = 300.0

# A recording that cannot be sought is decoded up to its clip, which keeps a core busy; most of the API must stay free.
_cuts = BoundedSemaphore(2)
_CUT_PATIENCE_SECONDS = 10.0

Seconds = Annotated[float, Query(ge=0, le=10**6, allow_inf_nan=False, description="Seconds from the beginning.")]
Sound = tuple[Recording, BinaryIO]

_BINARY: dict[str, Any] = {"schema": {"type": "string", "contentMediaType": "audio/*"}}


def _heard(recording_id: PathId, services: Here, who: Who) -> Recording:
    """The recording, and that it is heard is kept."""
    with services.open_view() as unit:
        recording = recording_within_reach(unit, recording_id, who)
        recording.require(RecordingPart.AUDIO)
        require_redacted(services, unit, recording, who)
    log_access(services, recording, actor=who.actor, action=AccessAction.HEARD_AUDIO)
    return recording


def _sound(recording_id: PathId, services: Here, who: Who) -> Iterator[Sound]:
    """The recording and its bytes, open until the answer is sent."""
    recording = _heard(recording_id, services, who)
    with services.files.open_bytes(recording.file_sha256) as file:
        yield recording, file


@router.get(
    "/{recording_id}/audio",
    name="get_audio",
    response_class=Response,
    responses={
        **problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE),
        HTTPStatus.OK.value: {"description": "The whole file.", "content": {"audio/*": _BINARY}},
        HTTPStatus.PARTIAL_CONTENT.value: {"description": "The bytes asked for.", "content": {"audio/*": _BINARY}},
        HTTPStatus.TEMPORARY_REDIRECT.value: {"description": "The store gives the bytes, at this address for minutes."},
    },
)
def get_audio(
    recording: Annotated[Recording, Depends(_heard)],
    services: Here,
    wanted: Annotated[str | None, Header(alias="Range")] = None,
    if_range: Annotated[str | None, Header()] = None,
) -> Response:
    """The recording as it was uploaded, or as FLAC where private words were silenced; players may ask for ranges."""
    elsewhere = services.files.address_for_player(recording.file_sha256)
    if elsewhere is not None:
        return RedirectResponse(elsewhere, HTTPStatus.TEMPORARY_REDIRECT)
    size = services.files.size_of(recording.file_sha256)
    etag = f'"{recording.file_sha256}"'
    try:
        part = byte_range(wanted if if_range in {None, etag} else None, size)
    except OutsideFile:
        return _outside(recording, size)
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": formatdate((recording.redacted_at or recording.received_at).timestamp(), usegmt=True),
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(recording.heard_name, safe='')}",
        "Content-Length": str(part.length if part else size),
    }
    if part is not None:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    whole = part or ByteRange(0, size - 1)
    return StreamingResponse(
        services.files.read(recording.file_sha256, first=whole.first, length=whole.length),
        status_code=HTTPStatus.OK if part is None else HTTPStatus.PARTIAL_CONTENT,
        media_type=media_type_of(b"".join(services.files.read(recording.file_sha256, first=0, length=HEAD_BYTES))),
        headers=headers,
    )


_STRETCH: dict[int | str, dict[str, Any]] = {
    **problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
    HTTPStatus.OK.value: {"description": "The stretch as WAV.", "content": {"audio/wav": _BINARY}},
}


@router.get(
    "/{recording_id}/clip",
    name="get_clip",
    response_class=Response,
    responses=_STRETCH,
)
def get_clip(sound: Annotated[Sound, Depends(_sound)], services: Here, start: Seconds, end: Seconds) -> Response:
    """A stretch of the recording as WAV, such as the words of a finding."""
    recording, _ = sound
    if not start < end <= start + CLIP_LIMIT_SECONDS:
        raise BadInput(
            f"A clip has an end after its start and lasts at most {CLIP_LIMIT_SECONDS:g} seconds.",
            record=recording.id,
            next_step="Choose another start and end.",
        )
    if not _cuts.acquire(timeout=_CUT_PATIENCE_SECONDS):
        raise Unavailable(
            "Other clips are being cut just now.", record=recording.id, next_step="Ask again in a few seconds."
        )
    try:
        return Response(_clip(services, sound, start, end), media_type="audio/wav")
    finally:
        _cuts.release()


@router.get(
    "/{recording_id}/findings/{keyword_set_id}/{rule_id}/clip",
    name="get_finding_clip",
    response_class=Response,
    responses=_STRETCH,
)
def get_finding_clip(
    sound: Annotated[Sound, Depends(_sound)],
    keyword_set_id: PathId,
    rule_id: PathId,
    services: Here,
    who: Who,
    margin: Annotated[float, Query(ge=0, le=30, allow_inf_nan=False, description="Seconds around it.")] = 1.0,
) -> Response:
    """The words that a finding rests on, as WAV."""
    evidence = _evidence(services, sound[0], who, (keyword_set_id, rule_id))
    start = max(0.0, evidence.start - margin)
    return get_clip(sound, services, start, min(evidence.end + margin, start + CLIP_LIMIT_SECONDS))


def _evidence(services: Services, recording: Recording, who: SignedIn, finding_of: tuple[str, str]) -> Evidence:
    keyword_set_id, rule_id = finding_of
    with services.open_view() as unit:
        may_see = may_see_results(services, unit, recording, who)
        evaluations = unit.evaluations.of_recording(recording.id) if may_see else ()
    for finding in (found for one in evaluations if one.keyword_set_id == keyword_set_id for found in one.findings):
        if finding.rule_id == rule_id and finding.evidence is not None:
            return finding.evidence
    raise NotFound(
        f"{keyword_set_id} has no finding of {rule_id} with words to hear.",
        record=recording.id,
        next_step="Look at its findings for those that have a start and an end.",
    )


def _clip(services: Services, sound: Sound, start: float, end: float) -> bytes:
    # Imported where it is needed: an API that never cuts a clip stays small.
    from voiceops.engines.clip import write_clip

    recording, file = sound
    return write_clip(services.decoder.cut(file, start, end, hint=recording.hint))


def _outside(recording: Recording, size: int) -> Response:
    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    outside = Problem(
        type=type_of("RangeOutsideFile"),
        title="The range lies outside the file",
        status=status,
        detail=f"The file has {size} bytes.",
        record=recording.id,
        next_step="Ask for a range that begins inside the file.",
    )
    return problem_response(outside, {"Content-Range": f"bytes */{size}"})
