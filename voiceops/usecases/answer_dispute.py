"""A person of QA decides on an agent's objection."""

from dataclasses import replace

from voiceops.domain.release import Dispute, DisputeAnswer
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import Services


def answer_dispute(
    services: Services, recording_id: str, dispute_id: str, *, answer: DisputeAnswer, note: str, actor: str
) -> Dispute:
    """The dispute with its answer, which is final. A finding that was wrong is corrected by a review besides.

    Raises NotFound, BadInput without a note, or Conflict where it was answered already.
    """
    if not note.strip():
        raise BadInput("An answer needs a note.", record=recording_id, next_step="Say to the agent why.")
    with services.open_unit() as unit:
        unit.recordings.get(recording_id)
        dispute = next((one for one in unit.releases.disputes(recording_id) if one.id == dispute_id), None)
        if dispute is None:
            raise NotFound(
                "There is no such dispute.", record=dispute_id, next_step="Look at the disputes of the recording."
            )
        if dispute.answer is not None:
            raise Conflict(
                f"It was answered already, by {dispute.answered_by}: {dispute.answer}.",
                record=recording_id,
                next_step="Leave it at that; correct the finding by a review if it is wrong.",
            )
        answered = replace(
            dispute, answer=answer, note=note.strip(), answered_by=actor, answered_at=services.clock.now()
        )
        unit.releases.save_dispute(answered)
        unit.commit()
    return answered
