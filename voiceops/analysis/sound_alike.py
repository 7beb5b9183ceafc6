"""How alike two single words are, by letters, by stem and by sound; asked once for each word heard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from voiceops.analysis.languages import Language, language_of

# What a pair that agrees only in part is worth; below its floor a pair is two different words.
SAME_STEM = 0.96
SAME_BUT_PREFIX = 0.92
SAME_SOUND = 0.92
SOUND_DISCOUNT = 0.94
# Listeners and recognisers seldom mistake how a word begins.
OTHER_BEGINNING = 0.93
_FLOOR_OF_LONG = 0.62
_FLOOR_OF_MIDDLE = 0.7
# Another little word that does the same job, such as "will" for "may".
KIN = 0.65
RESEMBLING = 0.58
FLOOR_OF_JOINED = 0.8
JOINED_LETTERS = 6
_LIKELY = 0.66
# Below these, 0..100 and by column, a likeness cannot help a pair over the lines above; skipping it saves its cost.
CUTOFFS = (32, 66, 66, 32, 32)
_KNOWN_LIMIT = 100_000
_SHORT = 3
_MIDDLE = 5


@dataclass(frozen=True)
class Keys:
    """A form with its stem, its stem without a verb prefix, its sound classes, and itself without an "un-"."""

    form: str
    stem: str
    bare: str
    sound: str
    stem_sound: str
    plain: str = ""


@lru_cache(maxsize=200_000)
def keys_of(form: str, code: str) -> Keys:
    """The keys of one normalised form; `plain` is it without its "un-" or "-less", "" where it has none."""
    language = language_of(code)
    stem = language.stem(form)
    opposing = next((p for p in language.opposing if form.startswith(p) and len(form) - len(p) > _SHORT), "")
    ending = next((e for e in language.opposing_endings if form.endswith(e) and len(form) - len(e) > _SHORT), "")
    plain = form.removeprefix(opposing).removesuffix(ending) if opposing or ending else ""
    return Keys(form, stem, _without_prefix(stem, language), language.sound(form), language.sound(stem), plain)


def _without_prefix(stem: str, language: Language) -> str:
    for prefix in language.prefixes:
        if stem.startswith(prefix) and len(stem) - len(prefix) > _SHORT:
            return stem[len(prefix) :]
    return stem


def word_similarity(one: Keys, other: Keys) -> float:
    """0..1; 0 where the two are different words. Numbers and words of three letters must be the same."""
    if one.form == other.form:
        return 1.0
    if one.form[0].isdigit() or other.form[0].isdigit() or are_opposites(one, other):
        return 0.0
    shorter = min(len(one.form), len(other.form))
    if shorter >= _SHORT and one.stem == other.stem:
        return SAME_STEM
    if _is_form_of(one.bare, other.bare) or _is_form_of(other.bare, one.bare):
        return SAME_BUT_PREFIX
    if one.sound == other.sound and len(one.sound) > 1 and shorter >= _SHORT:
        return SAME_SOUND
    return _by_ratio(one, other, shorter) if shorter > _SHORT else 0.0


@lru_cache(maxsize=200_000)
def _similarity_of(one: str, other: str, code: str) -> float:
    return word_similarity(keys_of(one, code), keys_of(other, code))


def are_opposites(one: Keys, other: Keys) -> bool:
    """Whether it is the one without its "un-" that is like the other: "unacceptable" and "acceptable"."""
    if bool(one.plain) == bool(other.plain):
        return False
    marked, bare = (one, other) if one.plain else (other, one)
    return fuzz.ratio(marked.plain, bare.form) > fuzz.ratio(marked.form, bare.form)


def _is_form_of(short: str, long: str) -> bool:
    """Whether one stem is the other, or the other with a few more endings and enough letters shared."""
    if short == long:
        return len(short) > _SHORT
    return len(short) >= _MIDDLE and len(long) - len(short) <= _SHORT and long.startswith(short)


def _by_ratio(one: Keys, other: Keys, shorter: int) -> float:
    spelled = fuzz.ratio(one.form, other.form) / 100
    stems = SAME_STEM * fuzz.ratio(one.stem, other.stem) / 100
    sounds = (SOUND_DISCOUNT * fuzz.ratio(one.stem_sound, other.stem_sound) / 100 + spelled) / 2
    best = max((spelled + stems) / 2, stems if one.stem[0] == other.stem[0] else 0.0, sounds)
    if one.sound[:1] != other.sound[:1]:
        best *= OTHER_BEGINNING
    floor = _FLOOR_OF_MIDDLE if shorter <= _MIDDLE else _FLOOR_OF_LONG
    return best if best >= floor else 0.0


# The keys of many forms by kind: form, stem, bare stem, sound, sound of the stem.
Columns = tuple[list[str], list[str], list[str], list[str], list[str]]


@dataclass(eq=False)
class Vocabulary:
    """The words of all wordings, numbered; tells which of them a heard word may be."""

    code: str
    numbers: dict[str, int] = field(default_factory=dict)
    _keys: list[Keys] = field(default_factory=list)
    _known: dict[str, Mapping[int, float]] = field(default_factory=dict)
    _resembling: dict[str, Mapping[int, float]] = field(default_factory=dict)
    _joined: dict[int, str] = field(default_factory=dict)
    _column_cache: Columns = field(default_factory=lambda: ([], [], [], [], []))

    def add_joined(self, one: str, two: str) -> int | None:
        """The number of two neighbours written together; None where that is too short to tell anything."""
        if len(one + two) < JOINED_LETTERS or one[0].isdigit() or two[0].isdigit():
            return None
        if one + two in self.numbers:
            return self.numbers[one + two]
        number = self.add(one + two)
        self._joined[number] = max(one, two, key=len)
        return number

    def add(self, form: str) -> int:
        """The number of a wording's form, new or not."""
        if form in self.numbers:
            self._joined.pop(self.numbers[form], None)
        if form not in self.numbers:
            self.numbers[form] = len(self._keys)
            self._keys.append(keys_of(form, self.code))
            self._known.clear()
            self._resembling.clear()
        return self.numbers[form]

    def meet(self, forms: Iterable[str]) -> None:
        """Compares those of these forms that were never heard, all at once: much cheaper than one by one."""
        new = [form for form in dict.fromkeys(forms) if form not in self._known]
        if len(self._known) > _KNOWN_LIMIT:
            self._known.clear()
        self._known.update(zip(new, self._compare(new), strict=True))

    def alike(self, form: str) -> Mapping[int, float]:
        """Numbers of the forms that `form` may be, with their similarity 0..1."""
        if form not in self._known:
            self.meet((form,))
        return self._known[form]

    def resembling(self, form: str) -> Mapping[int, float]:
        """As `alike`, and beside these the forms that `form` may be a badly damaged hearing of."""
        known = self.alike(form)
        weak = self._resembling.pop(form, {})
        return {**weak, **known}

    def similarity(self, form: str, number: int) -> float:
        """How alike a form is to one form of the vocabulary; 0 where they are different words."""
        wanted = self._keys[number]
        if abs(len(form) - len(wanted.form)) > 2 + len(wanted.form) // 4 or form[0] != wanted.form[0]:
            return 0.0
        return _similarity_of(form, wanted.form, self.code)

    def _compare(self, forms: Sequence[str]) -> list[Mapping[int, float]]:
        """What each form may be; all forms and all vocabulary at once."""
        language = language_of(self.code)
        likely = self._likely([form for form in forms if self._is_compared(form, language)])
        return [self._found(form, likely[form], language) if form in likely else self._itself(form) for form in forms]

    def _is_compared(self, form: str, language: Language) -> bool:
        return not (form in language.refusing or form in language.negations or form[0].isdigit() or not self._keys)

    def _itself(self, form: str) -> Mapping[int, float]:
        return {self.numbers[form]: 1.0} if form in self.numbers else {}

    def _likely(self, forms: Sequence[str]) -> Mapping[str, list[tuple[int, float]]]:
        """For each form the vocabulary's numbers that it may be, with the mean likeness of spelling and sound.

        The figures of `word_similarity`, as columns.
        """
        likely: dict[str, list[tuple[int, float]]] = {form: [] for form in forms}
        if not forms:
            return likely
        heard = [keys_of(form, self.code) for form in forms]
        spelled, stems, bare, sounds, stem_sounds = (
            process.cdist(values, column, scorer=fuzz.ratio, score_cutoff=cutoff, dtype=np.float32) / 100
            for values, column, cutoff in zip(_columns(heard), self._columns(), CUTOFFS, strict=True)
        )
        mean = (spelled + sounds) / 2
        maybe = (mean >= RESEMBLING) | (stems >= _LIKELY) | (bare >= _LIKELY) | (stem_sounds + spelled >= 2 * _LIKELY)
        rows, numbers = np.nonzero(maybe)
        for row, number, likeness in zip(rows.tolist(), numbers.tolist(), mean[rows, numbers].tolist(), strict=True):
            likely[forms[row]].append((number, likeness))
        return likely

    def _found(self, form: str, likely: Iterable[tuple[int, float]], language: Language) -> Mapping[int, float]:
        """The numbers that the form may be; those that it may be a damaged hearing of are kept beside."""
        heard = keys_of(form, self.code)
        found: dict[int, float] = {}
        weak: dict[int, float] = {}
        for number, mean in likely:
            similarity = self._similarity(heard, number)
            if similarity > 0:
                found[number] = similarity
            elif mean >= RESEMBLING and min(len(form), len(self._keys[number].form)) > _SHORT:
                weak[number] = mean
        for kin in language.kin:
            if form in kin:
                for number in sorted(self.numbers[other] for other in kin & self.numbers.keys()):
                    found.setdefault(number, KIN)  # in this order, so that every process chooses alike
        self._resembling[form] = weak
        return found

    def _similarity(self, heard: Keys, number: int) -> float:
        wanted = self._keys[number]
        if number not in self._joined:
            return word_similarity(heard, wanted)
        if heard.form == wanted.form:
            return 1.0
        if fuzz.ratio(heard.form, wanted.form) <= fuzz.ratio(heard.form, self._joined[number]):
            return 0.0  # it is the longer of the two alone
        likeness = (fuzz.ratio(heard.form, wanted.form) + fuzz.ratio(heard.sound, wanted.sound)) / 200
        return likeness if likeness >= FLOOR_OF_JOINED else 0.0

    def _columns(self) -> Columns:
        if len(self._column_cache[0]) != len(self._keys):
            self._column_cache = _columns(self._keys)
        return self._column_cache


def _columns(keys: Sequence[Keys]) -> Columns:
    return (
        [one.form for one in keys],
        [one.stem for one in keys],
        [one.bare for one in keys],
        [one.sound for one in keys],
        [one.stem_sound for one in keys],
    )
