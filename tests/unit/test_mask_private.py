"""What is private is masked before it is stored, said or written, and what is not stays."""

import pytest

from tests.builders import a_transcript
from voiceops.analysis.mask_private import MASK, find_private, mask_words
from voiceops.domain.private import Private
from voiceops.domain.transcript import Transcript, Utterance


def masked(before: Transcript, *wanted: Private) -> Transcript:
    return mask_words(before, find_private(before, wanted))


def left(*lines: str, wanted: tuple[Private, ...], language: str = "en") -> str:
    """What can still be read."""
    said = masked(a_transcript(*lines, language=language), *wanted).utterances
    return " / ".join(" ".join(word for word in one.text.split() if word != MASK) for one in said)


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("en", "4111 1111 1111 1111"),
        ("en", "4111-1111-1111-1111"),
        ("en", "four one one one one one one one one one one one one one one one"),
        ("en", "forty one eleven eleven eleven eleven eleven eleven eleven"),
        ("en", "four triple one uh wait four ones and then one one one one one one one one"),
        ("en", "4111 1111 1111 111"),
        ("hu", "negyvenegy tizenegy tizenegy tizenegy tizenegy tizenegy tizenegy tizenegy"),
        ("hu", "négy egy egy egy egy egy egy egy egy egy egy egy egy egy egy egy"),
        ("fa", "چهار یک یک یک یک یک یک یک یک یک یک یک یک یک یک یک"),
        ("fa", "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱"),
    ],
)
def test_a_card_number_is_masked_said_or_written(language: str, number: str) -> None:
    before = {"en": "my card is", "hu": "a kártyám száma", "fa": "شماره کارت من"}[language]
    said = left(f"customer: {before} {number}", wanted=(Private.CARD,), language=language)
    assert said == before


def test_a_number_that_is_read_out_between_the_others_yes_is_one_number() -> None:
    said = left("customer: it is 4111 1111", "agent: yes", "customer: 1111 1111 thanks", wanted=(Private.CARD,))
    assert said == "it is / yes / thanks"


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (Private.ACCOUNT, "HU42 1177 3016 1111 1018 0000 0000"),
        (Private.ACCOUNT, "11773016-11111018"),
        (Private.PHONE, "+36 30 123 4567"),
        (Private.PHONE, "two oh two five five five zero one four seven"),
        (Private.REFERENCE, "AB123456"),
        (Private.EMAIL, "ada.byron@mail.example"),
        (Private.EMAIL, "ada byron at mail dot example"),
    ],
    ids=str,
)
def test_each_kind_is_masked_where_it_is_wanted(wanted: Private, text: str) -> None:
    spoken = left(f"customer: {text}", wanted=(wanted,))
    assert not set(spoken.split()) - {"oh"}
    assert left("customer: I have two cars and a dog", wanted=(wanted,)) == "I have two cars and a dog"


def test_shorter_numbers_stay_and_nothing_is_masked_that_nobody_wants() -> None:
    line = "customer: order 4471 came on the third of May 2026"
    assert left(line, wanted=(Private.CARD, Private.ACCOUNT)) == line.removeprefix("customer: ")
    assert left("customer: 4111 1111 1111 1111", wanted=()) == "4111 1111 1111 1111"


def test_words_keep_their_times_and_lose_their_probability_and_text_without_words_is_masked_too() -> None:
    before = a_transcript("customer: it is 4111 1111 1111 1111")
    (one,) = masked(before, Private.CARD).utterances
    assert [(word.start, word.end) for word in one.words] == [
        (word.start, word.end) for word in before.utterances[0].words
    ]
    assert [word.probability for word in one.words[2:]] == [None] * 4
    plain = Transcript("en", 9.0, (Utterance(before.utterances[0].party, 0.0, 9.0, "it is 4111111111111111"),))
    assert masked(plain, Private.CARD).utterances[0].text == f"it is {MASK}"
