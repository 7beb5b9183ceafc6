"""A keyword set over a transcript: each rule's outcome with its evidence, and the score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.bad_sound import why_unheard
from voiceops.analysis.conclude import conclude
from voiceops.analysis.heard import Run, hear
from voiceops.analysis.judge import LOW_PROBABILITY, Answer, Obstacle, answer, counts_for, is_of_party, was_declined
from voiceops.analysis.languages import language_of
from voiceops.analysis.match import Candidates, Matcher, find_candidates, prepare_matcher
from voiceops.analysis.place import Place, borders_of, obstacle_of
from voiceops.analysis.score import passed, score
from voiceops.analysis.unsure_parties import UnsureParties
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.keyword_set import AppliesIf, Expectation, KeywordSet, Rule, RuleParty, Window
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance


@dataclass(frozen=True, eq=False)
class PreparedKeywordSet:
    """A keyword set read once for many transcripts; make it with `prepare`."""

    keyword_set: KeywordSet
    matcher: Matcher


def prepare(keyword_set: KeywordSet) -> PreparedKeywordSet:
    """Compiles the wordings; evaluating with the result is much faster than from the bare set."""
    return PreparedKeywordSet(keyword_set, prepare_matcher(keyword_set.keyphrases.values(), keyword_set.language))


def evaluate(
    keyword_set: KeywordSet | PreparedKeywordSet, transcript: Transcript, *, queue: str | None = None
) -> Evaluation:
    """Every rule's finding, in the set's order. `queue` is the call-centre queue of the call, if known.

    A rule for certain queues does not apply to a call whose queue is not known. A mention is met where it was
    heard, refused where it was denied, missed otherwise, and never counts in the score. Where `after` names a
    rule whose wording was not said, nothing can come after it, so the rule is missed.
    """
    prepared = keyword_set if isinstance(keyword_set, PreparedKeywordSet) else prepare(keyword_set)
    rules = prepared.keyword_set.rules
    call = _Call(prepared, transcript, queue)
    findings = tuple(call.finding(rule) for rule in rules)
    return Evaluation(
        keyword_set_id=prepared.keyword_set.id,
        keyword_set_version=prepared.keyword_set.version,
        score=score(rules, findings),
        passed=passed(rules, findings),
        findings=findings,
    )


def outcome_of_sentence(rule: Rule, keyword_set: KeywordSet | PreparedKeywordSet, text: str) -> Outcome:
    """The rule's outcome if its party said just this sentence; window, nearness, count and conditions are left out."""
    prepared = keyword_set if isinstance(keyword_set, PreparedKeywordSet) else prepare(keyword_set)
    party = Party.CUSTOMER if rule.party is RuleParty.CUSTOMER else Party.AGENT
    transcript = Transcript(prepared.keyword_set.language, 10.0, (Utterance(party, 0.0, 10.0, text),))
    bare = replace(rule, window=Window(), near=None, at_least=1, applies_if=AppliesIf())
    return _Call(prepared, transcript, None).finding(bare).outcome


class _Call:
    """One evaluation under way: the candidates of one transcript and the findings so far."""

    def __init__(self, prepared: PreparedKeywordSet, transcript: Transcript, queue: str | None) -> None:
        self._set = prepared.keyword_set
        self._transcript = transcript
        self._queue = queue
        self._language = language_of(self._set.language)
        self._runs: Sequence[Run] = hear(transcript, self._language.code)
        self._candidates: Candidates = find_candidates(prepared.matcher, self._runs)
        self._rules = {rule.id: rule for rule in self._set.rules}
        self._unsure = UnsureParties(transcript, prepared.matcher, self._language.code)
        self._findings: dict[str, Finding] = {}
        self._probabilities: dict[tuple[RuleParty, Window], float | None] = {}

    def finding(self, rule: Rule) -> Finding:
        """The rule's finding, made once."""
        if rule.id not in self._findings:
            self._findings[rule.id] = self._find(rule)
        return self._findings[rule.id]

    def _find(self, rule: Rule) -> Finding:
        idle = self._why_not_applicable(rule)
        if idle is not None:
            return Finding(rule.id, Outcome.NOT_APPLICABLE, idle)
        blind = self._why_blind()
        if blind is not None:
            return Finding(rule.id, Outcome.UNCERTAIN, blind)
        combined = self._combine(rule)
        excluded = self._excluded(rule)
        return self._of_whom(rule, conclude(rule, combined, excluded))

    def _of_whom(self, rule: Rule, given: Finding) -> Finding:
        """A rule about one party goes to a person where it could not be told who is who."""
        judged = self._transcript.parties
        if rule.party is RuleParty.ANY or judged is None or judged.is_sure:
            return given
        what = "voice" if self._transcript.is_separated else "channel"
        unsure = f"It is only {judged.confidence:.0%} sure which {what} is the agent's ({judged.reason})."
        return replace(given, outcome=Outcome.UNCERTAIN, reason=f"{unsure} {given.reason}")

    def _why_not_applicable(self, rule: Rule) -> str | None:
        wanted = rule.applies_if
        if wanted.queues and self._queue not in wanted.queues:
            return f"The rule is for the queues {', '.join(wanted.queues)} only."
        if wanted.min_seconds is not None and self._transcript.duration < wanted.min_seconds:
            return f"The call is shorter than {wanted.min_seconds:g} s."
        if wanted.mentioned is not None:
            anybody = replace(rule, party=RuleParty.ANY, at_least=1)
            said = answer(anybody, self._candidates.of(wanted.mentioned), lambda _: None)
            if said.outcome is not Outcome.MET:
                return f"Nobody mentioned {wanted.mentioned}."
        return None

    def _why_blind(self) -> str | None:
        """Why nothing can be said about this transcript at all, or None."""
        spoken = self._transcript.language
        if spoken is not None and spoken.lower()[:2] != self._set.language.lower()[:2]:
            return f"The transcript is in another language ({spoken}) than the keyword set ({self._set.language})."
        if self._runs:
            return None
        speech = self._transcript.speech
        if speech is None or sum(span.seconds for _, spans in speech for span in spans) > 1.0:
            return "There is no transcript of what was said."
        return None

    def _combine(self, rule: Rule) -> Answer:
        """One answer of all the rule's keyphrases: the best of `any_of`, the worst of `all_of`."""
        obstacle = obstacle_of(rule, Place(self._transcript.duration, self._candidates, self._other_evidence))
        answers = [self._answer(rule, keyphrase, obstacle) for keyphrase in rule.any_of]
        parts = [self._answer(rule, keyphrase, obstacle) for keyphrase in rule.all_of]
        chosen = []
        if answers:
            chosen.append(_best_of(answers))
        if parts:
            chosen.append(max(parts, key=lambda a: _BADNESS[a.outcome]))
        if not chosen:
            return Answer(Outcome.MET, "Nothing that the rule excludes was said.")
        return self._badly_recorded(rule, self._with_nearest(rule, max(chosen, key=lambda a: _BADNESS[a.outcome])))

    def _answer(self, rule: Rule, keyphrase: str, obstacle: Obstacle) -> Answer:
        given = self._declined(rule, answer(rule, self._candidates.of(keyphrase), obstacle))
        return self._unsure.settle(rule, given, keyphrase, obstacle)

    def _badly_recorded(self, rule: Rule, given: Answer) -> Answer:
        """Nobody can say that a wording is missing where the recogniser hardly believed anything it wrote."""
        if given.outcome is not Outcome.MISSED or rule.expect is not Expectation.REQUIRED:
            return given
        unheard = why_unheard(rule, self._transcript, borders_of(rule.window, self._transcript.duration))
        if unheard is not None:
            return Answer(Outcome.UNCERTAIN, unheard, given.places)
        mean = self._mean_probability(rule)
        if mean is None or mean >= LOW_PROBABILITY:
            return given
        return Answer(Outcome.UNCERTAIN, "The place where it should be was recorded too badly to tell.", given.places)

    def _mean_probability(self, rule: Rule) -> float | None:
        """Of the words that the rule's party spoke in its window; None where the recogniser told none."""
        key = (rule.party, rule.window)
        if key not in self._probabilities:
            words = [word for run in self._runs if counts_for(run.party, rule) for word in run.words]
            if rule.window != Window():
                borders = borders_of(rule.window, self._transcript.duration)
                words = [word for word in words if borders.outside(word.start, word.end) is None]
            known = [word.probability for word in words if word.probability is not None]
            self._probabilities[key] = sum(known) / len(known) if known else None
        return self._probabilities[key]

    def _with_nearest(self, rule: Rule, given: Answer) -> Answer:
        """What was missed always shows the place that a person should listen to first."""
        if given.outcome is not Outcome.MISSED or given.places:
            return given
        near = [self._candidates.nearest(keyphrase) for keyphrase in (*rule.any_of, *rule.all_of)]
        known = [candidate for candidate in near if candidate is not None]
        if not known:
            return given
        place = max(known, key=lambda candidate: candidate.score)
        return Answer(given.outcome, f"The nearest wording, at {place.start:.0f} s, is too unlike it.", (place,))

    def _declined(self, rule: Rule, given: Answer) -> Answer:
        """Asked by the one, and answered with a no by the other, is a refusal where the customer's word counts."""
        if rule.party is RuleParty.AGENT or given.outcome not in {Outcome.MISSED, Outcome.MET} or not given.places:
            return given
        place = given.places[0]
        asked_by_other = not is_of_party(place, rule)
        if given.outcome is Outcome.MET and (rule.party is not RuleParty.ANY or place.run.party is not Party.AGENT):
            return given
        if given.outcome is Outcome.MISSED and not (asked_by_other and place.score >= place.accepts(rule.strictness)):
            return given
        if was_declined(place, self._runs, self._language) is None:
            return given
        return Answer(Outcome.REFUSED, f"Asked at {place.start:.0f} s and answered with a no.", (place,))

    def _excluded(self, rule: Rule) -> Answer | None:
        obstacle = obstacle_of(rule, Place(self._transcript.duration, self._candidates, self._other_evidence))
        doubtful = None
        once = replace(rule, at_least=1)
        for keyphrase in rule.none_of:
            given = answer(once, self._candidates.of(keyphrase), obstacle)
            settled = self._unsure.settle(once, given, keyphrase, obstacle)
            if settled.outcome is Outcome.MET:
                return settled
            if settled is not given and settled.outcome is Outcome.UNCERTAIN:
                doubtful = settled
        return doubtful

    def _other_evidence(self, rule_id: str) -> Finding | None:
        rule = self._rules.get(rule_id)
        return self.finding(rule) if rule is not None else None


_BADNESS = {Outcome.MET: 0, Outcome.UNCERTAIN: 1, Outcome.MISSED: 2, Outcome.REFUSED: 3}


def _best_of(answers: Sequence[Answer]) -> Answer:
    """Met by one keyphrase is enough, but a refusal of another makes it doubtful; nearest of what was missed."""
    met = [a for a in answers if a.outcome is Outcome.MET]
    refused = [a for a in answers if a.outcome is Outcome.REFUSED]
    if met and refused:
        return Answer(Outcome.UNCERTAIN, f"{met[0].reason} {refused[0].reason}", met[0].places)
    for outcome in (Outcome.MET, Outcome.REFUSED, Outcome.UNCERTAIN):
        of_outcome = [a for a in answers if a.outcome is outcome]
        if of_outcome:
            return max(of_outcome, key=lambda a: a.places[0].score if a.places else 0.0)
    return max(answers, key=lambda a: a.places[0].score if a.places else 0.0)
