"""`voiceops worker`: one background process, for machines where each part is started by itself."""

import importlib
import sys
from enum import StrEnum
from typing import Annotated

import typer

from voiceops.settings import Settings
from voiceops.storage.database import migrate


class Duty(StrEnum):
    """What one background process does: work on a lane, or sweep."""

    TRANSCRIBE = "transcribe"
    ANALYSE = "analyse"
    REANALYSE = "reanalyse"
    NOTIFY = "notify"
    SWEEP = "sweep"


def worker(
    duty: Annotated[Duty, typer.Argument(help="transcribe, analyse, reanalyse, notify or sweep.")],
) -> None:
    """Work on one lane, or sweep, until stopped.

    Example: voiceops worker transcribe
    """
    migrate(Settings().database)
    # By name: the core does not know its doors.
    if duty is Duty.SWEEP:
        sys.exit(importlib.import_module("workers.sweep").main([]))
    sys.exit(importlib.import_module("workers.run").main([duty.value]))
