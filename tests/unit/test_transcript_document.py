import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_transcript
from voiceops.analysis.transcript_document import read_transcript, transcript_from_document, write_transcript
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript
from voiceops.errors import InvalidDocument


def test_a_transcript_survives_writing_and_reading() -> None:
    transcript = a_transcript("agent: this call is recorded", "customer: fine by me")
    assert read_transcript(json.dumps(write_transcript(transcript)), record="t") == transcript


def test_stretches_of_speech_survive_too() -> None:
    heard = Transcript("en", 9.0, (), speech=((Party.CALLER, (Span(1.0, 2.5),)),))
    assert transcript_from_document(write_transcript(heard), record="t") == heard


def test_words_may_be_missing() -> None:
    document = {"language": "en", "duration": 5, "utterances": [{"party": "agent", "start": 1, "end": 2, "text": "hi"}]}
    (utterance,) = transcript_from_document(document, record="t").utterances
    assert utterance.words == ()
    assert utterance.text == "hi"


def test_null_is_the_same_as_missing() -> None:
    words = [{"text": "hi", "start": 1, "end": 2, "probability": None}]
    spoken = {"party": None, "start": 1, "end": 2, "text": None, "words": words}
    document = {"language": None, "duration": None, "utterances": [spoken, {**spoken, "text": "hi", "words": None}]}
    transcript = transcript_from_document(document, record="t")
    assert (transcript.language, transcript.duration) == (None, 2.0)
    assert [(one.party, one.text) for one in transcript.utterances] == [(Party.UNKNOWN, "hi")] * 2


def test_half_a_character_is_replaced_so_that_the_text_can_be_printed_and_stored() -> None:
    text = '{"utterances": [{"start": 1, "end": 2, "text": "a \\ud800 b", "words": null}]}'
    (utterance,) = read_transcript(text, record="t").utterances
    assert utterance.text == "a ? b"


@pytest.mark.parametrize("text", ["[]", "3", "null", "x"])
def test_the_refusal_is_whole_sentences_without_names_from_the_code(text: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_transcript(text, record="t")
    assert "_Transcript" not in str(refused.value)
    assert refused.value.what.endswith(".")


def test_the_recognisers_own_json_is_accepted() -> None:
    document = {
        "text": " Hello there.",
        "language": "en",
        "segments": [
            {
                "id": 0,
                "seek": 0,
                "start": 0.0,
                "end": 1.5,
                "text": " Hello there.",
                "tokens": [1, 2],
                "temperature": 0.0,
                "avg_logprob": -0.2,
                "words": [
                    {"word": " Hello", "start": 0.0, "end": 0.7, "probability": 0.9},
                    {"word": " there.", "start": 0.7, "end": 1.5, "probability": 0.8},
                ],
            }
        ],
    }
    transcript = transcript_from_document(document, record="t")
    assert transcript.duration == 1.5
    assert transcript.utterances[0].party is Party.UNKNOWN
    assert [word.text for word in transcript.utterances[0].words] == ["Hello", "there."]


def test_utterances_are_put_in_order_of_time() -> None:
    document = {
        "utterances": [
            {"party": "customer", "start": 4, "end": 5, "text": "second"},
            {"party": "agent", "start": 1, "end": 2, "text": "first"},
        ]
    }
    assert [one.text for one in transcript_from_document(document, record="t").utterances] == ["first", "second"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"utterances": 3}',
        '{"utterances": [{"start": -1, "end": 2}]}',
        '{"utterances": [{"start": 1, "end": NaN}]}',
        '{"utterances": [{"start": 1, "end": 2, "party": "robot"}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_transcript_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(InvalidDocument, match=r"^t\.json: "):
        read_transcript(text, record="t.json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["utterances", "words", "start", "end", "text", "party", "x"]), inner)
        ),
    )
)
def test_any_json_is_either_read_or_refused(document: object) -> None:
    try:
        assert transcript_from_document(document, record="t").duration >= 0
    except InvalidDocument as refusal:
        assert refusal.problems  # noqa: PT017  both ends are right, and each is checked
