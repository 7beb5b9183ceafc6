from dataclasses import replace

import pytest

from tests.builders import a_transcript
from voiceops.analysis.speech_metrics import speech_metrics
from voiceops.domain.recording import Party
from voiceops.domain.sound import ChannelSound, Tone, ToneKind
from voiceops.domain.transcript import Span, Transcript


def heard(agent: tuple[Span, ...], customer: tuple[Span, ...]) -> Transcript:
    return Transcript("en", 100.0, (), speech=((Party.AGENT, agent), (Party.CUSTOMER, customer)))


def test_dead_air_is_counted_only_when_nobody_speaks_for_long() -> None:
    metrics = speech_metrics(heard((Span(10, 12), Span(30, 40)), (Span(13, 15),)))
    assert metrics.dead_air == (Span(15, 30),)
    assert metrics.dead_air_seconds == 15


def test_ringing_before_and_silence_after_the_talk_is_no_dead_air() -> None:
    assert speech_metrics(heard((Span(20, 22),), (Span(22, 30),))).dead_air == ()


def test_talk_ratio_is_the_agents_share() -> None:
    metrics = speech_metrics(heard((Span(0, 6),), (Span(6, 8),)))
    assert metrics.talk_ratio == pytest.approx(0.75)


def test_overlap_is_time_with_two_voices() -> None:
    assert speech_metrics(heard((Span(0, 6),), (Span(4, 10),))).overlap_seconds == pytest.approx(2)


def test_without_a_detector_the_utterances_are_measured() -> None:
    metrics = speech_metrics(a_transcript("agent: one two three", "customer: four"))
    assert metrics.talk_ratio == pytest.approx(0.75)


def test_nobody_speaking_has_no_ratio() -> None:
    metrics = speech_metrics(heard((), ()))
    assert metrics.talk_ratio is None
    assert metrics.dead_air == ()


def test_music_is_time_on_hold_and_neither_dead_air_nor_talk() -> None:
    call = heard((Span(0, 10), Span(90, 100)), (Span(40, 44),))
    music = tuple(Tone(ToneKind.MUSIC, *times) for times in ((12.0, 50.0), (60.0, 88.0)))
    metrics = speech_metrics(replace(call, sound=(ChannelSound(Party.AGENT, 20, 80, tones=music),)))
    assert metrics.hold == (Span(12, 40), Span(44, 50), Span(60, 88))
    assert metrics.hold_seconds == 62
    assert metrics.dead_air == (Span(50, 60),)
    assert metrics.talk_ratio == speech_metrics(call).talk_ratio


def test_music_on_both_channels_is_counted_once() -> None:
    both = tuple(
        ChannelSound(party, 0, 100, tones=(Tone(ToneKind.MUSIC, 12, 30),)) for party in (Party.AGENT, Party.CUSTOMER)
    )
    assert speech_metrics(replace(heard((Span(0, 10),), (Span(40, 44),)), sound=both)).hold_seconds == 18
