"""Precision, recall and the share left uncertain, per language and word error rate, beside plain baselines.

Figures repeat exactly: the small talk and the damage of each file and rate are drawn from a seed made of the file's
name and the rate, so neither the order of files nor other rates change them. `--rounds` damages every sentence so many
times anew (once at 0 %, where nothing is drawn but the small talk); a published figure names its half and rounds. With
one round at 10 % F1 varies by about 0.02 by chance, with four by half of that.

Run: python -m benchmarks.bench_accuracy [--half HALF] [--rounds 4] [--rate 0.1] [--show LANGUAGE]
HALF is development, wider, held-out, fresh, blind or sealed.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from benchmarks.damage import Damage
from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate, prepare
from voiceops.analysis.normalise import Kind, normalise_text
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, Keyphrase, KeywordSet, Rule, RuleParty, Window
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

DIALOGUES = Path(__file__).parent / "dialogues"
RATES = (0.0, 0.1, 0.2, 0.3)
SECONDS_PER_WORD = 0.4
_OTHER = {Party.AGENT: Party.CUSTOMER, Party.CUSTOMER: Party.AGENT}


@dataclass(frozen=True)
class Case:
    """One dialogue: its turns, the rule asked about, and the truth about it."""

    rule: Rule
    kind: str
    sentence: str
    turns: tuple[tuple[Party, str], ...]


@dataclass(frozen=True)
class Heard:
    """A case after the damage. `denial_lost` where the words that deny were all lost: nobody could know."""

    case: Case
    transcript: Transcript
    denial_lost: bool


def read_half(path: Path) -> tuple[KeywordSet, Mapping[str, Any]]:
    """The keyword set of a dialogue file, and the raw document."""
    document = yaml.safe_load(path.read_text("utf-8"))
    keyphrases = {
        k: Keyphrase(k, tuple(v["variants"]), tuple(v.get("never", ()))) for k, v in document["keyphrases"].items()
    }
    rules = tuple(
        Rule(
            id=name,
            title=name,
            expect=Expectation(given.get("expect", "required")),
            any_of=(name,),
            party=RuleParty(given["party"]),
            window=Window(first_seconds=given.get("first_seconds")),
        )
        for name, given in document["rules"].items()
    )
    return KeywordSet(path.stem, 1, path.stem, document["language"], "bench", "bench", keyphrases, rules), document


def cases_of(keyword_set: KeywordSet, document: Mapping[str, Any], chance: random.Random) -> Iterator[Case]:
    """Every written sentence in a dialogue of its own; said by the other party, and too late, as well."""
    for rule in keyword_set.rules:
        written = document["cases"][rule.id]
        own = Party(rule.party.value)
        for kind in ("said", "denied", "not_said"):
            for sentence in written.get(kind, ()):
                yield Case(rule, kind, sentence, _turns(document, (own, sentence), chance, late=False))
        for sentence in written["said"][::2]:
            yield Case(rule, "other_party", sentence, _turns(document, (_OTHER[own], sentence), chance, late=False))
            if rule.window.first_seconds is not None:
                yield Case(rule, "late", sentence, _turns(document, (own, sentence), chance, late=True))


def _turns(
    document: Mapping[str, Any], said: tuple[Party, str], chance: random.Random, *, late: bool
) -> tuple[tuple[Party, str], ...]:
    """Small talk with the sentence in one turn, sometimes together with another sentence."""
    party, sentence = said
    turns: list[tuple[Party, str]] = []
    speaker = Party.AGENT
    for _ in range(24):
        turns.append((speaker, chance.choice(document["fill"][speaker.value])))
        speaker = _OTHER[speaker]
    place = next(at for at in range(20 if late else 2, 24) if turns[at][0] is party)
    beside = turns[place][1]
    text = chance.choice(
        [sentence, sentence + ("" if sentence[-1] in "?؟" else ".") + " " + beside, f"{beside}. {sentence}"]
    )
    turns[place] = (party, text)
    return tuple(turns)


def hear(case: Case, damage: Damage, chance: random.Random) -> Heard:
    """The case's transcript after the damage, without word times in the half of the dialogues."""
    texts = damage.dialogue([text for _, text in case.turns], chance)
    utterances, at = [], 0.0
    limit = case.rule.window.first_seconds or 0.0
    for (party, written), text in zip(case.turns, texts, strict=True):
        if case.kind == "late" and case.sentence in written:
            at = max(at, limit + 1)
        seconds = SECONDS_PER_WORD * max(1, len(text.split()))
        if text:
            utterances.append(Utterance(party, at, at + seconds, text))
        at += seconds + 0.4
    place = next(i for i, (_, text) in enumerate(case.turns) if case.sentence in text)
    lost = case.kind == "denied" and not any(
        token.kind is Kind.NEGATION for token in normalise_text(texts[place], damage.language)
    )
    return Heard(case, Transcript(damage.language, at, tuple(utterances)), lost)


Judge = Callable[[KeywordSet, Heard], Outcome]


def our_judge(prepared: PreparedKeywordSet) -> Judge:
    """VoiceOps itself."""

    def judge(_: KeywordSet, heard: Heard) -> Outcome:
        found = evaluate(prepared, heard.transcript).findings
        outcome = next(f.outcome for f in found if f.rule_id == heard.case.rule.id)
        if heard.case.rule.expect is Expectation.FORBIDDEN:
            return {Outcome.VIOLATED: Outcome.MET, Outcome.MET: Outcome.MISSED}.get(outcome, outcome)
        return outcome

    return judge


def plain_judge(is_found: Callable[[str, str], bool]) -> Judge:
    """A baseline on the same data: the party's utterances inside the window, lower case, without marks."""

    def judge(keyword_set: KeywordSet, heard: Heard) -> Outcome:
        rule = heard.case.rule
        limit = rule.window.first_seconds or 1e9
        variants = [_plain(v.replace("{number}", "")) for v in keyword_set.keyphrases[rule.id].variants]
        texts = [
            _plain(u.text)
            for u in heard.transcript.utterances
            if u.party.value == rule.party.value and u.start <= limit
        ]
        return Outcome.MET if any(is_found(v, t) for v in variants for t in texts) else Outcome.MISSED

    return judge


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())


BASELINES: Mapping[str, Judge] = {
    "exact substring": plain_judge(lambda variant, text: variant in text),
    "partial_ratio 85": plain_judge(lambda variant, text: fuzz.partial_ratio(variant, text) >= 85),
    "token_set 85": plain_judge(lambda variant, text: fuzz.token_set_ratio(variant, text) >= 85),
}


@dataclass(frozen=True)
class Figures:
    """The counts of one judge at one rate."""

    counts: Counter[tuple[str, Outcome]]
    lost: int

    def line(self) -> str:
        """Precision, recall and F1 with uncertain counted as not met; then the shares a person cares about."""
        total = sum(self.counts.values())
        met = {kind: self.counts[kind, Outcome.MET] for kind in ("said", "denied", "not_said", "other_party", "late")}
        positives = sum(n for (kind, _), n in self.counts.items() if kind == "said")
        unsure_said = self.counts["said", Outcome.UNCERTAIN]
        false = sum(n for kind, n in met.items() if kind != "said")
        precision = met["said"] / max(1, met["said"] + false)
        recall, sure_recall = met["said"] / positives, met["said"] / max(1, positives - unsure_said)
        uncertain = sum(n for (_, outcome), n in self.counts.items() if outcome is Outcome.UNCERTAIN)
        f1, sure_f1 = (2 * precision * r / max(1e-9, precision + r) for r in (recall, sure_recall))
        false_share = false / max(1, total - positives)
        return (
            f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  F1 of the certain {sure_f1:.3f}  "
            f"uncertain {100 * uncertain / total:4.1f} %  false met {100 * false_share:4.2f} %  "
            f"refusal as met {met['denied']} (denial itself lost: {self.lost})"
        )


def measure(
    judge: Judge, keyword_set: KeywordSet, heard: Sequence[Heard]
) -> tuple[Figures, list[tuple[Heard, Outcome]]]:
    """The figures, and the cases that went wrong or were left to a person."""
    counts: Counter[tuple[str, Outcome]] = Counter()
    wrong, lost = [], 0
    for one in heard:
        outcome = judge(keyword_set, one)
        counts[one.case.kind, outcome] += 1
        if (outcome is Outcome.MET) != (one.case.kind == "said") or outcome is Outcome.UNCERTAIN:
            wrong.append((one, outcome))
        lost += one.denial_lost and outcome is Outcome.MET
    return Figures(counts, lost), wrong


def main() -> None:
    """Prints one line for each language, rate and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="development")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--show", help="print the wrong and uncertain cases of this language")
    parser.add_argument("--rate", type=float, help="only this rate")
    given = parser.parse_args()
    for path in sorted(DIALOGUES.glob(f"{given.half}-*.yaml")):
        keyword_set, document = read_half(path)
        if given.show and keyword_set.language != given.show:
            continue
        judges = {"VoiceOps": our_judge(prepare(keyword_set)), **({} if given.show else BASELINES)}
        for rate in RATES if given.rate is None else (given.rate,):
            chance = random.Random(f"{path.stem} {rate}")  # noqa: S311 - repeatable data, no secret
            damage = Damage(keyword_set.language, rate, _vocabulary(document), _denying(document, keyword_set.language))
            heard = [
                hear(case, damage, chance)
                for _ in range(given.rounds if rate else 1)
                for case in cases_of(keyword_set, document, chance)
            ]
            for name, judge in judges.items():
                figures, wrong = measure(judge, keyword_set, heard)
                print(f"{keyword_set.language} {rate:4.0%} {name:17} {figures.line()}")
                if given.show:
                    _print_wrong(wrong)


def _vocabulary(document: Mapping[str, Any]) -> list[str]:
    texts = [s for kinds in document["cases"].values() for sentences in kinds.values() for s in sentences]
    texts += [s for sentences in document["fill"].values() for s in sentences]
    words = {word.strip(".,?!؟").lower() for text in texts for word in text.split()} - {""}
    denying = _denying(document, document["language"])
    return sorted(words - denying)  # a slip of the recogniser must not make a refusal of a consent


def _denying(document: Mapping[str, Any], language: str) -> frozenset[str]:
    """Words that deny are changed, never lost: with the word gone, a refusal is not in the text at all."""
    words = {
        word.strip(".,?!").lower()
        for kinds in document["cases"].values()
        for s in kinds.get("denied", ())
        for word in s.split()
    }
    return frozenset(w for w in words if any(t.kind is Kind.NEGATION for t in normalise_text(w, language)))


def _print_wrong(wrong: Sequence[tuple[Heard, Outcome]]) -> None:
    for heard, outcome in wrong:
        case = heard.case
        place = next(i for i, (_, text) in enumerate(case.turns) if case.sentence in text)
        text = heard.transcript.utterances[min(place, len(heard.transcript.utterances) - 1)].text
        print(f"   {case.rule.id:14} {case.kind:11} {outcome.value:10} | {case.sentence} | {text}")


if __name__ == "__main__":
    main()
