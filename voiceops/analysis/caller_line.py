"""Which telephone a call came from, in one form, or that nobody knows."""

import phonenumbers

# Networks that can only send digits spell "anonymous", "restricted", "unavailable", "unknown" and
# "blocked" on the keys of a telephone; several providers pass these on as numbers.
HIDDEN = frozenset({"266696687", "7378742833", "86282452253", "8656696", "2562533"})
# A shorter row of digits is no telephone, not even an extension of the house.
FEWEST_DIGITS = 3


def caller_line(given: str | None, *, region: str) -> str | None:
    """E.164 for a valid number, the digits for another row of digits, None for a line that is not shown.

    `region` is the ISO 3166 country that a number without a country code belongs to. A line in a form of
    its own, such as sip:anna@example.org, stays as it is.
    """
    written = (given or "").strip()
    digits = "".join(character for character in written if character.isdigit())
    if "@" in written:
        return None if "anonymous" in written.lower() else written
    # Zeros alone are a placeholder.
    if len(digits) < FEWEST_DIGITS or digits in HIDDEN or not digits.strip("0"):
        return None
    return _e164(written, region) or digits


def _e164(written: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(written, region.upper())
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
