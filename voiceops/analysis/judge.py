"""One keyphrase's answer for one rule: which places count, and whether they add up to said, denied, or a doubt."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from voiceops.analysis.denial import begins_with_no
from voiceops.analysis.ground import Ground
from voiceops.analysis.heard import Run
from voiceops.analysis.languages import Language
from voiceops.analysis.match import Candidate
from voiceops.analysis.negation import Stance
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, Rule, RuleParty, Strictness
from voiceops.domain.recording import Party

NOT_SAID = frozenset({Stance.DENIED, Stance.ASKED, Stance.OPPOSED})
# The engine itself hardly believes what it wrote below this, over the words found.
LOW_PROBABILITY = 0.35
# How much better a score must be to settle what a place holds.
CLEARLY = 0.15
VERBATIM = 0.97
ROUNDING = 1e-6
# Within this the other party's answer belongs to the question.
ANSWER_SECONDS = 8.0
_PARTIES = {
    RuleParty.AGENT: {Party.AGENT},
    RuleParty.CUSTOMER: {Party.CUSTOMER, Party.CALLER},
    RuleParty.ANY: {Party.AGENT, Party.CUSTOMER, Party.CALLER, Party.UNKNOWN},
}

# Why a place does not count, as the end of a sentence, or None where it does.
Obstacle = Callable[[Candidate], str | None]


@dataclass(frozen=True)
class Answer:
    """`outcome` is MET, REFUSED, UNCERTAIN or MISSED; `places` are those it rests on, the best first."""

    outcome: Outcome
    reason: str
    places: tuple[Candidate, ...] = ()


def is_of_party(candidate: Candidate, rule: Rule) -> bool:
    """Whether the rule counts the words of this place."""
    return counts_for(candidate.run.party, rule)


def counts_for(party: Party, rule: Rule) -> bool:
    """Whether the rule counts this party's words; a caller on a voicemail is a customer."""
    return party in _PARTIES[rule.party]


def answer(rule: Rule, candidates: Sequence[Candidate], obstacle: Obstacle) -> Answer:
    """What the candidates of one keyphrase (best first) say to the rule."""
    own = [c for c in candidates if is_of_party(c, rule)]
    inside = [c for c in own if obstacle(c) is None]
    said, denied, doubted = _sort(inside, rule.strictness)
    if len(said) >= rule.at_least:
        certain_denial = next((c for c in denied if c.score >= c.accepts(rule.strictness)), None)
        if certain_denial is not None:
            where = f"said at {_clock(said[0])} and denied at {_clock(certain_denial)}"
            return Answer(Outcome.UNCERTAIN, f"The wording was {where}.", (said[0], certain_denial))
        return Answer(Outcome.MET, _said_sentence(said), tuple(said))
    if denied:
        return Answer(Outcome.REFUSED, f"The wording is there but denied at {_clock(denied[0])}.", tuple(denied))
    if said or doubted:
        reason = doubted[0][1] if doubted else f"Said {len(said)} times; the rule wants {rule.at_least}."
        outcome = Outcome.UNCERTAIN if len(said) + len(doubted) >= rule.at_least else Outcome.MISSED
        return Answer(outcome, reason, (*said, *(c for c, _ in doubted)))
    unknown = _said_by_nobody_known(candidates, rule, obstacle)
    if unknown is not None:
        how = "Denied" if unknown.stance is Stance.DENIED else "Said"
        return Answer(Outcome.UNCERTAIN, f"{how} at {_clock(unknown)}, but it is not known by whom.", (unknown,))
    return _missed(rule, candidates, obstacle)


Doubt = tuple[Candidate, str]


def _sort(places: Iterable[Candidate], strictness: Strictness) -> tuple[list[Candidate], list[Candidate], list[Doubt]]:
    """Said, denied and doubtful places, each best first; overlapping places are one."""
    ordered = sorted(places, key=lambda c: (not c.wording.denies, -c.score))
    near = [c for c in ordered if c.score >= c.rejects(strictness)]
    own_denials = [c for c in near if c.wording.denies and c.stance is Stance.AFFIRMED and _accepted(c, strictness)]
    denials = _denials(near, Ground(own_denials))
    of_denials, of_said = Ground(denials), Ground[Candidate]()
    of_denied, of_doubted = Ground[Candidate](), Ground[Candidate]()
    said: list[Candidate] = []
    denied: list[Candidate] = []
    doubted: list[Doubt] = []
    asked = Ground(c for c in near if c.stance is Stance.ASKED)
    for place in near:
        if place in denials:
            if of_denied.is_free(place):
                denied.append(place)
                of_denied.add(place)
        elif (
            place.stance in NOT_SAID
            or not of_denials.is_free(place)
            or not of_said.is_free(place)
            or _is_asked(place, asked)
        ):
            continue
        else:
            doubt = _doubt(place, strictness)
            if doubt is None:
                said.append(place)
                of_said.add(place)
            elif of_doubted.is_free(place):
                doubted.append((place, doubt))
                of_doubted.add(place)
    shaky = Ground(c for c, _ in doubted if c.stance is Stance.DOUBTFUL)
    said = [c for c in said if c.wording.denies or not any(_shakes(s, c) for s in shaky.touching(c))]
    still_said = Ground(said)
    doubted = [(c, why) for c, why in doubted if still_said.is_free(c)]
    key = _best_first
    return sorted(said, key=key), sorted(denied, key=key), sorted(doubted, key=lambda d: key(d[0]))


def _denials(near: Sequence[Candidate], own_denials: Ground[Candidate]) -> AbstractSet[Candidate]:
    """Places denied by the speaker, where neither the wording itself denies nor a better one was affirmed."""
    denied = [c for c in near if c.stance is Stance.DENIED and own_denials.is_free(c)]
    affirmed = Ground(c for c in near if c.stance is Stance.AFFIRMED) if denied else Ground[Candidate]()
    return {c for c in denied if not any(_overrules(o, c) for o in affirmed.touching(c))}


def _overrules(affirmed: Candidate, denial: Candidate) -> bool:
    """A wording found much better in the same place, without a denial, was what was said."""
    return affirmed.score > denial.score + CLEARLY


def _is_asked(place: Candidate, asked: Ground[Candidate]) -> bool:
    """Whether another wording found as well in its place is only asked or supposed there."""
    return any(other.score > place.score - ROUNDING for other in asked.touching(place))


def _shakes(doubtful: Candidate, said: Candidate) -> bool:
    """Whether a doubt about one wording reaches another in its place.

    One found word for word is shaken only by an equal, and not by a part of itself.
    """
    if said.score >= VERBATIM:
        covers = said.found.first <= doubtful.found.first and doubtful.found.last <= said.found.last
        return not covers and doubtful.score > said.score - ROUNDING
    return doubtful.score > said.score - CLEARLY


def _best_first(candidate: Candidate) -> tuple[float, float]:
    return (-candidate.score, candidate.start)


def _accepted(candidate: Candidate, strictness: Strictness) -> bool:
    return candidate.score >= candidate.accepts(strictness)


def _doubt(candidate: Candidate, strictness: Strictness) -> str | None:
    """Why the place is doubtful, or None."""
    if not _accepted(candidate, strictness):
        return f"Something like it was said at {_clock(candidate)}, too unlike the wording to be sure."
    if candidate.stance is Stance.DOUBTFUL:
        return f"Said at {_clock(candidate)}, but a word there may be a negation that was not heard well."
    if _belief(candidate) < LOW_PROBABILITY:
        return f"Said at {_clock(candidate)}, but the recogniser was unsure of these words."
    return None


def _belief(candidate: Candidate) -> float:
    """How far the recogniser believed the words found: their mean, or the middle one where a single word spoils it."""
    run = candidate.run
    heard = [run.words[run.tokens[token].first].probability for _, token, _ in candidate.found.pairs]
    known = sorted(probability for probability in heard if probability is not None)
    return max(sum(known) / len(known), known[len(known) // 2]) if known else 1.0


def _said_by_nobody_known(candidates: Iterable[Candidate], rule: Rule, obstacle: Obstacle) -> Candidate | None:
    if rule.party is RuleParty.ANY:
        return None
    for candidate in candidates:
        if candidate.run.party is not Party.UNKNOWN or not _accepted(candidate, rule.strictness):
            continue
        counts = candidate.stance not in NOT_SAID or (
            candidate.stance is Stance.DENIED and rule.expect is not Expectation.FORBIDDEN
        )
        if counts and obstacle(candidate) is None:
            return candidate
    return None


def _missed(rule: Rule, candidates: Sequence[Candidate], obstacle: Obstacle) -> Answer:
    """Missed, with the place a person should listen to first."""
    if not candidates:
        return Answer(Outcome.MISSED, "Nothing like the wording was heard.")
    nearest = max(candidates, key=lambda c: (_accepted(c, rule.strictness), is_of_party(c, rule), c.score))
    return Answer(Outcome.MISSED, _why_missed(rule, nearest, obstacle), (nearest,))


def _why_missed(rule: Rule, nearest: Candidate, obstacle: Obstacle) -> str:
    if not _accepted(nearest, rule.strictness):
        return f"The nearest wording, at {_clock(nearest)}, is too unlike it."
    if not is_of_party(nearest, rule):
        return f"Said at {_clock(nearest)} by the {nearest.run.party}, not by the {rule.party}."
    if nearest.stance is Stance.OPPOSED:
        return f"At {_clock(nearest)} the opposite was said, without the wording's own denial."
    hindered = obstacle(nearest)
    if hindered is not None:
        return f"Said at {_clock(nearest)}, {hindered}."
    return f"Only asked, supposed or told of others at {_clock(nearest)}, not said."


def _said_sentence(said: Sequence[Candidate]) -> str:
    times = f" and {len(said) - 1} more times" if len(said) > 1 else ""
    return f"Said at {_clock(said[0])}{times}."


def _clock(candidate: Candidate) -> str:
    return f"{candidate.start:.0f} s"


def was_declined(candidate: Candidate, runs: Iterable[Run], language: Language) -> Candidate | None:
    """The candidate, if it is a question that the other party's next turn answers with a no."""
    for run in runs:
        if run.party is candidate.run.party or run.party is Party.UNKNOWN:
            continue
        for turn in sorted({0, *run.turns}):
            if candidate.end - 0.5 <= run.start(turn) <= candidate.end + ANSWER_SECONDS:
                return candidate if begins_with_no(run.tokens, turn, language) else None
    return None
