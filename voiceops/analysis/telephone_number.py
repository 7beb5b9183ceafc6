"""Reads a telephone number that a person typed."""

import phonenumbers


def telephone_number(text: str, *, region: str) -> str | None:
    """E.164, or None for what is no valid number.

    `region` is the ISO 3166 country that a number without a country code belongs to.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
