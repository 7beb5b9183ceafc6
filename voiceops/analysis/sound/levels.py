"""How loud a channel is, frame by frame: its clipping and its speech over its noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples, blocks
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ
from voiceops.domain.transcript import Span

FRAME = 320
FRAME_SECONDS = FRAME / RATE_HZ
_BLOCK = 3_000 * FRAME
# A voice spends a moment at its loudest; one that is cut off stays there. Resampling ripples what was flat.
_NEAR_PEAK = 0.85
_LEAST_SHARE = 0.12
_LEAST_PEAK = 0.1
# Below this nothing is recorded but the converter's own noise.
_FLOOR_DB = -75.0
_MOST_SNR_DB = 60.0
_NOISE_PERCENTILE = 20.0
_AVERAGED_FRAMES = 10
_LEAST_QUIET_SECONDS = 1.0


@dataclass(frozen=True)
class Levels:
    """Per frame of 20 ms: the level in dB of full scale, and whether it is clipped."""

    level_db: NDArray[np.float32]
    clipped: NDArray[np.bool_]


def measure_levels(signal: Samples) -> Levels:
    """Reads the signal twice: clipping shows only beside the channel's peak."""
    peak = max((int(np.abs(block.astype(np.int32)).max(initial=0)) for block in blocks(signal, _BLOCK)), default=0)
    levels: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
    clipped: list[NDArray[np.bool_]] = [np.zeros(0, np.bool_)]
    for block in blocks(signal, _BLOCK):
        frames = block[: len(block) - len(block) % FRAME].reshape(-1, FRAME).astype(np.float32)
        rms = np.sqrt(np.mean(frames**2, axis=1)) / FULL_SCALE
        levels.append((20 * np.log10(rms + 1e-9)).astype(np.float32))
        near = np.mean(np.abs(frames) >= _NEAR_PEAK * peak, axis=1)
        clipped.append((near >= _LEAST_SHARE) & (peak >= _LEAST_PEAK * FULL_SCALE))
    return Levels(np.concatenate(levels), np.concatenate(clipped))


def in_spans(spans: Sequence[Span], frames: int, *, frame_seconds: float = FRAME_SECONDS) -> NDArray[np.bool_]:
    """For each frame whether its middle lies in one of the stretches."""
    inside = np.zeros(frames, np.bool_)
    for span in spans:
        inside[round(span.start / frame_seconds) : round(span.end / frame_seconds)] = True
    return inside


def signal_to_noise_db(level_db: NDArray[np.float32], speech: NDArray[np.bool_]) -> float | None:
    """Mean power of the speech over the quiet between it, in dB, 60 at most; None without speech.

    Where the line is silent between words (many systems suppress it), the quietest frames inside
    speech cannot tell noise either, so the cap is given.
    """
    power = 10 ** (level_db.astype(np.float64) / 10)
    voiced = power[speech]
    if not len(voiced):
        return None
    quiet = power[~speech] if (~speech).sum() * FRAME_SECONDS >= _LEAST_QUIET_SECONDS else voiced
    noise = max(10 ** (_FLOOR_DB / 10), float(np.percentile(_averaged(quiet), _NOISE_PERCENTILE)))
    # Where somebody speaks there is noise too, which counts for much where it is loud.
    over = max(float(voiced.mean()) / noise - 1.0, 1.0)
    return float(min(10 * np.log10(over), _MOST_SNR_DB))


def _averaged(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """The power of longer stretches: the chance of single frames makes a rumbling noise look softer than it is."""
    whole = len(power) - len(power) % _AVERAGED_FRAMES
    return power[:whole].reshape(-1, _AVERAGED_FRAMES).mean(axis=1) if whole else power
