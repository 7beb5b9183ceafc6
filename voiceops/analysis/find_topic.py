"""What a message is about, told by keyword sets: the best heard rule that only mentions."""

from collections.abc import Iterable, Iterator

from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate
from voiceops.domain.caller_facts import Fact
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet
from voiceops.domain.transcript import Transcript

# A wording that is there word for word says what was said, not that it is the matter itself.
MOST_CONFIDENCE = 0.85


def find_topic(
    keyword_sets: Iterable[PreparedKeywordSet], transcript: Transcript, *, queue: str | None = None
) -> Fact[str] | None:
    """The title of the rule whose wording was heard best, the first said among equals; None where none was heard."""
    heard = [fact for one in keyword_sets for fact in _mentioned(one, transcript, queue)]
    return max(heard, key=lambda fact: (fact.confidence, -(fact.start or 0)), default=None)


def has_mentions(keyword_set: KeywordSet) -> bool:
    """Whether a rule of the set only mentions, so that it can tell a topic."""
    return any(rule.expect is Expectation.MENTION for rule in keyword_set.rules)


def _mentioned(prepared: PreparedKeywordSet, transcript: Transcript, queue: str | None) -> Iterator[Fact[str]]:
    mentions = (rule for rule in prepared.keyword_set.rules if rule.expect is Expectation.MENTION)
    titles = {rule.id: rule.title for rule in mentions}
    for finding in evaluate(prepared, transcript, queue=queue).findings:
        found = finding.evidence
        if finding.rule_id in titles and finding.outcome is Outcome.MET and found is not None:
            confidence = round(MOST_CONFIDENCE * found.similarity / 100, 2)
            yield Fact(titles[finding.rule_id], found.words, confidence, found.start, found.end)
