"""Who looks after which customer, as it crosses the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.text import Id, Instant
from voiceops.domain.customer_owner import CustomerOwner

Customer = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[0-9A-Za-z+#() ._@-]*$"),
    Field(description="A telephone number, or the reference under which the customer is known."),
]


class OwnerIn(BaseModel):
    """Who is to look after the customer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"agent_id": "ana"}]})

    agent_id: Id


class OwnerOut(BaseModel):
    """A customer and who looks after them."""

    customer: str = Field(description="A telephone number in E.164, or a reference.")
    agent_id: str
    set_by: str
    set_at: Instant


class OwnerPage(BaseModel):
    """Owners by customer."""

    items: list[OwnerOut]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


def owner_out(owner: CustomerOwner) -> OwnerOut:
    """The owner for the wire."""
    return OwnerOut(**vars(owner))
