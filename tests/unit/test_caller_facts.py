"""What callers say about themselves: name, company, reference, reason, urgency and the person asked for."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.facts.hungarian_words import (
    compound,
    without_from_ending,
    without_object_ending,
    without_with_ending,
)
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.languages import LANGUAGES, language_of
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance


def message(text: str, language: str | None = "en") -> Transcript:
    return Transcript(language, 20, (Utterance(Party.CALLER, 0, 20, text),))


def facts(text: str, language: str | None = "en") -> CallerFacts:
    return caller_facts(message(text, language), received_at=datetime(2026, 3, 4, 15, tzinfo=UTC))


def value(fact: Fact[str] | None) -> str | None:
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello my name is john smith i am calling about my bill", "John Smith"),
        ("Hi, this is Laura Bennett from Acme Plumbing.", "Laura Bennett"),
        ("Good morning, Tom Miller speaking.", "Tom Miller"),
        ("hi it's anna here could you call me", "Anna"),
        ("hello this is sarah o'connor i'm calling on behalf of bright solar", "Sarah O'Connor"),
        ("Hi, I'm Yusuf Hughes from Delta Printing.", "Yusuf Hughes"),
        ("my name is Dr. Patel. Please call.", "Dr. Patel"),
        ("my name is john miller that's m i double l e r i need help", "John Miller"),
        ("this is jon smyth s m y t h e calling", "Jon Smythe"),
        ("hi this is jennifer walsh w a l s h", "Jennifer Walsh"),
        ("i'm just calling about the delivery thanks it's bob here", "Bob"),
        ("It's Anna. My full name is Anna Kovács.", "Anna Kovács"),
        ("my name is jack long and i need help", "Jack Long"),
        ("this is will smith calling about my bill", "Will Smith"),
        ("my first name is carla and my last name is diaz", "Carla Diaz"),
        ("hello john smith from acme", "John Smith"),
        ("this is a message from tom baker", "Tom Baker"),
        ("My husband's name is Tom. I'm Jane.", "Jane"),
        ("This is Jean-Luc Picard.", "Jean-Luc Picard"),
        ("my fence is not done so call me lou ferraro three four seven five five five oh one eight one", "Lou Ferraro"),
        ("Nobody got back to me. Diana Prince, 646 555 0115.", "Diana Prince"),
        ("my toilet leaks please hurry it's maureen ring me today", "Maureen"),
        ("this is uh this is dan dan kowalski calling", "Dan Kowalski"),
        ("Hey, it's Ellie, Ellie Novak. So the heater thing.", "Ellie Novak"),
        ("my name is priya natarajan that's p r i y a and i need help", "Priya Natarajan"),
        ("I have a question. Name's Wendy Park. Bye.", "Wendy Park"),
        ("This is Ludwig van Beethoven.", "Ludwig van Beethoven"),
    ],
)
def test_english_names(text: str, expected: str) -> None:
    assert value(facts(text).caller_name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jó napot itt szabó péter beszél a rendelésem miatt hívom", "Szabó Péter"),
        ("Kovács Anna vagyok a Balaton Bútor Kft.-től.", "Kovács Anna"),
        ("A nevem Nagy Eszter.", "Nagy Eszter"),
        ("Halló! Kis Ádám a nevem.", "Kis Ádám"),
        ("Veres Dóra hívom önöket.", "Veres Dóra"),
        ("kérem siessenek fazekas imre nulla hat húsz háromszázharminc harmincegy harminckettő", "Fazekas Imre"),
        ("elnézést a zavarásért halász brigitta vagyok", "Halász Brigitta"),
        ("kedves balázs úr sárközi emma vagyok", "Sárközi Emma"),
        ("jó napot simon dániel kérem hívjanak vissza", "Simon Dániel"),
        ("a nevem szalai noémi sz a l a i köszönöm", "Szalai Noémi"),
        ("Bíró Eszter vagyok, B-Í-R-Ó.", "Bíró Eszter"),
        ("a végén mondom a nevem először a szám hetven és a nevem prohászka dávid", "Prohászka Dávid"),
    ],
)
def test_hungarian_names(text: str, expected: str) -> None:
    assert value(facts(text, "hu").caller_name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام من علی رضایی هستم", "علی رضایی"),
        ("سلام، حسین نوری هستم.", "حسین نوری"),
        ("اسم من مریم کریمی است", "مریم کریمی"),
        ("من نیما تهرانی‌ام لطفا زنگ بزنید", "نیما تهرانی"),
        ("من زهرا صادقی از شرکت نوین هستم", "زهرا صادقی"),
        ("قیمتش چنده مسعود بهنود هستم", "مسعود بهنود"),
        ("سلام جواد هستم جواد قاسمی ۰۹۰۱۲۳۴۵۶۷۸", "جواد قاسمی"),
        ("سلام زهره ام همسایه طبقه بالا", "زهره"),
        ("تماس بگیرید ژیلا صفر نهصد و دوازده", "ژیلا"),
    ],
)
def test_persian_names(text: str, expected: str) -> None:
    assert value(facts(text, "fa").caller_name) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("this is urgent please call me back", "en"),
        ("this is the third time i'm calling", "en"),
        ("i'm really upset about this", "en"),
        ("i'm calling about my bill", "en"),
        ("hi mom it's me call me", "en"),
        ("This is about my order.", "en"),
        ("it's not working", "en"),
        ("Hello Anna, please call me back.", "en"),
        ("we're losing money here call me", "en"),
        ("Good morning dear sir.", "en"),
        ("öt után vagyok elérhető", "hu"),
        ("otthon vagyok egész nap", "hu"),
        ("من منتظر تماس شما هستم", "fa"),
        ("منتظر تماستون هستم", "fa"),
        ("من مادر علی هستم زنگ بزنید", "fa"),
        ("قطعه رسید از تعمیرگاه سپهر زنگ می‌زنم", "fa"),
        ("this is john's wife call me", "en"),
        ("please call tom", "en"),
    ],
)
def test_a_name_that_was_not_said_is_not_guessed(text: str, language: str) -> None:
    assert facts(text, language).caller_name is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Hi, this is Laura Bennett from Acme Plumbing. I have a question.", "en", "Acme Plumbing"),
        ("this is sarah jones i'm calling on behalf of bright solar regarding an invoice", "en", "Bright Solar"),
        ("Kovács Anna vagyok a Balaton Bútor Kft.-től.", "hu", "Balaton Bútor Kft."),
        ("من علی رضایی هستم از شرکت آلفا", "fa", "آلفا"),
        ("This is Tom Miller. The parcel came from London.", "en", None),
        (
            "my name's bill tanner t a double n e r calling from north shore marine i need a quote",
            "en",
            "North Shore Marine",
        ),
        ("it's dave from dave's garage give us a bell", "en", "Dave's Garage"),
        ("this is klaus weber from frankfurt plus four nine six nine", "en", None),
        ("it's leticia from the school", "en", None),
        ("fekete zoltán beszél a zöld kert kft től egy ajánlatot szeretnék", "hu", "Zöld Kert Kft"),
        ("Bíró Eszter vagyok. Az Origó Stúdiótól telefonálok.", "hu", "Origó Stúdió"),
        ("jakab ottó vagyok a jakab és társa bt képviseletében", "hu", "Jakab És Társa Bt"),
        ("takács elemér vagyok az ötödik emeletről a tizenkettes lakásból", "hu", None),
        ("دکتر الهام نیک‌پور هستم از کلینیک مهر.", "fa", "کلینیک مهر"),
    ],
)
def test_companies(text: str, language: str, expected: str | None) -> None:
    assert value(facts(text, language).company) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("my account number is four four seven one nine two", "en", "447192"),
        ("my order number is forty five twelve and it is late", "en", "4512"),
        ("The policy number is ZX-4481-90.", "en", "ZX-4481-90"),
        ("case number a b one two three", "en", "AB123"),
        ("ticket number A as in apple, 4 4 7.", "en", "A447"),
        ("Order 88213 arrived damaged.", "en", "88213"),
        ("i want to order three new chairs", "en", None),
        ("a rendelésszámom négy öt egy kettő", "hu", "4512"),
        ("A szerződésszámom SZ-2023-118.", "hu", "SZ-2023-118"),
        ("شماره سفارش من ۴۵۱۲ است", "fa", "4512"),
        ("کد پیگیری چهار پنج یک دو", "fa", "4512"),
        ("4512 is my order number", "en", "4512"),
        ("call 415-555-0134, about the invoice", "en", None),
        ("a 2026/1142-es ügyszámmal kapcsolatban hívom", "hu", "2026/1142"),
        ("csomagszám gls hét hét kettő nulla", "hu", "GLS7720"),
        ("az iktatószám tizenkilenc per kettőszáznégy", "hu", "19/204"),
        ("شماره بیمه نامه ۱۴۰۵ خط تیره ۲۲۳", "fa", "1405-223"),
    ],
)
def test_references(text: str, language: str, expected: str | None) -> None:
    assert value(facts(text, language).reference) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("could anna call me back please", "en", "Anna"),
        ("I'd like to speak to Mr. Kovács about it.", "en", "Mr. Kovács"),
        ("This is a message for Karen. It's Bob.", "en", "Karen"),
        ("could you please have mister thompson call me", "en", "Mister Thompson"),
        ("could someone call me back", "en", None),
        ("I'd like to speak to a manager", "en", None),
        ("I'd like to speak to somebody in sales", "en", None),
        ("Kovács úrral szeretnék beszélni", "hu", "Kovács úr"),
        ("Annát keresem", "hu", "Anna"),
        ("با آقای کریمی کار داشتم", "fa", "آقای کریمی"),
        ("i was told to ask for melissa", "en", "Melissa"),
        ("tell mark the parts are in", "en", "Mark"),
        ("beszélni szeretnék pintér úrral mészáros anita vagyok", "hu", "Pintér Úr"),
        ("i can't get downstairs please call me", "en", None),
    ],
)
def test_the_person_asked_for(text: str, language: str, expected: str | None) -> None:
    assert value(facts(text, language).asked_for) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("please call me back as soon as possible", "en", Urgency.HIGH),
        ("there is no heating and we have a newborn", "en", Urgency.HIGH),
        ("this is the third time I'm calling", "en", Urgency.HIGH),
        ("it's not urgent", "en", Urgency.LOW),
        ("no rush, call me when you get a chance", "en", Urgency.LOW),
        ("it's not urgent but my mother is in hospital", "en", Urgency.HIGH),
        ("I have a question about my bill", "en", Urgency.NORMAL),
        ("the baby shower invitation is wrong", "en", Urgency.NORMAL),
        ("my fire alarm subscription renewal", "en", Urgency.NORMAL),
        ("I'm calling from the hospital billing department", "en", Urgency.NORMAL),
        ("A.S.A.P. please", "en", Urgency.HIGH),
        ("call me whenever", "en", Urgency.LOW),
        ("i'm eighty four years old and i live alone", "en", Urgency.HIGH),
        ("i'm locked out of my account", "en", Urgency.NORMAL),
        ("a babaváró hitel miatt hívom", "hu", Urgency.NORMAL),
        ("egyedül élek és nem megy a lift", "hu", Urgency.HIGH),
        ("آب داره از سقف میاد پایین", "fa", Urgency.HIGH),
        ("اسمم پوریا هست", "fa", Urgency.NORMAL),
        ("برق ما قطع شده", "fa", Urgency.HIGH),
        ("sürgős, nincs fűtés és van egy kisbabánk", "hu", Urgency.HIGH),
        ("nem sürgős", "hu", Urgency.LOW),
        ("خیلی فوری است", "fa", Urgency.HIGH),
        ("عجله‌ای نیست", "fa", Urgency.LOW),
    ],
)
def test_urgency_and_urgency_taken_back(text: str, language: str, expected: Urgency) -> None:
    found = facts(text, language).urgency
    assert found.value is expected
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "hello this is john smith i am calling about order number four five one two it has not arrived call me",
            "en",
            "i am calling about order number four five one two it has not arrived",
        ),
        (
            "Hi, this is Laura. I'm calling about my invoice, I was charged twice. Please call me back. Thank you.",
            "en",
            "I'm calling about my invoice, I was charged twice",
        ),
        (
            "Nagy Eszter vagyok. Szeretném lemondani az időpontomat. Köszönöm.",
            "hu",
            "Szeretném lemondani az időpontomat",
        ),
        ("حسین نوری هستم. اینترنت ما از دیروز قطع شده. ممنون.", "fa", "اینترنت ما از دیروز قطع شده"),
        ("hi it's me please call me back thanks", "en", None),
        ("Please call me back tomorrow at 3 pm about my broken router. 202 555 0111.", "en", "about my broken router"),
        ("Hi, this is Steve. Call me back, it's about the roof. Bye.", "en", "it's about the roof"),
        ("hi it's bev from north cafe we've still got no delivery call me", "en", "we've still got no delivery"),
        ("kocsis norbert vagyok a mosógép nem centrifugál köszönöm", "hu", "a mosógép nem centrifugál"),
        ("سلام حمید رضایی هستم یخچالم خراب شده لطفا زنگ بزنید", "fa", "یخچالم خراب شده"),
        ("jó napot simon dániel kérem hívjanak vissza hétfő délelőtt", "hu", None),
    ],
)
def test_the_reason_is_the_callers_own_most_telling_sentence(text: str, language: str, expected: str | None) -> None:
    assert value(facts(text, language).reason) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello my name is john please call me back about the order", "en"),
        ("jó napot kívánok a nevem nagy eszter kérem hívjanak vissza", "hu"),
        ("سلام من علی هستم لطفا تماس بگیرید", "fa"),
        ("", "en"),
    ],
)
def test_an_unnamed_language_is_told_by_its_words(text: str, expected: str) -> None:
    assert language_of(message(text, None)).code == expected


def test_a_language_may_be_written_with_its_country() -> None:
    assert language_of(message("", "hu-HU")).code == "hu"


@pytest.mark.parametrize("language", list(LANGUAGES.values()), ids=list(LANGUAGES))
def test_digit_words_of_every_language_are_digits(language: Language) -> None:
    assert set(language.numbers.units.values()) == set(range(10))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("harmincketto", 32),
        ("szaz", 100),
        ("ketszazharminchat", 236),
        ("ezerkilencszaz", 1900),
        ("alma", None),
        ("", None),
    ],
)
def test_hungarian_numbers_in_one_word(word: str, expected: int | None) -> None:
    assert compound(word) == expected


def test_hungarian_case_endings_come_off_names() -> None:
    assert [without_object_ending(n) for n in ("Annát", "Kovácsot", "Pétert")] == ["Anna", "Kovács", "Péter"]
    assert [without_with_ending(n) for n in ("Annával", "Péterrel", "Kovács úrral")] == ["Anna", "Péter", "Kovács úr"]
    assert without_from_ending("Balaton Kft.-től") == "Balaton Kft."


WORDS = st.sampled_from(
    [
        "my",
        "number",
        "is",
        "one",
        "two",
        "five",
        "oh",
        "double",
        "hundred",
        "sorry",
        "no",
        "plus",
        "call",
        "me",
        "at",
        "after",
        "tomorrow",
        "order",
        "212",
        "555",
        "a",
        "b",
        "and",
        "five",
        "harminc",
        "öt",
        "után",
        "számom",
        "نه",
        "و",
        "صد",
        "ساعت",
        "شماره",
        "this",
        "number",
        "name's",
        "it's",
        "--",
        ".",
        ",",
        "?",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30), st.sampled_from(["en", "hu", "fa", None]))
def test_any_words_at_all_give_facts_within_the_message(words: list[str], language: str | None) -> None:
    found = facts(" ".join(words), language)
    for fact in (found.callback_number, found.caller_name, found.reference, found.reason, found.wanted_at):
        if fact is not None:
            assert 0 <= fact.confidence <= 1
            assert fact.spoken
            assert fact.start is not None
            assert fact.end is not None
            assert 0 <= fact.start <= fact.end <= 20.001


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("extension. 5 5 5", "en"),
        ("my order number. 5551234", "en"),
        ("not before. 9 30 call me 5551234", "en"),
        ("mellék. 5 5", "hu"),
    ],
)
def test_a_number_after_a_cue_and_a_full_stop_is_read_to_its_end(text: str, language: str) -> None:
    assert facts(text, language).urgency.value


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("halló itt zsuzsi kérlek hívj fel", "hu", "Zsuzsi"),
        ("én vagyok az gabi majd beszélünk", "hu", "Gabi"),
        ("Jó napot kívánok, dr. Kovács Edit ügyvéd. Kérem, hívjanak vissza.", "hu", "dr. Kovács Edit"),
        ("Jó napot, Molnár Róbert a Csillag Bútortól. Hívható vagyok délután.", "hu", "Molnár Róbert"),
        ("سلام، رضا نوروزی هستم. کد پیگیری من AB-5512 است.", "fa", "رضا نوروزی"),
        ("سلام، پیام کریمی هستم", "fa", "پیام کریمی"),
    ],
)
def test_names_are_found_in_more_introductions(text: str, language: str, expected: str) -> None:
    name = caller_facts(Transcript(language, 9, (Utterance(Party.CALLER, 0, 9, text),))).caller_name
    assert name is not None
    assert name.value == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("A 44713-as rendeléssel kapcsolatban hívom.", "hu", "44713"),
        ("A számla sorszáma 2026/0418.", "hu", "2026/0418"),
        ("فاکتور شماره ۲۰۴۱۸ دو بار حساب شده", "fa", "20418"),
        ("شماره بیمه‌ام ۵۵۱۲۱ است", "fa", "55121"),
    ],
)
def test_references_are_found_before_and_behind_their_words(text: str, language: str, expected: str) -> None:
    reference = caller_facts(Transcript(language, 9, (Utterance(Party.CALLER, 0, 9, text),))).reference
    assert reference is not None
    assert reference.value == expected


@pytest.mark.parametrize(
    ("code", "said", "name"),
    [
        ("hu", "jó napot rossz számot hívtam kovács jánosné vagyok", "Kovács Jánosné"),
        ("hu", "halló péter vagyok hívjanak vissza", "Péter"),
        ("fa", "سلام جمشیدم از دفتر بیمه لطفا زنگ بزنید", "جمشید"),
        (
            "en",
            "the boiler has been leaking for days and nobody came it's kenji tanaka my number is five",
            "Kenji Tanaka",
        ),
    ],
)
def test_a_name_is_told_from_the_verb_the_greeting_and_the_ending_beside_it(code: str, said: str, name: str) -> None:
    assert value(facts(said, code).caller_name) == name
