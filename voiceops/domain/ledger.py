"""The ledger of voicemails: whether every one that was received has one open duty or one recorded ending."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What does not fit in the ledger."""

    VOICEMAIL_WITHOUT_TASK = "voicemail_without_task"
    TASK_MISSING = "task_missing"
    RECORDING_MISSING = "recording_missing"
    ANSWERED_TWICE = "answered_twice"


@dataclass(frozen=True)
class LedgerFault:
    """One record that does not fit, in a sentence, and what to do about it."""

    kind: FaultKind
    recording_id: str | None
    task_id: str | None = None

    @property
    def what(self) -> str:
        """What is wrong."""
        return _SENTENCES[self.kind][0]

    @property
    def next_step(self) -> str:
        """What to do."""
        return _SENTENCES[self.kind][1]


_SWEEP = "The sweep raises its task again within seconds; if this stays, see that `voiceops worker sweep` runs."
_SENTENCES = {
    FaultKind.VOICEMAIL_WITHOUT_TASK: ("The voicemail has no task.", _SWEEP),
    FaultKind.TASK_MISSING: ("The task that the voicemail belongs to is gone.", _SWEEP),
    FaultKind.RECORDING_MISSING: (
        "The task's recording is gone.",
        "Restore the recording's row from a backup; call back by the number in the task meanwhile.",
    ),
    FaultKind.ANSWERED_TWICE: (
        "The voicemail raised one task and is listed in another.",
        "Cancel one of the two with the reason, and remove its row in task_messages.",
    ),
}


@dataclass(frozen=True)
class Ledger:
    """received = open + ended + merged + no_message, or there are faults.

    `open` and `ended` count callbacks, `merged` the messages that joined one, `no_message` callbacks
    closed because nobody spoke. `faults` lists the first of `fault_count`. `overdue` counts what of the
    open duties, follow-ups too, is late.
    """

    received: int
    open: int
    ended: int
    merged: int
    no_message: int
    overdue: int = 0
    fault_count: int = 0
    faults: tuple[LedgerFault, ...] = ()

    @property
    def difference(self) -> int:
        """Received voicemails that nothing answers, less answers without a voicemail."""
        return self.received - self.open - self.ended - self.merged - self.no_message

    @property
    def unbalanced(self) -> int:
        """How many records do not fit; 0 where all do. Two opposite faults do not hide each other."""
        return max(abs(self.difference), self.fault_count)
