"""Callback numbers in messages, spoken and written, in three languages."""

import pytest

from voiceops.analysis.caller_facts import caller_facts
from voiceops.domain.caller_facts import Fact
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word

OWN = "+12125550199"


def said(text: str, language: str = "en", region: str = "US", caller_number: str | None = None) -> Fact[str] | None:
    transcript = Transcript(language, 30, (Utterance(Party.CALLER, 0, 30, text),))
    return caller_facts(transcript, region=region, caller_number=caller_number).callback_number


def number(text: str, language: str = "en", region: str = "US", caller_number: str | None = None) -> str | None:
    fact = said(text, language, region, caller_number)
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my number is two one two five five five oh one nine nine", "+12125550199"),
        ("My number is 212-555-0199.", "+12125550199"),
        ("Call me at (212) 555 - 0199", "+12125550199"),
        ("my number is 212.555.0199 thanks", "+12125550199"),
        ("call me on two one two triple five zero one double nine", "+12125550199"),
        ("you can reach me at two twelve five fifty five oh one ninety nine", "+12125550199"),
        ("reach me at six forty six five five five twenty one hundred", "+16465552100"),
        ("my number is six hundred forty six five five five zero one nine nine", "+16465550199"),
        ("area code two one two and the number is five five five oh one nine nine", "+12125550199"),
        ("two one two, uh, five double five, um, zero one nine nine is my number", "+12125550199"),
        ("one eight hundred five five five oh one nine nine is my number", "+18005550199"),
        ("call me at plus four four twenty seven nine four six oh nine five one", "+442079460951"),
        ("My number is 6-4-6-5-5-5-0-1-9-9.", "+16465550199"),
        ("My number is 646, 555, 01, 99.", "+16465550199"),
        ("my number is five five five oh one nine nine area code two one two", "+12125550199"),
        ("I'm calling about my flight. Diana Prince, 646 555 0115.", "+16465550115"),
        ("call me at 415-555-0134, about the invoice", "+14155550134"),
    ],
)
def test_english_numbers_are_read_in_every_wording(text: str, expected: str) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a számom nulla hat harminc kettő három négy ötvenhat hetvennyolc", "+36302345678"),
        ("a telefonszámom plusz harminchat harminc kettőszázhuszonöt negyvenhat hetvennyolc", "+36302254678"),
        ("kérem hívjanak vissza a 06 30 123 4567-es számon", "+36301234567"),
        ("A 06/1/234-5678 számon vagyok elérhető.", "+3612345678"),
        ("keressen a nulla hat húsz kilencszáztizenkettő harmincnégy ötvenhatos számon", "+36209123456"),
        ("a számom 06 20 912 3456 vagy a 06 1 234 5678", "+36209123456"),
    ],
)
def test_hungarian_numbers_are_read(text: str, expected: str) -> None:
    assert number(text, "hu", "HU") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شماره من صفر نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه است", "+989123456789"),
        ("لطفا با شماره ۰۹۱۲ ۳۴۵ ۶۷۸۹ تماس بگیرید", "+989123456789"),
        ("شماره‌ام صفر نه یک دو سه چهار پنج دو تا شش هشت نه", "+989123456689"),
        ("شماره من صفر نهصد دوازده سیصد چهل پنج شصت هفت هشتاد نه", "+989123456789"),
        ("شماره من دو صفر نود و هشت نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه", "+989123456789"),
    ],
)
def test_persian_numbers_are_read(text: str, expected: str) -> None:
    assert number(text, "fa", "IR") == expected


@pytest.mark.parametrize(
    ("text", "language", "region", "expected"),
    [
        (
            "شماره من صفر نهصد و یک سیصد و چهارده صفر صفر صفر نه اصلاح می‌کنم صفر صفر صفر هشت",
            "fa",
            "IR",
            "+989013140008",
        ),
        ("My number is +1 646 555 8440, make that, 646-555-7440", "en", "US", "+16465557440"),
        ("my number is 212 555 0147, no, sorry, 52", "en", "US", "+12125550152"),
        ("my number is two one two five five five oh one four seven no wait four eight", "en", "US", "+12125550148"),
        ("my number is 212 555 0147, I mean 212 555 0148", "en", "US", "+12125550148"),
        ("my number is two one two five five six sorry five five five oh one nine nine", "en", "US", "+12125550199"),
        ("my number is two one two five five five oh one nine four no not four but five", "en", "US", "+12125550195"),
        ("a számom harminc hetven hetvenkettő hetvenhárom négy nem jó nem négy hanem öt", "hu", "HU", "+36307072735"),
        ("شماره من دو یک دو پنج پنج پنج صفر یک سه دو نه ببخشید آخرش سه سه", "fa", "US", "+12125550133"),
        ("a számom 06 30 123 4567, bocsánat, 4568", "hu", "HU", "+36301234568"),
        ("a számom 06 30 123 4567 javítok 06 30 123 4568", "hu", "HU", "+36301234568"),
        ("شماره من ۰۹۱۲ ۳۴۵ ۶۷ ۸۹، نه ببخشید، ۹۸", "fa", "IR", "+989123456798"),
        ("شماره من صفر نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه نه ببخشید نود", "fa", "IR", "+989123456790"),
    ],
)
def test_a_correction_replaces_what_it_takes_back(text: str, language: str, region: str, expected: str) -> None:
    fact = said(text, language, region)
    assert fact is not None
    assert fact.value == expected
    assert fact.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oh seven seven double oh nine double oh one two three that's my mobile", "+447700900123"),
        ("ring me on 07700 900 456", "+447700900456"),
        ("plus four four seven seven double oh nine hundred two two one", "+447700900221"),
        ("my number is oh one six three two nine six oh one double two", "+441632960122"),
    ],
)
def test_british_numbers_are_read_in_their_habits(text: str, expected: str) -> None:
    assert number(text, "en", "GB") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("a számom hatos harmincas kétszáztizenegy negyvennégy ötvenöt", "hu", "+36302114455"),
        ("a nullahat húszas telefonom háromszáztizenkettő negyvenhat nulla kettő", "hu", "+36203124602"),
        ("06 1 234 5678, 14-es mellék", "hu", "+3612345678"),
        ("Foglalásszám: 5512. 06 26 310 220.", "hu", "+3626310220"),
        ("a számom 06 30 414 50 60, mellék nincs", "hu", "+36304145060"),
        ("hívj a harminc kétszáztizennégy ötvenhat hetvennyolcon négykor", "hu", "+36302145678"),
        ("a mobilom a jó, 06 20 717 6655, a vezetékes nem: 06 22 315 212", "hu", "+36207176655"),
        ("زنگ بزنید دو دو سه سه چهار چهار پنج پنج با کد تهران صفر بیست و یک", "fa", "+982122334455"),
        ("شماره من به علاوه چهل و نه یک پنج یک پنج پنج پنج چهار چهار سه سه دو", "fa", "+4915155544332"),
        ("شماره من صفر نه صد و دوازده شش صد و پنجاه چهل سی", "fa", "+989126504030"),
        ("داخلی پنجاه و یک شماره صفر بیست و یک شصت و شش چهل و چهار سی و دو ده", "fa", "+982166443210"),
        ("مشترک شماره ۷۷۸۸۹۹ هستم ۰۹۱۲ ۶۷۸ ۹۰ ۱۲", "fa", "+989126789012"),
    ],
)
def test_numbers_are_read_in_the_habits_of_their_country(text: str, language: str, expected: str) -> None:
    assert number(text, language, {"hu": "HU", "fa": "IR"}[language]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call me two one two five five five oh one five to", "+12125550152"),
        ("my number is 646 555 0 1 for 9", "+16465550149"),
        ("my number is two won two five five five oh one too two", "+12125550122"),
    ],
)
def test_words_that_sound_like_a_digit_fill_a_gap_and_are_never_certain(text: str, expected: str) -> None:
    fact = said(text)
    assert fact is not None
    assert (fact.value, fact.confidence < 0.8) == (expected, True)


def test_words_that_sound_like_a_digit_are_words_beside_a_whole_number() -> None:
    assert number("call 212 555 0122 for 2 reasons") == "+12125550122"


def test_a_number_heard_once_is_never_certain() -> None:
    fact = said("my number is two one two five five five oh one nine eight")
    assert fact is not None
    assert 0.8 < fact.confidence < 0.9


def test_a_number_read_twice_alike_is_certain() -> None:
    fact = said("My number is 212-555-0198. Again, that's 212-555-0198.")
    assert fact is not None
    assert (fact.value, fact.confidence >= 0.9) == ("+12125550198", True)


def test_a_number_read_twice_without_a_word_between_is_certain() -> None:
    once = "two one two five five five oh one nine eight"
    fact = said(f"my number is {once} {once}")
    assert fact is not None
    assert (fact.value, fact.confidence >= 0.9) == ("+12125550198", True)


def test_two_readings_that_disagree_give_no_number_but_what_was_heard() -> None:
    fact = said("my number is 212 555 0198 again that is 212 555 0189")
    assert fact is not None
    assert fact.value is None
    assert fact.confidence < 0.5
    assert "0198" in fact.spoken
    assert "0189" in fact.spoken


def test_a_part_of_a_number_is_not_torn_apart_to_make_a_valid_one() -> None:
    fact = said("شماره من صفر نهصد و دوازده چهارصد و پنجاه و دو", "fa", "IR")
    assert fact is not None
    assert fact.value is None


def test_the_callers_own_number_is_not_certain_once_another_was_taken_back_for_it() -> None:
    fact = said("call me on 646 555 0188, no, sorry, 212 555 0199", caller_number=OWN)
    assert fact is not None
    assert (fact.value, fact.confidence < 0.9) == (OWN, True)


def test_two_numbers_joined_by_or_are_no_contradiction() -> None:
    fact = said("I can be reached at 202-555-0187 or 202-555-0188.")
    assert fact is not None
    assert fact.value == "+12025550187"
    assert fact.confidence < 0.9


def test_the_callers_own_number_is_not_certain_beside_another() -> None:
    fact = said("my number is 212 555 0199 but please call me back at 646 555 0188", caller_number=OWN)
    assert fact is not None
    assert fact.confidence < 0.9


def test_the_callers_own_number_is_certain() -> None:
    fact = said("my number is 212 555 0199", caller_number=OWN)
    assert fact is not None
    assert (fact.value, fact.confidence >= 0.9) == (OWN, True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("please call me back on this number", "en"),
        ("Call me back at the number I'm calling from.", "en"),
        ("kérem ezen a számon hívjanak vissza", "hu"),
        ("لطفا با همین شماره تماس بگیرید", "fa"),
    ],
)
def test_this_number_is_the_callers_own(text: str, language: str) -> None:
    fact = said(text, language, caller_number=OWN)
    assert fact is not None
    assert fact.value == OWN
    assert "number" in fact.spoken or "szám" in fact.spoken or "شماره" in fact.spoken


def test_this_number_without_a_shown_number_has_no_value() -> None:
    fact = said("please call me back on this number")
    assert fact is not None
    assert fact.value is None


@pytest.mark.parametrize(
    "text",
    ["don't call me on this number", "I had a missed call from this number and wanted to know who called"],
)
def test_this_number_may_be_meant_otherwise(text: str) -> None:
    assert number(text, caller_number=OWN) is None


@pytest.mark.parametrize(
    "text",
    [
        "my number is five five five two three six eight",
        "call me on two one two five five five one two three",
        "My number is 555-123-4567.",
    ],
)
def test_an_incomplete_or_invalid_number_is_shown_as_heard_and_has_no_value(text: str) -> None:
    fact = said(text)
    assert fact is not None
    assert fact.value is None
    assert fact.spoken
    assert fact.confidence < 0.5


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("my account number is 212 555 0198 that's 212 555 0198", "en", "US"),
        ("confirmation code 212 555 0198", "en", "US"),
        ("order 2125550198 has not arrived", "en", "US"),
        ("I paid 2125550198 dollars", "en", "US"),
        ("the tracking number is 9400 1112 0255 5012 3456 78", "en", "US"),
        ("my old number was 212 555 0198", "en", "US"),
        ("I was there from 9 to 5 on March 12 2026 at 1240 Main Street", "en", "US"),
        ("az ügyfélszámom 56202658", "hu", "HU"),
        ("a 56202658 rendelésszámú csomagom késik", "hu", "HU"),
        ("شماره سفارش من ۰۹۱۲۳۴۵۶۷۸۹ است", "fa", "IR"),
    ],
)
def test_other_numbers_are_not_taken_for_telephone_numbers(text: str, language: str, region: str) -> None:
    assert said(text, language, region) is None


@pytest.mark.parametrize(
    "text",
    [
        "my old number was 212 555 0111 but my new number is 212 555 0122",
        "I live at 212 Main Street apartment 5, my number is 212 555 0122 and I need it by 5 pm",
        "my zip code is one oh oh one one and my number is two one two five five five oh one two two",
        "order number four five six eight five my number is two one two five five five oh one two two",
        "my account number is 6465550198, call me at 212 555 0122 after 5",
        "call me at 5 30 on 212 555 0122",
        "my number is two one two five five five oh one two two forty nine dollars is too much",
    ],
)
def test_the_telephone_number_is_found_among_others(text: str) -> None:
    assert number(text) == "+12125550122"


def test_an_extension_is_kept_beside_the_number() -> None:
    text = "call me at 212 555 0122 extension four two"
    facts = caller_facts(Transcript("en", 9, (Utterance(Party.CALLER, 0, 9, text),)))
    assert facts.callback_number is not None
    assert facts.extension is not None
    assert (facts.callback_number.value, facts.extension.value) == ("+12125550122", "42")


def test_a_number_may_be_spread_over_utterances_split_at_pauses() -> None:
    pieces = ("my number is two one two", "five five five", "oh one two two")
    utterances = tuple(Utterance(Party.CALLER, n * 4.0, n * 4.0 + 3, text) for n, text in enumerate(pieces))
    fact = caller_facts(Transcript("en", 12, utterances)).callback_number
    assert fact is not None
    assert fact.value == "+12125550122"
    assert 0 < (fact.start or 0) < 3
    assert fact.end == 11


def test_times_come_from_the_words_where_there_are_any() -> None:
    texts = ["Call", "212", "-555", "-0122", "now."]
    words = tuple(Word(text, float(n), n + 0.5, 0.99) for n, text in enumerate(texts))
    utterance = Utterance(Party.CALLER, 0, 5, "Call 212-555-0122 now.", words)
    fact = caller_facts(Transcript("en", 5, (utterance,))).callback_number
    assert fact is not None
    assert (fact.value, fact.spoken, fact.start, fact.end) == ("+12125550122", "212-555-0122", 1.0, 3.5)


@pytest.mark.parametrize("text", ["one " * 3000, "twenty three " * 400, "five sorry " * 800, "one apple " * 800])
def test_a_stammering_recogniser_is_survived(text: str) -> None:
    assert number(text) is None


def test_badly_heard_digits_lower_the_confidence() -> None:
    texts = ["my", "number", "is", "212", "555", "0122"]
    words = tuple(Word(text, float(n), n + 0.5, 0.2 if text == "555" else 0.99) for n, text in enumerate(texts))
    fact = caller_facts(Transcript("en", 6, (Utterance(Party.CALLER, 0, 6, " ".join(texts), words),))).callback_number
    assert fact is not None
    assert fact.confidence < 0.7


def test_an_agents_words_do_not_count() -> None:
    transcript = Transcript("en", 5, (Utterance(Party.AGENT, 0, 5, "our number is 212 555 0122"),))
    assert caller_facts(transcript).callback_number is None


def test_a_message_with_nothing_in_it_has_no_number() -> None:
    assert caller_facts(Transcript("en", 0, ())).callback_number is None
