"""The JSON form of an evaluation, as the command line and the API give it."""

from collections.abc import Sequence
from typing import Any

from voiceops.analysis.reviewed import latest_of, reviewed
from voiceops.domain.finding import Evaluation, Evidence, Finding, SecondAnswer
from voiceops.domain.keyword_set import Rule
from voiceops.domain.review import Review
from voiceops.domain.second_look import SecondLooks


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


def write_second_look(looks: SecondLooks) -> dict[str, Any]:
    """Where a second look stands; what it says of each rule is in the rule's finding."""
    moved_at = looks.moved_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"state": looks.state.value, "moved_at": moved_at, "failure": looks.failure}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule_id,
        "outcome": finding.outcome.value,
        **_evidence(finding.evidence),
        "reason": finding.reason,
        "second_look": _second(finding.second) if finding.second is not None else None,
    }


def _evidence(evidence: Evidence | None) -> dict[str, Any]:
    return {
        "party": evidence.party.value if evidence else None,
        "start": round(evidence.start, 2) if evidence else None,
        "end": round(evidence.end, 2) if evidence else None,
        "words": evidence.words if evidence else None,
        "similarity": evidence.similarity if evidence else None,
        "probability": evidence.probability if evidence else None,
    }


def _second(second: SecondAnswer) -> dict[str, Any]:
    fit = second.fit
    return {
        "engine": second.engine,
        "first": {"outcome": second.first.value, "reason": second.first_reason, **_evidence(second.first_evidence)},
        "heard": {"outcome": second.heard.value, "reason": second.heard_reason, **_evidence(second.heard_evidence)},
        "fit": {"wording": fit.wording, "start": round(fit.start, 2), "end": round(fit.end, 2), "score": fit.score}
        if fit is not None
        else None,
    }
