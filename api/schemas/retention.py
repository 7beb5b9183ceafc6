"""How long recordings are kept, and legal holds, as they cross the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Instant, Line, Whole
from voiceops.domain.masking import Masking
from voiceops.domain.private import Private
from voiceops.domain.recording import Recording
from voiceops.domain.retention import KeepDays, Retention

DAYS_LIMIT = 36_500
Days = Annotated[Whole, Field(ge=1, le=DAYS_LIMIT)]


class KeepRules(BaseModel):
    """For how many days each part of a recording is kept after it was received; null: for ever."""

    model_config = ConfigDict(extra="forbid")

    audio: Days | None = None
    transcript: Days | None = None
    result: Days | None = Field(None, description="Findings, reviews and a caller's facts, with their words.")


class RetentionRules(BaseModel):
    """The rules for both kinds of recordings; they replace all of the settings'."""

    model_config = ConfigDict(extra="forbid")

    call: KeepRules = Field(default_factory=KeepRules)
    voicemail: KeepRules = Field(default_factory=KeepRules)

    def retention(self) -> Retention:
        """The rules."""
        return Retention(KeepDays(**self.call.model_dump()), KeepDays(**self.voicemail.model_dump()))


def retention_out(retention: Retention | None) -> RetentionRules | None:
    """The rules for the wire."""
    return None if retention is None else RetentionRules.model_validate(retention, from_attributes=True)


class MaskingRules(BaseModel):
    """What is masked in recordings before they are stored, in their words and in their sound."""

    model_config = ConfigDict(extra="forbid")

    call: list[Private] = Field(default_factory=list, max_length=len(Private))
    voicemail: list[Private] = Field(
        default_factory=list,
        max_length=len(Private),
        description="The number, name and reference that its task is for are read before they are masked.",
    )
    sound: bool = Field(True, strict=True, description="Whether what is masked cannot be heard either.")

    def masking(self) -> Masking:
        """The rules."""
        return Masking(tuple(dict.fromkeys(self.call)), tuple(dict.fromkeys(self.voicemail)), sound=self.sound)


def masking_out(masking: Masking | None) -> MaskingRules | None:
    """The rules for the wire."""
    return None if masking is None else MaskingRules.model_validate(masking, from_attributes=True)


class HoldIn(BaseModel):
    """Why nothing of a recording may be removed."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Dispute 17/2026, until the court has decided."}]}
    )

    reason: Line


class HoldOut(BaseModel):
    """A legal hold."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "recording_id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                    "reason": "Dispute 17/2026, until the court has decided.",
                    "by": "vera",
                    "at": "2026-03-02T09:15:00.000Z",
                }
            ]
        }
    )

    recording_id: str
    reason: str
    by: str
    at: Instant


class HoldList(BaseModel):
    """All legal holds, by recording."""

    items: list[HoldOut]


def hold_out(recording: Recording) -> HoldOut:
    """The hold of a recording that is under one."""
    assert recording.hold is not None  # noqa: S101 - only those that are held are shown so
    return HoldOut(recording_id=recording.id, **vars(recording.hold))
