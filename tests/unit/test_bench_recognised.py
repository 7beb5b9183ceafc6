from collections import Counter
from pathlib import Path

import pytest

from benchmarks.bench_recognised import (
    COUNTED_AS,
    call_names,
    heard_cases,
    marks_of,
    read_set,
    transcript_of,
    word_error_rate,
)
from benchmarks.make_recognised import CONDITIONS, RECOGNISED, SPOKEN, TRANSCRIPTS, main, read_calls
from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.domain.keyword_set import RuleParty

RULES = {rule.id: rule for rule in read_set().rules}
OWN = {RuleParty.AGENT: "agent", RuleParty.CUSTOMER: "customer"}


def test_the_keyword_set_is_one_that_an_upload_would_take() -> None:
    path = RECOGNISED / "keyword-set.yaml"
    assert len(check_keyword_set(path.read_text("utf-8"), record=path.name).rules) == 9


def test_the_baselines_find_each_rules_keyphrase_by_the_rules_name() -> None:
    assert all(rule.any_of == (rule.id,) for rule in RULES.values())


@pytest.mark.parametrize("condition", [SPOKEN, *CONDITIONS])
def test_every_call_has_its_transcript_and_no_transcript_is_left_over(condition: str) -> None:
    assert sorted(path.stem for path in (TRANSCRIPTS / condition).iterdir()) == call_names()


@pytest.mark.parametrize("name", call_names())
def test_what_was_heard_is_as_long_as_what_was_spoken_and_has_word_times(name: str) -> None:
    spoken = transcript_of(name, SPOKEN)
    for condition in CONDITIONS:
        heard = transcript_of(name, condition)
        assert heard.language == "en"
        assert heard.duration == pytest.approx(spoken.duration, abs=0.1)
        assert {u.party for u in heard.utterances} == {u.party for u in spoken.utterances}
        assert all(word.probability is not None for u in heard.utterances for word in u.words)


@pytest.mark.parametrize("name", call_names())
def test_the_truth_about_a_call_agrees_with_who_spoke_and_when(name: str) -> None:
    for mark in marks_of(name):
        rule = RULES[mark.rule_id]
        assert mark.kind in COUNTED_AS
        own = mark.party == OWN[rule.party]
        assert own is (mark.kind != "other_party"), f"{mark.rule_id} in {mark.text!r} is marked {mark.kind}"
        limit = rule.window.first_seconds
        if limit is not None and mark.kind in {"said", "late"}:
            assert (mark.span.end <= limit) if mark.kind == "said" else (mark.span.start > limit)


@pytest.mark.parametrize("name", call_names())
def test_no_rule_is_both_kept_and_refused_in_one_call(name: str) -> None:
    decided = [mark.rule_id for mark in marks_of(name) if mark.kind in {"said", "denied", "late"}]
    assert len(decided) == len(set(decided))
    assert len({mark.rule_id for mark in marks_of(name)}) >= 4


def test_every_refusal_can_be_known_from_the_words_that_were_spoken() -> None:
    heard = [one for name in call_names() for one in heard_cases(read_set(), name, SPOKEN)]
    assert not [one.case.sentence for one in heard if one.denial_lost]
    assert sum(one.case.kind == "denied" for one in heard) >= 10


def test_every_kind_of_hard_negative_occurs_more_than_once() -> None:
    kinds = Counter(mark.kind for name in call_names() for mark in marks_of(name))
    assert set(kinds) == set(COUNTED_AS)
    assert min(kinds.values()) >= 2


def test_every_voice_speaks_for_both_parties() -> None:
    for party in ("agent", "customer"):
        assert {script.voices[party][0] for script in read_calls()} == {"slt", "rms", "awb", "kal16"}


def test_what_was_spoken_has_no_word_errors_and_what_was_heard_has_some() -> None:
    assert word_error_rate(SPOKEN) == 0
    assert all(0 < word_error_rate(condition) < 0.6 for condition in CONDITIONS)


def test_a_call_that_nobody_wrote_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["99", "--to", str(tmp_path)]) == 2
    assert "No call is named 99" in capsys.readouterr().err
