"""Under what key a customer is known: a telephone number in E.164, or a reference."""

import phonenumbers


def customer_key(text: str, *, region: str) -> str:
    """E.164 for a valid telephone number, else the reference in capitals without spaces.

    `region` is the ISO 3166 country that a number without a country code belongs to.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "".join(text.split()).upper()
