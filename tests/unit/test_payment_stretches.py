"""Where a card is paid with every digit is found, however it is said; a number to call back at is not taken for one."""

import pytest

from tests.builders import a_transcript
from voiceops.analysis.facts.count_digits import count_digits
from voiceops.analysis.facts.languages import language_of
from voiceops.analysis.payment_stretches import payment_stretches
from voiceops.domain.recording import Party
from voiceops.domain.sound import ChannelSound, Tone, ToneKind
from voiceops.domain.transcript import Span, Transcript, Utterance


def readable(*lines: str, language: str = "en") -> str:
    """The digits that stand outside every stretch, as they were said."""
    transcript = a_transcript(*lines, language=language)
    spans, numbers = payment_stretches(transcript), language_of(transcript).numbers
    return " ".join(
        word.text
        for utterance in transcript.utterances
        for word in utterance.words
        if count_digits(word.text, numbers)
        and not any(span.start <= (word.start + word.end) / 2 <= span.end for span in spans)
    )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["agent: what is the card number", "customer: four one one one"]),
        (
            "en",
            ["agent: can I take the long number", "customer: four", "agent: yes", "customer: one one one one"],
        ),
        ("en", ["agent: how would you like to pay", "customer: by Visa it's 4111", "agent: mhm", "customer: 11 11"]),
        ("en", ["customer: forty one eleven eleven that is my card", "agent: and the expiry date", "customer: 09 27"]),
        ("en", ["customer: 4111 1111 ehm 1111", "agent: and the three digits on the back", "customer: one two three"]),
        ("en", ["agent: c v v please", "customer: nine nine one"]),
        (
            "hu",
            ["agent: kérem a bankkártya számát", "customer: négyezer-egyszáz tizenegy", "agent: igen", "customer: 1"],
        ),
        ("en", ["agent: how would you like to pay", "customer: credit", "customer: five three nine nine"]),
        ("en", ["agent: just the digits across the front", "customer: 5399 1"]),
        ("en", ["agent: what phone number is on the account and then the card", "customer: 5399 1111"]),
        ("hu", ["agent: a hátoldalon lévő számot kérem", "customer: 123"]),
        ("fa", ["agent: سی‌وی‌وی‌تو", "customer: ۱۲۳"]),
        ("hu", ["agent: mondaná a kártyáján lévő számot", "customer: négy egy egy egy"]),
        ("hu", ["customer: kártyával fizetnék", "agent: hallgatom", "customer: négy egy egy egy egy"]),
        ("hu", ["agent: és a lejárati dátum", "customer: nulla kilenc huszonhét", "agent: CVC kód", "customer: 123"]),
        ("fa", ["agent: شماره کارت را بفرمایید", "customer: چهار یک یک یک", "agent: بله", "customer: یک یک"]),
        ("fa", ["agent: شماره‌ی کارتتون چنده", "customer: ۶۰۳۷ ۹۹", "agent: بفرمایید", "customer: ۱۱"]),
        ("fa", ["customer: شصت سی و هفت نود و نه", "agent: رمز دوم و تاریخ انقضا", "customer: ۱۲۳ ۰۹ ۲۷"]),
        ("fa", ["customer: با کارت پرداخت می‌کنم", "agent: بفرمایید", "customer: شش صفر سه هفت"]),
    ],
)
def test_every_digit_of_a_payment_lies_in_a_stretch_however_few_were_heard(language: str, lines: list[str]) -> None:
    assert readable(*lines, language=language) == ""


@pytest.mark.parametrize(
    ("language", "lines", "left"),
    [
        ("en", ["customer: call me back at 202 555 0147 please"], "202 555 0147"),
        ("en", ["customer: order 4471 came", "agent: order 4471 yes"], "4471 4471"),
        (
            "en",
            [
                "agent: card number please",
                "customer: four one one one",
                "agent: and a phone number",
                "customer: 555 0147",
            ],
            "555 0147",
        ),
        (
            "en",
            ["customer: my phone number is 555 0147", "agent: and the card number", "customer: four one one one"],
            "555 0147",
        ),
        ("en", ["customer: my SIM card stopped on the 3rd of May 2026 order 4471"], "3rd 2026 4471"),
        (
            "hu",
            ["customer: telefonszámom 06 30 123 4567", "agent: és a kártyaszám", "customer: 4111"],
            "06 30 123 4567",
        ),
        ("en", ["customer: reach me on 202 555 0147", "agent: and your card", "customer: 5399"], "202 555 0147"),
        ("hu", ["customer: új SIM-kártya kell a rendelésem 4471"], "4471"),
        ("fa", ["customer: شماره تماسم ۰۹۱۲ ۱۲۳ ۴۵۶۷ است", "agent: شماره کارت", "customer: ۶۰۳۷"], "۰۹۱۲ ۱۲۳ ۴۵۶۷"),
        ("fa", ["customer: سیم کارت من سوخته شماره سفارش ۴۴۷۱"], "۴۴۷۱"),
    ],
)
def test_a_number_to_call_and_an_order_s_stay_readable(language: str, lines: list[str], left: str) -> None:
    assert readable(*lines, language=language) == left


def test_speaking_of_telephones_does_not_open_a_payment_to_be_read() -> None:
    said = ["agent: I call you back if it fails your card number please", "customer: four one one one"]
    assert readable(*said) == ""
    assert readable("agent: your card number", "agent: over the phone is fine", "customer: 4111 1111 1111 1111") == ""


def test_a_payment_ends_a_minute_after_its_last_digit() -> None:
    talk = "customer: " + " ".join(["well"] * 300)
    assert readable("agent: card number", "customer: 4111 1111", talk, "customer: order 4471") == "4471"
    spans = payment_stretches(a_transcript("agent: card number", "customer: 4111 1111", talk))
    assert [(span.start, round(span.end, 1)) for span in spans] == [(0.0, 91.3)]


def test_digits_looked_for_long_after_the_wording_are_still_found() -> None:
    wait = "agent: " + " ".join(["hm"] * 130)
    assert readable("agent: card number", wait, "customer: four one one one", wait, "customer: one one one") == ""


def test_a_number_as_long_as_a_card_s_is_enough_and_what_is_asked_after_it_belongs_to_it() -> None:
    assert readable("customer: 4111 1111 1111 1111", "agent: and those three", "customer: 1 2 3") == ""


def test_keys_open_a_stretch_in_which_nobody_may_read_the_number_out() -> None:
    keys = tuple(Tone(ToneKind.KEY, 10 + at, 10.1 + at, "4") for at in range(16))
    sound = (ChannelSound(Party.CUSTOMER, 1.0, 1.0, tones=keys),)
    assert payment_stretches(Transcript("en", 200.0, (), sound=sound)) == (Span(10.0, 85.1),)


def test_text_without_times_of_words_and_a_transcript_without_words_do() -> None:
    one = Utterance(Party.CUSTOMER, 5.0, 9.0, "my card number is 4111 1111")
    (span,) = payment_stretches(Transcript("en", 9.0, (one,)))
    assert span.start <= 5.0
    assert span.end > 9.0
    assert payment_stretches(Transcript(None, 9.0, ())) == ()
