"""When a caller would like to be called, heard on Wednesday 4 March 2026 at 10:20 in the caller's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from voiceops.analysis.caller_facts import caller_facts
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

PLACES = {"en": ("US", "America/New_York"), "hu": ("HU", "Europe/Budapest"), "fa": ("IR", "Asia/Tehran")}


def wanted(language: str, text: str, hour: int = 10, minute: int = 20) -> str | None:
    region, zone = PLACES[language]
    received = datetime(2026, 3, 4, hour, minute, tzinfo=ZoneInfo(zone))
    transcript = Transcript(language, 9, (Utterance(Party.CALLER, 0, 9, text),))
    fact = caller_facts(transcript, region=region, received_at=received).wanted_at
    if fact is None or fact.value is None:
        return None
    assert fact.value.utcoffset() is not None
    return f"{fact.value:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call me back after five", "03-04 17:00"),
        ("please call me tomorrow", "03-05 09:00"),
        ("Please call me back at 9am tomorrow.", "03-05 09:00"),
        ("could you call me back sometime tomorrow afternoon please", "03-05 14:00"),
        ("any time after three on thursday", "03-05 15:00"),
        ("i'm free on friday between two and four", "03-06 14:00"),
        ("call me at 3:30 p.m.", "03-04 15:30"),
        ("call me at half past three", "03-04 15:30"),
        ("could you ring at a quarter to five tomorrow", "03-05 16:45"),
        ("i'm only available in the mornings", "03-05 09:00"),
        ("Please call me before noon.", "03-04 12:00"),
        ("call me on monday morning after ten", "03-09 10:00"),
        ("please ring next Tuesday morning", "03-10 09:00"),
        ("i'd appreciate a call next week", "03-09 09:00"),
        ("call me back in half an hour", "03-04 10:50"),
        ("please get back to me within the hour", "03-04 11:20"),
        ("call me on the tenth of march", "03-10 09:00"),
        ("please call me on March 12th at 11", "03-12 11:00"),
        ("call me first thing in the morning", "03-05 09:00"),
        ("please call me back today", "03-04 17:00"),
        ("i'm at work until five so please call after five", "03-04 17:00"),
        ("please call me at eight o'clock tomorrow night", "03-05 20:00"),
        ("reach me wednesday evening", "03-11 18:00"),
        ("i can talk any time after five thirty my number is two one two five five five oh one two two", "03-04 17:30"),
        ("call me next friday at two", "03-13 14:00"),
        ("please call by the end of the week", "03-06 17:00"),
        ("call me no later than friday", "03-06 17:00"),
        ("ring me half four today", "03-04 16:30"),
        ("call me Saturday, 10 to 12", "03-07 10:00"),
        ("not before ten please call", "03-05 10:00"),
        ("don't call in the morning call after three", "03-04 15:00"),
        ("call me tomorrow not today tomorrow around noon", "03-05 12:00"),
        ("please call me on the 14th", "03-14 09:00"),
        ("tomorrow morning between nine and eleven please", "03-05 09:00"),
    ],
)
def test_english_wishes(text: str, expected: str) -> None:
    assert wanted("en", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("öt után hívjanak vissza", "03-04 17:00"),
        ("holnap délután hívjon vissza", "03-05 14:00"),
        ("kérem hívjanak holnap reggel nyolckor", "03-05 08:00"),
        ("hívjanak fél négykor", "03-04 15:30"),
        ("háromnegyed ötkor hívjanak", "03-04 16:45"),
        ("negyed hatkor hívjanak", "03-04 17:15"),
        ("holnap 15:30-kor hívjanak", "03-05 15:30"),
        ("fél óra múlva hívjon vissza", "03-04 10:50"),
        ("jövő hét kedden hívjanak", "03-10 09:00"),
        ("március tizedikén délután hívjanak", "03-10 14:00"),
        ("holnap delutan hivjon vissza", "03-05 14:00"),
        ("jövő pénteken hívjanak", "03-13 09:00"),
        ("fél órán belül hívjanak vissza", "03-04 10:50"),
        ("hétfő délelőtt hívjanak", "03-09 09:00"),
        ("a hét végéig kérem hívjanak", "03-06 17:00"),
        ("legkésőbb péntekig hívjanak", "03-06 17:00"),
        ("ne hívjanak délelőtt csak három után", "03-04 15:00"),
        ("pénteken 16:00 után kérem", "03-06 16:00"),
        ("hívást kérek 13-án 9:15-kor", "03-13 09:15"),
    ],
)
def test_hungarian_wishes(text: str, expected: str) -> None:
    assert wanted("hu", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("فردا صبح تماس بگیرید", "03-05 09:00"),
        ("بعد از ساعت پنج زنگ بزنید", "03-04 17:00"),
        ("ساعت سه و نیم بعد از ظهر زنگ بزنید", "03-04 15:30"),
        ("یک ربع به شش زنگ بزنید", "03-04 17:45"),
        ("نیم ساعت دیگه زنگ بزنید", "03-04 10:50"),
        ("شنبه صبح تماس بگیرید", "03-07 09:00"),
        ("پس‌فردا ساعت ۴ تماس بگیرید", "03-06 16:00"),
        ("شنبه بعدازظهر زنگ بزنید", "03-07 14:00"),
        ("هفته بعد زنگ بزنید", "03-07 09:00"),
        ("تا نیم ساعت دیگه زنگ بزنید", "03-04 10:50"),
        ("جمعه بین ده و دوازده زنگ بزنید", "03-06 10:00"),
        ("بین دو تا چهار زنگ بزنید", "03-04 14:00"),
        ("۱۵ اسفند زنگ بزنید", "03-06 09:00"),
        ("پانزدهم اسفند ساعت ده زنگ بزنید", "03-06 10:00"),
        ("ساعت یازده نه زنگ بزنید فردا صبح", "03-05 09:00"),
    ],
)
def test_persian_wishes(text: str, expected: str) -> None:
    assert wanted("fa", text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i called yesterday at three and nobody answered"),
        ("en", "my order was supposed to come on monday"),
        ("en", "i have an appointment tomorrow at two and i need to reschedule please call me"),
        ("en", "i've been waiting since nine this morning please call me"),
        ("en", "please call me back at five five five one two one two"),
        ("hu", "tegnap háromkor hívtam önöket"),
        ("en", "i'm returning your call from this morning"),
        ("en", "his son forgot his lunch call the office"),
        ("en", "your car is ready we close at six"),
        ("fa", "دیروز ساعت سه زنگ زدم"),
    ],
)
def test_times_of_other_matters_are_not_wishes(language: str, text: str) -> None:
    assert wanted(language, text) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Good afternoon, please call me tomorrow.", "03-05 09:00"),
        ("fa", "صبح بخیر لطفا امروز قبل از ساعت پنج با من تماس بگیرید", "03-04 17:00"),
        ("fa", "مدیر شیفت شب هستم امشب بعد از ساعت نه تماس بگیرید", "03-04 21:00"),
    ],
)
def test_the_part_of_the_day_in_a_greeting_or_a_shift_is_no_time(language: str, text: str, expected: str) -> None:
    assert wanted(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fa", "لطفا امروز ساعت ده دقیقه به چهار تماس بگیرید", "03-04 15:50"),
        ("fa", "لطفا امروز یه ربع به چهار تماس بگیرید", "03-04 15:45"),
        ("fa", "از سه و ده دقیقه به بعد آزادم", "03-04 15:10"),
        ("fa", "تا پنج سر کارم حدود شیش بگیرید", "03-04 18:00"),
        ("fa", "همین امروز یه زنگ بزنید", "03-04 17:00"),
        ("hu", "kérlek hívj fel egy óra múlva", "03-04 11:20"),
        ("hu", "holnap ebéd után hívjanak", "03-05 13:00"),
        ("hu", "fél öt előtt érnek el", "03-04 16:30"),
        ("en", "try me round about six o'clock", "03-04 18:00"),
        ("en", "i can bring it on friday so ring me tonight around eight", "03-04 20:00"),
    ],
)
def test_minutes_meals_and_small_words_around_an_hour_are_understood(language: str, text: str, expected: str) -> None:
    assert wanted(language, text) == expected


def test_an_hour_that_has_passed_is_tomorrows() -> None:
    assert wanted("en", "call me at eleven", hour=12) == "03-05 11:00"


def test_this_afternoon_said_in_the_afternoon_ends_with_it() -> None:
    assert wanted("en", "call me this afternoon", hour=15) == "03-04 17:00"


def test_without_the_time_received_a_wish_is_shown_as_heard() -> None:
    transcript = Transcript("en", 9, (Utterance(Party.CALLER, 0, 9, "call me tomorrow morning"),))
    fact = caller_facts(transcript).wanted_at
    assert fact is not None
    assert (fact.value, fact.spoken) == (None, "tomorrow morning")


@pytest.mark.parametrize(
    ("text", "region", "caller_number", "received", "expected"),
    [
        ("call me at nine tomorrow", "US", "+14155550122", "2026-03-04T20:00:00+00:00", "2026-03-05T09:00:00-08:00"),
        ("call 415 555 0122 at nine tomorrow", "US", None, "2026-03-04T20:00:00+00:00", "2026-03-05T09:00:00-08:00"),
        ("call me at nine tomorrow", "US", None, "2026-03-04T14:00:00+01:00", "2026-03-05T09:00:00+01:00"),
        ("call me at nine tomorrow", "GB", None, "2026-03-04T14:00:00+00:00", "2026-03-05T09:00:00+00:00"),
        ("call me at nine on sunday", "HU", None, "2026-03-27T12:00:00+00:00", "2026-03-29T09:00:00+02:00"),
        ("call me at nine tomorrow", "US", None, "2026-03-04T14:00:00", "2026-03-05T09:00:00-05:00"),
    ],
)
def test_wishes_are_on_the_callers_clock(
    text: str, region: str, caller_number: str | None, received: str, expected: str
) -> None:
    transcript = Transcript("en", 9, (Utterance(Party.CALLER, 0, 9, text),))
    at = datetime.fromisoformat(received)
    fact = caller_facts(transcript, region=region, received_at=at, caller_number=caller_number).wanted_at
    assert fact is not None
    assert fact.value is not None
    assert fact.value.isoformat() == expected


def test_a_day_begins_where_the_caller_is() -> None:
    # 02:00 UTC is still the evening of the 4th in New York.
    transcript = Transcript("en", 9, (Utterance(Party.CALLER, 0, 9, "call me tomorrow morning"),))
    fact = caller_facts(transcript, received_at=datetime(2026, 3, 5, 2, tzinfo=UTC)).wanted_at
    assert fact is not None
    assert fact.value is not None
    assert fact.value.isoformat() == "2026-03-05T09:00:00-05:00"
