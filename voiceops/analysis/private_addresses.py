"""Finds e-mail addresses, written or said: "ada dot byron at mail dot example"."""

from collections.abc import Iterator, Sequence

from voiceops.analysis.facts.language import words
from voiceops.analysis.said_words import Place, Said

# How "@" and "." of an address are said; "et" is what a Hungarian recogniser makes of it.
_AT = words("at @ kukac et ات اَت اتساین")
_DOT = words("dot point pont دات نقطه .")
_PARTS = words("dash hyphen underscore minus kötőjel alulvonás aláhúzás خط تیره آندرلاین زیرخط")
# What announces an address is none of it.
_BEFORE = words(
    "is it's its address email e-mail mail cím címem címe email-címem e-mailem emailem az a ez "
    "ایمیل ایمیلم آدرس آدرسم هست است"
)
# Where one is is no host.
_NO_HOST = words("the a an this that home work my your")
# So long are letters that are said one by one: "h u", "آی آر".
_LETTER_LENGTH = 2
# Words of an address before its "at" and after it.
_LONGEST_BEFORE, _LONGEST_AFTER = 6, 6


def find_addresses(said: Sequence[Said]) -> Iterator[Place]:
    """The places of written addresses, and of what is said around an "at" that a "dot" follows."""
    for at, one in enumerate(said):
        if "@" in one.text and len(one.text) > 1:
            yield one.place
        dots = [place for place in range(at + 1, min(at + _LONGEST_AFTER, len(said))) if _has_dot(said[place])]
        if one.text in _AT and dots and said[at + 1].text not in _NO_HOST:
            yield from (said[place].place for place in range(_begins(said, at), _ends(said, dots[-1])))


def _has_dot(one: Said) -> bool:
    """A dot, said or written within: "gmail.com"."""
    return one.text in _DOT or ("." in one.text.strip(".") and "@" not in one.text)


def _begins(said: Sequence[Said], at: int) -> int:
    """Where its name begins: letters that are spelled are as many as there are."""
    first, counted = at, 0
    while first and counted < _LONGEST_BEFORE and said[first - 1].text not in _BEFORE:
        first -= 1
        counted += len(said[first].text) > 1 and said[first].text not in _DOT | _PARTS
    return first


def _ends(said: Sequence[Said], dot: int) -> int:
    """After the word, or the letters, that follow its last dot; one with a dot within is the end itself."""
    end = dot + (2 if said[dot].text in _DOT else 1)
    while dot + 1 < end < len(said) and max(len(one.text) for one in said[end - 1 : end + 1]) <= _LETTER_LENGTH:
        end += 1
    return min(len(said), end)
