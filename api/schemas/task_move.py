"""What people say when they act on a callback task."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Id, Instant, Sentence, Telephone
from voiceops.domain.callback_task import Disposition
from voiceops.domain.task_attempt import AttemptResult


class Completion(BaseModel):
    """How a task ended."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"disposition": "called_back", "note": "Sent a new invoice."}]},
    )

    disposition: Disposition
    note: Sentence = ""


class Reason(BaseModel):
    """Why somebody moves a task."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"why": "Shift ends."}]})

    why: Sentence = Field(min_length=1)


class Snooze(Reason):
    """Until when a task is put off, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"until": "2026-03-05T14:00:00Z", "why": "Away until then."}]},
    )

    until: Instant


class Attempt(BaseModel):
    """How a call to the caller went."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"result": "no_answer", "note": "It rang for a minute."}]}
    )

    result: AttemptResult
    note: Sentence = ""


class HandOver(Reason):
    """To whom a task goes, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"to_agent_id": "ben", "why": "The caller speaks Hungarian."}]}
    )

    to_agent_id: Id


class ToQueue(Reason):
    """To which queue a task goes, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"queue": "billing", "why": "It is about an invoice."}]}
    )

    queue: Id


class NumberToCall(BaseModel):
    """The number to call back, as a person put it right."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"number": "+14155550123"}]})

    number: Telephone | None = Field(
        description="With its country's code, or as dialled in the queue's country; null for what was heard."
    )
