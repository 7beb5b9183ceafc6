"""Music is told from voices and from whatever else sounds on a line, and nothing said is ever taken for it."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.made_music import MUSIC
from tests.made_sounds import Sound, beats, keys, noise, pink, samples, silence, tones, voice
from voiceops.analysis.sound.measure import ListenedChannel, find_tones, measure_channels
from voiceops.analysis.sound.music import find_music
from voiceops.domain.recording import Party
from voiceops.domain.sound import ToneKind
from voiceops.domain.transcript import Span


def found(sound: Sound, speech: Sequence[Span] = ()) -> list[tuple[float, float]]:
    signal = samples(sound)
    return [(tone.start, tone.end) for tone in find_music(signal, speech, find_tones(signal)).tones]


def telephone(sound: Sound) -> Sound:
    """Little under 300 Hz and above 3400 Hz, and each sample in 8 bits of µ-law."""
    hertz = np.fft.rfftfreq(len(sound), 1 / 16_000) + 1
    passed = 1 / (1 + (300 / hertz) ** 8 + (hertz / 3_400) ** 16)
    band = np.fft.irfft(passed * np.fft.rfft(sound), len(sound))
    squeezed = np.round(127 * np.log1p(255 * np.minimum(1, np.abs(band))) / np.log(256)) / 127
    return np.asarray(np.sign(band) * np.expm1(squeezed * np.log(256)) / 255)


@pytest.mark.parametrize("kind", MUSIC)
@pytest.mark.parametrize(("loudness", "version"), [(1.0, 1), (0.1, 3)])
def test_music_of_every_kind_is_found_through_a_telephone_loud_or_soft(
    kind: str, loudness: float, version: int
) -> None:
    line = np.concatenate([silence(5), loudness * MUSIC[kind](version, 10.0), silence(5)])
    ((start, end),) = found(telephone(line + noise(len(line) / 16_000, level=0.0003)))
    assert start == pytest.approx(5, abs=0.4)
    assert end == pytest.approx(15, abs=0.4)


def test_noise_hum_and_tones_are_no_music() -> None:
    hum = sum(tones((50.0 * number,), 20, level=0.05 / number) for number in (1, 2, 3, 5, 7, 9))
    others = (
        noise(20),
        pink(20),
        hum + noise(20, level=0.002),
        tones((1_200.0, 2_400.0), 20, level=0.01),
        beats((425,), 1.0, 4.0, 4),
        beats((480, 620), 0.5, 0.5, 20),
        np.concatenate([keys("159#0"), silence(3), keys("4111111111111111", on=0.3)]),
        silence(20),
        voice(1)[:500],
    )
    for other in others:
        assert found(np.asarray(other)) == []


def test_nothing_is_music_where_a_voice_was_heard_not_even_the_pauses_of_one_that_sings() -> None:
    for seed in range(4):
        said = np.concatenate([voice(20, seed=seed, pitch_hz=100 + 30 * seed), silence(3)])
        assert found(said, (Span(0, 20),)) == []
    jingle = np.concatenate([silence(3), MUSIC["piano"](1, 4.0), silence(3)])
    assert found(jingle, (Span(2, 8),)) == []


def test_what_is_said_over_music_is_kept_and_parts_it_and_a_rest_does_not() -> None:
    music = MUSIC["piano"](1, 60.0)
    music[40 * 16_000 : 44 * 16_000] = 0
    music[20 * 16_000 : 28 * 16_000] = 0.2 * music[20 * 16_000 : 28 * 16_000] + 2 * voice(8)
    signal = samples(music)
    heard = find_music(signal, (Span(20, 28),), ())
    assert heard.sung == ()
    assert [(round(tone.start), round(tone.end)) for tone in heard.tones] == [(0, 20), (28, 60)]


def test_what_passed_for_a_voice_in_the_middle_of_music_is_no_speech() -> None:
    signal = samples(MUSIC["piano"](2, 30.0))
    heard = find_music(signal, (Span(10, 11), Span(15, 22)), ())
    assert heard.sung == (Span(10, 11), Span(15, 22))
    assert [(round(tone.start), round(tone.end)) for tone in heard.tones] == [(0, 30)]


def test_a_few_notes_in_passing_are_no_music_on_hold() -> None:
    assert found(np.concatenate([silence(10), MUSIC["piano"](0, 3.0), silence(10)])) == []


def test_music_does_not_count_as_noise_under_the_speech() -> None:
    call = np.concatenate([voice(10), MUSIC["band"](0, 30.0), silence(5)])
    signal = samples(call + noise(len(call) / 16_000, level=0.001))
    spoken = (Span(0, 10),)
    music = find_music(signal, spoken, ()).tones
    assert [tone.kind for tone in music] == [ToneKind.MUSIC]
    (sound,) = measure_channels([ListenedChannel(Party.AGENT, signal, spoken, music)])
    assert sound.snr_db == pytest.approx(40, abs=2)
