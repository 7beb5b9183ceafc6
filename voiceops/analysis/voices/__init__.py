"""Tells the two voices of a mono call apart; what sounds like one voice is an embedder's business, a port."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# One row of length 1 for each window: near to another row where the same voice speaks.
Voiceprints = NDArray[np.float32]


@dataclass(frozen=True)
class VoiceScale:
    """How an embedder's figures are to be read.

    The gap of a split is how much more alike its windows are inside the halves than across them. Below `one_voice` both
    halves are one voice; from `two_voices` on they are two for sure.
    """

    one_voice: float
    two_voices: float
