"""Re-analyses and the verdicts they change, as they cross the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.finding import KeywordSetRef
from api.schemas.text import Instant, Whole
from voiceops.analysis.reanalysis_document import write_progress
from voiceops.domain.reanalysis import Progress, Purpose, ReanalysisState, Received

VERSION_LIMIT = 2**31 - 1
Version = Annotated[Whole, Field(ge=1, le=VERSION_LIMIT)]


class SpanIn(BaseModel):
    """Which calls are looked at, by when they were received; left out, all are."""

    model_config = ConfigDict(extra="forbid")

    from_at: Instant | None = Field(None, description="Only calls received then or later.")
    to_at: Instant | None = Field(None, description="Only calls received before.")

    @property
    def received(self) -> Received:
        """The span."""
        return Received(self.from_at, self.to_at)


class ActivationIn(SpanIn):
    """Which version to take into use, and which stored calls to evaluate with it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 4, "from_at": "2026-01-01T00:00:00Z"}]})

    version: Version


class ReanalysisIn(SpanIn):
    """What to evaluate anew, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 4, "purpose": "what_if"}]})

    version: Version
    purpose: Purpose = Field(description="what_if changes nothing; apply stores the findings of the active version.")


class ReanalysisOut(BaseModel):
    """A re-analysis and how far it has come."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                    "keyword_set": {"id": "service-call-en", "version": 4},
                    "purpose": "what_if",
                    "state": "running",
                    "from_at": None,
                    "to_at": None,
                    "asked_by": "lead",
                    "started_at": "2026-03-02T09:00:00.000Z",
                    "ended_at": None,
                    "total": 10000,
                    "looked_at": 2500,
                    "evaluated": 2400,
                    "changed": 37,
                    "failed": 0,
                    "share": 0.25,
                }
            ]
        }
    )

    id: str
    keyword_set: KeywordSetRef
    purpose: Purpose
    state: ReanalysisState
    from_at: Instant | None
    to_at: Instant | None
    asked_by: str
    started_at: Instant
    ended_at: Instant | None
    total: int = Field(description="Transcribed calls when it began.")
    looked_at: int
    evaluated: int = Field(description="Calls that the keyword set is meant for.")
    changed: int = Field(description="Calls with at least one verdict that differs from the one stored before.")
    failed: int = Field(description="Calls that could not be evaluated; the worker's log names them.")
    share: float = Field(description="0 to 1.")


class ReanalysisPage(BaseModel):
    """Re-analyses, newest first."""

    items: list[ReanalysisOut]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class ChangeOut(BaseModel):
    """One verdict that differs from the one stored before."""

    recording_id: str
    rule: str | None = Field(description="null for the verdict on the whole call.")
    before: str | None = Field(description="An outcome, or passed, failed, undecided; null for a rule that is new.")
    after: str | None = Field(description="The same; null for a rule that is gone.")


class ChangeCountOut(BaseModel):
    """How many calls changed in the same way."""

    rule: str | None
    before: str | None
    after: str | None
    calls: int


class ChangeSummary(BaseModel):
    """Every kind of change and how often it was found, the whole calls' verdicts first."""

    items: list[ChangeCountOut]


class ChangePage(BaseModel):
    """Changes in the order they were found in."""

    items: list[ChangeOut]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


def reanalysis_out(progress: Progress) -> ReanalysisOut:
    """The re-analysis for the wire."""
    return ReanalysisOut.model_validate(write_progress(progress))
