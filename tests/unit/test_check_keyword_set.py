"""Trying a keyword set's own examples: what must match does, what must not does not."""

import pytest

from voiceops.analysis.check_keyword_set import check_examples, check_keyword_set
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.errors import InvalidDocument, Problem

SET = """\
format: 1
id: notice-en
version: 1
title: Notice
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: [this call is recorded]
  refund: [you will get your money back]
rules:
  - id: recording-notice
    title: Says the call is recorded
    expect: required
    keyphrase: recording-notice
    party: customer
    window: {first_seconds: 1}
    at_least: 3
    examples:
      match:
        - hello this call is recorded
      no_match:
        - this call is not recorded
        - the weather is fine
  - id: refund
    title: Promises no refund
    expect: forbidden
    keyphrase: refund
    examples: {match: [you will get your money back], no_match: [the weather is fine]}
"""


def test_examples_that_behave_leave_the_set_as_it_is() -> None:
    assert check_keyword_set(SET, record="set.yaml") == read_keyword_set(SET, record="set.yaml")


def test_a_match_that_is_not_found_is_named_with_its_line_and_outcome() -> None:
    with pytest.raises(InvalidDocument) as caught:
        check_keyword_set(SET.replace("hello this call is recorded", "the weather is fine"), record="set.yaml")
    (problem,) = caught.value.problems
    assert problem.line == 21
    assert problem.sentence.startswith('"the weather is fine" should match rule `recording-notice` and is missed;')


def test_a_refusal_among_the_matches_is_named_as_refused() -> None:
    with pytest.raises(InvalidDocument) as caught:
        check_keyword_set(SET.replace("hello this call is recorded", "this call isn't recorded"), record="set.yaml")
    assert "is refused;" in caught.value.problems[0].sentence


def test_a_no_match_that_is_found_is_named_with_its_line() -> None:
    with pytest.raises(InvalidDocument) as caught:
        check_keyword_set(SET.replace("this call is not recorded", "yes this call is recorded"), record="set.yaml")
    assert [problem.line for problem in caught.value.problems] == [23]
    assert "must not match rule `recording-notice` and is met;" in caught.value.problems[0].sentence


def test_a_forbidden_wording_that_must_not_match_but_does_is_violated() -> None:
    text = SET.replace("no_match: [the weather is fine]", "no_match: [then you will get your money back]")
    with pytest.raises(InvalidDocument) as caught:
        check_keyword_set(text, record="set.yaml")
    assert "is violated;" in caught.value.problems[0].sentence


def test_examples_are_not_tried_on_a_set_that_is_wrong_otherwise() -> None:
    text = SET.replace("version: 1", "version: 0").replace("hello this call is recorded", "the weather is fine")
    with pytest.raises(InvalidDocument) as caught:
        check_keyword_set(text, record="set.yaml")
    assert [problem.line for problem in caught.value.problems] == [3]


def test_examples_can_be_checked_without_lines() -> None:
    keyword_set = read_keyword_set(SET.replace("hello this call is recorded", "fine weather"), record="set.yaml")
    (problem,) = check_examples(keyword_set)
    assert isinstance(problem, Problem)
    assert problem.line is None
