"""Whether a name that somebody was called by on the telephone can be a colleague's full name."""

import unicodedata

from rapidfuzz.fuzz import ratio

# Words around a name that belong to manners, in the languages we read.
TITLES = frozenset(
    [
        "mr",
        "mister",
        "mrs",
        "missus",
        "ms",
        "miss",
        "mx",
        "dr",
        "doctor",
        "prof",
        "professor",
        "sir",
        "madam",
        "ur",
        "urral",
        "urnak",
        "no",
        "holgy",
        "asszony",
        "doktor",
        "jonap",
        "aqa",
        "aqay",
        "khanom",
        "آقای",
        "آقا",
        "خانم",
        "خانوم",
        "دکتر",
        "مهندس",
        "جناب",
        "سرکار",
    ]
)
# Names are short; one letter in six may be misheard.
ALIKE_PERCENT = 84.0


def could_be_called(full_name: str, spoken: str) -> bool:
    """True where every word of `spoken`, titles aside, is a word of `full_name`, in any order."""
    have = _name_words(full_name)
    wanted = [word for word in _name_words(spoken) if word not in TITLES]
    return bool(wanted) and all(any(ratio(word, own) >= ALIKE_PERCENT for own in have) for word in wanted)


def _name_words(name: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", name.casefold().replace("\u200c", ""))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "".join(c if c.isalpha() else " " for c in bare).split()
