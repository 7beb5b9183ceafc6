"""Erasures as they cross the wire."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.schemas.text import Instant, Line
from voiceops.domain.erasure import Erasure


class ErasureIn(BaseModel):
    """Whose data: a telephone number in any form, the reference that senders know them by, or both."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"number": "+36 30 123 4567", "dry_run": True}]}
    )

    number: Line | None = None
    customer: Line | None = None
    dry_run: bool = Field(True, description="true: only say what would go.")

    @model_validator(mode="after")
    def _names_somebody(self) -> "ErasureIn":
        if self.number is None and self.customer is None:
            raise ValueError("name a number or a customer")
        return self


class StayedOut(BaseModel):
    """Something that had to stay, and why."""

    what: str
    record: str
    why: str


class ExportOut(BaseModel):
    """Words that left the system before."""

    at: Instant
    actor: str
    record: str
    detail: str


class ErasureOut(BaseModel):
    """The receipt; it does not say whose data it was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                    "at": "2026-03-02T09:15:00.000Z",
                    "actor": "admin",
                    "removed": {"files": 2, "recordings": 2, "tasks": 1, "transcripts": 2},
                    "stayed": [{"what": "recording", "record": "a1", "why": "Legal hold by vera since 2026-02-01."}],
                    "exports": [],
                    "is_dry_run": False,
                    "pseudonym": "erased:5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                }
            ]
        }
    )

    id: str
    at: Instant
    actor: str
    removed: dict[str, int] = Field(description="Rows by table, and files.")
    stayed: list[StayedOut]
    exports: list[ExportOut]
    is_dry_run: bool
    pseudonym: str = Field(description="What stands in the access log in the place of the number or reference.")


class ErasureList(BaseModel):
    """All receipts, the newest first."""

    items: list[ErasureOut]


def erasure_out(erasure: Erasure) -> ErasureOut:
    """The receipt for the wire."""
    return ErasureOut.model_validate(erasure, from_attributes=True)
