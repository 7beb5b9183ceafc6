"""Removes what was kept of recordings for as long as the rules say: sound, words, results, each by its own rule."""

from collections.abc import Sequence

import structlog

from voiceops.domain.recording import Recording, RecordingPart
from voiceops.ports import RetentionRule, Services, UnitOfWork
from voiceops.usecases.find_retention_rules import find_retention_rules, received_before

# The sweep has other things to do; at one round in ten seconds this is more than any archive holds.
AT_ONCE = 50

log = structlog.get_logger(__name__)


def expire_recordings(services: Services) -> int:
    """How many parts were removed, at most `AT_ONCE` by each rule; what is left over goes in the next round."""
    with services.open_view() as unit:
        rules = find_retention_rules(services, unit)
    return sum(_apply(services, rule) for rule in rules)


def _apply(services: Services, rule: RetentionRule) -> int:
    removed = sum(_expire(services, rule, recording_id) for recording_id in _due(services, rule))
    if removed:
        log.info("removed by retention", kind=rule.kind, part=rule.part, days=rule.days, recordings=removed)
    return removed


def _due(services: Services, rule: RetentionRule) -> Sequence[str]:
    with services.open_view() as unit:
        return unit.retention.due(rule, before=received_before(services, rule), limit=AT_ONCE)


def _expire(services: Services, rule: RetentionRule, recording_id: str) -> bool:
    """Whether the part was removed: a hold or a task may have come in between.

    The row is held meanwhile. Where we die after the bytes are gone, the next round finds the row and says so.
    """
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        stays = recording.hold is not None or unit.retention.is_needed(recording_id)
        if stays or recording.removed_at(rule.part) is not None:
            return False
        _remove(services, unit, recording, part=rule.part)
        unit.recordings.save(recording.without(rule.part, services.clock.now(), reason=_sentence(rule)))
        unit.commit()
    return True


def _remove(services: Services, unit: UnitOfWork, recording: Recording, *, part: RecordingPart) -> None:
    if part is RecordingPart.AUDIO:
        for sha256 in recording.files:
            services.files.remove(sha256)
        unit.retention.remove_waveform(recording.id)
    elif part is RecordingPart.TRANSCRIPT:
        unit.retention.remove_transcript(recording.id)
    else:
        unit.retention.remove_result(recording.id)


def _sentence(rule: RetentionRule) -> str:
    where = f"queue {rule.queues[0]}" if rule.queues else "this system"
    # One sentence stands for all parts of a recording, which go one after the other.
    return f"It was kept for as long as the rules of {where} say for a {rule.kind}."
