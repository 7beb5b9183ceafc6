"""Knows the sentences that recognisers learnt from subtitles and say where nobody does."""

import re
import unicodedata

# Nobody says these on a telephone. They come from the subtitles of films that the models were trained on.
_NEVER_SAID = re.compile(
    r"thanks? (you )?(so much )?for watching.*|(please )?(like and )?subscribe.*|.*amara org.*|subtitles by .*"
    r"|(i ll )?see you (in the )?next (video|time)|transcription by .*"
    r"|köszönöm( szépen)? hogy megnéz\w+.*|köszi hogy megnéz\w+.*|kérlek iratkozz fel.*"
    r"|feliratok? .*(amara|készítette).*"
    r"|با تشکر از تماشای .*|ممنون از تماشا.*|زیرنویس .*|لطفا سابسکرایب .*",
)
# These are said, but also invented: they count as invented where the engine itself heard no speech.
_MAY_BE_SAID = re.compile(
    r"thank you( (very|so) much)?|thanks|bye( bye)?|(i m )?(so |very )?sorry|you|okay|oh"
    r"|köszönöm( szépen)?|viszlát|elnézést|ممنون|متشکرم|خداحافظ|ببخشید",
)
# Whisper's own threshold, which by itself it heeds only where it doubts its words too.
_NO_SPEECH = 0.6


def is_invented(text: str, *, no_speech_probability: float | None) -> bool:
    """Whether a segment's whole text is one that recognisers invent; a probability of None says nothing."""
    plain = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
    if _NEVER_SAID.fullmatch(plain):
        return True
    silent = no_speech_probability is not None and no_speech_probability >= _NO_SPEECH
    return silent and _MAY_BE_SAID.fullmatch(plain) is not None
