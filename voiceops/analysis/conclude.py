"""What the answer about a rule's wordings means for the rule: its finding, in the words of what it expects."""

from voiceops.analysis.judge import Answer
from voiceops.domain.finding import Finding, Outcome
from voiceops.domain.keyword_set import Expectation, Rule


def conclude(rule: Rule, given: Answer, excluded: Answer | None) -> Finding:
    """The finding, in the words of what the rule expects. A mention that was denied is refused, like a required one."""
    if excluded is not None:
        return _with_excluded(rule, excluded)
    evidence = given.places[0].evidence() if given.places else None
    if rule.expect is not Expectation.FORBIDDEN or given.outcome is Outcome.UNCERTAIN:
        return Finding(rule.id, given.outcome, given.reason, evidence)
    if given.outcome is Outcome.MET and (rule.any_of or rule.all_of):
        return Finding(rule.id, Outcome.VIOLATED, f"{given.reason} The rule forbids it.", evidence)
    if given.outcome is Outcome.REFUSED:
        return Finding(rule.id, Outcome.MET, f"{given.reason} That is no breach.", evidence)
    return Finding(rule.id, Outcome.MET, "The forbidden wording was not said.", None)


def _with_excluded(rule: Rule, excluded: Answer) -> Finding:
    """A wording of `none_of` was said: it spoils what is required, excuses a breach, or is itself forbidden."""
    evidence = excluded.places[0].evidence()
    if excluded.outcome is Outcome.UNCERTAIN:
        return Finding(rule.id, Outcome.UNCERTAIN, f"{excluded.reason} The rule excludes it.", evidence)
    if not (rule.any_of or rule.all_of):
        return Finding(rule.id, Outcome.VIOLATED, f"{excluded.reason} The rule forbids it.", evidence)
    if rule.expect is Expectation.FORBIDDEN:
        return Finding(rule.id, Outcome.MET, f"{excluded.reason} That excuses it.", evidence)
    return Finding(rule.id, Outcome.MISSED, f"{excluded.reason} The rule excludes it.", evidence)
