"""Under what key a customer is known: a telephone number in E.164, or a reference."""

from voiceops.analysis.telephone_number import telephone_number


def customer_key(text: str, *, region: str) -> str:
    """E.164 for a valid telephone number, else the reference in capitals without spaces.

    `region` is the ISO 3166 country that a number without a country code belongs to.
    """
    return telephone_number(text, region=region) or "".join(text.split()).upper()
