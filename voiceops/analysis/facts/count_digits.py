"""How many digits a word says, rather too many than too few; for what must not be read by anybody."""

from voiceops.analysis.facts.language import NumberWords
from voiceops.analysis.facts.message import Token, fold
from voiceops.analysis.facts.spoken_digits import Kind, atom_of

_DIGITS_OF = {Kind.UNIT: 1, Kind.TEEN: 2, Kind.TENS: 2, Kind.HUNDREDS: 3, Kind.REPEAT: 1}


def count_digits(text: str, numbers: NumberWords) -> int | None:
    """The digits of a word as it stands in a transcript; None where it is no number."""
    written = sum(character.isdigit() for character in text)
    if written:
        return written
    found = [_spoken(piece, numbers) for piece in fold(text).replace("-", " ").split()]
    counts = [one for one in found if one is not None]
    return sum(counts) if counts else None


def _spoken(piece: str, numbers: NumberWords) -> int | None:
    bare = "".join(character for character in piece if character.isalnum())
    atom = atom_of(Token(piece, bare, "", "", 0.0, 0.0, 0), 0, numbers=numbers)
    if atom is None or atom.kind in {Kind.AND, Kind.TALLY}:
        return None
    return _DIGITS_OF.get(atom.kind, len(atom.digits))
