"""Background work as it crosses the wire."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Instant
from voiceops.domain.notice import OutgoingNotice
from voiceops.domain.recording import Recording
from voiceops.ports import Lane


class LaneOut(BaseModel):
    """A software queue and how much waits in it."""

    lane: Lane
    waiting: int


class JobsOut(BaseModel):
    """All lanes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"lanes": [{"lane": "transcribe", "waiting": 3}, {"lane": "notify", "waiting": 0}]}]
        }
    )

    lanes: list[LaneOut]


class FailedJob(BaseModel):
    """Work that ended without success and waits for a person."""

    kind: Literal["recording", "notice"]
    id: str = Field(description="Of the recording or the notice.")
    reason: str = Field(description="A sentence for whoever mends it.")
    attempts: int
    failed_at: Instant | None
    retry: str = Field(description="POST here tries this one again.")


class FailedJobs(BaseModel):
    """What failed, recordings first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {
                            "kind": "recording",
                            "id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                            "reason": "The worker ran out of memory three times.",
                            "attempts": 3,
                            "failed_at": "2026-03-02T09:20:00.000Z",
                            "retry": "/api/v1/recordings/5f0c1d2e3b4a49788796a5b4c3d2e1f0/retry",
                        }
                    ]
                }
            ]
        }
    )

    items: list[FailedJob]


class RetriedOut(BaseModel):
    """How many of each are tried again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"recordings": 2, "notices": 0}]})

    recordings: int
    notices: int


def failed_recording(recording: Recording) -> FailedJob:
    """A recording that could not be transcribed or analysed, for the wire."""
    return FailedJob(
        kind="recording",
        id=recording.id,
        reason=recording.failure or "The reason was not kept.",
        attempts=recording.attempts,
        failed_at=recording.state_changed_at,
        retry=f"/api/v1/recordings/{recording.id}/retry",
    )


def failed_notice(notice: OutgoingNotice) -> FailedJob:
    """A notice that did not arrive, for the wire."""
    return FailedJob(
        kind="notice",
        id=notice.id,
        reason=notice.last_error or "The reason was not kept.",
        attempts=notice.attempts,
        failed_at=notice.ended_at,
        retry=f"/api/v1/notices/{notice.id}/retry",
    )
