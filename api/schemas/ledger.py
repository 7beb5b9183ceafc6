"""The ledger of voicemails as it crosses the wire."""

from pydantic import BaseModel, Field

from voiceops.domain.ledger import FaultKind, Ledger


class LedgerFaultOut(BaseModel):
    """One record that does not fit."""

    kind: FaultKind
    recording_id: str | None
    task_id: str | None
    what: str
    next_step: str


class LedgerOut(BaseModel):
    """received = open + ended + merged + no_message, or there are faults."""

    received: int = Field(description="Voicemails that were received.")
    open: int = Field(description="Callbacks that are somebody's duty.")
    ended: int = Field(description="Callbacks with a recorded ending.")
    merged: int = Field(description="Repeat messages that joined a callback.")
    no_message: int = Field(description="Callbacks closed because nobody spoke.")
    overdue: int = Field(description="Open tasks, follow-ups too, whose due time has passed.")
    difference: int = Field(description="received less the four others; 0 where all is well.")
    balances: bool
    fault_count: int
    faults: list[LedgerFaultOut] = Field(description="The first faults of each kind.")


def ledger_out(ledger: Ledger) -> LedgerOut:
    """The ledger for the wire."""
    return LedgerOut(
        received=ledger.received,
        open=ledger.open,
        ended=ledger.ended,
        merged=ledger.merged,
        no_message=ledger.no_message,
        overdue=ledger.overdue,
        difference=ledger.difference,
        balances=ledger.unbalanced == 0,
        fault_count=ledger.fault_count,
        faults=[
            LedgerFaultOut(
                kind=fault.kind,
                recording_id=fault.recording_id,
                task_id=fault.task_id,
                what=fault.what,
                next_step=fault.next_step,
            )
            for fault in ledger.faults
        ],
    )
