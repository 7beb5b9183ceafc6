"""Log energies of a voice in 80 bands as speaker models are trained on: 25 ms frames, one each 10 ms, mel scale.

After Kaldi's `fbank`: pre-emphasis 0.97, Povey window, bands from 20 Hz to half the rate.
"""

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ

BANDS = 80
FRAME, STEP, _SIZE = 400, 160, 512
_LOWEST_HZ = 20.0
_EMPHASIS = 0.97
_WINDOW = (np.hanning(FRAME) ** 0.85).astype(np.float32)
_FLOOR = float(np.finfo(np.float32).eps)


def log_bands(samples: Samples) -> NDArray[np.float32]:
    """One row of 80 for each frame that fits wholly; none where there is less than a frame."""
    if len(samples) < FRAME:
        return np.zeros((0, BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float32) / FULL_SCALE, FRAME)[::STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft((frames - _EMPHASIS * before) * _WINDOW, _SIZE)) ** 2
    return np.log(np.maximum(power @ _BANK, _FLOOR)).astype(np.float32)


def _mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1127.0 * np.log1p(hertz / 700.0))


def _bank() -> NDArray[np.float32]:
    """Triangles of equal width on the mel scale, each reaching to its neighbours' tops."""
    lowest, highest = _mel(np.array([_LOWEST_HZ, RATE_HZ / 2]))
    edges = np.linspace(float(lowest), float(highest), BANDS + 2)
    places = _mel(np.arange(_SIZE // 2 + 1) * RATE_HZ / _SIZE)[:, None]
    rising = (places - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - places) / (edges[2:] - edges[1:-1])
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None), np.float32)


_BANK = _bank()
