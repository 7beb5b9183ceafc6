"""Hostile and broken YAML ends as a sentence with a line, never as a crash or a full memory."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.keyword_set_yaml import SIZE_LIMIT, parse_yaml
from voiceops.errors import InvalidDocument

SET = """\
format: 1
id: service-call-en
version: 1
title: Service call
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: {variants: [this call is recorded, "it costs {number}"], never: [a recorded message]}
rules:
  - id: recording-notice
    title: Says the call is recorded
    expect: required
    any_of: [recording-notice]
    window: {first_seconds: 30, after: price}
    near: {keyphrase: recording-notice, within_seconds: 15}
    applies_if: {queues: [retention], min_seconds: 30}
    examples: {match: [this call is recorded], no_match: [this call is not recorded]}
  - {id: price, title: Price, expect: mention, keyphrase: recording-notice}
"""

_HOSTILE_BITS = [
    *":,-[]{}&*!|>'\"%@`#?~=",
    *["<<: ", "---", "..."],
    *["\n", "\t", "  ", "\x00", "\x85", "\u2028", "\ud800", "&a ", "*a", "!!python/object:os.system ", "yes", "1e999"],
    *["9" * 400, "0x1F", "1:30", "2026-01-01", ".nan", "null", "{number}", "{", "? ", "!!binary ", "- - - ", "\\"],
]


def first_sentence(text: str) -> tuple[int | None, str]:
    with pytest.raises(InvalidDocument) as caught:
        read_keyword_set(text, record="set.yaml")
    problem = caught.value.problems[0]
    return problem.line, problem.sentence


def ends_well(text: str) -> bool:
    """Read, or refused with sentences; anything else escapes as an exception."""
    try:
        read_keyword_set(text, record="set.yaml")
    except InvalidDocument as refused:
        return all(problem.sentence for problem in refused.problems) and bool(refused.problems)
    return True


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "here the document is empty"),
        ("# nothing\n", 1, "here the document is empty"),
        ("- a\n- b\n", 1, "here the document is a list"),
        ("just words", 1, 'here the document is the text "just words"'),
        ("title: Price: high\n", 1, "This is not YAML"),
        ("format: 1\n  id: x\n", 2, "This is not YAML"),
        ("a: [the price is {number}]\n- b", None, "This is not YAML"),
        ("format: 1\n---\nformat: 1\n", 2, "keep one keyword set per file"),
        ("format: 1\ntitle: a\x07b\n", 2, "U+0007"),
        ("format: 1\r\ntitle: a\ud800b\n", 2, "U+D800"),
        ("a: &x [1]\nb: *x\n", 2, "Aliases such as `*x` are not used here"),
        ("a: !!python/object:os.system rm\n", 1, "Tags that begin with `!`"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` stands here a second time; keep one of this and line 1."),
        ("[a, b]: c\n", 1, "A key must be one word"),
        ("a: [" * 5000, 1, "nested too deeply"),
        ("x" * (SIZE_LIMIT + 1), None, "split it into several sets"),
    ],
)
def test_yaml_that_cannot_be_a_keyword_set_gets_a_sentence(text: str, line: int | None, says: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_keyword_set(text, record="set.yaml")
    found = [problem for problem in caught.value.problems if says in problem.sentence]
    assert found, caught.value.problems
    if line:
        assert found[0].line == line


def test_a_bomb_of_aliases_is_refused_without_being_expanded() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    _, problems = parse_yaml("\n".join(levels))
    assert len(problems) == 390


def test_a_slot_without_quotes_gets_the_advice_to_quote_it() -> None:
    _, sentence = first_sentence(SET.replace('"it costs {number}"', "it costs {number} a month"))
    assert "in quotes" in sentence


def test_an_unquoted_no_among_keyphrase_names_is_refused() -> None:
    text = SET.replace("rules:", "  no: [no thank you]\nrules:")
    assert first_sentence(text) == (10, 'YAML does not read `no` as text; write it in quotes: "no".')


def test_an_aliased_value_is_reported_once_and_not_as_missing() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_keyword_set(SET.replace("title: Service call", "title: *t"), record="set.yaml")
    assert [problem.line for problem in caught.value.problems] == [4]


@given(st.text())
def test_random_text_never_escapes_as_another_error(text: str) -> None:
    assert ends_well(text)


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_a_damaged_set_never_escapes_as_another_error(seed: int, hits: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    text = SET
    for _ in range(hits):
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.choice([0, 0, 1, 3, 20]))
        text = text[:start] + dice.choice(_HOSTILE_BITS) + text[end:]
    assert ends_well(text)


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200)
@given(st.integers(0, 30), _anything)
def test_any_value_in_any_place_never_escapes_as_another_error(place: int, value: object) -> None:
    lines = SET.splitlines()
    key = lines[place % len(lines)].partition(":")[0]
    lines[place % len(lines)] = f"{key}: {json.dumps(value)}"
    assert ends_well("\n".join(lines))
