"""What is kept of every look at somebody's words or voice, and of every change of rights."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccessAction(StrEnum):
    """What somebody did."""

    READ_TRANSCRIPT = "read_transcript"
    HEARD_AUDIO = "heard_audio"
    OPENED_ORIGINAL = "opened_original"
    SEARCHED = "searched"
    EXPORTED = "exported"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    CHANGED_RIGHTS = "changed_rights"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    ERASED = "erased"


@dataclass(frozen=True)
class AccessEntry:
    """One line of the access log; lines are only ever added.

    `record` is the recording, user or token it was done to, `customer` the caller's number where there is one,
    `detail` a sentence for what the other fields leave open.
    """

    at: datetime
    actor: str
    action: AccessAction
    record: str
    customer: str | None = None
    detail: str = ""
