"""The JSON form of reviews and of the trust in rules, as the command line and the API give it."""

from typing import Any

from voiceops.analysis.rule_trust import RuleTrust, Share
from voiceops.domain.review import Review


def write_review(review: Review) -> dict[str, Any]:
    """The person's answer beside the machine's."""
    return {
        "id": review.id,
        "recording_id": review.recording_id,
        "keyword_set": {"id": review.keyword_set_id, "version": review.keyword_set_version},
        "rule": review.rule_id,
        "machine_outcome": review.machine_outcome.value,
        "outcome": review.outcome.value,
        "confirms": review.confirms,
        "note": review.note,
        "reviewer": review.reviewer,
        "at": review.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def write_rule_trust(trust: RuleTrust) -> dict[str, Any]:
    """One rule's figures; shares are 0..1 with the 95 % interval beside them."""
    return {
        "rule": trust.rule_id,
        "reviews": {
            "confirmed": trust.tally.confirmed,
            "corrected": trust.tally.corrected,
            "found": trust.tally.claimed,
            "not_found": trust.tally.silent,
            "uncertain": trust.tally.uncertain,
        },
        "precision": _share(trust.precision),
        "recall": _share(trust.recall),
        "strictness": trust.strictness.value,
        "suggested_strictness": trust.suggested.value if trust.suggested else None,
        "reason": trust.reason,
    }


def _share(share: Share | None) -> dict[str, float] | None:
    if share is None:
        return None
    return {"value": round(share.value, 4), "low": round(share.low, 4), "high": round(share.high, 4)}
