"""The words of the pages in each language: gettext catalogues, read as they stand in the tree."""

from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from fastapi import Request

SOURCE = "en"
# Each by the name that its own speakers look for.
LANGUAGES = {SOURCE: "English", "hu": "Magyar", "fa": "فارسی"}
RIGHT_TO_LEFT = frozenset({"fa"})

LANGUAGE_COOKIE = "voiceops_language"


def language_of(request: Request) -> str:
    """The language that was chosen in this browser, else the first of the browser's own that there is."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    wishes = [chosen, *_accepted(request.headers.get("accept-language", ""))]
    return next((wish for wish in wishes if wish in LANGUAGES), SOURCE)


@cache
def texts(language: str) -> NullTranslations:
    """The catalogue of a language; the words in the code themselves for English."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (files("api.ui") / "texts" / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def later(text: str) -> str:
    """Marks a text that stands in a table for the catalogues; it is translated where it is shown."""
    return text


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header without their countries, the dearest first."""
    wishes = [wish.partition(";") for wish in header.lower().split(",")]
    ranked = sorted(wishes, key=lambda wish: _weight(wish[2]), reverse=True)
    return [name.strip().partition("-")[0] for name, _, _ in ranked]


def _weight(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
