"""What every speaker embedder promises: rows by which two voices can be told apart."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from voiceops.analysis.voices.split import split_in_two
from voiceops.analysis.voices.windows import voice_windows
from voiceops.domain.transcript import Span
from voiceops.engines import EMBEDDERS, load_decoder, load_detector, load_embedder
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeakerEmbedder

_CALL = Path(__file__).resolve().parents[2] / "samples" / "calls" / "01-clean.opus"


@pytest.fixture(scope="module", params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest) -> SpeakerEmbedder:
    made = load_embedder(request.param)
    made.check()
    return made


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Signal, Signal]:
    """The speech of two people, half a minute each, without the silence between."""
    agent, customer = load_decoder().decode(_CALL, tmp_path_factory.mktemp("call")).signals
    return _speech(agent), _speech(customer)


def _speech(signal: Signal) -> Signal:
    spans = load_detector().detect(signal)
    pieces = [signal[round(span.start * SIGNAL_RATE_HZ) : round(span.end * SIGNAL_RATE_HZ)] for span in spans]
    return np.concatenate(pieces)[: 12 * SIGNAL_RATE_HZ]


def _windows(signal: Signal, embedder: SpeakerEmbedder) -> tuple[Span, ...]:
    return voice_windows([Span(0.0, len(signal) / SIGNAL_RATE_HZ)], window_seconds=embedder.window_seconds)


def test_every_window_has_a_row_of_length_one(embedder: SpeakerEmbedder, voices: tuple[Signal, Signal]) -> None:
    windows = [Span(0.0, 0.01), Span(0.0, 0.4), Span(1.0, 2.5), Span(2.0, 6.0)]
    prints = embedder.embed(voices[0], windows)
    assert len(prints) == len(windows)
    assert np.allclose(np.linalg.norm(prints, axis=1), 1, atol=1e-4)


def test_silence_has_rows_too_and_no_windows_have_none(embedder: SpeakerEmbedder) -> None:
    silence = np.zeros(5 * SIGNAL_RATE_HZ, np.int16)
    assert np.isfinite(embedder.embed(silence, _windows(silence, embedder))).all()
    assert len(embedder.embed(silence, ())) == 0


def test_two_voices_are_split_where_one_ends_and_the_other_begins(
    embedder: SpeakerEmbedder, voices: tuple[Signal, Signal]
) -> None:
    both = np.concatenate(voices)
    border = len(voices[0]) / SIGNAL_RATE_HZ
    windows = _windows(both, embedder)
    split = split_in_two(embedder.embed(both, windows))
    assert split is not None
    assert split.gap >= embedder.scale.two_voices
    on_one_side = {bool(label) for window, label in zip(windows, split.is_second, strict=True) if window.end < border}
    on_the_other = {
        bool(label) for window, label in zip(windows, split.is_second, strict=True) if window.start > border
    }
    assert len(on_one_side) == len(on_the_other) == 1
    assert on_one_side != on_the_other


def test_one_voice_is_not_split_for_sure(embedder: SpeakerEmbedder, voices: tuple[Signal, Signal]) -> None:
    for voice in voices:
        split = split_in_two(embedder.embed(voice, _windows(voice, embedder)))
        assert split is None or split.gap < embedder.scale.two_voices


def test_a_memory_map_gives_the_same_as_an_array(
    embedder: SpeakerEmbedder, voices: tuple[Signal, Signal], tmp_path: Path
) -> None:
    voices[0].tofile(tmp_path / "voice.s16")
    windows = _windows(voices[0], embedder)
    mapped = embedder.embed(np.memmap(tmp_path / "voice.s16", np.int16, "r"), windows)
    assert np.allclose(mapped, embedder.embed(voices[0], windows), atol=1e-4)


def test_windows_lie_in_order_inside_their_stretches_and_cover_them(embedder: SpeakerEmbedder) -> None:
    speech = [Span(0.0, 0.2), Span(1.0, 1.9), Span(3.0, 9.1)]
    windows = voice_windows(speech, window_seconds=embedder.window_seconds)
    assert windows[0] == speech[1]
    assert windows[1].start == 3.0
    assert windows[-1].end == pytest.approx(9.1)
    assert all(one.start < other.start <= one.end or one == speech[1] for one, other in pairwise(windows))


def test_where_two_speak_at_once_is_found_or_nothing_is(
    embedder: SpeakerEmbedder, voices: tuple[Signal, Signal]
) -> None:
    first, second = (voice.astype(np.int32) for voice in voices)
    second = np.pad(second, (0, len(first)))[: len(first)]
    second[: 4 * SIGNAL_RATE_HZ] = 0
    second[8 * SIGNAL_RATE_HZ :] = 0
    both = np.clip(first + second, -32_768, 32_767).astype(np.int16)
    found = embedder.overlaps(both)
    assert all(one.start < one.end <= other.start for one, other in pairwise(found))
    if embedder.name == "timbre":
        assert found == ()
        return
    inside = sum(min(span.end, 8.0) - max(span.start, 4.0) for span in found if span.start < 8.0 and span.end > 4.0)
    assert inside > 2.0
    assert sum(span.seconds for span in found) - inside < 1.0
    assert sum(span.seconds for span in embedder.overlaps(voices[0])) < 1.0
