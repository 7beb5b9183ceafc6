"""Which languages the facts are read in, and which one a message is in."""

from collections.abc import Mapping

from voiceops.analysis.facts.english import ENGLISH
from voiceops.analysis.facts.hungarian import HUNGARIAN
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.persian import PERSIAN
from voiceops.domain.transcript import Transcript

LANGUAGES: Mapping[str, Language] = {language.code: language for language in (ENGLISH, HUNGARIAN, PERSIAN)}


def language_of(transcript: Transcript) -> Language:
    """The transcript's language; where nobody said, or it is one we do not read, the one whose common
    words it uses most, English at a tie.
    """
    code = (transcript.language or "").casefold().replace("_", "-").split("-")[0]
    if code in LANGUAGES:
        return LANGUAGES[code]
    from voiceops.analysis.facts.message import read_message

    heard = [token.text for token in read_message(transcript).tokens]
    return max(LANGUAGES.values(), key=lambda language: sum(word in language.common for word in heard))
