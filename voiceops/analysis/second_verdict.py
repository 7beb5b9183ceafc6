"""What second looks change: a missed rule becomes met or uncertain by what was heard then and what fits the sound.

The second transcript goes through the same judge as the first, in its place: a refusal, a denial, a question or a
wrong party are there what they always are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate
from voiceops.analysis.heard import timed_words
from voiceops.analysis.judge import counts_for
from voiceops.analysis.normalise import Kind, normalise
from voiceops.analysis.place import borders_of
from voiceops.analysis.score import passed, score
from voiceops.analysis.second_places import covers, may_be_looked_at, stretch_of, wordings_of
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome, SecondAnswer
from voiceops.domain.keyword_set import Rule
from voiceops.domain.recording import Party
from voiceops.domain.second_look import SecondLook, WordingFit
from voiceops.domain.transcript import Span, Transcript, Utterance, Word

# From this similarity on, 0..100, something like the wording was heard.
_LIKE_IT = 50.0
# The lowest at which any wording counts as said: what the first look heard that well was not said for a reason.
_ACCEPTED = 60.0
# A negation heard so near belongs to the words.
_BEFORE_SECONDS, _AFTER_SECONDS = 2.0, 1.0


@dataclass(frozen=True)
class _Call:
    """What a second verdict rests on."""

    prepared: PreparedKeywordSet
    transcript: Transcript
    first: Evaluation
    queue: str | None


def second_verdict(
    prepared: PreparedKeywordSet,
    transcript: Transcript,
    first: Evaluation,
    *,
    looks: Sequence[SecondLook],
    queue: str | None,
) -> Evaluation:
    """The evaluation with what the looks say beside each missed rule that they cover."""
    if not looks:
        return first
    call, rules = _Call(prepared, transcript, first, queue), prepared.keyword_set.rules
    findings = tuple(_finding(call, *pair, looks) for pair in zip(rules, first.findings, strict=True))
    return replace(first, findings=findings, score=score(rules, findings), passed=passed(rules, findings))


def _finding(call: _Call, rule: Rule, first: Finding, looks: Sequence[SecondLook]) -> Finding:
    stretch = stretch_of(rule, call.transcript, call.first.findings) if may_be_looked_at(rule, first) else None
    if stretch is None:
        return first
    own = [one for one in looks if counts_for(one.party, rule) and covers(one, one.party, stretch)]
    if not own:
        return first
    again = _with(call.transcript, own)
    # Rules that come before or after this one are judged by the same words.
    of_rule = evaluate(call.prepared, again, queue=call.queue).findings
    heard = next(finding for finding in of_rule if finding.rule_id == rule.id)
    fit = _fit(call, rule, own)
    second = SecondAnswer(
        first.outcome, first.reason, first.evidence, own[0].engine, heard.outcome, heard.reason, heard.evidence, fit
    )
    return _moved(first, second, own[0], doubted=_is_doubted(call, first, heard.evidence, again))


def _moved(first: Finding, second: SecondAnswer, look: SecondLook, *, doubted: bool) -> Finding:
    """The finding after the second look; the table in the record of this decision, line by line."""
    fit, evidence, borders = second.fit, second.heard_evidence, look.borders
    alike = evidence is not None and evidence.similarity >= _LIKE_IT
    heard = second.heard is Outcome.MET or (second.heard is Outcome.UNCERTAIN and alike)
    weakly = fit is not None and fit.score >= borders.weak
    surely = fit is not None and borders.strong is not None and fit.score >= borders.strong
    in_place = fit is not None and evidence is not None and fit.start < evidence.end and evidence.start < fit.end
    if second.heard in {Outcome.REFUSED, Outcome.VIOLATED} or not (heard or weakly):
        return replace(first, second=second)
    said = second.heard is Outcome.MET and surely and in_place and not doubted
    outcome = Outcome.MET if said else Outcome.UNCERTAIN
    place = evidence if heard else None
    if place is None and fit is not None:  # nothing was heard, so it is the fit that moves the rule
        place = Evidence(_words_in(look, fit), fit.start, fit.end, look.party, 0.0)
    return replace(first, outcome=outcome, reason=_reason(second, said=said), evidence=place, second=second)


def _words_in(look: SecondLook, fit: WordingFit) -> str:
    """What was heard where a wording fits."""
    words = (word for one in look.utterances for word in timed_words(one))
    return " ".join(word.text.strip() for word in words if word.start < fit.end and fit.start < word.end)


def _reason(second: SecondAnswer, *, said: bool) -> str:
    fit = second.fit
    fits = f"“{fit.wording}” fits the sound at {fit.start:.0f} s (score {fit.score:.2f})." if fit is not None else ""
    if said:
        return f"Missed at first. {second.heard_reason.removesuffix('.')} at a second look, and {fits}"
    return " ".join(part for part in ("Missed at first. A second look is not sure:", second.heard_reason, fits) if part)


def _with(transcript: Transcript, looks: Sequence[SecondLook]) -> Transcript:
    """The transcript with what the looks heard in the place of what was heard there at first."""
    utterances = list(transcript.utterances)
    speech = list(transcript.speech or ())
    for look in looks:
        utterances = [piece for one in utterances for piece in _outside(one, look.party, look.stretch)]
        utterances += look.utterances
        speech.append((look.party, look.speech))
    ordered = tuple(sorted(utterances, key=lambda one: (one.start, one.end)))
    return replace(transcript, utterances=ordered, speech=tuple(speech))


def _outside(utterance: Utterance, party: Party, stretch: Span) -> Iterator[Utterance]:
    """The parts of an utterance that lie before and after a stretch; all of another party's."""
    if utterance.party is not party or utterance.end <= stretch.start or utterance.start >= stretch.end:
        yield utterance
        return
    words = timed_words(utterance)
    before = [word for word in words if _middle(word) < stretch.start]
    after = [word for word in words if _middle(word) > stretch.end]
    for kept in filter(None, (before, after)):
        text = " ".join(word.text.strip() for word in kept)
        yield Utterance(party, kept[0].start, kept[-1].end, text, tuple(kept))


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _fit(call: _Call, rule: Rule, looks: Sequence[SecondLook]) -> WordingFit | None:
    """The best fit of any one wording of `any_of`, or the worst of the best ones of each of `all_of`."""
    borders = borders_of(rule.window, call.transcript.duration)
    inside = [fit for look in looks for fit in look.fits if borders.outside(fit.start, fit.end) is None]

    def best(keyphrases: Sequence[str]) -> WordingFit | None:
        wanted = {wording for one in keyphrases for wording in wordings_of(call.prepared.keyword_set, one)}
        return max((fit for fit in inside if fit.wording in wanted), key=lambda fit: fit.score, default=None)

    parts = [best(rule.any_of)] if rule.any_of else []
    parts += [best((one,)) for one in rule.all_of]
    known = [fit for fit in parts if fit is not None]
    return min(known, key=lambda fit: fit.score) if known and len(known) == len(parts) else None


def _is_doubted(call: _Call, first: Finding, evidence: Evidence | None, again: Transcript) -> bool:
    """Whether the first look heard a reason against: the wording, but not as said, or a negation that is now lost."""
    if evidence is None:
        return True
    was = first.evidence
    if was is not None and was.similarity >= _ACCEPTED and was.start < evidence.end and evidence.start < was.end:
        return True
    place = Span(evidence.start - _BEFORE_SECONDS, evidence.end + _AFTER_SECONDS)
    code = call.prepared.keyword_set.language
    then, now = (_negations(one, evidence.party, place, code) for one in (call.transcript, again))
    return then > now


def _negations(transcript: Transcript, party: Party, place: Span, code: str) -> int:
    words = [word for one in transcript.utterances if one.party is party for word in timed_words(one)]
    near = [word.text for word in words if word.start < place.end and word.end > place.start]
    return sum(token.kind is Kind.NEGATION for token in normalise(near, code))
