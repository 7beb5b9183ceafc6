"""Spoken text becomes comparable tokens that remember their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.normalise import Break, Kind, normalise, normalise_text


def forms(text: str, code: str) -> list[str]:
    return [token.form for token in normalise_text(text, code)]


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("en", "This call isn't recorded.", "this call is not recorded"),
        ("en", "G D P R", "gdpr"),
        ("en", "twenty nine dollars", "29 dollars"),
        ("en", "two hundred and fifty", "250"),
        ("en", "$30", "30 dollar"),
        ("en", "um thanks for calling", "thank you for calling"),
        ("en", "I can t agree", "I can't agree"),
        ("en", "data-processing", "data processing"),
        ("hu", "a hívást rögzítjük", "a hivast rogzitjuk"),
        ("hu", "kétezer-ötszáz forint", "2500 forint"),
        ("hu", "tizennégy nap", "14 nap"),
        ("hu", "nincs költség", "nem van költség"),
        ("fa", "این تماس ضبط مي شود", "این تماس ضبط می‌شود"),
        ("fa", "ضبط نمی شود", "ضبط نمی‌شود"),
        ("fa", "۲۵ تومان", "25 تومان"),
        ("fa", "بیست و نه تومان", "29 تومان"),
        ("fa", "كتاب", "کتاب"),
    ],
)
def test_two_ways_of_writing_the_same_words_give_the_same_tokens(code: str, one: str, other: str) -> None:
    assert forms(one, code) == forms(other, code)


def test_two_numbers_one_after_the_other_stay_two() -> None:
    assert forms("nineteen ninety nine", "en") == ["19", "99"]


def test_amounts_keep_their_cents() -> None:
    assert forms("it costs $29.90", "en") == ["it", "costs", "29.90", "dollar"]


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "I don't"), ("hu", "nem kérem"), ("fa", "نمی‌خواهم"), ("fa", "موافق نیستم"), ("fa", "ندارم")],
)
def test_a_negation_is_a_token_of_its_own(code: str, text: str) -> None:
    assert Kind.NEGATION in {token.kind for token in normalise_text(text, code)}


@pytest.mark.parametrize("word", ["نام", "نظر", "نشانی", "نامه"])
def test_a_persian_noun_that_begins_like_a_negation_is_none(word: str) -> None:
    assert [token.kind for token in normalise_text(word, "fa")] == [Kind.CONTENT]


def test_tokens_remember_their_words_and_the_border_after_them() -> None:
    tokens = normalise(["Yes,", "twenty", "nine.", "Really?"], "en")
    assert [(t.form, t.first, t.last) for t in tokens] == [("yes", 0, 0), ("29", 1, 2), ("really", 3, 3)]
    assert [t.border for t in tokens] == [Break.COMMA, Break.STOP, Break.QUESTION]


def test_a_language_nobody_taught_us_is_still_folded() -> None:
    assert forms("Das Gespräch", "de") == ["das", "gesprach"]


@given(st.text(max_size=80), st.sampled_from(["en", "hu", "fa", "de"]))
def test_any_text_gives_tokens_in_order_inside_its_words(text: str, code: str) -> None:
    words = text.split()
    tokens = normalise(words, code)
    assert all(token.form and 0 <= token.first <= token.last < len(words) for token in tokens)
    assert [t.first for t in tokens] == sorted(t.first for t in tokens)
