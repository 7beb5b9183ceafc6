"""Decodes several windows at once, so that openai-whisper's own loop, with all its guards, finds that done.

The loop takes one window at a time: it decodes, tries again at a higher temperature where it doubts, and places the
words. As no window is conditioned on the one before, its first step can be taken for many windows together, which
costs a fraction of one after the other; and what the encoder made of a window serves every later step.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]

# Beyond these a larger batch gains next to nothing; measured for a processor with a model of tiny's size.
_MOST_WINDOWS = {"cpu": 8, "cuda": 16}
# What the decoder may keep of a batch's windows while it goes on, in bytes.
_MOST_KEPT = {"cpu": 1 << 30, "cuda": 4 << 30}


class DecodedAhead:
    """A model as the loop sees it, that remembers one window: the encoder's features and the first decoding."""

    def __init__(self, model: Any, mel: Any, features: Any) -> None:
        self._model = model
        self._mel = mel
        self._features = features
        self.first: tuple[Any, Any] = (None, None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def __call__(self, mels: Any, tokens: Any) -> Any:
        """The decoder's answer for one window, as the model itself gives it."""
        features = self._features[None] if self._is_known(mels[0]) else self._model.encoder(mels)
        return self._model.decoder(tokens, features)

    def decode(self, mel: Any, options: Any) -> Any:
        """The result of the library's decoding; at once where it was made ahead."""
        if not self._is_known(mel):
            return self._model.decode(mel, options)
        made_with, result = self.first
        return result if options == made_with else self._model.decode(self._features, options)

    def _is_known(self, mel: Any) -> bool:
        return bool(mel.equal(self._mel))


def decode_ahead(
    whisper: Any, model: Any, sounds: Sequence[Audio], *, prompt: str | None, options: Mapping[str, Any]
) -> Sequence[DecodedAhead]:
    """For each window the model that `whisper.transcribe` is to be given with `prompt` and `options`."""
    import torch

    chosen = whisper.DecodingOptions(
        **{**options, "prompt": _tokens(whisper, model, prompt, options), "temperature": 0.0}
    )
    mels = torch.stack([_mel(whisper, model, sound) for sound in sounds])
    mels = mels.half() if chosen.fp16 else mels
    with torch.no_grad():
        # A processor's caches hold one window at a time; a GPU is only filled by many.
        step = 1 if model.device.type == "cpu" else len(mels)
        features = torch.cat([model.encoder(mels[at : at + step]) for at in range(0, len(mels), step)])
    ahead = [DecodedAhead(model, *window) for window in zip(mels, features, strict=True)]
    for window, result in zip(ahead, model.decode(features, chosen), strict=True):
        window.first = chosen, result
    return ahead


def fitting_windows(model: Any) -> int:
    """How many windows a batch holds where nobody says: what the device gains by and its memory carries."""
    dims, device = model.dims, model.device.type
    number_bytes = 4 if device == "cpu" else 2
    kept: int = 2 * dims.n_text_layer * (dims.n_audio_ctx + dims.n_text_ctx) * dims.n_text_state * number_bytes
    return max(1, min(_MOST_WINDOWS[device], _MOST_KEPT[device] // kept))


def _mel(whisper: Any, model: Any, sound: Audio) -> Any:
    """The very spectrogram that the loop makes of a whole window: normalised with silence behind it, then cut."""
    frames = whisper.audio.N_FRAMES
    mel = whisper.log_mel_spectrogram(sound, model.dims.n_mels, padding=whisper.audio.N_SAMPLES)
    return whisper.pad_or_trim(mel[:, : mel.shape[-1] - frames], frames).to(model.device)


def _tokens(whisper: Any, model: Any, prompt: str | None, options: Mapping[str, Any]) -> list[int]:
    if prompt is None:
        return []
    tokenizer = whisper.tokenizer.get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=options["language"], task=options["task"]
    )
    tokens: list[int] = tokenizer.encode(" " + prompt.strip())
    return tokens
