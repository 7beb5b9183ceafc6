"""Words as a search compares them: in the form in which rules compare them, so that spelling parts nobody."""

import re
from collections.abc import Sequence

from voiceops.analysis.languages import KNOWN
from voiceops.analysis.normalise import normalise_text
from voiceops.domain.transcript import Transcript

# One wording: every one of these must be there, the words of each side by side.
Phrases = tuple[tuple[str, ...], ...]

# More than anybody says in a day on the telephone, and less than an index of PostgreSQL refuses.
MOST_CHARACTERS = 400_000
_WORD = re.compile(r"[^\W_]+")
_QUOTES = re.compile(r"[\"„“”«»]")


def words_said(transcript: Transcript) -> str:
    """All words of a transcript, parted by spaces."""
    language = transcript.language or ""
    said = (word for one in transcript.utterances for word in _words(one.text, language))
    return " ".join(said)[:MOST_CHARACTERS]


def words_wanted(typed: str) -> Sequence[Phrases]:
    """What a person typed as wordings of which one must be there; none where they typed no word.

    What stands in quotation marks is one phrase. Nobody says in which language they type, so each gives its wording.
    """
    found = (_wording(typed, language) for language in ("", *KNOWN))
    return list(dict.fromkeys(one for one in found if one))


def _wording(typed: str, language: str) -> Phrases:
    phrases: list[tuple[str, ...]] = []
    for at, part in enumerate(_QUOTES.split(typed)):
        apart = [tuple(_WORD.findall(token.form)) for token in normalise_text(part, language)]
        phrases += [tuple(word for one in apart for word in one)] if at % 2 else apart
    return tuple(one for one in phrases if one)


def _words(text: str, language: str) -> Sequence[str]:
    return [word for token in normalise_text(text, language) for word in _WORD.findall(token.form)]
