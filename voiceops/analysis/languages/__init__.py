"""The languages that matching knows; adding one is one module here and its test file."""

from voiceops.analysis.languages.english import ENGLISH
from voiceops.analysis.languages.hungarian import HUNGARIAN
from voiceops.analysis.languages.language import Language, plain_language
from voiceops.analysis.languages.persian import PERSIAN

KNOWN = {language.code: language for language in (ENGLISH, HUNGARIAN, PERSIAN)}


def language_of(code: str | None) -> Language:
    """The language of an ISO 639-1 code ("en", "en-GB"); for one we do not know, plain letters without a guard."""
    base = (code or "").lower().replace("_", "-").split("-")[0]
    return KNOWN.get(base) or plain_language(base)


__all__ = ["KNOWN", "Language", "language_of"]
