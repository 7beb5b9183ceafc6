"""Measures how far the rules of one version of a keyword set can be trusted, from people's reviews."""

from collections.abc import Sequence
from dataclasses import dataclass

from voiceops.analysis.rule_trust import RuleTrust, is_same_rule, rule_trust
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.review import Review
from voiceops.ports import UnitOfWork

# Enough to know how often a rule is met to within two per cent.
EVALUATIONS_LOOKED_AT = 2000


@dataclass(frozen=True)
class SetTrust:
    """A version of a keyword set and what reviews say about each of its rules."""

    keyword_set: KeywordSet
    rules: Sequence[RuleTrust]


def measure_trust(unit: UnitOfWork, keyword_set_id: str, version: int | None = None) -> SetTrust:
    """The trust in a version, or in the active one for None. Raises NotFound.

    Reviews of other versions count where the rule is word for word the same there.
    """
    keyword_set = unit.keyword_sets.get(keyword_set_id, version).keyword_set
    versions = {one.keyword_set.version: one.keyword_set for one in unit.keyword_sets.versions(keyword_set_id)}
    same = {
        (number, rule.id): is_same_rule(rule.id, keyword_set, other)
        for number, other in versions.items()
        for rule in keyword_set.rules
    }
    reviews = [one for one in unit.reviews.latest(keyword_set_id) if same.get((one.keyword_set_version, one.rule_id))]
    sample = unit.evaluations.latest(keyword_set_id, keyword_set.version, limit=EVALUATIONS_LOOKED_AT)
    return SetTrust(keyword_set, rule_trust(keyword_set, _one_per_call(reviews), sample))


def _one_per_call(reviews: Sequence[Review]) -> Sequence[Review]:
    """Of several versions' reviews of the same call and rule, the latest: a call is one piece of evidence."""
    return list({(one.recording_id, one.rule_id): one for one in reviews}.values())
