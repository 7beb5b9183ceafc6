"""Judges which of two channels or voices is the agent's, by the script's wording, who speaks first, and how."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.heard import hear
from voiceops.analysis.match import Candidates, Matcher, find_candidates
from voiceops.domain.keyword_set import KeywordSet, RuleParty, Strictness
from voiceops.domain.recording import Direction, PartiesBy, Party
from voiceops.domain.transcript import PartyJudgement, Transcript

# Each is evidence in log-odds. A wording that only one channel has is worth most; more than four of them say no more.
_SCRIPT = 1.2
_MOST_WORDINGS = 4
# Who is called up speaks first: of an inbound call the agent, of an outbound one the customer.
_FIRST_BY_DIRECTION = 1.2
_FIRST = 0.5
# An agent's greeting has a sentence, a customer's "hello?" a word or two.
_SENTENCE = 0.6
_SENTENCE_WORDS = 4
# Telephone systems write the agent on the first channel by custom.
_CUSTOM = 0.5
_SWAPPED = {Party.AGENT: Party.CUSTOMER, Party.CUSTOMER: Party.AGENT}


@dataclass(frozen=True)
class Script:
    """A keyword set and its wordings, ready to be found."""

    keyword_set: KeywordSet
    matcher: Matcher


def judge_parties(transcript: Transcript, scripts: Iterable[Script], *, direction: Direction | None) -> Transcript:
    """The transcript of two channels, agent and customer in the order of custom, with its parties as they are judged.

    So is one of two voices on one channel; no custom speaks for those, and who is who is never surer than that there
    are two. Any other transcript comes back as it is.
    """
    if transcript.speech is None or [party for party, _ in transcript.speech] != [Party.AGENT, Party.CUSTOMER]:
        return transcript
    reasons = [*_by_script(transcript, scripts), *_by_opening(transcript, direction)]
    odds = sum(weight for weight, _ in reasons) + (0.0 if transcript.is_separated else _CUSTOM)
    agent = Party.AGENT if odds >= 0 else Party.CUSTOMER
    why = [reason for weight, reason in reasons if (weight > 0) == (odds >= 0)]
    judged = transcript if agent is Party.AGENT else swap_parties(transcript)
    confidence = round(1 / (1 + math.exp(-abs(odds))), 3)
    if transcript.is_separated and transcript.parties is not None:
        heard = transcript.parties
        said = "; ".join([heard.reason, *why])
        return replace(judged, parties=replace(heard, confidence=min(heard.confidence, confidence), reason=said))
    said = "; ".join(why) or "nothing but the custom that the agent is on the first channel"
    return replace(judged, parties=PartyJudgement(PartiesBy.JUDGED, confidence, said))


def swap_parties(transcript: Transcript) -> Transcript:
    """The transcript with the agent's words as the customer's, and the other way round."""
    speech, sound = transcript.speech, transcript.sound
    return replace(
        transcript,
        utterances=tuple(replace(one, party=swapped(one.party)) for one in transcript.utterances),
        speech=None if speech is None else tuple((swapped(party), spans) for party, spans in speech),
        sound=None if sound is None else tuple(replace(one, party=swapped(one.party)) for one in sound),
    )


def swapped(party: Party) -> Party:
    """The other of agent and customer; anybody else stays."""
    return _SWAPPED.get(party, party)


def _by_script(transcript: Transcript, scripts: Iterable[Script]) -> Iterator[tuple[float, str]]:
    """Wordings that rules want of one party and only one channel has."""
    votes = {Party.AGENT: 0, Party.CUSTOMER: 0}
    for script in scripts:
        candidates = find_candidates(script.matcher, hear(transcript, script.keyword_set.language))
        for keyphrase, party in _wanted_of(script.keyword_set).items():
            voice = _only_voice(candidates, keyphrase)
            if voice is not None:
                votes[Party.AGENT if voice is party else Party.CUSTOMER] += 1
    for sign, voice in ((1, Party.AGENT), (-1, Party.CUSTOMER)):
        if votes[voice]:
            counted = min(votes[voice], _MOST_WORDINGS)
            yield sign * counted * _SCRIPT, f"{votes[voice]} of the keyword sets' wordings"


def _wanted_of(keyword_set: KeywordSet) -> Mapping[str, Party]:
    """The keyphrases that rules want of one party only."""
    wanted: dict[str, set[RuleParty]] = {}
    for rule in keyword_set.rules:
        for keyphrase in (*rule.any_of, *rule.all_of):
            wanted.setdefault(keyphrase, set()).add(rule.party)
    names = {RuleParty.AGENT: Party.AGENT, RuleParty.CUSTOMER: Party.CUSTOMER}
    return {
        keyphrase: names[party]
        for keyphrase, parties in wanted.items()
        if len(parties) == 1 and (party := next(iter(parties))) in names
    }


def _only_voice(candidates: Candidates, keyphrase: str) -> Party | None:
    said = {one.run.party for one in candidates.of(keyphrase) if one.score >= one.accepts(Strictness.NORMAL)}
    return said.pop() if len(said) == 1 else None


def _by_opening(transcript: Transcript, direction: Direction | None) -> Iterator[tuple[float, str]]:
    """Who speaks first, and whether with a sentence."""
    if not transcript.utterances:
        return
    first = min(transcript.utterances, key=lambda utterance: utterance.start)
    on_first = 1 if first.party is Party.AGENT else -1
    if direction is Direction.OUTBOUND:
        yield -on_first * _FIRST_BY_DIRECTION, "who was called up speaks first"
    elif direction is Direction.INBOUND:
        yield on_first * _FIRST_BY_DIRECTION, "speaks first"
    else:
        yield on_first * _FIRST, "speaks first"
    if _is_sentence(first.text.split()) and direction is not Direction.OUTBOUND:
        yield on_first * _SENTENCE, "greets with a sentence"


def _is_sentence(words: Sequence[str]) -> bool:
    return len(words) >= _SENTENCE_WORDS
