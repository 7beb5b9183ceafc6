"""Reviews and the trust in rules, as they cross the wire."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.finding import KeywordSetRef
from api.schemas.reanalysis import Version
from api.schemas.text import Id, Instant, Sentence
from voiceops.analysis.review_document import write_review, write_rule_trust
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Strictness
from voiceops.domain.review import Review
from voiceops.usecases.measure_trust import SetTrust


class ReviewIn(BaseModel):
    """What a person says about one finding."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "keyword_set": "service-call-en",
                    "version": 4,
                    "rule": "recording-notice",
                    "outcome": "met",
                    "note": "She says “we're taping this” at 0:12.",
                }
            ]
        },
    )

    keyword_set: Id
    version: Version | None = Field(None, description="Of the finding you looked at; a newer one is then a conflict.")
    rule: Id
    outcome: Outcome | None = Field(None, description="Left out: the machine is right.")
    note: Sentence = Field("", description="Needed for a correction.")


class ReviewOut(BaseModel):
    """A person's answer beside the machine's."""

    id: str
    recording_id: str
    keyword_set: KeywordSetRef
    rule: str
    machine_outcome: Outcome
    outcome: Outcome
    confirms: bool
    note: str
    reviewer: str
    at: Instant


class ReviewList(BaseModel):
    """All reviews of a recording's findings, oldest first; of several on one finding the last counts."""

    items: list[ReviewOut]


class ShareOut(BaseModel):
    """A share from 0 to 1 with its 95 % confidence interval."""

    value: float
    low: float
    high: float


class ReviewCounts(BaseModel):
    """How many reviews there are, by what the person and by what the machine said."""

    confirmed: int
    corrected: int
    found: int = Field(description="Reviewed findings that say the wording was there.")
    not_found: int = Field(description="Reviewed findings that say it was not.")
    uncertain: int


class RuleTrustOut(BaseModel):
    """How far one rule can be trusted."""

    rule: str
    reviews: ReviewCounts
    precision: ShareOut | None = Field(description="How often it is right where it finds the wording.")
    recall: ShareOut | None = Field(description="How much of what was said it finds.")
    strictness: Strictness
    suggested_strictness: Strictness | None = Field(description="null where the reviews cannot tell; see reason.")
    reason: str


class SetTrustOut(BaseModel):
    """Every rule of one version of a keyword set, in its order."""

    keyword_set: KeywordSetRef
    rules: list[RuleTrustOut]


def review_out(review: Review) -> ReviewOut:
    """The review for the wire."""
    return ReviewOut.model_validate(write_review(review))


def set_trust_out(trust: SetTrust) -> SetTrustOut:
    """The trust for the wire."""
    keyword_set = trust.keyword_set
    return SetTrustOut(
        keyword_set=KeywordSetRef(id=keyword_set.id, version=keyword_set.version),
        rules=[RuleTrustOut.model_validate(write_rule_trust(rule)) for rule in trust.rules],
    )
