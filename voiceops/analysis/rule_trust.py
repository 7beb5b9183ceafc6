"""How far a rule can be trusted, from people's reviews of its findings.

Two figures per rule. Precision: of the calls where the machine says that the wording was there,
how often it was. Recall: of the calls where it was there, how many the machine found.

People choose what they review, and they do not look at met and missed findings equally often. So
neither figure is counted over all reviews in one heap. Each is made of two shares that the choice
between met and missed cannot bend (how often a finding of either kind is right), put together by
how often the machine answers either way on the calls themselves. What stays is the assumption
that the reviewed findings of one kind were not picked by how they would turn out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from voiceops.domain.finding import Evaluation, Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet, Rule, Strictness
from voiceops.domain.review import Review

# Two-sided 95 %.
Z = 1.959964
# Fewer reviews of either kind give intervals too wide to act on.
REVIEWS_NEEDED = 20
WANTED_PRECISION, WANTED_RECALL = 0.95, 0.9
_STRICTER = {Strictness.LOOSE: Strictness.NORMAL, Strictness.NORMAL: Strictness.STRICT}
_LOOSER = {after: before for before, after in _STRICTER.items()} | {Strictness.EXACT: Strictness.STRICT}


@dataclass(frozen=True)
class Share:
    """A share 0..1 with its 95 % confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """Reviews of one rule: of findings that say the wording was there, and of those that say it was not.

    `present` counts in either kind the calls where, by the person, it was there. Uncertain findings
    claim nothing and are only counted.
    """

    claimed: int = 0
    claimed_present: int = 0
    silent: int = 0
    silent_present: int = 0
    uncertain: int = 0
    confirmed: int = 0
    corrected: int = 0


@dataclass(frozen=True)
class RuleTrust:
    """What reviews say about one rule. None where there are no reviews to say it.

    `suggested` is the strictness that fits the reviews, or None where they are too few or strictness
    is not the cure; `reason` says which, in one sentence.
    """

    rule_id: str
    strictness: Strictness
    tally: Tally
    precision: Share | None
    recall: Share | None
    suggested: Strictness | None
    reason: str


def rule_trust(
    keyword_set: KeywordSet, reviews: Iterable[Review], evaluations: Sequence[Evaluation]
) -> Sequence[RuleTrust]:
    """One answer for each rule, in the set's order.

    `reviews` are those that count, made of the same rules (see `is_same_rule`); `evaluations` are a
    sample of what the machine answers, for the weight of either answer.
    """
    of_rule: dict[str, list[Review]] = {}
    for review in reviews:
        of_rule.setdefault(review.rule_id, []).append(review)
    claims = _claims(keyword_set, evaluations)
    return [_trust(rule, _tally(rule, of_rule.get(rule.id, ())), claims.get(rule.id)) for rule in keyword_set.rules]


def claims_presence(rule: Rule, outcome: Outcome) -> bool:
    """Whether an outcome says that the rule's wording was there: a breach, for a forbidden one."""
    return outcome is (Outcome.VIOLATED if rule.expect is Expectation.FORBIDDEN else Outcome.MET)


def wilson(right: int, total: int) -> Share | None:
    """A share with Wilson's score interval, which holds for few and for one-sided counts too (Wilson 1927)."""
    if total == 0:
        return None
    share, weight = right / total, Z * Z / total
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / total + weight / (4 * total)) / (1 + weight)
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))


def is_same_rule(rule_id: str, one: KeywordSet, other: KeywordSet) -> bool:
    """Whether a rule and all that it leans on are word for word the same in two versions."""
    rules = [{rule.id: rule for rule in keyword_set.rules}.get(rule_id) for keyword_set in (one, other)]
    first, second = rules
    if first is None or second is None or _without_examples(first) != _without_examples(second):
        return False
    named = {*first.any_of, *first.all_of, *first.none_of, first.applies_if.mentioned}
    named.add(first.near.keyphrase if first.near else None)
    if any(one.keyphrases.get(name) != other.keyphrases.get(name) for name in named if name):
        return False
    leaned_on = (first.window.after, first.window.before)
    return all(is_same_rule(name, one, other) for name in leaned_on if name)


def _without_examples(rule: Rule) -> dict[str, object]:
    return {name: value for name, value in vars(rule).items() if name not in {"examples", "title", "weight", "fatal"}}


def _tally(rule: Rule, reviews: Iterable[Review]) -> Tally:
    counts: Counter[str] = Counter()
    for review in reviews:
        counts["confirmed" if review.confirms else "corrected"] += 1
        if review.machine_outcome is Outcome.UNCERTAIN:
            counts["uncertain"] += 1
            continue
        kind = "claimed" if claims_presence(rule, review.machine_outcome) else "silent"
        counts[kind] += 1
        counts[f"{kind}_present"] += claims_presence(rule, review.outcome)
    return Tally(**counts)


def _claims(keyword_set: KeywordSet, evaluations: Iterable[Evaluation]) -> Mapping[str, float]:
    """By rule: the share of certain answers that claim the wording; None where there is no answer."""
    rules = {rule.id: rule for rule in keyword_set.rules}
    answered: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    for evaluation in evaluations:
        for finding in evaluation.findings:
            if finding.rule_id in rules and finding.outcome is not Outcome.UNCERTAIN:
                answered[finding.rule_id] += 1
                claimed[finding.rule_id] += claims_presence(rules[finding.rule_id], finding.outcome)
    return {rule_id: claimed[rule_id] / total for rule_id, total in answered.items()}


def _trust(rule: Rule, tally: Tally, claim_share: float | None) -> RuleTrust:
    precision = wilson(tally.claimed_present, tally.claimed)
    overlooked = wilson(tally.silent_present, tally.silent)
    recall = _recall(precision, overlooked, claim_share) if precision and overlooked else None
    suggested, reason = _advice(rule, tally, precision, recall)
    return RuleTrust(rule.id, rule.strictness, tally, precision, recall, suggested, reason)


def _recall(precision: Share, overlooked: Share, claim_share: float | None) -> Share | None:
    """What is found, over all that is there: found is claims times precision, and lost is silences times their error.

    Each border takes the worse border of both shares, so that the interval is rather too wide.
    """
    if claim_share is None:
        return None

    def found_of(right: float, missed: float) -> float:
        found, lost = claim_share * right, (1 - claim_share) * missed
        return found / (found + lost) if found + lost else 0.0

    if claim_share * precision.value + (1 - claim_share) * overlooked.value == 0:
        return None
    return Share(
        found_of(precision.value, overlooked.value),
        found_of(precision.low, overlooked.high),
        found_of(precision.high, overlooked.low),
    )


def _advice(rule: Rule, tally: Tally, precision: Share | None, recall: Share | None) -> tuple[Strictness | None, str]:
    lacking = _lacking(tally)
    if lacking or precision is None or recall is None:
        return None, lacking or "No stored call says yet how often this rule is met."
    too_loose, too_strict = precision.high < WANTED_PRECISION, recall.high < WANTED_RECALL
    if too_loose and too_strict:
        return (
            None,
            "It finds what was not said and misses what was; strictness only trades these: change its wordings.",
        )
    if too_loose:
        return _step(rule, _STRICTER, f"Only {precision.value:.0%} of what it finds was said")
    if too_strict:
        return _step(rule, _LOOSER, f"It finds only {recall.value:.0%} of what was said")
    return rule.strictness, "The reviews give no reason to change it."


def _step(rule: Rule, steps: Mapping[Strictness, Strictness], why: str) -> tuple[Strictness | None, str]:
    step = steps.get(rule.strictness)
    if step is None:
        return None, f"{why}, and `{rule.strictness}` is as far as strictness should go: change its wordings."
    return step, f"{why}, so try `{step}` instead of `{rule.strictness}` and see with a what-if run what changes."


def _lacking(tally: Tally) -> str | None:
    """Which reviews are still needed, in one sentence; None where there are enough."""
    kinds = (("say it was there", tally.claimed), ("say it was not there", tally.silent))
    needs = [
        f"{REVIEWS_NEEDED - there} more of findings that {what}" for what, there in kinds if there < REVIEWS_NEEDED
    ]
    return f"Too few reviews for advice: {' and '.join(needs)} are needed." if needs else None
