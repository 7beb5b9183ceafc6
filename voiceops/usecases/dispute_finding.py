"""An agent objects to one finding of an own call, within the time there is for it."""

from datetime import datetime, timedelta

from voiceops.domain.release import Dispute, Release
from voiceops.errors import BadInput, Conflict
from voiceops.ports import Policy, Services
from voiceops.usecases.find_release import require_release
from voiceops.usecases.review_finding import Judgement, require_finding


def dispute_finding(services: Services, objection: Judgement, *, actor: str) -> Dispute:
    """The stored dispute; the reason is the objection's note.

    Raises NotFound where there is no such finding, BadInput without a reason, and Conflict before the results are
    released, after the time for disputes, where another version made the finding anew, or a second time.
    """
    if not objection.note.strip():
        raise BadInput(
            "A dispute needs a reason.", record=objection.recording_id, next_step="Say what was said, and when."
        )
    now = services.clock.now()
    with services.open_unit() as unit:
        release = require_release(services, unit, unit.recordings.get(objection.recording_id))
        if now > dispute_until(release, services.policy):
            raise Conflict(
                f"The results could be disputed until {dispute_until(release, services.policy):%Y-%m-%d %H:%M} UTC.",
                record=objection.recording_id,
                next_step="Speak to your supervisor.",
            )
        evaluation, _ = require_finding(unit, objection)
        dispute = Dispute(
            id=services.new_id(),
            recording_id=objection.recording_id,
            keyword_set_id=objection.keyword_set_id,
            keyword_set_version=evaluation.keyword_set_version,
            rule_id=objection.rule_id,
            reason=objection.note.strip(),
            by=actor,
            at=now,
        )
        unit.releases.add_dispute(dispute)
        unit.commit()
    return dispute


def dispute_until(release: Release, policy: Policy) -> datetime:
    """When the time to dispute released results ends."""
    return release.released_at + timedelta(days=policy.dispute_days)
