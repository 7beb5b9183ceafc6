"""Finds the samples and keyword sets that ship with VoiceOps, in a wheel or in a source tree."""

from pathlib import Path
from typing import Literal

from voiceops.errors import MissingPart

_PACKAGE = Path(__file__).parent


def shipped_folder(name: Literal["samples", "keyword_sets"]) -> Path:
    """The folder's path. Raises MissingPart if this installation lacks it."""
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise MissingPart(
        "This installation does not carry that folder.", record=name, next_step="Install VoiceOps again from its wheel."
    )
