"""Evaluations, their findings and what second looks say of them as they cross the wire."""

from pydantic import BaseModel, Field

from api.schemas.text import Instant
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Party
from voiceops.domain.second_look import SecondLookState


class KeywordSetRef(BaseModel):
    """Which version of which keyword set."""

    id: str
    version: int


class EvidenceOut(BaseModel):
    """The words that an outcome rests on; null where it rests on none."""

    party: Party | None = None
    start: float | None = None
    end: float | None = None
    words: str | None = None
    similarity: float | None = None
    probability: float | None = Field(None, description="The lowest word probability in the stretch.")


class LookOut(EvidenceOut):
    """What one look at a window says of a rule."""

    outcome: Outcome
    reason: str


class FitOut(BaseModel):
    """The wording that fits the sound best, by forced alignment."""

    wording: str
    start: float
    end: float
    score: float = Field(description="0: as likely as what the engine hears by itself; lower is worse.")


class SecondAnswerOut(BaseModel):
    """What a second look at a missed rule's window says, whether or not it changed the outcome."""

    engine: str
    first: LookOut
    heard: LookOut
    fit: FitOut | None = Field(None, description="null where no wording could be scored.")


class FindingOut(EvidenceOut):
    """A rule's outcome with its evidence; for a missed rule, the nearest candidate."""

    rule: str
    outcome: Outcome
    reason: str
    second_look: SecondAnswerOut | None = Field(None, description="null where there was none.")


class SecondLookOut(BaseModel):
    """Where the second look at a recording stands; the first verdict holds meanwhile, and where it failed."""

    state: SecondLookState
    moved_at: Instant
    failure: str | None = Field(None, description="Why it failed, in a sentence.")


class ReviewedOut(BaseModel):
    """What an evaluation became by people's reviews of its findings."""

    score: float | None
    passed: bool | None
    outcomes: dict[str, Outcome] = Field(description="By rule the answer of the last review.")


class EvaluationOut(BaseModel):
    """The findings of one keyword set on one recording, as the machine has them."""

    keyword_set: KeywordSetRef
    score: float | None = Field(description="0 to 100; null where no rule could be scored.")
    passed: bool | None = Field(description="null where a person must decide.")
    findings: list[FindingOut]
    reviewed: ReviewedOut | None = Field(None, description="With people's answers; null where nobody reviewed.")


class FindingsOut(BaseModel):
    """Every keyword set's newest evaluation of a recording."""

    recording_id: str
    evaluations: list[EvaluationOut]
    second_look: SecondLookOut | None = Field(None, description="null where none was asked for.")
