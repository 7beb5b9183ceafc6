"""Released results and disputes, as they cross the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.schemas.finding import KeywordSetRef
from api.schemas.reanalysis import Version
from api.schemas.text import Id, Instant, Line
from voiceops.domain.release import Dispute, DisputeAnswer

_DISPUTE: dict[str, JsonValue] = {
    "id": "8a0c1d2e3b4a49788796a5b4c3d2e1f0",
    "recording_id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
    "keyword_set": {"id": "service-call-en", "version": 4},
    "rule": "recording-notice",
    "reason": "I say it at 0:12, over the ringing.",
    "by": "ana",
    "at": "2026-03-04T09:15:00.000Z",
    "answer": "upheld",
    "note": "It is there, at 0:12.",
    "answered_by": "vera",
    "answered_at": "2026-03-05T08:00:00.000Z",
}


class DisputeIn(BaseModel):
    """What an agent says against one finding."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{name: _DISPUTE[name] for name in ("rule", "reason")} | {"keyword_set": "service-call-en"}]
        },
    )

    keyword_set: Id
    version: Version | None = Field(None, description="Of the finding you looked at; a newer one is then a conflict.")
    rule: Id
    reason: Line


class DisputeAnswerIn(BaseModel):
    """What becomes of a dispute, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"answer": "upheld", "note": "It is there, at 0:12."}]}
    )

    answer: DisputeAnswer
    note: Annotated[Line, Field(description="For the agent.")]


class DisputeOut(BaseModel):
    """An agent's objection to a finding, and its answer, null while nobody has decided."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DISPUTE]})

    id: str
    recording_id: str
    keyword_set: KeywordSetRef
    rule: str
    reason: str
    by: str
    at: Instant
    answer: DisputeAnswer | None
    note: str
    answered_by: str | None
    answered_at: Instant | None


class DisputeList(BaseModel):
    """Disputes, the oldest first."""

    items: list[DisputeOut]


class ReleaseOut(BaseModel):
    """Whether the agent of a call sees its results, and what they said to them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "recording_id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                    "released_at": "2026-03-03T09:15:00.000Z",
                    "released_by": "vera",
                    "acknowledged_at": None,
                    "dispute_until": "2026-03-17T09:15:00.000Z",
                    "disputes": [_DISPUTE],
                }
            ]
        }
    )

    recording_id: str
    released_at: Instant | None = Field(description="null while the agent does not see them.")
    released_by: str | None
    acknowledged_at: Instant | None
    dispute_until: Instant | None
    disputes: list[DisputeOut]


def dispute_out(dispute: Dispute) -> DisputeOut:
    """The dispute for the wire."""
    fields = dict(vars(dispute))
    fields["keyword_set"] = {"id": fields.pop("keyword_set_id"), "version": fields.pop("keyword_set_version")}
    fields["rule"] = fields.pop("rule_id")
    return DisputeOut.model_validate(fields)
