"""From findings to a score and a verdict: weights over what applies and is certain, and the fatal rules."""

from collections.abc import Sequence

from voiceops.domain.finding import Finding, Outcome
from voiceops.domain.keyword_set import Expectation, Rule

# A call passes from this score on, if no fatal rule failed.
PASS_MARK = 80.0
_FAILED = frozenset({Outcome.MISSED, Outcome.REFUSED, Outcome.VIOLATED})


def score(rules: Sequence[Rule], findings: Sequence[Finding]) -> float | None:
    """The share of weight that was met, 0..100 with one decimal; None where no rule counts.

    Rules that do not apply, are uncertain, or only mention do not count.
    """
    return _share(_counted(rules, findings))


def passed(rules: Sequence[Rule], findings: Sequence[Finding]) -> bool | None:
    """Whether the call passes; None where an uncertain rule, either way, could change the answer.

    A call with no counted rule at all is None too: nobody can say.
    """
    counted = _counted(rules, findings)
    if any(rule.fatal and finding.outcome in _FAILED for rule, finding in counted):
        return False
    best = _verdict([(rule, _settled(finding, Outcome.MET)) for rule, finding in counted])
    worst = _verdict([(rule, _settled(finding, Outcome.MISSED)) for rule, finding in counted])
    return best if best == worst else None


def _counted(rules: Sequence[Rule], findings: Sequence[Finding]) -> list[tuple[Rule, Finding]]:
    return [
        (rule, finding)
        for rule, finding in zip(rules, findings, strict=True)
        if rule.expect is not Expectation.MENTION and finding.outcome is not Outcome.NOT_APPLICABLE
    ]


def _settled(finding: Finding, outcome: Outcome) -> Finding:
    return Finding(finding.rule_id, outcome, "") if finding.outcome is Outcome.UNCERTAIN else finding


def _verdict(counted: Sequence[tuple[Rule, Finding]]) -> bool | None:
    share = _share(counted)
    if share is None:
        return None
    fatal = any(rule.fatal and finding.outcome in _FAILED for rule, finding in counted)
    return share >= PASS_MARK and not fatal


def _share(counted: Sequence[tuple[Rule, Finding]]) -> float | None:
    certain = [(rule.weight, finding.outcome) for rule, finding in counted if finding.outcome is not Outcome.UNCERTAIN]
    total = sum(weight for weight, _ in certain)
    if total <= 0:
        return None
    return round(100 * sum(weight for weight, outcome in certain if outcome is Outcome.MET) / total, 1)
