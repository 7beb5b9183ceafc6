"""Finds names of customers: after what introduces them, spelled, and wherever they are said again."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from voiceops.analysis.facts.bare_name import find_bare_names
from voiceops.analysis.facts.caller_name import WEAK_CUE
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message, Token, read_message
from voiceops.analysis.facts.named import Named, find_named
from voiceops.analysis.said_words import Place, Said, said_by
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript

# So many single letters in a row spell something.
_FEWEST_LETTERS = 3
# A shorter word is said too often by chance to be one of the names that were given.
_SHORTEST_AGAIN = 3


def find_names(transcript: Transcript, language: Language) -> Iterator[Place]:
    """The places of names. An agent's own is left out, unless a customer has the same."""
    message = read_message(transcript)
    named = _named(message, language)
    again = {token.text.removesuffix("'s") for token in named} - language.names.stop - language.common
    again = {text for text in again if len(text) >= _SHORTEST_AGAIN and not text.isdigit()}
    own = {(token.utterance, token.text) for token in named}
    for party in Party:
        said = said_by(transcript, {party}, language)
        yield from (one.place for one in said if _is_named(one, own, again))
        if party is not Party.AGENT:
            yield from _spelled(said)


def _named(message: Message, language: Language) -> Sequence[Token]:
    """The tokens of all names that are given or known as names."""
    names = language.names
    found = [
        *find_named(message, language, cues=(*names.caller, *names.asked_for)),
        *find_bare_names(message, language),
    ]
    sure = (one for one in found if _is_sure(one, message, language))
    tokens = [token for one in sure for token in message.tokens[one.first : one.stop]]
    given = names.given - {*language.times.months}
    known = (token for token in message.tokens if token.text in given and token.raw[0].isupper())
    return [token for token in (*tokens, *(known if message.is_cased else ())) if token.text not in names.titles]


def _is_sure(one: Named, message: Message, language: Language) -> bool:
    """Whether a name beside a cue that may introduce anything ("it's …") looks like one."""
    tokens = message.tokens[one.first : one.stop]
    looks = any(token.text in language.names.given or (message.is_cased and token.raw[0].isupper()) for token in tokens)
    return one.strength > WEAK_CUE or looks


def _is_named(one: Said, own: Collection[tuple[int, str]], again: Collection[str]) -> bool:
    parts = {one.text, one.text.removesuffix("'s"), *one.text.replace("-", " ").split()}
    return bool(parts & set(again)) or any((one.place[0], part) in own for part in parts)


def _spelled(said: Sequence[Said]) -> Iterator[Place]:
    for is_letter, run in groupby(said, key=lambda one: len(one.text) == 1 and one.text.isalpha()):
        letters = list(run)
        if is_letter and len(letters) >= _FEWEST_LETTERS:
            yield from (one.place for one in letters)
