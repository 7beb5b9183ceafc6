"""The JSON form of an evaluation, as the command line and the API give it."""

from typing import Any

from voiceops.domain.finding import Evaluation, Finding


def write_evaluation(evaluation: Evaluation) -> dict[str, Any]:
    """`{"keyword_set": {"id", "version"}, "score", "passed", "findings": [...]}`; times in seconds."""
    return {
        "keyword_set": {"id": evaluation.keyword_set_id, "version": evaluation.keyword_set_version},
        "score": evaluation.score,
        "passed": evaluation.passed,
        "findings": [_finding(finding) for finding in evaluation.findings],
    }


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
