"""The telephone a call came from, in one form, or that nobody knows."""

import pytest

from voiceops.analysis.caller_line import caller_line


@pytest.mark.parametrize(
    "given", ["+12125550123", "(212) 555-0123", "212 555 0123", "1-212-555-0123", " +1 212.555.0123 "]
)
def test_a_number_has_one_form_however_it_is_written(given: str) -> None:
    assert caller_line(given, region="US") == "+12125550123"


def test_a_number_without_a_country_code_belongs_to_the_region() -> None:
    assert caller_line("06 1 234 5678", region="hu") == "+3612345678"


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "  ",
        "anonymous",
        "Private",
        "unknown",
        "+266696687",
        "7378742833",
        "0000000000",
        "12",
        "sip:Anonymous@x",
    ],
)
def test_a_line_that_is_not_shown_is_not_known(given: str | None) -> None:
    assert caller_line(given, region="US") is None


def test_an_extension_of_the_house_and_an_address_stay_as_they_are() -> None:
    assert caller_line("ext. 204", region="US") == "204"
    assert caller_line("sip:anna@example.org", region="US") == "sip:anna@example.org"
