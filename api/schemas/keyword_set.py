"""Keyword sets as they cross the wire."""

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Instant
from voiceops.analysis.keyword_set_diff import Change, diff_keyword_sets
from voiceops.domain.keyword_set import Expectation, KeywordSet, Rule, RuleParty
from voiceops.ports import StoredKeywordSet


class RuleOut(BaseModel):
    """A rule in short; the source holds it in full."""

    id: str
    title: str
    expect: Expectation
    party: RuleParty
    weight: float
    fatal: bool


class KeywordSetOut(BaseModel):
    """One version of a keyword set, without its source."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "service-call-en",
                    "version": 1,
                    "title": "Service call",
                    "language": "en",
                    "owner": "quality team",
                    "reason": "Callers must hear that the call is recorded.",
                    "active": True,
                    "uploaded_at": "2026-03-02T09:00:00.000Z",
                    "uploaded_by": "lead",
                    "rules": [
                        {
                            "id": "recording-notice",
                            "title": "Says the call is recorded",
                            "expect": "required",
                            "party": "agent",
                            "weight": 3.0,
                            "fatal": True,
                        }
                    ],
                }
            ]
        }
    )

    id: str
    version: int
    title: str
    language: str
    owner: str
    reason: str
    active: bool = Field(description="Whether calls are evaluated with this version.")
    uploaded_at: Instant
    uploaded_by: str
    rules: list[RuleOut]


class KeywordSetDetail(KeywordSetOut):
    """One version of a keyword set with the text it was read from."""

    source: str = Field(description="The YAML as it was uploaded.")


class KeywordSetList(BaseModel):
    """Keyword sets or versions of one."""

    items: list[KeywordSetOut]


class CheckedKeywordSet(BaseModel):
    """What a keyword set without a fault says of itself."""

    id: str
    version: int
    rules: int = Field(description="How many there are.")


class CheckProblem(BaseModel):
    """One fault of a keyword set."""

    line: int | None = Field(description="Counted from 1; null where it is about the whole.")
    problem: str = Field(description="What is wrong, and what to write instead.")


class KeywordSetReport(BaseModel):
    """Every fault of a keyword set in the order of lines, or what it is where there is none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "file": "service-call-en.yaml",
                    "keyword_set": None,
                    "problems": [{"line": 22, "problem": "`partty` is not a key of a rule; did you mean `party`?"}],
                }
            ]
        }
    )

    file: str
    keyword_set: CheckedKeywordSet | None
    problems: list[CheckProblem]


class FieldChangeOut(BaseModel):
    """One field in both versions."""

    name: str
    before: Any
    after: Any


class DifferenceOut(BaseModel):
    """One place that differs between two versions."""

    part: Literal["set", "rule", "keyphrase"]
    id: str
    change: Change
    fields: list[FieldChangeOut] = Field(description="Only where it changed.")


class KeywordSetDiff(BaseModel):
    """Everything that differs between two versions."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "service-call-en",
                    "before": 1,
                    "after": 2,
                    "differences": [
                        {
                            "part": "rule",
                            "id": "recording-notice",
                            "change": "changed",
                            "fields": [{"name": "fatal", "before": False, "after": True}],
                        }
                    ],
                }
            ]
        }
    )

    id: str
    before: int
    after: int
    differences: list[DifferenceOut]


def keyword_set_diff(before: KeywordSet, after: KeywordSet) -> KeywordSetDiff:
    """What differs, for the wire."""
    found = [asdict(one) for one in diff_keyword_sets(before, after)]
    return KeywordSetDiff.model_validate(
        {"id": after.id, "before": before.version, "after": after.version, "differences": found}
    )


def keyword_set_out(stored: StoredKeywordSet) -> KeywordSetOut:
    """The keyword set for the wire, in short."""
    return KeywordSetOut(**_fields(stored))


def keyword_set_detail(stored: StoredKeywordSet) -> KeywordSetDetail:
    """The keyword set for the wire, with its source."""
    return KeywordSetDetail(**_fields(stored), source=stored.source)


def _fields(stored: StoredKeywordSet) -> dict[str, object]:
    keyword_set = stored.keyword_set
    return {
        "id": keyword_set.id,
        "version": keyword_set.version,
        "title": keyword_set.title,
        "language": keyword_set.language,
        "owner": keyword_set.owner,
        "reason": keyword_set.reason,
        "active": stored.active,
        "uploaded_at": stored.uploaded_at,
        "uploaded_by": stored.uploaded_by,
        "rules": [_rule(rule) for rule in keyword_set.rules],
    }


def _rule(rule: Rule) -> RuleOut:
    return RuleOut(
        id=rule.id, title=rule.title, expect=rule.expect, party=rule.party, weight=rule.weight, fatal=rule.fatal
    )
