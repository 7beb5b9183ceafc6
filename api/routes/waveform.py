"""The picture of a recording's sound, small enough to be drawn by a page in one go."""

import hashlib
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Response

from api.answers import json_answer, problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import recording_within_reach
from api.schemas.waveform import WaveformOut, write_waveform
from voiceops.domain.recording import RecordingPart
from voiceops.errors import NotFound

router = APIRouter(prefix="/api/v1/recordings", tags=["recordings"], route_class=GuardedRoute)


@router.get(
    "/{recording_id}/waveform",
    name="get_waveform",
    response_model=WaveformOut,
    responses={
        **problems(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
        HTTPStatus.NOT_MODIFIED.value: {"description": "It is what you have already."},
    },
)
def get_waveform(
    recording_id: PathId,
    services: Here,
    who: Who,
    have: Annotated[str | None, Header(alias="If-None-Match", description="The ETag of what you have.")] = None,
) -> Response:
    """How loud each channel is over time, to draw; made while the recording is transcribed."""
    with services.open_view() as unit:
        recording = recording_within_reach(unit, recording_id, who)
        recording.require(RecordingPart.AUDIO)
        waveform = unit.waveforms.find(recording_id)
    if waveform is None:
        raise NotFound(
            "There is no picture of its sound: it is not transcribed yet, or was by an older version.",
            record=recording_id,
            next_step="Do without it; whatever is transcribed from now on has one.",
        )
    answer = json_answer(write_waveform(waveform))
    # Weak: it may travel compressed.
    tag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if have is not None and tag in have:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    answer.headers.update(headers)
    return answer
