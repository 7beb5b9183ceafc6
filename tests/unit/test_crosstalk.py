"""What is heard of one party on the other's channel is nobody's speech there; what both say is both's."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.made_sounds import Sound, noise, samples, silence, voice
from voiceops.analysis.sound.crosstalk import without_crosstalk
from voiceops.analysis.sound.likeness import compare
from voiceops.domain.transcript import Span

LATE = np.zeros(80)  # 5 ms


def own(*sounds: Sound, number: int, speech: Sequence[Span]) -> list[tuple[float, float]]:
    """The speech of a channel as it is left, in tenths of a second."""
    signals = [samples(one) for one in sounds]
    left = without_crosstalk(number, speech, signals, {(0, 1): compare(*signals)})
    return [(round(span.start, 1), round(span.end, 1)) for span in left]


def faint(sound: Sound, loudness_db: float) -> Sound:
    late = np.concatenate([LATE, sound])[: len(sound)]
    return np.asarray(10 ** (loudness_db / 20) * late + noise(len(sound) / 16_000, level=0.0003, seed=7))


@pytest.mark.parametrize("loudness_db", [-26, -20, -12, -6])
def test_an_agent_heard_faintly_on_the_customer_s_channel_is_no_customer(loudness_db: float) -> None:
    agent = np.concatenate([voice(6), silence(6)])
    customer = np.concatenate([silence(7), voice(5, pitch_hz=210, seed=3)]) + faint(agent, loudness_db)
    assert own(agent, customer, number=1, speech=(Span(0, 6.1), Span(7, 12))) == [(7.0, 12.0)]
    assert own(agent, customer, number=0, speech=(Span(0, 6.1),)) == [(0.0, 6.1)]


def test_an_answer_in_one_breath_with_the_crosstalk_is_cut_out_of_it() -> None:
    agent = np.concatenate([voice(5.3), silence(6)])
    customer = np.concatenate([silence(5.4), voice(4, pitch_hz=210, seed=3), silence(1.9)]) + faint(agent, -20)
    ((start, end),) = own(agent, customer, number=1, speech=(Span(0, 9.4),))
    assert start == pytest.approx(5.4, abs=0.25)
    assert end == 9.4


def test_who_speaks_while_the_other_does_keeps_every_word() -> None:
    agent, customer = voice(10), voice(10, pitch_hz=210, seed=3)
    spans = (Span(0.0, 10.0),)
    assert own(agent, customer + faint(agent, -12), number=1, speech=spans) == [(0.0, 10.0)]
    assert own(agent, 0.3 * customer, number=1, speech=spans) == [(0.0, 10.0)]
    assert own(agent, agent, number=1, speech=spans) == [(0.0, 10.0)]
