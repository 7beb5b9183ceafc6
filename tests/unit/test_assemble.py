from voiceops.analysis.assemble import assemble
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Segment, Span, Word


def segment(*words: tuple[str, float, float]) -> Segment:
    timed = tuple(Word(text, start, end, 0.9) for text, start, end in words)
    return Segment(timed[0].start, timed[-1].end, " ".join(word.text for word in timed), timed)


def test_channels_are_put_together_in_order_of_time() -> None:
    agent = [segment(("good", 0.0, 0.3), ("morning", 0.3, 0.8)), segment(("right", 4.0, 4.4))]
    customer = [segment(("hello", 1.5, 2.0))]
    transcript = assemble(
        [(Party.AGENT, agent, [Span(0, 1)]), (Party.CUSTOMER, customer, [Span(1.4, 2.1)])], duration=6, language="en"
    )
    assert [(one.party.value, one.text) for one in transcript.utterances] == [
        ("agent", "good morning"),
        ("customer", "hello"),
        ("agent", "right"),
    ]
    assert transcript.speech == ((Party.AGENT, (Span(0, 1),)), (Party.CUSTOMER, (Span(1.4, 2.1),)))


def test_an_utterance_goes_on_over_segments_until_a_long_pause() -> None:
    segments = [
        segment(("this", 0.0, 0.2), ("call", 0.3, 0.5)),
        segment(("is", 0.9, 1.0)),
        segment(("later", 2.5, 3.0)),
    ]
    transcript = assemble([(Party.AGENT, segments, ())], duration=4, language="en")
    assert [one.text for one in transcript.utterances] == ["this call is", "later"]
    assert (transcript.utterances[0].start, transcript.utterances[0].end) == (0.0, 1.0)


def test_a_segment_without_words_keeps_its_text() -> None:
    transcript = assemble([(Party.CALLER, [Segment(1.0, 2.0, " call me ")], ())], duration=3, language=None)
    assert transcript.utterances[0].text == "call me"


def test_silence_gives_a_transcript_without_utterances() -> None:
    transcript = assemble([(Party.CALLER, (), ())], duration=12.0, language="en")
    assert transcript.utterances == ()
    assert transcript.duration == 12.0
