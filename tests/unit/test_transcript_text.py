"""Transcripts as text and as subtitles."""

from voiceops.analysis.transcript_text import write_text, write_webvtt
from voiceops.domain.recording import Party
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
