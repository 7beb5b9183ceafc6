"""What is promised only on a condition, asked through a "that", or forbidden in other words than "no"."""

import pytest

from tests.unit.test_negation import the_outcome
from voiceops.domain.finding import Outcome


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "I accept the new price", "if you waive the setup fee I accept the new price"),
        ("en", "I accept the new price", "I accept the new price as long as it stays that way"),
        ("hu", "elfogadom az új árat", "ha elengedik a díjat, elfogadom az új árat"),
        ("hu", "elfogadom az új árat", "elfogadom az új árat, ha nem emelik jövőre"),
        ("fa", "قیمت جدید را قبول می‌کنم", "اگر یک تخفیف خوب هم بدهید قیمت جدید را قبول می‌کنم"),
    ],
)
def test_a_yes_on_a_condition_goes_to_a_person(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "I accept the new price", "I accept the new price if that is okay"),
        ("en", "I accept the new price", "I do not know if it matters but I accept the new price"),
        ("en", "I have cancelled your order", "let me see if it worked, I have cancelled your order"),
        ("en", "your deposit is refundable", "can I remind you that your deposit is refundable"),
        ("en", "we record every call", "we do not just record every call, we listen to it"),
    ],
)
def test_a_courtesy_and_an_offer_to_tell_are_no_conditions_and_no_questions(
    code: str, variant: str, sentence: str
) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.MET


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("you chose the yearly plan", "do I have it right that you chose the yearly plan"),
        ("send the parcel back", "why would you send the parcel back"),
    ],
)
def test_what_is_asked_through_a_that_or_a_why_is_not_said(variant: str, sentence: str) -> None:
    assert the_outcome("en", variant, sentence) is Outcome.MISSED


@pytest.mark.parametrize(
    ("code", "variant", "sentence"),
    [
        ("en", "throw the old card away", "do not just throw the old card away"),
        ("en", "throw the old card away", "please do not just throw the old card away"),
        ("fa", "کلید را به سرایدار بدهید", "کلید رو به سرایدار نده"),
        ("fa", "کلید را به سرایدار بدهید", "کلید رو به سرایدار ندید، خودم میام"),
    ],
)
def test_an_order_not_to_do_it_refuses(code: str, variant: str, sentence: str) -> None:
    assert the_outcome(code, variant, sentence) is Outcome.REFUSED
