"""The picture of a channel: small, and true to where it is loud."""

import numpy as np
import pytest

from tests.made_sounds import samples, silence, tones
from voiceops.analysis.sound.peaks import MOST_PAIRS, measure_peaks

MINUTE = 60 * 16_000


def test_silence_is_flat_and_a_tone_swings_to_both_sides_where_it_is_heard() -> None:
    low, high = measure_peaks(samples(np.concatenate([silence(1.0), tones((440,), 1.0, level=0.5), silence(1.0)])))
    loud = [at for at, peak in enumerate(high) if peak > 30]
    assert (loud[0], loud[-1]) == (100, 199)
    assert max(high) == pytest.approx(-min(low), abs=1)
    assert set(low[:99]) | set(high[:99]) <= {-1, 0}


@pytest.mark.parametrize("samples_long", [1, 159, 160, 161, MINUTE - 1, 7 * MINUTE + 1, 61 * MINUTE])
def test_however_long_a_channel_is_its_picture_is_small_and_covers_it(samples_long: int) -> None:
    signal = np.zeros(samples_long, np.int16)
    signal[-1] = 32_767
    low, high = measure_peaks(signal)
    assert len(low) == len(high) <= MOST_PAIRS
    assert high.index(127) == len(high) - 1
    assert -(-samples_long // len(high)) <= max(160, -(-samples_long // MOST_PAIRS))


def test_the_loudest_sample_is_never_lost_between_two_blocks() -> None:
    signal = np.zeros(5 * MINUTE, np.int16)
    signal[[MINUTE - 1, MINUTE, 3 * MINUTE + 7]] = (-32_768, 32_767, 32_767)
    low, high = measure_peaks(signal)
    assert (min(low), low.count(-128), high.count(127)) == (-128, 1, 2)


def test_a_channel_without_a_sample_has_no_picture() -> None:
    assert measure_peaks(np.zeros(0, np.int16)) == ((), ())
