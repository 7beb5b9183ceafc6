"""Verbs of somebody else, of another time, or of another mood than the wording's."""

import pytest

from tests.unit.test_negation import the_outcome
from voiceops.domain.finding import Outcome


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("fa", "سفارش شما را ثبت کردم", "سفارش شما را ثبت می‌کنم"),
        ("fa", "فرم را برای ما بفرستید", "فرم را برای ما می‌فرستید"),
        ("fa", "ظرف دو روز پول را پس می‌دهیم", "ظرف دو روز پول را پس دادند"),
        ("hu", "leállítottam a megrendelését", "leállítsam a megrendelését"),
        ("hu", "holnapig leadhatja a kérelmét", "tegnap leadta a kérelmét"),
        ("hu", "két napon belül kiszállítjuk a csomagot", "két napon belül kiszállították a csomagot"),
        ("en", "I have closed your account", "my sister closed her account"),
        ("en", "your invoice is paid", "my son said your invoice is paid"),
    ],
)
def test_an_act_of_others_or_of_another_time_is_not_the_wording(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MISSED


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("fa", "سفارش شما را ثبت می‌کنم", "سفارش شما را ثبت می‌کند"),
        ("hu", "átutalom az összeget", "átutalod az összeget"),
    ],
)
def test_a_verb_one_sound_away_may_be_a_slip_and_goes_to_a_person(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("fa", "این گفتگو ضبط خواهد شد", "این گفتگو ضبط می‌شود"),
        ("fa", "قول می‌دهم هزینه شما کم شود", "قول می‌دهم هزینه شما کم می‌شود"),
        ("fa", "تا فردا سفارش می‌رسد", "تا فردا سفارش می‌رسه"),
        ("hu", "kérem az ügyfélszámát", "kérném az ügyfélszámát"),
        ("hu", "a számlájára utaljuk", "a számlájára fogjuk utalni"),
        ("hu", "kérek egy új kártyát", "kérnék egy új kártyát"),
    ],
)
def test_a_polite_a_future_and_a_dependent_verb_still_say_what_the_wording_says(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MET


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "you have filed a claim with us", "hafe you filed a claim with us"),
        ("hu", "jogosult a kedvezményre", "he jogosult a kedvezményre akkor jó"),
    ],
)
def test_a_damaged_opening_of_a_question_or_condition_is_never_met(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is not Outcome.MET
