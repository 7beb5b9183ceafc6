"""What TranscriptStore, EvaluationStore and KeywordSetStore promise, on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import NOON, a_recording, a_transcript
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome
from voiceops.domain.keyword_set import Examples, Expectation, Keyphrase, KeywordSet, Near, Rule, Window
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript, Utterance, Word
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.errors import Conflict, NotFound
from voiceops.ports import StoredKeywordSet
from voiceops.storage.unit_of_work import SqlUnitOfWork

_seconds = st.floats(min_value=0, max_value=1e6)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_words = st.builds(Word, _texts, _seconds, _seconds, st.none() | st.floats(0, 1))
_utterances = st.builds(
    Utterance, st.sampled_from(Party), _seconds, _seconds, _texts, st.lists(_words, max_size=3).map(tuple)
)
_speech = st.tuples(st.sampled_from(Party), st.lists(st.builds(Span, _seconds, _seconds), max_size=2).map(tuple))
_transcripts = st.builds(
    Transcript,
    st.none() | st.just("hu"),
    _seconds,
    st.lists(_utterances, max_size=3).map(tuple),
    st.none() | st.lists(_speech, max_size=2).map(tuple),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(transcript=_transcripts)
def test_every_transcript_comes_back_as_it_was_stored(unit: SqlUnitOfWork, transcript: Transcript) -> None:
    recording = a_recording()
    unit.recordings.add(recording)
    unit.transcripts.put(recording.id, transcript)
    assert unit.transcripts.get(recording.id) == transcript


def test_a_second_transcript_replaces_the_first(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.transcripts.put("r", a_transcript("agent: good morning"))
    better = a_transcript("agent: good evening")
    unit.transcripts.put("r", better)
    assert unit.transcripts.get("r") == better


def test_a_recording_without_transcript_is_said_to_be_not_transcribed_yet(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    with pytest.raises(NotFound, match=r"r: .*not transcribed yet"):
        unit.transcripts.get("r")


def test_a_transcript_of_no_recording_is_a_conflict(unit: SqlUnitOfWork) -> None:
    with pytest.raises(Conflict):
        unit.transcripts.put("nobody", a_transcript("agent: hello"))


def test_the_latest_waveform_comes_back_and_one_that_was_never_made_is_none(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    assert unit.waveforms.find("r") is None
    for high in (0, 127):
        drawn = Waveform(0.02, (ChannelPeaks(Party.AGENT, (-128, 0), (0, high)),))
        unit.waveforms.put("r", drawn)
        assert unit.waveforms.find("r") == drawn


def an_evaluation(keyword_set_id: str = "sales", version: int = 1) -> Evaluation:
    evidence = Evidence("this call is recorded", 1.25, 2.5, Party.AGENT, 97.3, 0.81)
    findings = (
        Finding("notice", Outcome.MET, "Said at 1.25 s.", evidence),
        Finding("consent", Outcome.UNCERTAIN, "Nothing alike was heard.", None),
    )
    return Evaluation(keyword_set_id, version, 66.7, None, findings)


def test_an_evaluation_comes_back_as_it_was_stored(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.evaluations.put("r", an_evaluation(), NOON)
    assert unit.evaluations.of_recording("r") == [an_evaluation()]
    assert unit.evaluations.of_recording("another") == []


def test_an_evaluation_done_twice_is_there_once(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.evaluations.put("r", an_evaluation(), NOON)
    second = replace(an_evaluation(), score=None, passed=False, findings=())
    unit.evaluations.put("r", second, NOON)
    assert unit.evaluations.of_recording("r") == [second]


def test_of_each_keyword_set_the_newest_version_counts(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    for keyword_set_id, version in (("sales", 10), ("sales", 9), ("greeting", 2), ("greeting", 1)):
        unit.evaluations.put("r", an_evaluation(keyword_set_id, version), NOON)
    assert unit.evaluations.of_recording("r") == [an_evaluation("greeting", 2), an_evaluation("sales", 10)]


def a_stored_set(version: int, *, keyword_set_id: str = "sales", active: bool = True) -> StoredKeywordSet:
    rule = Rule(
        id="notice",
        title="Says the call is recorded",
        expect=Expectation.REQUIRED,
        any_of=("notice",),
        window=Window(first_seconds=30, after="greeting"),
        near=Near("price", 15.0),
        weight=3.0,
        fatal=True,
        examples=Examples(match=("this call is recorded",)),
    )
    keyword_set = KeywordSet(
        id=keyword_set_id,
        version=version,
        title="Sales",
        language="en",
        owner="quality",
        reason="The law asks for it.",
        keyphrases={"notice": Keyphrase("notice", ("this call is recorded",), ("this is recorded",))},
        rules=(rule,),
    )
    return StoredKeywordSet(keyword_set, f"format: 1 # ünnep {version}\n", NOON, "sara", active)


def test_a_keyword_set_comes_back_as_it_was_uploaded(unit: SqlUnitOfWork) -> None:
    unit.keyword_sets.add(a_stored_set(3))
    assert unit.keyword_sets.get("sales") == a_stored_set(3)
    assert unit.keyword_sets.get("sales", 3) == a_stored_set(3)


def test_a_new_active_version_takes_the_place_of_the_old_one(unit: SqlUnitOfWork) -> None:
    unit.keyword_sets.add(a_stored_set(1))
    unit.keyword_sets.add(a_stored_set(1, keyword_set_id="another"))
    unit.keyword_sets.add(a_stored_set(2))
    assert unit.keyword_sets.get("sales") == a_stored_set(2)
    assert unit.keyword_sets.versions("sales") == [a_stored_set(2), a_stored_set(1, active=False)]
    assert unit.keyword_sets.list_active() == [a_stored_set(1, keyword_set_id="another"), a_stored_set(2)]


def test_the_newest_version_of_each_set_is_listed_in_use_or_not(unit: SqlUnitOfWork) -> None:
    for stored in (a_stored_set(1), a_stored_set(2, active=False), a_stored_set(1, keyword_set_id="another")):
        unit.keyword_sets.add(stored)
    assert unit.keyword_sets.list_newest() == [
        a_stored_set(1, keyword_set_id="another"),
        a_stored_set(2, active=False),
    ]


def test_an_inactive_version_leaves_the_active_one_alone(unit: SqlUnitOfWork) -> None:
    unit.keyword_sets.add(a_stored_set(1))
    unit.keyword_sets.add(a_stored_set(2, active=False))
    assert unit.keyword_sets.get("sales") == a_stored_set(1)


@pytest.mark.parametrize("version", [1, 9, 10])
def test_a_version_that_is_not_higher_is_refused_and_changes_nothing(unit: SqlUnitOfWork, version: int) -> None:
    unit.keyword_sets.add(a_stored_set(10))
    with pytest.raises(Conflict, match=f"sales: Version {version} is not higher than version 10"):
        unit.keyword_sets.add(a_stored_set(version))
    assert unit.keyword_sets.get("sales") == a_stored_set(10)


def test_unknown_keyword_sets_are_not_found(unit: SqlUnitOfWork) -> None:
    unit.keyword_sets.add(a_stored_set(1, active=False))
    assert unit.keyword_sets.versions("nothing") == []
    for keyword_set_id, version in (("nothing", None), ("sales", None), ("sales", 2)):
        with pytest.raises(NotFound, match=keyword_set_id):
            unit.keyword_sets.get(keyword_set_id, version)
