"""A person confirms or corrects one finding; the machine's answer stays beside theirs."""

from dataclasses import dataclass

from voiceops.domain.finding import Evaluation, Outcome
from voiceops.domain.keyword_set import Expectation, Rule
from voiceops.domain.review import Review
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.require_seen import require_seen_reviews


@dataclass(frozen=True)
class Judgement:
    """What a person says about a rule's finding on a recording.

    `outcome` None confirms the machine's answer. `version` is that of the finding they looked at;
    None takes the newest.
    """

    recording_id: str
    keyword_set_id: str
    rule_id: str
    outcome: Outcome | None = None
    note: str = ""
    version: int | None = None


def review_finding(services: Services, judgement: Judgement, *, reviewer: str, seen: int | None = None) -> Review:
    """The stored review; earlier ones of the same finding stay readable.

    `seen` is how many reviews of the recording the reviewer saw; Changed is raised where there are more.
    Raises NotFound where there is no such finding, Conflict if another version made it anew
    meanwhile, and BadInput for an answer that the rule cannot have or a correction without a note.
    """
    with services.open_unit() as unit:
        unit.recordings.get(judgement.recording_id)
        reviews = unit.reviews.of_recording(judgement.recording_id)
        require_seen_reviews(reviews, record=judgement.recording_id, count=seen)
        evaluation, machine = require_finding(unit, judgement)
        review = Review(
            id=services.new_id(),
            recording_id=judgement.recording_id,
            keyword_set_id=judgement.keyword_set_id,
            keyword_set_version=evaluation.keyword_set_version,
            rule_id=judgement.rule_id,
            machine_outcome=machine,
            outcome=judgement.outcome or machine,
            note=judgement.note.strip(),
            reviewer=reviewer,
            at=services.clock.now(),
        )
        _check(unit, review)
        unit.reviews.add(review)
        unit.commit()
    return review


def require_finding(unit: UnitOfWork, judgement: Judgement) -> tuple[Evaluation, Outcome]:
    """The evaluation with the finding that somebody speaks of, and the machine's answer.

    Raises NotFound or Conflict.
    """
    evaluation = _evaluation(unit, judgement)
    return evaluation, _machine_outcome(evaluation, judgement)


def _evaluation(unit: UnitOfWork, judgement: Judgement) -> Evaluation:
    found = unit.evaluations.newest(judgement.keyword_set_id, [judgement.recording_id]).get(judgement.recording_id)
    if found is None:
        raise NotFound(
            f"It was not evaluated with the keyword set {judgement.keyword_set_id}.",
            record=judgement.recording_id,
            next_step="Look at its findings for the keyword sets there are.",
        )
    if judgement.version not in {None, found.keyword_set_version}:
        raise Conflict(
            f"Version {found.keyword_set_version} made this finding anew; you looked at version {judgement.version}.",
            record=judgement.recording_id,
            next_step="Load its findings again and decide once more.",
        )
    return found


def _machine_outcome(evaluation: Evaluation, judgement: Judgement) -> Outcome:
    for finding in evaluation.findings:
        if finding.rule_id == judgement.rule_id:
            return finding.outcome
    raise NotFound(
        f"Version {evaluation.keyword_set_version} of {evaluation.keyword_set_id} has no rule {judgement.rule_id}.",
        record=judgement.recording_id,
        next_step="Look at its findings for the rules there are.",
    )


def _check(unit: UnitOfWork, review: Review) -> None:
    stored = unit.keyword_sets.get(review.keyword_set_id, review.keyword_set_version)
    rule = next(one for one in stored.keyword_set.rules if one.id == review.rule_id)
    possible = possible_outcomes(rule)
    if review.outcome not in possible:
        raise BadInput(
            f"A person cannot answer “{review.outcome}” to the rule {rule.id}, which is {rule.expect}.",
            record=review.recording_id,
            next_step=f"Answer one of: {', '.join(possible)}.",
        )
    if not review.confirms and not review.note:
        raise BadInput(
            f"A correction from {review.machine_outcome} to {review.outcome} needs a note.",
            record=review.recording_id,
            next_step="Say in the note what you heard, and when.",
        )


def possible_outcomes(rule: Rule) -> tuple[Outcome, ...]:
    """What a person may answer: never uncertain, since deciding is what they are asked for."""
    if rule.expect is Expectation.FORBIDDEN:
        return Outcome.MET, Outcome.VIOLATED, Outcome.NOT_APPLICABLE
    breach = () if rule.any_of or rule.all_of else (Outcome.VIOLATED,)
    return Outcome.MET, Outcome.MISSED, Outcome.REFUSED, *breach, Outcome.NOT_APPLICABLE
