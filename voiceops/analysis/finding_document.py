"""The JSON form of an evaluation, as the command line and the API give it."""

from collections.abc import Sequence
from typing import Any

from voiceops.analysis.reviewed import latest_of, reviewed
from voiceops.domain.finding import Evaluation, Finding
from voiceops.domain.keyword_set import Rule
from voiceops.domain.review import Review


def write_evaluation(evaluation: Evaluation) -> dict[str, Any]:
    """`{"keyword_set": {"id", "version"}, "score", "passed", "findings": [...]}`; times in seconds."""
    return {
        "keyword_set": {"id": evaluation.keyword_set_id, "version": evaluation.keyword_set_version},
        "score": evaluation.score,
        "passed": evaluation.passed,
        "findings": [_finding(finding) for finding in evaluation.findings],
    }


def write_reviewed(evaluation: Evaluation, rules: Sequence[Rule], reviews: Sequence[Review]) -> dict[str, Any]:
    """`write_evaluation` and beside it what people made of it: `{"reviewed": {"score", "passed", "outcomes"}}`."""
    said = {rule: review.outcome.value for rule, review in latest_of(evaluation, reviews).items()}
    now = reviewed(evaluation, rules, reviews)
    beside = {"score": now.score, "passed": now.passed, "outcomes": said} if said else None
    return {**write_evaluation(evaluation), "reviewed": beside}


def _finding(finding: Finding) -> dict[str, Any]:
    evidence = finding.evidence
    return {
        "rule": finding.rule_id,
        "outcome": finding.outcome.value,
        "party": evidence.party.value if evidence else None,
        "start": round(evidence.start, 2) if evidence else None,
        "end": round(evidence.end, 2) if evidence else None,
        "words": evidence.words if evidence else None,
        "similarity": evidence.similarity if evidence else None,
        "probability": evidence.probability if evidence else None,
        "reason": finding.reason,
    }
