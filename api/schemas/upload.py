"""What may be said about a recording as it comes in, and what is answered to each of many."""

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Json,
    StrictBool,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)

from api.schemas.owner import Customer
from api.schemas.problem import Problem
from api.schemas.recording import RecordingOut
from api.schemas.text import Id, Instant, Language, Line, Telephone
from voiceops.domain.recording import Direction, Party, RawFormat, RecordingKind

REFERENCES_AT_ONCE = 20
FILES_AT_ONCE = 50

_KINDS = {"type": "string", "enum": [kind.value for kind in RecordingKind]}
_EXAMPLE: dict[str, Any] = {
    "url": "https://pbx.example/recordings/in-5551000-4155550100.wav",
    "kind": "voicemail",
    "queue": "service",
    "caller_number": "+14155550100",
    "started_at": "2026-03-02T09:02:11Z",
    "labels": {"campaign": "spring"},
}


_LINE = TypeAdapter(Line).json_schema()
# Pydantic's own words would allow any value under a name that is no line.
_LABELS = {"type": "object", "maxProperties": 50, "propertyNames": _LINE, "additionalProperties": _LINE}

_ARCHIVE = "Whether today's work may go before it, as for an imported archive."
_TRUTH = {"true": True, "false": False}


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class RecordingFacts(BaseModel):
    """What its sender knows of a recording; everything but the kind may be left out."""

    model_config = ConfigDict(extra="forbid")

    # Described as needed: it may be left out only where a pattern for file names says it.
    kind: Annotated[RecordingKind | None, WithJsonSchema(_KINDS)] = Field(
        None,
        description="A call, or a voicemail that becomes a callback task; a file's name may say it instead.",
    )
    parties: tuple[Party, ...] = Field((), max_length=32, description="Who speaks on each channel, in order.")
    language: Language | None = Field(None, description="ISO 639-1 code; left out: the queue's or detected.")
    queue: Id | None = Field(None, description="The call-centre queue it came through.")
    agent_id: Id | None = Field(None, description="The agent who speaks.")
    caller_number: Telephone | None = Field(None, description="The number the caller called from.")
    dialled_number: Telephone | None = Field(None, description="The number the caller dialled.")
    customer: Customer | None = None
    direction: Direction | None = Field(None, description="Which way the call went.")
    started_at: Instant | None = Field(None, description="When the call began, RFC 3339.")
    raw_format: RawFormat | None = Field(
        None, description="How sound without a header is written; the file's extension serves as well."
    )
    archive: StrictBool = Field(False, description=_ARCHIVE)
    labels: Annotated[dict[Line, Line], WithJsonSchema(_LABELS)] = Field(
        default_factory=dict, max_length=50, description="Free labels."
    )


class UploadFields(RecordingFacts):
    """The same as a form has it; the fields stand before the file."""

    parties: Annotated[tuple[Party, ...], BeforeValidator(_split)] = Field(
        (), max_length=32, description="Who speaks on each channel, in order, with commas: agent,customer."
    )
    archive: Annotated[bool, BeforeValidator(_TRUTH.get), WithJsonSchema({"type": "string", "enum": [*_TRUTH]})] = (
        Field(False, description=_ARCHIVE)
    )
    labels: Json[dict[Line, Line]] = Field(
        default_factory=dict,
        max_length=50,
        description='Free labels, as a JSON object of texts: {"campaign": "spring"}.',
    )


def _needs_kind(schema: dict[str, Any]) -> None:
    schema["required"] = [*schema.get("required", []), "kind"]
    schema["examples"] = [_EXAMPLE]


class ReferenceIn(RecordingFacts):
    """A recording that lies elsewhere, with what is known of it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_needs_kind)

    url: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\x00-\x20\x7f]+$")] = Field(
        description="Where it is fetched from; neither kept nor logged."
    )
    file_name: Line | None = Field(None, description="Its label; left out: the last part of the address.")


class ReferencesIn(BaseModel):
    """Recordings that lie elsewhere."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"items": [_EXAMPLE]}]})

    items: list[ReferenceIn] = Field(min_length=1, max_length=REFERENCES_AT_ONCE)


class UploadOutcome(BaseModel):
    """What became of one of many: what an upload by itself would have answered."""

    file_name: str
    status: int = Field(description="201: stored; 200: here already; else as in the problem.")
    recording: RecordingOut | None = None
    problem: Problem | None = None


class UploadOutcomes(BaseModel):
    """One outcome for each, in order."""

    items: list[UploadOutcome]
