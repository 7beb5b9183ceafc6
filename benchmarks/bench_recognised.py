"""Precision, recall and the share left uncertain on what the embedded recogniser heard, beside plain baselines.

Run: python -m benchmarks.bench_recognised [--show clean]
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

from benchmarks.bench_accuracy import BASELINES, Case, Heard, measure, our_judge
from benchmarks.make_recognised import CONDITIONS, RECOGNISED, SCRIPTS, SPOKEN, TRANSCRIPTS
from samples.make_samples import lines_of
from voiceops.analysis.evaluate import prepare
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.normalise import Kind, normalise_text
from voiceops.analysis.transcript_document import read_transcript
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import KeywordSet, Rule
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript

# The kinds of the scripts, and those that bench_accuracy counts. The first kind that a call has decides.
COUNTED_AS = {
    "said": "said",
    "denied": "denied",
    "late": "late",
    "other_party": "other_party",
    "asked": "not_said",
    "look_alike": "not_said",
}


@dataclass(frozen=True)
class Mark:
    """What one turn of a script is to a rule: its kind, and when and by whom the turn was spoken."""

    rule_id: str
    kind: str
    party: Party
    span: Span
    text: str


def main() -> None:
    """Prints the word error rate and one line per judge for each condition, the spoken words first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=(SPOKEN, *CONDITIONS), help="print the wrong and uncertain answers of one")
    given = parser.parse_args()
    keyword_set = read_set()
    judges = {"VoiceOps": our_judge(prepare(keyword_set)), **({} if given.show else BASELINES)}
    for condition in (given.show,) if given.show else (SPOKEN, *CONDITIONS):
        heard = [one for name in call_names() for one in heard_cases(keyword_set, name, condition)]
        print(f"{condition}: {len(heard)} questions, word errors {word_error_rate(condition):.1%}")
        for judge_name, judge in judges.items():
            figures, wrong = measure(judge, keyword_set, heard)
            print(f"{condition:9} {judge_name:17} {figures.line()}")
            if judge_name == "VoiceOps":
                print(f"{'':9} {'':17} {_refusals(figures.counts)}")
            if given.show:
                _print_wrong(wrong, condition)


def read_set() -> KeywordSet:
    """The keyword set that every call is asked about."""
    path = RECOGNISED / "keyword-set.yaml"
    return read_keyword_set(path.read_text("utf-8"), record=path.name)


def call_names() -> list[str]:
    """The written calls' names, in order."""
    return sorted(path.name.removesuffix(".script.yaml") for path in SCRIPTS.glob("*.script.yaml"))


@cache
def transcript_of(name: str, condition: str) -> Transcript:
    """What was heard of a call in a condition, or what was spoken in it."""
    path = TRANSCRIPTS / condition / f"{name}.json"
    return read_transcript(path.read_bytes(), record=f"{condition}/{path.name}")


def marks_of(name: str) -> Iterator[Mark]:
    """Every `about` of a script. Raises ValueError where the spoken transcript is not of this script."""
    document: Mapping[str, Any] = yaml.safe_load((SCRIPTS / f"{name}.script.yaml").read_text("utf-8"))
    spoken = iter(transcript_of(name, SPOKEN).utterances)
    for turn in document["turns"]:
        pairs = [(line, next(spoken)) for line in lines_of(turn)]
        if any(line.text != utterance.text for line, utterance in pairs):
            raise ValueError(f"{name}: the script was changed; run python -m benchmarks.make_recognised {name}.")
        span = Span(pairs[0][1].start, pairs[-1][1].end)
        for rule_id, kind in turn.get("about", {}).items():
            yield Mark(rule_id, kind, Party(turn["party"]), span, turn["text"])


def heard_cases(keyword_set: KeywordSet, name: str, condition: str) -> Iterator[Heard]:
    """Each rule asked about one call, with the truth from its script."""
    transcript = transcript_of(name, condition)
    marks = list(marks_of(name))
    for rule in keyword_set.rules:
        mark = _deciding(rule, marks)
        if mark is None:
            yield Heard(Case(rule, "not_said", "", ()), transcript, denial_lost=False)
            continue
        case = Case(rule, COUNTED_AS[mark.kind], mark.text, ((mark.party, mark.text),))
        yield Heard(case, transcript, mark.kind == "denied" and not _is_denial_heard(mark, transcript))


def _deciding(rule: Rule, marks: Sequence[Mark]) -> Mark | None:
    own = [mark for mark in marks if mark.rule_id == rule.id]
    return min(own, key=lambda mark: list(COUNTED_AS).index(mark.kind), default=None)


def _is_denial_heard(mark: Mark, transcript: Transcript) -> bool:
    tokens = normalise_text(_text_in(transcript, mark.party, mark.span), "en")
    return any(token.kind is Kind.NEGATION for token in tokens)


def _text_in(transcript: Transcript, party: Party, span: Span) -> str:
    """A party's words in a stretch; whole utterances where they have no word times."""
    timed = [part for u in transcript.utterances if u.party is party for part in (u.words or (u,))]
    return " ".join(part.text for part in timed if part.start < span.end and part.end > span.start)


def word_error_rate(condition: str) -> float:
    """Words wrong, missing or too many, over the words spoken; each party's words in one row."""
    errors = words = 0
    for name in call_names():
        spoken, heard = transcript_of(name, SPOKEN), transcript_of(name, condition)
        for party in (Party.AGENT, Party.CUSTOMER):
            wanted, got = (_words(transcript, party) for transcript in (spoken, heard))
            errors += Levenshtein.distance(wanted, got)
            words += len(wanted)
    return errors / words


def _words(transcript: Transcript, party: Party) -> list[str]:
    text = " ".join(u.text for u in transcript.utterances if u.party is party).lower()
    return "".join(sign if sign.isalnum() or sign in "' " else " " for sign in text).split()


def _refusals(counts: Mapping[tuple[str, Outcome], int]) -> str:
    """What became of the refusals: none may be met. Missed is right for the forbidden rule, where a no is no breach."""
    parts = [f"{outcome.value} {counts.get(('denied', outcome), 0)}" for outcome in Outcome]
    return "refusals: " + ", ".join(part for part in parts if not part.endswith(" 0"))


def _print_wrong(wrong: Sequence[tuple[Heard, Outcome]], condition: str) -> None:
    for heard, outcome in wrong:
        case = heard.case
        name = next(one for one in call_names() if transcript_of(one, condition) is heard.transcript)
        spans = [mark.span for mark in marks_of(name) if mark.text == case.sentence]
        text = _text_in(heard.transcript, case.turns[0][0], spans[0]) if spans else ""
        print(f"   {name[:2]} {case.rule.id:16} {case.kind:11} {outcome.value:10} | {case.sentence} | {text}")


if __name__ == "__main__":
    main()
