"""How the system is, as it crosses the wire."""

from typing import Literal

from pydantic import BaseModel


class Life(BaseModel):
    """The process answers."""

    status: Literal["alive"]


class Readiness(BaseModel):
    """The parts that answered."""

    status: Literal["ready"]
    parts: list[str]
