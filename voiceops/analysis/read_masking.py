"""Reads what is masked in recordings, as the settings say it: `call=card+account,voicemail=card`."""

from voiceops.domain.masking import Masking
from voiceops.domain.private import Private
from voiceops.domain.recording import RecordingKind
from voiceops.errors import BadInput


def read_masking(text: str) -> Masking:
    """What is masked; "" masks nothing. Raises BadInput for what is no rule, or is said twice."""
    wanted: dict[str, tuple[Private, ...]] = {}
    for rule in filter(None, (one.strip() for one in text.split(","))):
        kind, _, named = rule.partition("=")
        names = named.split("+")
        if kind not in set(RecordingKind) or kind in wanted or not set(names) <= set(Private):
            raise BadInput(
                f"“{rule}” is no rule, or says something twice.",
                record="VOICEOPS_MASK",
                next_step=f"Write kind=what+what, such as call=card+account; there are {', '.join(Private)}.",
            )
        wanted[kind] = tuple(map(Private, dict.fromkeys(names)))
    return Masking(call=wanted.get(RecordingKind.CALL, ()), voicemail=wanted.get(RecordingKind.VOICEMAIL, ()))
