"""Loops of a recogniser are taken out; what people repeat stays."""

import pytest

from voiceops.analysis.drop_repeats import drop_repeats
from voiceops.domain.transcript import Word


def _kept(text: str) -> str:
    words = [Word(word, number, number + 1, 0.5) for number, word in enumerate(text.split())]
    return " ".join(word.text for word in drop_repeats(words))


@pytest.mark.parametrize(
    "text",
    ["", "no no no no", "two one two one two one five five five", "thank you thank you bye bye", "a b c a b c a b c"],
)
def test_what_people_repeat_stays(text: str) -> None:
    assert _kept(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("okay " + "you " * 40, "okay you"),
        ("Thank you. " * 9 + "goodbye", "Thank you. goodbye"),
        ("well " + "we are sorry to hear " * 5 + "that", "well we are sorry to hear that"),
    ],
)
def test_a_phrase_said_more_than_four_times_in_a_row_is_kept_once(text: str, kept: str) -> None:
    assert _kept(text) == kept


def test_a_loop_keeps_the_time_of_its_first_round() -> None:
    words = [Word("you", float(number), number + 1.0, 0.5) for number in range(10)]
    assert drop_repeats(words) == (words[0],)
