"""The made checkpoint that speeds are compared with says as much as there is speech, whoever cuts the windows how."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import whisper

from tests.listening_checkpoints import TOKENS_PER_SECOND, write_listening_checkpoint
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.engines.convert_checkpoint import convert_checkpoint
from voiceops.ports import SpeechChannel

_SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "calls" / "04-forbidden-promise.flac"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_listening_checkpoint(tmp_path_factory.mktemp("model") / "listening.pt")


@pytest.fixture(scope="module")
def channels(tmp_path_factory: pytest.TempPathFactory) -> list[SpeechChannel]:
    signals = load_decoder().decode(_SAMPLE, tmp_path_factory.mktemp("sound")).signals
    return [SpeechChannel(signal, load_detector().detect(signal)) for signal in signals]


def test_it_says_as_much_as_is_spoken_in_whole_windows_and_in_packed_ones(
    checkpoint: Path, channels: list[SpeechChannel]
) -> None:
    model = whisper.load_model(str(checkpoint), device="cpu")
    engine = load_transcriber("whisper", {"model": str(checkpoint), "device": "cpu", "threads": 1})
    packed = engine.transcribe(channels, language="en").channels
    for channel, segments in zip(channels, packed, strict=True):
        spoken = sum(span.seconds for span in channel.speech)
        sound = np.array(channel.signal, np.float32) / 32_768
        options = {"language": "en", "fp16": False, "condition_on_previous_text": False}
        whole = whisper.transcribe(model, sound, verbose=None, **options)
        tokens = sum(len(segment["tokens"]) for segment in whole["segments"])
        assert tokens == pytest.approx(TOKENS_PER_SECOND * spoken, rel=0.35)
        words = len(whole["text"].split())
        assert sum(len(segment.words) for segment in segments) == pytest.approx(words, rel=0.25)


def test_silence_costs_next_to_nothing(checkpoint: Path) -> None:
    quiet = np.random.default_rng(0).normal(0, 5e-5, 16_000 * 30).astype(np.float32)
    model: Any = whisper.load_model(str(checkpoint), device="cpu")
    heard = whisper.transcribe(model, quiet, language="en", fp16=False, verbose=None)
    assert len(heard["text"].split()) <= 2


def test_both_engines_hear_the_same_words_at_the_same_times_in_windows_together_and_one_by_one(
    checkpoint: Path, channels: list[SpeechChannel]
) -> None:
    models = {"whisper": checkpoint, "faster-whisper": convert_checkpoint(checkpoint)}
    heard = []
    for engine, model in models.items():
        for windows in (1, 3):
            options = {"model": str(model), "device": "cpu", "threads": 1, "batch_windows": windows}
            heard.append(load_transcriber(engine, options).transcribe(channels, language="en"))
    times = [[(word.text, word.start) for own in one.channels for part in own for word in part.words] for one in heard]
    for other in times[1:]:
        assert [text for text, _ in other] == [text for text, _ in times[0]]
        assert [at for _, at in other] == pytest.approx([at for _, at in times[0]], abs=0.1)
