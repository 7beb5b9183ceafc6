"""The figures of the signals' benchmark hold, on a few of its sounds."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.bench_signals import (
    crosstalk_left,
    estimated_snr,
    kept_over_music,
    keys_read,
    music_found,
    music_in,
    voices,
)
from voiceops.ports import Signal


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Signal]:
    """Twenty seconds of each voice, of the samples and of speaking programs, where they are installed."""
    heard = voices(tmp_path_factory.mktemp("voices"), real=False)
    return [signal[: 20 * 16_000] for _, signal in heard if len(signal) > 10 * 16_000]


@pytest.mark.parametrize("line", ["AMR", "26 dB softer"])
def test_music_is_found_through_every_line(line: str, tmp_path: Path) -> None:
    for kind in ("piano", "band"):
        found = music_found(kind, line, folder=tmp_path, versions=(3,))
        assert found.seconds > 0.9 * found.among


def test_no_second_of_speech_is_taken_for_music(spoken: Sequence[Signal]) -> None:
    assert len(spoken) >= 10
    assert [music_in(signal).seconds for signal in spoken] == [0.0] * len(spoken)


def test_what_is_said_over_music_is_kept(spoken: Sequence[Signal]) -> None:
    kept = kept_over_music(spoken[0], 10.0)
    assert kept.seconds == pytest.approx(kept.among)
    assert kept.seconds > 5


def test_the_estimated_noise_is_in_the_order_of_the_known(spoken: Sequence[Signal]) -> None:
    known = np.array([3, 10, 20, 30])
    for voice in spoken[:2]:
        found = np.array([estimated_snr(voice, float(snr), rumbling=False) for snr in known], float)
        assert np.abs(found - known).max() < 2


def test_keys_are_read_under_noise_ten_decibels_softer() -> None:
    assert keys_read(10.0) == 1.0


def test_next_to_nothing_of_crosstalk_and_nearly_all_of_one_s_own_words_are_left(spoken: Sequence[Signal]) -> None:
    foreign, own = crosstalk_left(spoken[0], spoken[1], -20.0)
    assert foreign.seconds < 0.05 * foreign.among
    assert own.seconds > 0.95 * own.among
