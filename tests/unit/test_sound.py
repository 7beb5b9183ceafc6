"""What is heard of a channel besides words: tones, keys, clipping, noise, crosstalk, clarity."""

import numpy as np
import pytest

from tests.made_sounds import Sound, beats, keys, noise, pink, samples, silence, tones, voice
from voiceops.analysis.sound.call_tones import call_tones
from voiceops.analysis.sound.keys import pressed_keys
from voiceops.analysis.sound.likeness import compare, is_one_mix
from voiceops.analysis.sound.masked import MASK, card_key_stretches, mask_keys
from voiceops.analysis.sound.measure import ListenedChannel, find_tones, measure_channels
from voiceops.domain.recording import Party
from voiceops.domain.sound import ChannelSound, SoundFault, Tone, ToneKind
from voiceops.domain.transcript import Span


def pressed(sound: Sound) -> str:
    return "".join(tone.key or "" for tone in pressed_keys(samples(sound)))


def measured(*sounds: Sound, speech: tuple[Span, ...] | None = None) -> tuple[ChannelSound, ...]:
    parties = (Party.AGENT, Party.CUSTOMER)
    return measure_channels(
        [
            ListenedChannel(
                party,
                samples(one),
                speech if speech is not None else (Span(0.0, len(one) / 16_000),),
                find_tones(samples(one)),
            )
            for party, one in zip(parties, sounds, strict=False)
        ]
    )


@pytest.mark.parametrize("milliseconds", [50, 80, 250])
def test_every_key_is_read_in_order_and_once(milliseconds: int) -> None:
    digits = "1234567890*#ABCD1122"
    assert pressed(keys(digits, on=milliseconds / 1000, off=0.06)) == digits


def test_keys_are_read_through_line_noise_and_with_one_frequency_weaker() -> None:
    sound = keys("5550142")
    assert pressed(sound + noise(len(sound) / 16_000, level=0.02)) == "5550142"
    weak = tones((770,), 0.1, level=0.2) + tones((1336,), 0.1, level=0.1)
    assert pressed(np.concatenate([silence(0.1), weak, silence(0.1)])) == "5"


def test_a_key_tells_when_it_was_pressed() -> None:
    (tone,) = pressed_keys(samples(np.concatenate([silence(2.0), keys("7", on=0.2)])))
    assert [tone.start, tone.end] == pytest.approx([2.08, 2.28], abs=0.03)


def test_keys_are_read_across_the_blocks_a_long_signal_is_read_in() -> None:
    sound = np.concatenate([silence(59.9), keys("90210", on=0.07, off=0.05), silence(60)])
    assert pressed(sound) == "90210"


@pytest.mark.parametrize("seed", range(5))
def test_a_voice_and_noise_are_no_keys_and_no_tones(seed: int) -> None:
    for sound in (voice(20, seed=seed, pitch_hz=100 + 30 * seed), noise(20, seed=seed), pink(20, seed=seed)):
        assert pressed(sound) == ""
        assert call_tones(samples(sound)) == ()


@pytest.mark.parametrize(
    ("sound", "kind", "end"),
    [
        pytest.param(beats((425,), 1.0, 4.0, 3), ToneKind.RING, 11.0, id="ringing in Europe"),
        pytest.param(beats((440, 480), 2.0, 4.0, 2), ToneKind.RING, 8.0, id="ringing in America"),
        pytest.param(
            np.concatenate([beats((400, 450), 0.4, 0.2, 2), silence(1.8)] * 3), ToneKind.RING, 7.0, id="double ring"
        ),
        pytest.param(beats((425,), 0.5, 0.5, 6), ToneKind.BUSY, 5.5, id="busy in Europe"),
        pytest.param(beats((480, 620), 0.5, 0.5, 6), ToneKind.BUSY, 5.5, id="busy in America"),
        pytest.param(beats((400,), 0.375, 0.375, 6), ToneKind.BUSY, 4.125, id="busy in Britain"),
        pytest.param(beats((480, 620), 0.25, 0.25, 8), ToneKind.BUSY, 3.75, id="congestion"),
    ],
)
def test_the_tones_of_the_network_are_known_by_their_beat(sound: Sound, kind: ToneKind, end: float) -> None:
    (tone,) = call_tones(samples(np.concatenate([sound, silence(1)]) + noise(len(sound) / 16_000 + 1, level=0.001)))
    assert tone.kind is kind
    assert [tone.start, tone.end] == pytest.approx([0.0, end], abs=0.15)


def test_two_channels_with_the_same_sound_are_one_mix_whatever_their_gain_and_delay() -> None:
    mix = voice(10) + noise(10, level=0.002)
    late = np.concatenate([silence(0.02), mix * 0.5])[: len(mix)]
    assert is_one_mix(compare(samples(mix), samples(mix)))
    assert is_one_mix(compare(samples(mix), samples(-mix * 2)))
    assert is_one_mix(compare(samples(mix), samples(late + noise(10, level=0.003, seed=1))))


def test_two_people_and_a_softer_echo_are_not_one_mix() -> None:
    first, second = voice(10), voice(10, pitch_hz=210, seed=3)
    assert not is_one_mix(compare(samples(first), samples(second)))
    assert not is_one_mix(compare(samples(first), samples(first * 0.03)))
    assert not is_one_mix(compare(samples(first), samples(silence(10))))


def test_a_clear_channel_has_full_clarity_and_nothing_bad() -> None:
    (sound,) = measured(np.concatenate([voice(10), silence(5)]) + noise(15, level=0.0005), speech=(Span(0, 10),))
    assert sound.clarity == 100
    assert sound.bad == ()
    assert (sound.speech_seconds, sound.silence_seconds) == (10.0, 5.0)


@pytest.mark.parametrize("snr", [5, 10, 20])
def test_the_noise_is_estimated_and_lowers_the_clarity(snr: int) -> None:
    said = np.concatenate([voice(10), silence(5)]) + noise(15, level=0.1 / 10 ** (snr / 20))
    (sound,) = measured(said, speech=(Span(0, 10),))
    assert sound.snr_db == pytest.approx(snr, abs=1.5)
    assert sound.clarity == pytest.approx(100 * (snr - 3) / 22, abs=8)


@pytest.mark.parametrize("loudness", [1.0, 0.3])
def test_clipping_is_found_where_it_is_even_if_it_was_turned_down_afterwards(loudness: float) -> None:
    loud = np.clip(voice(10) * 8, -0.9, 0.9)
    loud[: 5 * 16_000] = voice(5)
    (sound,) = measured(loud * loudness)
    assert 0.15 < sound.clipped_share < 0.6
    assert {stretch.fault for stretch in sound.bad} == {SoundFault.CLIPPED}
    assert min(stretch.start for stretch in sound.bad) == pytest.approx(5.0, abs=0.4)
    assert sound.clarity is not None
    assert sound.clarity < 60


def test_loud_speech_is_not_clipped() -> None:
    (sound,) = measured(voice(20) * 0.99 / np.abs(voice(20)).max())
    assert sound.clipped_share < 0.01
    assert sound.bad == ()


def test_crosstalk_is_found_on_the_softer_channel_only() -> None:
    agent = np.concatenate([voice(10), silence(10)])
    customer = np.concatenate([silence(10), voice(10, pitch_hz=210, seed=3)]) + agent * 0.1
    of_agent, of_customer = measured(agent, customer, speech=(Span(0, 10), Span(10, 20)))
    assert of_agent.crosstalk_share == 0.0
    assert of_customer.crosstalk_share == pytest.approx(0.5, abs=0.05)
    (bad,) = of_customer.bad
    assert (bad.start, bad.end, bad.fault) == (0.0, 10.0, SoundFault.CROSSTALK)


def test_a_channel_on_which_nobody_is_heard_beside_one_with_speech_is_silent() -> None:
    agent, customer = measure_channels(
        [
            ListenedChannel(Party.AGENT, samples(voice(20)), (Span(0.0, 20.0),)),
            ListenedChannel(Party.CUSTOMER, samples(silence(20)), ()),
        ]
    )
    assert agent.bad == ()
    assert [(bad.start, bad.end, bad.fault) for bad in customer.bad] == [(0.0, 20.0, SoundFault.SILENT)]
    assert customer.clarity is None


def test_a_silent_recording_has_no_clarity_and_no_fault() -> None:
    (sound,) = measured(silence(20), speech=())
    assert (sound.clarity, sound.snr_db, sound.bad, sound.tones) == (None, None, (), ())


def test_a_recording_shorter_than_a_frame_is_measured() -> None:
    (sound,) = measured(voice(1)[:100])
    assert sound.tones == ()


def test_a_keyed_card_number_is_masked_with_what_follows_and_a_menu_choice_is_not() -> None:
    def keyed(digits: str, start: float) -> list[Tone]:
        return [Tone(ToneKind.KEY, start + n * 0.3, start + n * 0.3 + 0.1, digit) for n, digit in enumerate(digits)]

    card = [*keyed("4111111111111111#", 60), *keyed("123", 80)]
    given = [Tone(ToneKind.RING, 0, 3), *keyed("2", 5), *card, *keyed("9", 300)]
    shown = "".join(tone.key or "-" for tone in mask_keys(given, card_key_stretches(given)))
    assert shown == "-2" + MASK * 20 + "9"
