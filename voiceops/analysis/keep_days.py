"""Reads for how long recordings are kept, as the settings say it: `call.audio=90,voicemail.transcript=30`."""

import re
from dataclasses import replace

from voiceops.domain.recording import RecordingKind, RecordingPart
from voiceops.domain.retention import KeepDays, Retention
from voiceops.errors import BadInput

_RULE = re.compile(rf"({'|'.join(RecordingKind)})\.({'|'.join(RecordingPart)})=([1-9][0-9]{{0,4}})")


def read_keep_days(text: str) -> Retention:
    """The rules; "" keeps everything for ever. Raises BadInput for what is none, or is said twice."""
    days: dict[str, dict[str, int]] = {kind: {} for kind in RecordingKind}
    for rule in filter(None, (one.strip() for one in text.split(","))):
        found = _RULE.fullmatch(rule)
        if found is None or found[2] in days[found[1]]:
            raise BadInput(
                f"“{rule}” is no rule, or says something twice.",
                record="VOICEOPS_KEEP_DAYS",
                next_step="Write kind.part=days, such as call.audio=90,voicemail.transcript=30.",
            )
        days[found[1]][found[2]] = int(found[3])
    kept = {kind: replace(KeepDays(), **parts) for kind, parts in days.items()}
    return Retention(**kept)
