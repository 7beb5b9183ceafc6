"""What matching must know of one language: letters, endings, sounds, numbers, and how it says no."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

Words = frozenset[str]


def word_set(text: str) -> Words:
    """The words of a text, as a set: a list a person can read and edit."""
    return frozenset(text.split())


def pair_set(text: str) -> frozenset[tuple[str, str]]:
    """Pairs of words, written one after the other and parted by commas."""
    return frozenset((one, two) for one, two in (pair.split() for pair in text.split(",")))


def fold_accents(text: str) -> str:
    """Lower case without accents: "Rögzítjük" becomes "rogzitjuk"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def same(word: str) -> str:
    """The word as it is: the stemmer, or sound key, of a language without one."""
    return word


def one_piece(word: str) -> tuple[str, ...]:
    """The word as its only piece."""
    return (word,)


def no_number(word: str) -> int | None:  # noqa: ARG001 - the signature is the protocol
    """No word is a number."""
    return None


class Verb(NamedTuple):
    """A form of a verb: whose act it tells (1 the speaker's, 2 the listener's, 3 others'), and how.

    `mood` is a word of the language's own; two moods of one verb differ in whether the act is done.
    """

    stem: str
    person: int
    mood: str


def no_verb(form: str) -> Verb | None:  # noqa: ARG001 - the signature is the protocol
    """No form is known as a verb's."""
    return None


def states_only(words: tuple[str, ...]) -> bool:  # noqa: ARG001 - the signature is the protocol
    """No wording is a question by its words alone."""
    return False


@dataclass(frozen=True, eq=False)
class Language:
    """Data and small functions of one language; every word in them is folded.

    `split` cuts a folded word into pieces (contractions, a negating prefix). `number` gives a word's value.
    `glue` says which word joins the next ("می") and `glue_back` which joins the one before. `negations` deny
    what stands near; `answers` are those that may stand alone as an answer; `harmless` are sequences in which a
    negation denies nothing. `breaks` end a negation's reach. `light` are verbs that may stand between a
    negation and what it denies. `reach_before` and `reach_after` count words from the wording to a negation.
    `supposing`, `wondering` and `asking` words open clauses that say nothing. `inverted` auxiliaries open a question.
    `prefixes` may leave their verb. `concord` negations only go along with another one. `governing` ones
    ("without") deny only the next word of meaning, or the one before for `governing_side` -1. Where a clause
    `denies_at_end`, its verb comes last. `subjects` follow an inverted auxiliary, and those that are `pronouns`
    nearly always in a question. `refusing` verbs deny what follows, but may themselves be part of a wording ("you
    may decline"). `kin` are little words of one job, of
    which one may stand for another. `common` words say little about which wording it is. `near_negations` are
    what a damaged negation looks like, and `denying_forms` whole words with a negation in them; those of
    `near_negations_inside` are common words, and tell only within a wording. `negating_signs` betray a negation
    written together with other words. `negating_prefix` begins every negated verb; `unlike_negations` are other
    words that begin so. `addresses` says whether a wording speaks to the listener and so may be a question
    without looking like one. `turned_cost` is what a clause in another order loses. `letter_worth` is above 1
    where vowels are not written. `affirming` says which words must follow when a word was heard without the
    ending that carries its verb. `linked_numbers` are numbers only after a linking word.
    `requests` open a polite request, and a `pleading` word may follow; a `polite` one makes a request of a question.
    Pairs in `orders` forbid where they open a clause. An `alternative` ("or") carries a question on. `obliging` verbs
    say "must".
    `needing` words say that something is needed, or with a "not" that it is not. A word that has one letter other
    than a `slipping` negation may be meant for it. `reasons` ask why. `positive_prefix` stands where the negating one
    would. `verb` tells whose act a form is and in which mood, person 0 where it may be no verb; behind one of the
    `articles` a word is none. `own_endings` end the speaker's own acts. `infinitive` ends a verb that "must" governs.
    `opposing` prefixes and `opposing_endings` make the opposite of a word. `consequences` ask what would follow from
    something supposed. `complementizers` ("that") carry a negation over a comma. `averting` pairs of words deny
    ("far from"). An `emphatic` word before a "no" makes it take back what was said before. Pairs `wanting_denial` are
    a word and a verb that only a lost "not" brings together ("rather you did"), save before `limiting` words. Behind
    an `infinitive_mark` a verb is only talked about, and a `telling` verb behind one of the `objects` is only wanted.
    A `supporting` auxiliary before its subject asks. `of_others` pairs a verb with its form for a third person;
    `present_persons` are those on the line, `absent_persons` are not. What is `perfect` is done, what is `modal` is
    not. Directly before the wording, `subordinating` words and `subordinating_pairs` make a condition of it, except
    behind one of `not_subordinating`. `reporting` verbs tell what others said, unless one of the `speaker_pronouns` is
    their subject and they do not say what was heard (`hearing`), or a `conforming` "as" opens the clause. `guessing`
    words say maybe; `hedging` ones say might, but not before `wishing` verbs. Where a language `denies_verbs` by the
    same word that answers no, the next word tells
    which it is; where it `denies_by_prefix`, only a part of a longer word denies a verb.
    """

    code: str
    fold: Callable[[str], str] = fold_accents
    split: Callable[[str], tuple[str, ...]] = one_piece
    stem: Callable[[str], str] = same
    sound: Callable[[str], str] = same
    number: Callable[[str], int | None] = no_number
    verb: Callable[[str], Verb | None] = no_verb
    number_links: Words = frozenset()
    glue: Words = frozenset()
    glue_back: Words = frozenset()
    fillers: Words = frozenset()
    function_words: Words = frozenset()
    negations: Words = frozenset()
    answers: Words = frozenset()
    agreeing: Words = frozenset()
    harmless: tuple[tuple[str, ...], ...] = ()
    breaks: Words = frozenset()
    concord: Words = frozenset()
    governing: Words = frozenset()
    governing_side: int = 1
    denies_at_end: bool = False
    refusing: Words = frozenset()
    light: Words = frozenset()
    common: Words = frozenset()
    kin: tuple[Words, ...] = ()
    reach_before: int = 4
    reach_after: int = 0
    supposing: Words = frozenset()
    wondering: Words = frozenset()
    asking: Words = frozenset()
    alternative: Words = frozenset()
    inverted: Words = frozenset()
    subjects: Words = frozenset()
    pronouns: Words = frozenset()
    prefixes: tuple[str, ...] = ()
    negating_prefix: str = ""
    negating_signs: tuple[str, ...] = ()
    unlike_negations: Words = frozenset()
    near_negations: Words = frozenset()
    denying_forms: tuple[str, ...] = ()
    affirming: Mapping[str, Words] = field(default_factory=dict)
    near_negations_inside: Words = frozenset()
    requests: frozenset[tuple[str, str]] = frozenset()
    pleading: Words = frozenset()
    orders: frozenset[tuple[str, str]] = frozenset()
    polite: Words = frozenset()
    obliging: Words = frozenset()
    needing: Words = frozenset()
    slipping: Words = frozenset()
    reasons: Words = frozenset()
    positive_prefix: str = ""
    articles: Words = frozenset()
    own_endings: tuple[str, ...] = ()
    infinitive: str = ""
    opposing: tuple[str, ...] = ()
    opposing_endings: tuple[str, ...] = ()
    complementizers: Words = frozenset()
    averting: frozenset[tuple[str, str]] = frozenset()
    emphatic: Words = frozenset()
    wanting_denial: frozenset[tuple[str, str]] = frozenset()
    limiting: Words = frozenset()
    infinitive_mark: str = ""
    telling: Words = frozenset()
    supporting: Words = frozenset()
    objects: Words = frozenset()
    of_others: frozenset[tuple[str, str]] = frozenset()
    present_persons: Words = frozenset()
    absent_persons: Words = frozenset()
    perfect: Words = frozenset()
    modal: Words = frozenset()
    subordinating: Words = frozenset()
    subordinating_pairs: frozenset[tuple[str, str]] = frozenset()
    not_subordinating: Words = frozenset()
    reporting: Words = frozenset()
    hearing: Words = frozenset()
    speaker_pronouns: Words = frozenset()
    conforming: Words = frozenset()
    guessing: Words = frozenset()
    hedging: Words = frozenset()
    wishing: Words = frozenset()
    denies_verbs: bool = False
    denies_by_prefix: bool = False
    consequences: frozenset[tuple[str, str]] = frozenset()
    addresses: Callable[[tuple[str, ...]], bool] = states_only
    turned_cost: float = 0.1
    letter_worth: float = 1.0
    linked_numbers: Mapping[str, int] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=64)
def plain_language(code: str) -> Language:
    """A language about which nothing is known but its letters."""
    return Language(code=code)
