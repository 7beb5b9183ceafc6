"""How a queue's callbacks are tried, ended and followed up, as it crosses the wire."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Line, Whole
from voiceops.domain.callback_task import Disposition
from voiceops.domain.people import Queue
from voiceops.domain.task_attempt import AttemptPolicy, FollowUpPolicy, LastResort

_LONGEST_WAIT_MINUTES = 30 * 24 * 60
Minutes = Annotated[Whole, Field(ge=1, le=_LONGEST_WAIT_MINUTES)]


class Attempts(BaseModel):
    """When to try again after an attempt in vain, how often, and what then."""

    model_config = ConfigDict(extra="forbid")

    after_minutes: list[Minutes] = Field(
        list(AttemptPolicy().after_minutes),
        min_length=1,
        max_length=50,
        description="Waits in minutes of opening hours; the last one stands for all that follow.",
    )
    limit: Whole = Field(AttemptPolicy().limit, ge=1, le=50, description="At most so many attempts in vain.")
    then: LastResort = Field(AttemptPolicy().then, description="After the last: it ends, or a supervisor decides.")


class FollowUp(BaseModel):
    """A question to ask the caller some time after they were called back."""

    model_config = ConfigDict(extra="forbid")

    after_minutes: Minutes = Field(description="In minutes of opening hours.")
    question: Line = FollowUpPolicy(1).question


class CallbackWays(BaseModel):
    """What may be said about the way a queue's callbacks are worked."""

    dispositions: list[Disposition] = Field(
        list(Disposition), min_length=1, max_length=len(Disposition), description="The ways in which its tasks may end."
    )
    attempts: Attempts = Field(default_factory=Attempts)
    follow_up: FollowUp | None = Field(None, description="null: nobody asks afterwards.")

    def ways(self) -> dict[str, Any]:
        """The fields of a queue."""
        tries, asks = self.attempts, self.follow_up
        return {
            "dispositions": tuple(dict.fromkeys(self.dispositions)),
            "attempts": AttemptPolicy(tuple(tries.after_minutes), tries.limit, tries.then),
            "follow_up": FollowUpPolicy(asks.after_minutes, asks.question) if asks is not None else None,
        }


def ways_out(queue: Queue) -> dict[str, Any]:
    """The fields for the wire; what is stored is not checked once more."""
    return {
        "dispositions": list(queue.dispositions),
        "attempts": Attempts.model_construct(
            after_minutes=list(queue.attempts.after_minutes), limit=queue.attempts.limit, then=queue.attempts.then
        ),
        "follow_up": FollowUp.model_construct(**vars(queue.follow_up)) if queue.follow_up is not None else None,
    }
