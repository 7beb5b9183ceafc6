"""Who speaks on a mono call: the share of speech, words and rule outcomes that come out right, beside plain baselines.

Each call's words are given as they were spoken, without their parties, so that what is measured is the separation and
not a recogniser. What matters is the last figure: outcomes that are certain and wrong.
Run: python -m benchmarks.bench_parties [--embedder campplus] [--line µ-law] [--brief]
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.mono_calls import LINES, MonoCall, real_call, sample_calls, spoken_calls, through
from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate, prepare
from voiceops.analysis.judge_parties import Script, judge_parties
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.sound.measure import ListenedChannel
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript, Utterance
from voiceops.engines import EMBEDDERS, load_detector, load_embedder
from voiceops.ports import Signal, SpeakerEmbedder
from voiceops.usecases.separate_mono import separate_mono

_STEP_SECONDS = 0.1
_SETS = Path(__file__).parents[1] / "samples" / "keyword_sets"
# Tells of a mono transcript who speaks.
Teller = Callable[[Signal, Transcript], Transcript]


@dataclass
class Figures:
    """Sums over calls; `outcomes` counts rules by how they came out."""

    speech: int = 0
    speech_right: int = 0
    words: int = 0
    words_right: int = 0
    utterances: int = 0
    unsure: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    cpu: float = 0.0

    def line(self) -> str:
        """The figures for people."""
        right, unsure, wrong = (self.outcomes[one] for one in ("right", "uncertain", "wrong"))
        return (
            f"speech {_share(self.speech_right, self.speech)}  words {_share(self.words_right, self.words)}  "
            f"unsure {_share(self.unsure, self.utterances)}  rules {right:3d} right {unsure:3d} uncertain "
            f"{wrong:3d} wrong and certain  {self.cpu / max(1.0, self.seconds):.3f} of real time"
        )


def _share(some: int, of: int) -> str:
    return f"{some / of if of else 0:6.1%}"


def main() -> None:
    """Prints one line per way of telling for each line of telephone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", choices=EMBEDDERS, action="append", help="only this one")
    parser.add_argument("--line", choices=LINES, action="append", help="only this kind of telephone line")
    parser.add_argument("--brief", action="store_true", help="only the shipped calls")
    given = parser.parse_args()
    calls = {"shipped calls": list(sample_calls())}
    if not given.brief:
        calls["other voices"] = list(spoken_calls(overlapping=False))
        calls["overlapping, with mhm"] = list(spoken_calls(overlapping=True))
        calls["real call"] = [one for one in (real_call(),) if one is not None]
    for line in given.line or LINES:
        for kind, some in calls.items():
            print(f"{line}, {kind}: {len(some)} calls, {sum(call.seconds for call in some):.0f} s")
            heard = [through(call, line) for call in some]
            for name, tell in tellers(given.embedder or EMBEDDERS).items():
                print(f"  {name:12} {measure(tell, heard).line()}", flush=True)


def tellers(embedders: Sequence[str] | Mapping[str, str]) -> Mapping[str, Teller]:
    """What is measured: the embedders, and what would be done without them."""
    ours = {name: by_voice(_embedder(name)) for name in embedders}
    return {**ours, "as one": all_agent, "taking turns": taking_turns, "nobody's": lambda _, mono: mono}


@cache
def _embedder(name: str) -> SpeakerEmbedder:
    return load_embedder(name, {"threads": 1} if name == "campplus" else {})


_detector = cache(load_detector)


def by_voice(embedder: SpeakerEmbedder) -> Teller:
    """The whole way of a mono call: separated, then judged who is the agent."""

    def tell(signal: Signal, mono: Transcript) -> Transcript:
        assert mono.speech is not None
        (_, speech), *_ = mono.speech
        separated, _ = separate_mono(embedder, ListenedChannel(Party.UNKNOWN, signal, speech), mono)
        scripts = [Script(one.keyword_set, one.matcher) for one in keyword_sets()]
        return judge_parties(separated, scripts, direction=None)

    return tell


def all_agent(_: Signal, mono: Transcript) -> Transcript:
    """Everything is the agent's."""
    return _given(mono, lambda _at, _said: Party.AGENT)


def taking_turns(_: Signal, mono: Transcript) -> Transcript:
    """With each pause the other begins to speak, the agent first."""
    return _given(mono, lambda at, _said: (Party.AGENT, Party.CUSTOMER)[at % 2])


def _given(mono: Transcript, party_of: Callable[[int, Utterance], Party]) -> Transcript:
    said = tuple(replace(one, party=party_of(at, one)) for at, one in enumerate(mono.utterances))
    parties = sorted({one.party for one in said})
    speech = tuple((party, tuple(Span(one.start, one.end) for one in said if one.party is party)) for party in parties)
    return replace(mono, utterances=said, speech=speech)


@cache
def keyword_sets() -> Sequence[PreparedKeywordSet]:
    """Those of the samples."""
    return [
        prepare(read_keyword_set(path.read_text("utf-8"), record=path.name)) for path in sorted(_SETS.glob("*.yaml"))
    ]


def measure(tell: Teller, calls: Sequence[MonoCall]) -> Figures:
    """What a way of telling makes of the calls."""
    figures = Figures()
    for call in calls:
        mono = without_parties(call)
        begun = time.process_time()
        told = tell(call.signal, mono)
        figures.cpu += time.process_time() - begun
        figures.seconds += call.seconds
        _count_speech(figures, call.truth, told, mono)
        _count_words(figures, call.truth, told)
        figures.outcomes.update(outcomes(call.truth, told))
    return figures


def without_parties(call: MonoCall) -> Transcript:
    """The call's words as one channel gives them: an utterance ends with a pause of a second, whoever speaks."""
    words = sorted((word for said in call.truth.utterances for word in said.words), key=lambda word: word.start)
    starts = [0, *(at for at in range(1, len(words)) if words[at].start - words[at - 1].end > 1.0), len(words)]
    parts = [words[first:last] for first, last in pairwise(starts) if last > first]
    said = tuple(
        Utterance(Party.UNKNOWN, part[0].start, part[-1].end, " ".join(word.text for word in part), tuple(part))
        for part in parts
    )
    return replace(call.truth, utterances=said, speech=((Party.UNKNOWN, _detector().detect(call.signal)),))


def _count_speech(figures: Figures, truth: Transcript, told: Transcript, mono: Transcript) -> None:
    """Tenths of a second in which just one party speaks and speech is heard, and those given to that one."""
    heard = [span for _, spans in mono.speech or () for span in spans]
    spans = {party: [span for its, own in told.speech or () if its is party for span in own] for party in Party}
    for at in np.arange(0.0, truth.duration, _STEP_SECONDS):
        speaking = {one.party for one in truth.utterances if one.start <= at < one.end}
        if len(speaking) == 1 and any(span.start <= at < span.end for span in heard):
            figures.speech += 1
            figures.speech_right += any(span.start <= at < span.end for span in spans[next(iter(speaking))])


def _count_words(figures: Figures, truth: Transcript, told: Transcript) -> None:
    party_of = {(word.start, word.text): one.party for one in truth.utterances for word in one.words}
    for said in told.utterances:
        figures.utterances += 1
        figures.unsure += not said.is_sure_who
        figures.words += len(said.words)
        figures.words_right += sum(party_of[word.start, word.text] is said.party for word in said.words)


def outcomes(truth: Transcript, told: Transcript) -> Iterator[str]:
    """How each rule about one party came out, beside what it is where both parties are known."""
    for one in keyword_sets():
        known = {finding.rule_id: finding.outcome for finding in evaluate(one, truth, queue="sales").findings}
        for finding in evaluate(one, told, queue="sales").findings:
            if known[finding.rule_id] in {Outcome.UNCERTAIN, Outcome.NOT_APPLICABLE}:
                continue
            same = finding.outcome is known[finding.rule_id]
            yield "right" if same else "uncertain" if finding.outcome is Outcome.UNCERTAIN else "wrong"


if __name__ == "__main__":
    main()
