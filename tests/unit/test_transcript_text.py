"""Transcripts as text and as subtitles."""

from dataclasses import replace

from voiceops.analysis.transcript_text import clock_time, write_text, write_webvtt
from voiceops.domain.recording import Party
from voiceops.domain.sound import ChannelSound, Tone, ToneKind
from voiceops.domain.transcript import Transcript, Utterance

CALL = Transcript(
    "en",
    4000.0,
    (
        Utterance(Party.AGENT, 0.25, 1.5, "Hello <there> & welcome"),
        Utterance(Party.CUSTOMER, 3725.4, 3725.4, "one --> two\nthree"),
    ),
)


def test_text_says_when_who_and_what() -> None:
    assert write_text(CALL).splitlines()[0] == "[00:00] agent: Hello <there> & welcome"
    assert write_text(CALL).splitlines()[1].startswith("[62:05] customer: one")


def test_text_says_what_else_sounded_and_the_same_on_both_channels_once() -> None:
    keys = (Tone(ToneKind.KEY, at, at + 0.1, key) for at, key in ((90.0, "4"), (91.0, "2"), (200.0, "9")))
    music = Tone(ToneKind.MUSIC, 80.0, 185.0)
    sound = (
        ChannelSound(Party.AGENT, 9, 9, tones=(Tone(ToneKind.RING, 0, 0.2), music)),
        ChannelSound(Party.CUSTOMER, 9, 9, tones=(replace(music, start=80.4), *keys)),
    )
    assert write_text(replace(CALL, sound=sound)).replace("\N{EN DASH}", "-").splitlines()[:-2] == [
        "[00:00] (ringing 0:00-0:00)",
        "[00:00] agent: Hello <there> & welcome",
        "[01:20] (hold music 1:20-3:05)",
        "[01:30] (keys 42 1:30-1:31)",
        "[03:20] (keys 9 3:20-3:20)",
    ]


def test_subtitles_have_voices_and_no_markup_of_the_speaker() -> None:
    cues = write_webvtt(CALL).split("\n\n")
    assert cues[0] == "WEBVTT"
    assert cues[1] == "00:00:00.250 --> 00:00:01.500\n<v agent>Hello &lt;there&gt; &amp; welcome"


def test_a_cue_ends_after_it_begins_and_is_one_line_of_text() -> None:
    cue = write_webvtt(CALL).split("\n\n")[2]
    assert cue == "01:02:05.400 --> 01:02:05.401\n<v customer>one --&gt; two three"


def test_silence_is_an_empty_text_and_a_bare_header() -> None:
    silence = Transcript("en", 3.0, ())
    assert (write_text(silence), write_webvtt(silence)) == ("", "WEBVTT\n\n")


def test_the_clock_of_a_place_says_the_same_second_as_the_sentence_about_it() -> None:
    for seconds in (0.0, 35.4, 35.6, 59.7, 75.5):
        minutes, rest = clock_time(seconds).split(":")
        assert f"{60 * int(minutes) + int(rest)} s" == f"{seconds:.0f} s"
