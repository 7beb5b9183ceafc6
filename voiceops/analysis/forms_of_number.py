"""All the ways in which one telephone number may be written down, told by their digits."""

import phonenumbers

from voiceops.errors import BadInput

# Fewer digits are found in too many numbers that are not meant.
_FEWEST_DIGITS = 6


def forms_of_number(given: str, *, region: str) -> tuple[str, ...]:
    """Its digits with the country code, as dialled in its country, and as given; the longest first.

    `region` is the ISO 3166 country of a number without a country code. Raises BadInput for what is too short.
    """
    digits = _digits(given)
    if len(digits) < _FEWEST_DIGITS:
        raise BadInput(
            f"A telephone number has at least {_FEWEST_DIGITS} digits here.",
            record="number",
            next_step="Write the whole number, best with its country code.",
        )
    forms = {digits, *_parsed(given, region)}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _parsed(given: str, region: str) -> set[str]:
    try:
        number = phonenumbers.parse(given, region)
    except phonenumbers.NumberParseException:
        return set()
    if not phonenumbers.is_possible_number(number):
        return set()
    kinds = (phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.NATIONAL)
    return {_digits(phonenumbers.format_number(number, kind)) for kind in kinds}


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
