"""What is decoded ahead serves the library's loop, and only where it asks for just that."""

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
import whisper

from tests.checkpoints import write_checkpoint
from voiceops.engines.whisper_transcriber.decode_ahead import DecodedAhead, decode_ahead, fitting_windows

_OPTIONS = {"language": "en", "task": "transcribe", "fp16": False}
_SOUNDS = [np.random.default_rng(seed).normal(0, 0.02, 16_000 * 3).astype(np.float32) for seed in range(3)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return whisper.load_model(str(write_checkpoint(tmp_path_factory.mktemp("model") / "tiny.pt")), device="cpu")


def _hear(model: Any, sound: np.ndarray[Any, Any], **more: Any) -> Any:
    return whisper.transcribe(model, sound, **_OPTIONS, word_timestamps=True, verbose=None, **more)


def test_the_loop_says_the_same_of_each_window_and_encodes_it_once(model: Any) -> None:
    encoded: list[int] = []
    hook = model.encoder.register_forward_hook(lambda _, given, __: encoded.append(len(given[0])))
    ahead = decode_ahead(whisper, model, _SOUNDS, prompt=None, options=_OPTIONS)
    heard = [_hear(one, sound) for one, sound in zip(ahead, _SOUNDS, strict=True)]
    hook.remove()
    assert encoded == [1, 1, 1]
    plain = [_hear(model, sound) for sound in _SOUNDS]
    for one, other in zip(heard, plain, strict=True):
        assert one["text"] == other["text"] != ""
        words, others = ([word for part in said["segments"] for word in part["words"]] for said in (one, other))
        assert [(word["word"], word["start"], word["end"]) for word in words] == [
            (word["word"], word["start"], word["end"]) for word in others
        ]
        assert [word["probability"] for word in words] == pytest.approx([word["probability"] for word in others])


def test_a_prompt_is_the_one_that_the_loop_asks_with(model: Any) -> None:
    (ahead,) = decode_ahead(whisper, model, _SOUNDS[:1], prompt="Northwind, Anna Kiss", options=_OPTIONS)
    asked: list[Any] = []

    def decode(mel: Any, options: Any) -> Any:
        asked.append(options)
        return DecodedAhead.decode(ahead, mel, options)

    with patch.object(ahead, "decode", decode):
        _hear(ahead, _SOUNDS[0], temperature=0.0, initial_prompt="Northwind, Anna Kiss")
    assert asked[0] == ahead.first[0]


def test_another_temperature_or_another_stretch_is_decoded_anew(model: Any) -> None:
    (ahead,) = decode_ahead(whisper, model, _SOUNDS[:1], prompt=None, options=_OPTIONS)
    heard = _hear(ahead, _SOUNDS[0], temperature=0.4)
    assert {part["temperature"] for part in heard["segments"]} == {0.4}
    assert _hear(ahead, _SOUNDS[1])["text"] == _hear(model, _SOUNDS[1])["text"]


def test_in_the_16_bits_of_a_gpu_the_same_text_comes_out_and_serves_the_loop(model: Any) -> None:
    (whole,) = decode_ahead(whisper, model, _SOUNDS[:1], prompt=None, options=_OPTIONS)
    (half,) = decode_ahead(whisper, model, _SOUNDS[:1], prompt=None, options={**_OPTIONS, "fp16": True})
    options, result = half.first
    assert options.fp16
    assert result.text == whole.first[1].text == "thank you for calling"
    mel = whisper.pad_or_trim(whisper.log_mel_spectrogram(_SOUNDS[0], padding=480_000)[:, :300], 3000)
    # The loop hands over its spectrogram in the bits that it decodes with.
    assert half.decode(mel.half(), options) is result


def test_a_batch_is_as_large_as_the_model_leaves_room_for(model: Any) -> None:
    assert fitting_windows(model) == 8
    large = whisper.model.ModelDimensions(128, 1500, 1280, 20, 32, 51_866, 448, 1280, 20, 32)
    assert fitting_windows(_Sized(large, model.device)) == 1


class _Sized:
    """A model of which only the size and the place are known."""

    def __init__(self, dims: Any, device: Any) -> None:
        self.dims = dims
        self.device = device
