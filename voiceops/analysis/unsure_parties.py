"""Keeps rules about one party from resting on words of which it is not sure who said them.

Where voices were told apart on one channel some utterances may be the other party's, in whole or in part.
"""

from dataclasses import replace
from functools import cached_property

from voiceops.analysis.heard import hear
from voiceops.analysis.judge import ANSWER_SECONDS, Answer, Obstacle, answer
from voiceops.analysis.match import Candidate, Candidates, Matcher, find_candidates
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Rule, RuleParty
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance


class UnsureParties:
    """The utterances of a transcript of which nobody can be sure whose they are; most transcripts have none."""

    def __init__(self, transcript: Transcript, matcher: Matcher, code: str) -> None:
        self._utterances = [one for one in transcript.utterances if not one.is_sure_who]
        self._transcript, self._matcher, self._code = transcript, matcher, code

    def settle(self, rule: Rule, given: Answer, keyphrase: str, obstacle: Obstacle) -> Answer:
        """The answer about a keyphrase where it rests on words of sure parties, else a doubt."""
        if not self._utterances or given.outcome is Outcome.UNCERTAIN:
            return given
        if given.outcome is Outcome.MISSED:
            return self._perhaps_said(rule, given, keyphrase, obstacle)
        if rule.party is RuleParty.ANY:
            return given
        doubts = {place: self._unsure_at(place, _seconds_after(rule, given)) for place in given.places}
        sure = tuple(place for place, unsure in doubts.items() if unsure is None)
        if len(sure) >= (rule.at_least if given.outcome is Outcome.MET else 1):
            return replace(given, places=sure)
        return next((_doubt(place, unsure) for place, unsure in doubts.items() if unsure is not None), given)

    def _perhaps_said(self, rule: Rule, given: Answer, keyphrase: str, obstacle: Obstacle) -> Answer:
        """A wording that no party said is looked for in all that was said, for part of it may be on the wrong side."""
        anybody = replace(rule, party=RuleParty.ANY, at_least=1)
        found = answer(anybody, self._anybody.of(keyphrase), obstacle)
        for place in found.places if found.outcome is not Outcome.MISSED else ():
            unsure = self._unsure_at(place)
            if unsure is not None:
                return found if rule.party is RuleParty.ANY and rule.at_least == 1 else _doubt(place, unsure)
        return given

    @cached_property
    def _anybody(self) -> Candidates:
        """What was said, whoever said it."""
        speech = self._transcript.speech
        together = replace(
            self._transcript,
            utterances=tuple(replace(one, party=Party.UNKNOWN) for one in self._transcript.utterances),
            speech=None if speech is None else tuple((Party.UNKNOWN, spans) for _, spans in speech),
        )
        return find_candidates(self._matcher, hear(together, self._code))

    def _unsure_at(self, place: Candidate, seconds_after: float = 0.0) -> Utterance | None:
        """The least sure of the unsure utterances that a place, and the seconds after it, touch."""
        end = place.end + seconds_after
        touched = (one for one in self._utterances if one.start < end and place.start < one.end)
        return min(touched, key=lambda one: one.party_confidence or 0.0, default=None)


def _seconds_after(rule: Rule, given: Answer) -> float:
    """A refusal of the customer's rests on their answer, too."""
    return ANSWER_SECONDS if given.outcome is Outcome.REFUSED and rule.party is RuleParty.CUSTOMER else 0.0


def _doubt(place: Candidate, unsure: Utterance) -> Answer:
    sure = f"{unsure.party_confidence or 0.0:.0%}"
    reason = f"Said at {place.start:.0f} s, but it is only {sure} sure that it was the {unsure.party}."
    return Answer(Outcome.UNCERTAIN, reason, (place,))
