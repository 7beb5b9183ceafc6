"""Checks the wordings of a keyword set: slots that are known, and enough letters to be told apart."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from voiceops.analysis.keyword_set_report import Path, Report, did_you_mean
from voiceops.domain.keyword_set import Keyphrase, KeywordSet, Rule, Strictness

LEAST_LETTERS: Mapping[Strictness, int] = {
    Strictness.EXACT: 1,
    Strictness.STRICT: 2,
    Strictness.NORMAL: 3,
    Strictness.LOOSE: 6,
}
"""Letters and digits outside slots. With fewer, the wrong word looks as much like it as a misheard right one."""

_ANY_LIMIT = 20
_NAMED_SLOTS = ("number", "name", "date")
_SLOT = re.compile(r"\{([^{}]*)\}")
_ANY = re.compile(r"any:\s*([1-9][0-9]?)(\s*words?)?\Z")


def check_phrases(keyword_set: KeywordSet, report: Report) -> None:
    """Report bad slots, wordings of slots alone, contradictions, and phrases too short for a rule."""
    for keyphrase in keyword_set.keyphrases.values():
        for path, wording in _wordings(keyphrase):
            if wording and (sentence := _slot_fault(wording)):
                report.add_at(path, sentence)
        _check_contradictions(keyphrase, report)
    for rule in keyword_set.rules:
        _check_lengths(rule, keyword_set, report)


def with_plain_slots(wording: str) -> str:
    """The wording with its slots in one form: {number}, {any:3 words}. Bad slots stay as they are."""
    return _SLOT.sub(lambda slot: f"{{{_plain_slot(slot.group(1).strip())}}}", wording)


def _plain_slot(slot: str) -> str:
    found = _ANY.match(slot)
    return f"any:{found.group(1)} words" if found else slot


def letters_in(wording: str) -> int:
    """Letters and digits of a wording, slots left out."""
    return sum(char.isalnum() for char in _SLOT.sub(" ", wording))


def _wordings(keyphrase: Keyphrase) -> Iterator[tuple[Path, str]]:
    for key, wordings in (("variants", keyphrase.variants), ("never", keyphrase.never)):
        for place, wording in enumerate(wordings):
            yield ("keyphrases", keyphrase.id, key, place), wording


def _slot_fault(wording: str) -> str | None:
    if any(brace in _SLOT.sub(" ", wording) for brace in "{}"):
        return "A slot is not closed; write it as {number}, {name}, {date} or {any:3 words}."
    for slot in _SLOT.findall(wording):
        if sentence := _one_slot_fault(slot.strip()):
            return sentence
    if not letters_in(wording):
        return "The wording has no word of its own; write words around or instead of the slots."
    return None


def _one_slot_fault(slot: str) -> str | None:
    if slot in _NAMED_SLOTS:
        return None
    if found := _ANY.match(slot):
        many = int(found.group(1)) > _ANY_LIMIT
        return f"{{{slot}}} is too wide; at most {{any:{_ANY_LIMIT} words}}." if many else None
    if slot.startswith("any"):
        return f"{{{slot[:40]}}} does not say how many words; write {{any:3 words}}."
    return f"{{{slot[:40]}}} is not a slot; {did_you_mean(slot, (*_NAMED_SLOTS, 'any:3 words'))}"


def _check_contradictions(keyphrase: Keyphrase, report: Report) -> None:
    variants = {variant.casefold() for variant in keyphrase.variants}
    for place, wording in enumerate(keyphrase.never):
        if wording and wording.casefold() in variants:
            sentence = f'"{wording}" stands under `variants` and under `never`; remove it from one.'
            report.add_at(("keyphrases", keyphrase.id, "never", place), sentence)


def _check_lengths(rule: Rule, keyword_set: KeywordSet, report: Report) -> None:
    least = LEAST_LETTERS[rule.strictness]
    for name in dict.fromkeys(chain(rule.any_of, rule.all_of, rule.none_of)):
        keyphrase = keyword_set.keyphrases.get(name)
        for place, variant in enumerate(keyphrase.variants if keyphrase else ()):
            if 0 < letters_in(variant) < least:
                sentence = (
                    f'"{variant}" is too short for the strictness `{rule.strictness}` of rule `{rule.id}`, which needs '
                    f"{least} letters; write more words, or set `strictness: {_strictest_for(variant)}` there."
                )
                report.add_at(("keyphrases", name, "variants", place), sentence)


def _strictest_for(variant: str) -> Strictness:
    fitting = [level for level, least in LEAST_LETTERS.items() if letters_in(variant) >= least]
    return fitting[-1]
