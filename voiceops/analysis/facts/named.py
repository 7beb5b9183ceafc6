"""Names after or before a cue: how far a name reaches, in text with or without capitals and commas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voiceops.analysis.facts.language import Language, NameCue
from voiceops.analysis.facts.message import Message, Token, fold
from voiceops.analysis.facts.spoken_digits import atom_of

MOST_NAME_WORDS = 4
# Without capitals nothing shows where a name ends but the next known word.
MOST_UNCASED_WORDS = 3
FEWEST_NAME_LETTERS = 2


@dataclass(frozen=True)
class Named:
    """A name as tokens `first` to before `stop`; `cue_first` and `cue_stop` are the cue's tokens."""

    first: int
    stop: int
    cue_first: int
    cue_stop: int
    cue: NameCue

    @property
    def strength(self) -> float:
        """The cue's."""
        return self.cue.strength


def find_named(message: Message, language: Language, *, cues: Sequence[NameCue]) -> Iterator[Named]:
    """Every cue with a name beside it, cue by cue in the order of the language's list."""
    for cue in cues:
        for found in message.find(cue.pattern):
            if cue.name_precedes:
                first, stop = name_before(message, language, found.first)
                if _is_of_a_phrase(first, stop, message, language):
                    continue
                first, stop = cut_to_given(first, stop, message, language)
            elif message.tokens[found.stop - 1].ends_sentence:
                continue
            else:
                first, stop = name_after(message, language, at=found.stop)
                while cue.then is not None and stop > first and not message.begins(cue.then, stop):
                    stop -= 1
            opened = not cue.opens or message.is_cased or first == 0 or message.tokens[first - 1].text in cue.opens
            if stop > first and opened and _has_form(message.tokens[first:stop], cue, message, language):
                yield Named(first, stop, found.first, found.stop, cue)


def _has_form(tokens: Sequence[Token], cue: NameCue, message: Message, language: Language) -> bool:
    """Whether a name has the case ending, or the first name or title, that its cue asks for."""
    name = as_name(tokens)
    bare = cue.bare(name)
    if cue.inflected and (bare == name or fold(bare) in language.names.stop):
        return False
    if all(token.text in language.names.titles for token in tokens):
        return False
    known = language.names.given | language.names.titles
    return not cue.usual or message.is_cased or any(word in known for word in fold(bare).split())


def name_after(message: Message, language: Language, *, at: int) -> tuple[int, int]:
    """The tokens of a name that begins at a token; an empty span where none does."""
    tokens = message.tokens
    stop = at
    most = MOST_NAME_WORDS if message.is_cased else MOST_UNCASED_WORDS
    titled = at < len(tokens) and tokens[at].text in language.names.titles
    if titled:
        most = most + 1 if message.is_cased or language.names.given_last else _titled_words(at, message, language)
    while (
        stop < len(tokens)
        and stop - at < most
        and (can_be_named(stop, message, language) or _is_also_a_name(stop, at, message, language))
    ):
        stop += 1
        before = tokens[stop - 1]
        if language.names.given_last and _ends_a_name(at, stop, message, language):
            break
        if before.ends_clause and not (before.text in language.names.titles and before.after.strip() == "."):
            break
    if titled and stop == at + 1:
        return at, at
    return at, stop


def _titled_words(at: int, message: Message, language: Language) -> int:
    """How many words a name with its titles has without capitals: a surname, and a first name if it is a usual one."""
    texts = [token.text for token in message.tokens[at : at + MOST_NAME_WORDS]]
    titles = next((n for n, text in enumerate(texts) if text not in language.names.titles), len(texts))
    return titles + 1 + (titles < len(texts) and texts[titles] in language.names.given)


def _ends_a_name(first: int, stop: int, message: Message, language: Language) -> bool:
    """Whether no name goes on after these words where first names and titles stand last."""
    names, last = language.names, message.tokens[stop - 1].text
    if last in names.titles - names.leading_titles:
        return stop >= len(message.tokens) or message.tokens[stop].text not in names.titles
    goes_on = message.is_cased or (stop < len(message.tokens) and message.tokens[stop].text in names.given)
    return stop - first > 1 and last in names.given and not goes_on


def name_before(message: Message, language: Language, stop: int) -> tuple[int, int]:
    """The tokens of a name that ends before a token; an empty span where none does."""
    tokens = message.tokens
    first = stop
    most = MOST_NAME_WORDS if message.is_cased else MOST_UNCASED_WORDS
    while first > 0 and stop - first < most:
        token = tokens[first - 1]
        apart = token.ends_sentence if first == stop else token.ends_clause
        if (apart and token.text not in language.names.titles) or not can_be_named(first - 1, message, language):
            break
        first -= 1
    if first < stop and first > 0 and tokens[first - 1].text in language.names.also_first:
        return first - (not message.is_cased and not tokens[first - 1].ends_clause), stop
    return first, stop


def _is_of_a_phrase(first: int, stop: int, message: Message, language: Language) -> bool:
    """Whether the words before a cue belong to what stands before them: "from Sepehr garage I am calling"."""
    if first == 0 or message.tokens[first - 1].ends_clause:
        return False
    before, names = message.tokens[first - 1].text, language.names
    if message.is_cased:
        return before in names.others or before not in names.stop
    if names.company_kind and names.company_kind.fullmatch(before):
        return True
    known = any(token.text in names.given for token in message.tokens[first:stop])
    return before in names.others or (before in names.stop - language.common and not known)


def cut_to_given(first: int, stop: int, message: Message, language: Language) -> tuple[int, int]:
    """In text without capitals, the part of the words before a cue that is the name, as its first name tells."""
    names, texts = language.names, [token.text for token in message.tokens]
    if message.is_cased:
        return first, stop
    if names.given_last:
        while first < stop and texts[first] in names.titles and texts[first] not in names.leading_titles:
            first += 1
        titles = next((n for n in range(first + 1, stop) if texts[n] in names.titles), stop)
        if titles < stop:
            return max(first, titles - 1 - (texts[titles - 1] in names.given)), stop
        at = stop - 1
        if at <= first or texts[at] not in names.given:
            return first, stop
        at -= texts[at - 1] in names.given and at - 1 > first
        at -= 1
        return at - (at > first and texts[at - 1] in names.leading_titles), stop
    given = next((n for n in range(first, stop) if texts[n] in names.given), first)
    return (first if first < stop and texts[first] in names.titles else given), stop


def can_be_named(at: int, message: Message, language: Language) -> bool:
    """Whether a token can be part of a name. A capital inside a sentence says so by itself."""
    token, names = message.tokens[at], language.names
    if token.text in names.titles:
        return True
    too_short = len(token.text.replace("'", "")) < FEWEST_NAME_LETTERS
    if (
        too_short
        or token.text in names.letters
        or any(c.isdigit() for c in token.text)
        or atom_of(token, 0, numbers=language.numbers) is not None
    ):
        return False
    if token.text.partition("'")[0] in names.never:
        return False
    if message.is_cased:
        inside = at > 0 and not message.tokens[at - 1].ends_sentence
        capital = token.raw[0].isupper() and (inside or token.text.partition("'")[0] not in names.stop)
        return capital or token.text in NAME_PARTICLES
    if names.verb and names.verb.fullmatch(token.text) and token.text not in names.given:
        return False
    return token.text not in names.stop and token.text.partition("'")[0] not in language.common


def _is_also_a_name(at: int, first: int, message: Message, language: Language) -> bool:
    """Whether a common word is a name here: "my name is will smith", "jack long and i …"."""
    tokens, names = message.tokens, language.names
    if message.is_cased or at >= len(tokens):
        return False
    follows = at + 1 < len(tokens) and can_be_named(at + 1, message, language)
    if at == first:
        return follows and tokens[at].text in names.also_first
    return not follows and at == first + 1 and tokens[at].text in names.also_last


def explanation_length(tokens: Sequence[Token]) -> int:
    """How many words explain the letter they follow: "A as in apple", "B for Bravo", "M mint Mária"."""
    texts = [token.text for token in tokens]
    for link in (["as", "in"], ["as"], ["for"], ["like"], ["mint"], ["مثل"]):
        said = len(link) + 1
        if len(texts) > said and len(texts[0]) == 1 and texts[1:said] == link and texts[said].startswith(texts[0]):
            return said
    return 0


# Small words inside surnames, written small where capitals are written.
NAME_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "da", "di", "la", "le", "el", "al", "bin", "del", "dos", "ten"}
)


def as_name(tokens: Sequence[Token]) -> str:
    """A name for people to read: as it was written, or with capitals where it has none; no word said twice."""
    cased = any(token.raw[:1].isupper() for token in tokens)
    once = [t for n, t in enumerate(tokens) if not n or t.text != tokens[n - 1].text]
    return "".join((t.before if n else "") + (t.raw if cased else _capital(t.raw)) for n, t in enumerate(once)).strip()


def _capital(word: str) -> str:
    return (
        word
        if word.lower() in NAME_PARTICLES
        else "'".join(p if p == "s" else p[:1].upper() + p[1:] for p in word.split("'"))
    )
