"""What a search compares: words as the rules compare them."""

import pytest

from tests.builders import a_transcript
from voiceops.analysis.comparable_words import words_said, words_wanted


def test_what_is_said_in_numbers_and_in_words_is_the_same() -> None:
    assert words_said(a_transcript("agent: within fourteen days.", "customer: 14 days?")) == "within 14 days 14 days"


@pytest.mark.parametrize("typed", ["", " ", "...", '""', "„”", "_"])
def test_no_word_asks_for_nothing(typed: str) -> None:
    assert words_wanted(typed) == []


def test_a_phrase_ends_at_its_second_mark_or_with_the_text() -> None:
    assert words_wanted('"very good" service')[0] == (("very", "good"), ("service",))
    assert words_wanted("service «very good")[0] == (("service",), ("very", "good"))


def test_a_wording_that_is_the_same_in_every_language_is_looked_for_once() -> None:
    assert words_wanted("Rögzítjük") == [(("rogzitjuk",),)]
