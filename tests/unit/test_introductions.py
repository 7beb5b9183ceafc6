"""How callers introduce themselves, correct themselves, name their firm and ask for a colleague, in all languages."""

import pytest

from voiceops.analysis.caller_facts import caller_facts
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance


def facts(text: str, language: str) -> CallerFacts:
    return caller_facts(Transcript(language, 20, (Utterance(Party.CALLER, 0, 20, text),)))


def name(text: str, language: str) -> str | None:
    fact = facts(text, language).caller_name
    return fact.value if fact else None


def company(text: str, language: str) -> str | None:
    fact = facts(text, language).company
    return fact.value if fact else None


def asked_for(text: str, language: str) -> str | None:
    fact = facts(text, language).asked_for
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("this is dennis sorry martin hughes about the alarm", "en", "Martin Hughes"),
        ("jó napot petra vagyok illetve bocsánat piroska hívjanak vissza", "hu", "Piroska"),
    ],
)
def test_a_name_that_is_taken_back_gives_way_to_the_one_after_it(text: str, language: str, expected: str) -> None:
    assert name(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("hello it's hank junior hank dugan about the trailer", "en", "Hank Dugan"),
        ("um pettigrew is the name donald pettigrew give me a call", "en", "Donald Pettigrew"),
        ("üdv petrik a nevem petrik donát dobjanak meg egy hívással", "hu", "Petrik Donát"),
        ("سلام پتگر هستم داریوش پتگر لطفا زنگ بزنید", "fa", "داریوش پتگر"),
    ],
)
def test_a_name_said_again_with_more_is_taken_whole(text: str, language: str, expected: str) -> None:
    assert name(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("it's his accountant sunita bhatt could he ring me", "en", "Sunita Bhatt"),
        ("a könyvelője vagyok bátori szonja hívjon vissza", "hu", "Bátori Szonja"),
        ("سلام من منشی دکتر فنایی هستم لیدا لطفا زنگ بزنید", "fa", "لیدا"),
    ],
)
def test_who_says_whose_helper_they_are_is_not_called_by_that_persons_name(
    text: str, language: str, expected: str
) -> None:
    assert name(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Afternoon. Fergus from McTavish Removals. Call me back.", "en", "Fergus"),
        ("szia megint rozi a szalonból csak köszönni akartam", "hu", "Rozi"),
        ("سلام به همگی تورجم از آپاراتی وانتتون حاضره", "fa", "تورج"),
    ],
)
def test_a_first_name_before_a_firm_is_the_callers(text: str, language: str, expected: str) -> None:
    assert name(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("jó napot a keresztnevem ágnes a vezetéknevem ormos", "hu", "Ormos Ágnes"),
        ("سلام اسمم شیواست شین ی واو الف فامیلیم گلابگیر", "fa", "شیوا گلابگیر"),
        ("my name is siobhan s i o b h a n surname gallagher i need a rope", "en", "Siobhan Gallagher"),
    ],
)
def test_a_surname_given_apart_completes_the_name(text: str, language: str, expected: str) -> None:
    assert name(text, language) == expected


def test_a_doubled_hungarian_letter_of_two_signs_is_written_short() -> None:
    assert name("a nevem proszer gergő p r o sz sz e r hívjanak", "hu") == "Prosszer Gergő"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Hello there. Rupert Ashdown, Ashdown Joinery. Please call.", "en", "Ashdown Joinery"),
        ("Jó napot, Barta Kornél, Alföldi Takarmány Zrt. Két raklap hiányzik.", "hu", "Alföldi Takarmány Zrt"),
        ("سلام رستم اشتری هستم نجاری اشتری لطفا زنگ بزنید", "fa", "نجاری اشتری"),
        ("hi this is blessing i'm the night manager at the regent hotel", "en", "Regent Hotel"),
        ("fehér kálmán a nevem a napos tető kft munkatársa vagyok", "hu", "Napos Tető Kft"),
        ("سلام برنا هستم مدیر شیفت شب هتل رجینا هستم", "fa", "هتل رجینا"),
        ("my name's curt mcallister i run a print shop called inkwell press", "en", "Inkwell Press"),
        ("Bónis Réka a Liget Gyógyszertárból, egy recept miatt.", "hu", "Liget Gyógyszertár"),
    ],
)
def test_a_firm_is_named_beside_the_caller_or_by_their_work_there(text: str, language: str, expected: str) -> None:
    assert company(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hi, it's Rachel Kim calling for Steve. Steve, could you call me?", "en"),
        ("My name is Odette Marchand and I am calling from Brussels.", "en"),
        ("kovácsné vagyok a földszint kettőből nem megy a lift", "hu"),
        ("سلام نگار امینی هستم از تهران لطفا زنگ بزنید", "fa"),
    ],
)
def test_a_person_a_town_and_a_flat_are_no_firms(text: str, language: str) -> None:
    assert company(text, language) is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("i wondered whether malcolm could give me a call tomorrow", "en", "Malcolm"),
        ("I'm returning Jeff's call.", "en", "Jeff"),
        ("Hálás lennék, ha Odor úr szerdán tízkor felhívna.", "hu", "Odor úr"),
        ("Mondják meg Flórának, hogy kerestem.", "hu", "Flóra"),
        ("az üzenet leventének szól", "hu", "Levente"),
        ("اگر ممکن است آقای سیامکی جمعه بعدازظهر با من تماس بگیرند", "fa", "آقای سیامکی"),
        ("با خانم کلباسی در حسابداری کار دارم", "fa", "خانم کلباسی"),
        ("به فریبا خانم بفرمایید زنگ بزنند", "fa", "فریبا خانم"),
    ],
)
def test_a_colleague_is_asked_for_by_name_far_from_the_call(text: str, language: str, expected: str) -> None:
    assert asked_for(text, language) == expected
