"""Reading keyword sets: the whole form, and the sentences that a wrong one gets back."""

from collections.abc import Sequence

import pytest

from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.domain.keyword_set import (
    AppliesIf,
    Examples,
    Expectation,
    Keyphrase,
    Near,
    Rule,
    RuleParty,
    Strictness,
    Window,
)
from voiceops.errors import InvalidDocument, Problem

MINIMAL = """\
format: 1
id: service-call-en
version: 1
title: Service call
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: {variants: [this call is recorded, this call may be recorded or monitored]}
rules:
  - {id: recording-notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice, \
party: agent, window: {first_seconds: 30}, weight: 3, fatal: true}
"""

COMPLETE = """\
format: 1
id: outbound-sales-en
version: 3                 # whole number; an upload must raise it, old versions stay readable
title: Outbound sales script
language: en               # one set per language
owner: compliance team
reason: Sales calls must disclose recording and price before consent.
keyphrases:
  recording-notice:
    variants: [this call is recorded, this call may be recorded or monitored, we are recording this call]
    never: [this is a recorded message]     # looks alike, means something else
  price: {variants: ["the price is {number}", "it costs {number} a month", "{any:3 words} per {any:2} on {date}"]}
  cancel-request: [I want to cancel, please cancel it]
rules:
  - id: price
    title: Says the price
    expect: required
    all_of: [price]
  - id: recording-notice
    title: Says the call is recorded
    expect: required
    any_of: [recording-notice]
    none_of: [cancel-request]
    party: agent
    window: {from_second: 0, to_second: 90.5, after: price}
    near: {keyphrase: price, within_seconds: 15}
    strictness: strict
    at_least: 2
    applies_if: {mentioned: cancel-request, queues: [retention], min_seconds: 30}
    weight: 0.5
    fatal: true
    examples: {match: [just so you know this call is being recorded], no_match: [this call is not recorded]}
"""


def problems_of(text: str) -> Sequence[Problem]:
    with pytest.raises(InvalidDocument) as caught:
        read_keyword_set(text, record="set.yaml")
    return caught.value.problems


def only_problem(old: str, new: str, *, of: str = COMPLETE) -> Problem:
    assert of.count(old) == 1, f"{old!r} must stand once in the document"
    problems = problems_of(of.replace(old, new))
    assert len(problems) == 1, problems
    return problems[0]


def test_the_minimal_form_is_read_with_defaults() -> None:
    keyword_set = read_keyword_set(MINIMAL, record="set.yaml")
    assert keyword_set.id == "service-call-en"
    assert keyword_set.version == 1
    assert keyword_set.rules == (
        Rule(
            id="recording-notice",
            title="Says the call is recorded",
            expect=Expectation.REQUIRED,
            any_of=("recording-notice",),
            party=RuleParty.AGENT,
            window=Window(first_seconds=30),
            weight=3,
            fatal=True,
        ),
    )


def test_every_key_of_the_complete_form_is_read() -> None:
    keyword_set = read_keyword_set(COMPLETE, record="set.yaml")
    assert (keyword_set.version, keyword_set.language, keyword_set.owner) == (3, "en", "compliance team")
    assert keyword_set.keyphrases["recording-notice"] == Keyphrase(
        "recording-notice",
        ("this call is recorded", "this call may be recorded or monitored", "we are recording this call"),
        ("this is a recorded message",),
    )
    assert keyword_set.keyphrases["cancel-request"].variants == ("I want to cancel", "please cancel it")
    assert keyword_set.rules[0].all_of == ("price",)
    assert keyword_set.rules[1] == Rule(
        id="recording-notice",
        title="Says the call is recorded",
        expect=Expectation.REQUIRED,
        any_of=("recording-notice",),
        none_of=("cancel-request",),
        party=RuleParty.AGENT,
        window=Window(from_second=0, to_second=90.5, after="price"),
        near=Near("price", 15),
        strictness=Strictness.STRICT,
        at_least=2,
        applies_if=AppliesIf(mentioned="cancel-request", queues=("retention",), min_seconds=30),
        weight=0.5,
        fatal=True,
        examples=Examples(("just so you know this call is being recorded",), ("this call is not recorded",)),
    )


def test_windows_line_ends_a_byte_order_mark_and_persian_text_are_read() -> None:
    text = MINIMAL.replace("this call is recorded", "این تماس ضبط می‌شود").replace("\n", "\r\n")
    keyword_set = read_keyword_set("\ufeff" + text, record="set.yaml")
    assert keyword_set.keyphrases["recording-notice"].variants[0] == "این تماس ضبط می‌شود"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("    strictness: strict", "    partty: agent", 27, "`partty` is not a key of a rule; did you mean `party`?"),
        ("owner:", "ovner:", 6, "did you mean `owner`?"),
        ("    never:", "    newer:", 11, "`newer` is not a key of a keyphrase; did you mean `never`?"),
        ("to_second: 90.5", "to_seconds: 90.5", 25, "did you mean `to_second`?"),
        ("format: 1", "format: 2", 1, "Format 2 is not known here; this version reads `format: 1`."),
        ("format: 1", "format: '1'", 1, "must be a whole number such as 1, without quotes"),
        ("version: 3 ", "version: 0 ", 3, "`version` must be at least 1"),
        ("version: 3 ", "version: 1.5 ", 3, "`version` must be a whole number"),
        ("version: 3 ", "version: 010 ", 3, "`version` must be a whole number"),
        ("version: 3 ", "version: three ", 3, "`version` must be a whole number such as 1"),
        ("id: outbound-sales-en", "id: Outbound Sales", 2, "such as `outbound-sales`"),
        ("id: outbound-sales-en", "id: ../etc/passwd", 2, "lowercase letters a to z, digits and hyphens"),
        ("title: Outbound sales script", "title: 2026", 4, 'write it in quotes: "2026"'),
        ("title: Outbound sales script", "title:", 4, "`title` must be text and is empty"),
        ("title: Outbound sales script", "title: [a, b]", 4, "`title` must be text, not a list"),
        ("language: en ", "language: no ", 5, 'write it in quotes: "no"'),
        ("language: en ", "language: EN ", 5, "write `en`"),
        ("language: en ", "language: en-GB ", 5, "write `en`"),
        ("language: en ", "language: english ", 5, "rules of normalisation exist for `en`, `fa`, `hu`"),
        ("I want to cancel,", "no,", 13, 'write it in quotes: "no"'),
        ("I want to cancel,", "10:30,", 13, 'which YAML reads as a number; write it in quotes: "10:30"'),
        ("I want to cancel,", "{number: 1},", 13, "not a mapping; put text with a colon or a slot in quotes"),
        ("I want to cancel,", "'  ',", 13, "Each entry of `variants` must be text and is empty"),
        ("[I want to cancel, please cancel it]", "I want to cancel", 13, "write `cancel-request: [first wording,"),
        ("[I want to cancel, please cancel it]", "[]", 13, "The keyphrase `cancel-request` has no variant"),
        ("[I want to cancel, please cancel it]", "{never: [cancel]}", 13, "needs the key `variants`"),
        ('{variants: ["the price is {number}"', '{variants: ["the price is {nummer}"', 12, "did you mean `number`?"),
        ('"the price is {number}"', '"the price is {number"', 12, "A slot is not closed"),
        ('"the price is {number}"', '"{number} {date}"', 12, "has no word of its own"),
        ('"the price is {number}"', '"it costs {any}"', 12, "write {any:3 words}"),
        ('"the price is {number}"', '"it costs {any:99}"', 12, "at most {any:20 words}"),
        ("[this is a recorded message]", "[This call is recorded]", 11, "under `variants` and under `never`"),
        ("all_of: [price]", "all_of: [prize]", 18, "There is no keyphrase `prize`; did you mean `price`?"),
        ("all_of: [price]", "all_of: price", 18, "`all_of` must be a list"),
        ("all_of: [price]", "all_of: []", 18, "`all_of` is empty"),
        ("all_of: [price]", "weight: 1", 15, "The rule names no keyphrase; add `keyphrase: …`"),
        ("all_of: [price]", "none_of: [price]\n    expect: mention", 19, "`expect` stands here a second time"),
        ("    any_of: [recording-notice]", "    any_of: [price]\n    keyphrase: price", 23, "not both"),
        ("{keyphrase: price, within", "{keyphrase: prices, within", 26, "did you mean `price`?"),
        (", within_seconds: 15", "", 26, "`near` needs the key `within_seconds`"),
        ("within_seconds: 15", "within_seconds: 0", 26, "`within_seconds` must be more than 0"),
        ("after: price", "after: cancel-request", 25, "There is no rule `cancel-request`"),
        ("after: price", "after: recording-notice", 25, "go round in a circle"),
        ("mentioned: cancel-request", "mentioned: cancel-rquest", 29, "did you mean `cancel-request`?"),
        ("queues: [retention]", "queues: []", 29, "`queues` names no queue"),
        ("from_second: 0, to_second: 90.5", "from_second: 90, to_second: 30", 25, "must be less than `to_second` (30)"),
        ("from_second: 0, to_second: 90.5", "first_percent: 120", 25, "at most 100, not 120"),
        ("from_second: 0, to_second: 90.5", "first_seconds: 9, last_seconds: 9", 25, "in the first and in the last"),
        ("from_second: 0, to_second: 90.5", "first_percent: 40, last_percent: 40", 25, "do not meet"),
        ("from_second: 0, to_second: 90.5", "from_second: 30, first_seconds: 30", 25, "end before second 30"),
        ("from_second: 0", "from_second: -1", 25, "`from_second` must be at least 0"),
        ("to_second: 90.5", "to_second: 1:30", 25, "must be a plain number such as 30"),
        ("to_second: 90.5", "to_second: .inf", 25, "must be a plain number such as 30"),
        ("strictness: strict", "strictness: strickt", 27, "`strictness` cannot be `strickt`; did you mean `strict`?"),
        ("at_least: 2", "at_least: 0", 28, "`at_least` must be at least 1"),
        ("weight: 0.5", "weight: -2", 30, "`weight` must be at least 0, not -2."),
        ("weight: 0.5", "weight: high", 30, "`weight` must be a plain number"),
        ("fatal: true", "fatal: 'true'", 31, "must be true or false, without quotes"),
        ("match: [just so you know this call is being recorded]", "match: hello", 32, "`match` must be a list"),
        ("id: price\n", "id: recording-notice\n", 25, "There is no rule `price`"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_write(old: str, new: str, line: int, says: str) -> None:
    assert COMPLETE.count(old) == 1, f"{old!r} must stand once in the document"
    found = [problem for problem in problems_of(COMPLETE.replace(old, new)) if says in problem.sentence]
    assert [problem.line for problem in found] == [line], problems_of(COMPLETE.replace(old, new))


def test_a_rule_id_used_twice_names_both_lines() -> None:
    problem = only_problem("id: cancel", "id: cancel", of=TWICE)
    assert problem == Problem(12, "The rule id `recording-notice` is used on line 11 already; change one.")


TWICE = MINIMAL.replace("service-call-en", "cancel") + (
    "  - {id: recording-notice, title: Again, expect: mention, keyphrase: recording-notice}\n"
)


def test_a_mention_cannot_be_fatal() -> None:
    problem = only_problem("expect: required", "expect: mention", of=MINIMAL)
    assert problem.line == 11
    assert "cannot be fatal" in problem.sentence


@pytest.mark.parametrize("expect", ["required", "forbidden"])
def test_absence_alone_can_be_required_or_forbidden_but_not_counted(expect: str) -> None:
    text = MINIMAL.replace("keyphrase: recording-notice", "none_of: [recording-notice]").replace(", fatal: true", "")
    keyword_set = read_keyword_set(text.replace("expect: required", f"expect: {expect}"), record="set.yaml")
    assert keyword_set.rules[0].none_of == ("recording-notice",)
    (problem,) = problems_of(text.replace("expect: required", "expect: mention"))
    assert "has nothing to count" in problem.sentence


@pytest.mark.parametrize(
    ("phrase", "strictness", "advice"),
    [("ok", "normal", "strict"), ("ok", "loose", "strict"), ("sorry", "loose", "normal"), ("x", "strict", "exact")],
)
def test_a_phrase_too_short_for_its_strictness_is_refused(phrase: str, strictness: str, advice: str) -> None:
    text = MINIMAL.replace("[this call is recorded,", f"[{phrase},").replace("weight: 3", f"strictness: {strictness}")
    (problem,) = problems_of(text)
    assert problem.line == 9
    assert f"set `strictness: {advice}` there" in problem.sentence
    assert read_keyword_set(text.replace(f": {strictness}", f": {advice}"), record="set.yaml")


def test_a_circle_through_three_rules_is_shown_once_with_its_way() -> None:
    rule = "  - {id: %s, title: T, expect: required, keyphrase: recording-notice, window: {%s}}\n"
    text = MINIMAL + rule % ("a", "after: b") + rule % ("b", "before: c") + rule % ("c", "after: a")
    (problem,) = problems_of(text)
    assert problem.line == 12
    assert "(`a` → `b` → `c` → `a`)" in problem.sentence


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        COMPLETE.replace("version: 3", "version: 0").replace("weight: 0.5", "weight: -1").replace("title: Says", "t:")
    )
    problems = problems_of(text)
    lines = [problem.line or 0 for problem in problems]
    assert lines == sorted(lines)
    assert {3, 30} <= set(lines)
    assert len(problems) >= 4


def test_the_message_names_the_file_and_the_next_step() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_keyword_set("format: 1", record="sets/mine.yaml")
    assert str(caught.value).startswith("sets/mine.yaml: line 1: A keyword set needs the key `id`;")
    assert "voiceops keywords check" in str(caught.value)


def test_every_missing_key_is_named() -> None:
    sentences = " ".join(problem.sentence for problem in problems_of("format: 1"))
    for key in ("id", "version", "title", "language", "owner", "reason", "keyphrases", "rules"):
        assert f"needs the key `{key}`" in sentences


def test_a_list_too_long_to_be_one_idea_is_refused() -> None:
    problem = only_problem("[I want to cancel, please cancel it]", f"[{', '.join(['I want to cancel'] * 201)}]")
    assert problem == Problem(13, "`variants` has 201 entries; at most 200 are read, split it.")


def test_more_problems_than_anybody_reads_are_counted() -> None:
    problems = problems_of(MINIMAL + "".join(f"key-{number}: 1\n" for number in range(250)))
    assert len(problems) == 201
    assert problems[-1] == Problem(None, "There are 50 more problems; correct these first.")


@pytest.mark.parametrize("written", ["{any:3}", "{any: 3}", "{ any:3 words }", "{any:3 words}"])
def test_a_slot_for_words_of_any_kind_is_read_in_every_spelling(written: str) -> None:
    text = COMPLETE.replace("the price is {number}", f"the price is {written}")
    variants = read_keyword_set(text, record="set.yaml").keyphrases["price"].variants
    assert variants[0] == "the price is {any:3 words}"


def test_a_mentioned_rule_stands_for_its_one_keyphrase() -> None:
    text = COMPLETE.replace("id: price", "id: says-price").replace("after: price", "after: says-price")
    rules = read_keyword_set(text.replace("mentioned: cancel-request", "mentioned: says-price"), record="s").rules
    assert rules[1].applies_if.mentioned == "price"


def test_a_mentioned_rule_with_several_keyphrases_is_refused() -> None:
    text = COMPLETE.replace("id: price", "id: says-price").replace("after: price", "after: says-price")
    text = text.replace("all_of: [price]", "all_of: [price, cancel-request]")
    (problem,) = problems_of(text.replace("mentioned: cancel-request", "mentioned: says-price"))
    assert problem.line == 29
    assert "name one of `price`, `cancel-request`." in problem.sentence
