"""Every kind of private words is found in three languages, however it is said, and what only looks like it stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bench_redaction import LANGUAGES, Counted, conversations, count
from tests.builders import a_transcript
from voiceops.analysis.check_digits import is_id
from voiceops.analysis.mask_private import find_private
from voiceops.domain.private import Private

DIGITS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "hu": ["nulla", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc"],
    "fa": ["صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه"],
}
TALK = {
    "en": ["well", "the", "weather", "was", "lovely", "and", "our", "garden", "looked", "green", "again"],
    "hu": ["nos", "szép", "idő", "volt", "és", "a", "kertünk", "megint", "zöld", "lett"],
    "fa": ["خب", "هوا", "خوب", "بود", "و", "باغ", "ما", "سبز", "شد"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_everything_private_is_masked_and_little_else(language: str) -> None:
    total = sum((count(one) for one in conversations(language)), Counted())
    assert total.recall >= 0.99
    assert total.precision >= 0.9


@st.composite
def spoken_card(draw: st.DrawFn, language: str) -> list[str]:
    """A card's number: in digits or words, in groups, some of them said twice as "double"."""
    digits = draw(st.lists(st.integers(0, 9), min_size=13, max_size=19))
    if draw(st.booleans()):
        size = draw(st.integers(2, 6))
        text = "".join(map(str, digits))
        return [text[at : at + size] for at in range(0, len(text), size)]
    return [DIGITS[language][digit] for digit in digits]


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_no_word_of_a_card_is_left_wherever_it_is_said(language: str, data: st.DataObject) -> None:
    card = data.draw(spoken_card(language))
    talk = TALK[language]
    parts = [list(talk)]
    for word in card:
        if data.draw(st.integers(0, 5)) == 0:
            parts.append([])
        parts[-1].append(word)
    parts[-1] += talk
    lines = [line for part in parts if part for line in (f"customer: {' '.join(part)}", "agent: mhm")]
    transcript = a_transcript(*lines, language=language)
    hidden = find_private(transcript, {Private.CARD})
    said = [
        (word.text, (at, n) in hidden)
        for at, one in enumerate(transcript.utterances)
        if one.party == "customer"
        for n, word in enumerate(one.words)
    ]
    assert all(masked for _, masked in said[len(talk) : len(talk) + len(card)])
    assert not any(masked for _, masked in (*said[: len(talk) - 1], *said[-len(talk) + 1 :]))


@pytest.mark.parametrize(
    ("language", "text", "what"),
    [
        ("en", "my card is 4111 1111 1111 1111", Private.CARD),
        ("hu", "kétszer négy kétszer öt kétszer hat kétszer hét kétszer nyolc kétszer kilenc", Private.CARD),
        ("en", "social security number 536 90 4399", Private.ID),
        ("hu", "a taj számom 111 111 110", Private.ID),
        ("fa", "کد ملی صفر صفر یک سه پنج چهار دو چهار یک نه", Private.ID),
        ("en", "call me at 202 555 0148", Private.PHONE),
        ("hu", "számlaszám 117730161111", Private.ACCOUNT),
        ("en", "ada dot byron at mail dot example", Private.EMAIL),
        ("hu", "ada pont byron kukac posta pont hu", Private.EMAIL),
        ("fa", "سارا نقطه احمدی ات جیمیل نقطه کام", Private.EMAIL),
        ("en", "my name is Ada Byron", Private.NAME),
        ("hu", "Kovács Anna vagyok", Private.NAME),
        ("fa", "اسم من سارا احمدی هست", Private.NAME),
    ],
)
def test_each_kind_is_found_by_itself(language: str, text: str, what: Private) -> None:
    found = find_private(a_transcript(f"customer: {text}", language=language), {what})
    assert set(found.values()) == {what}


@pytest.mark.parametrize("digits", ["111111110", "8000000008", "18001010015", "0013542419", "536904399"])
def test_a_number_of_a_state_has_its_check_digit(digits: str) -> None:
    assert is_id(digits)


@pytest.mark.parametrize(
    "digits", ["8000000009", "18001010017", "0013542418", "1111111111", "000904399", "666904399", "12345"]
)
def test_what_only_looks_like_one_is_none(digits: str) -> None:
    assert not is_id(digits)


def test_a_name_is_masked_wherever_it_is_said_again_and_an_agents_own_stays() -> None:
    transcript = a_transcript(
        "agent: this is Brian how can I help", "customer: my name is Ada Byron", "agent: thank you miss Byron"
    )
    hidden = find_private(transcript, {Private.NAME})
    assert {transcript.utterances[at].words[n].text for at, n in hidden} == {"Ada", "Byron"}
    assert (2, 3) in hidden


def test_where_a_card_is_paid_with_a_word_that_the_engine_doubts_may_be_a_digit() -> None:
    clear = a_transcript("agent: your card number please", "customer: fore wan bee 4111 aid thank you")
    doubted = {"fore", "wan", "bee", "aid"}
    words = tuple(
        replace(word, probability=0.2) if word.text in doubted else word for word in clear.utterances[1].words
    )
    unsure = replace(clear, utterances=(clear.utterances[0], replace(clear.utterances[1], words=words)))
    assert {n for at, n in find_private(unsure, {Private.CARD}) if at == 1} == {0, 1, 2, 3, 4}
    assert {n for at, n in find_private(clear, {Private.CARD}) if at == 1} == {3}
