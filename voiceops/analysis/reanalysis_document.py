"""The JSON form of a re-analysis and of the verdicts it changed, as the command line and the API give it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from voiceops.domain.reanalysis import ChangeCount, ListedChange, Progress


def write_progress(progress: Progress) -> dict[str, Any]:
    """Whom it is about, where it stands, and how far it has come; `share` is 0..1."""
    reanalysis, counts = progress.reanalysis, progress.counts
    return {
        "id": reanalysis.id,
        "keyword_set": {"id": reanalysis.keyword_set_id, "version": reanalysis.keyword_set_version},
        "purpose": reanalysis.purpose.value,
        "state": reanalysis.state.value,
        "from_at": _instant(reanalysis.received.from_at),
        "to_at": _instant(reanalysis.received.to_at),
        "asked_by": reanalysis.asked_by,
        "started_at": _instant(reanalysis.started_at),
        "ended_at": _instant(reanalysis.ended_at),
        "total": reanalysis.total,
        "looked_at": counts.looked_at,
        "evaluated": counts.evaluated,
        "changed": counts.changed,
        "failed": counts.failed,
        "share": round(progress.share, 4),
    }


def write_changes(found: Sequence[ListedChange]) -> list[dict[str, Any]]:
    """One entry per verdict; `rule` is None for the verdict on the whole call."""
    return [
        {
            "recording_id": one.change.recording_id,
            "rule": one.change.rule_id,
            "before": one.change.before,
            "after": one.change.after,
        }
        for one in found
    ]


def write_change_counts(counts: Sequence[ChangeCount]) -> list[dict[str, Any]]:
    """How many calls changed in the same way."""
    return [{"rule": one.rule_id, "before": one.before, "after": one.after, "calls": one.calls} for one in counts]


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
