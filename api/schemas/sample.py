"""Samples of calls as they cross the wire."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import ID_PATTERN, Id, Instant, Whole
from voiceops.domain.finding import Outcome
from voiceops.domain.sample import Sample

_NAME = ID_PATTERN.removeprefix("^").removesuffix("$")


class SampleIn(BaseModel):
    """How many calls of each agent to draw, and out of which; a field left out asks for any."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"per_agent": 5, "queue": "sales", "since": "2026-03-02"}]}
    )

    per_agent: Whole = Field(ge=1, le=50)
    queue: Id | None = None
    agent: Id | None = None
    rule: Annotated[str, Field(max_length=130, pattern=f"^{_NAME}(/{_NAME})?$")] | None = Field(
        None, description="A keyword set, or a set and a rule of it: `sales-en/notice`."
    )
    outcome: Outcome | None = None
    since: date | None = Field(
        None, description="Received on this day or later, by the clock of the queue, else of the default queue."
    )
    until: date | None = Field(None, description="Received on this day or earlier, by the same clock.")
    words: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] | None = Field(
        None, description="All of these words are said; those in quotation marks one after the other."
    )


class SampleOut(BaseModel):
    """A sample. A call belongs to it if the SHA-256 of `seed:call` is among the first `per_agent` of its agent."""

    id: str
    drawn_by: str
    drawn_at: Instant
    asked: str = Field(description="Out of which calls, as the query of the worklist's address; empty for all.")
    per_agent: int
    seed: str
    out_of: int = Field(description="How many calls there were to draw from.")
    recording_ids: list[str]


class SampleList(BaseModel):
    """The samples drawn last, the newest first."""

    items: list[SampleOut]


def sample_out(sample: Sample) -> SampleOut:
    """As it is answered."""
    return SampleOut(**{**vars(sample), "recording_ids": list(sample.recording_ids)})
