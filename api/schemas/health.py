"""How the system is, as it crosses the wire."""

from typing import Literal

from pydantic import BaseModel

from voiceops.ports import Lane


class Life(BaseModel):
    """The process answers."""

    status: Literal["alive"]


class Readiness(BaseModel):
    """The parts that answered."""

    status: Literal["ready"]
    parts: list[str]


class LaneOut(BaseModel):
    """A software queue and how much waits in it."""

    lane: Lane
    waiting: int


class JobsOut(BaseModel):
    """All lanes."""

    lanes: list[LaneOut]
