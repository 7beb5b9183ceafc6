"""What each party was heard to say: one run of tokens for each stretch without a real interruption, with times."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from voiceops.analysis.languages import Language, language_of
from voiceops.analysis.normalise import Break, Kind, Token, normalise
from voiceops.domain.finding import Evidence
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript, Utterance, Word

# A pause or another party's turn longer than this parts two stretches; shorter ones are bridged.
PAUSE_SECONDS = 6.0
BACK_CHANNEL_WORDS = 4
# So many words at a turn's end tell whether its last negation still wants something to deny.
OPEN_TAIL = 5
# A speech detector cuts word edges; a word this near to speech was spoken.
SPEECH_SLACK_SECONDS = 0.3


@dataclass(eq=False)
class Run:
    """One party's tokens in order, of one stretch. `turns` holds the token index at which each turn begins."""

    party: Party
    words: list[Word]
    tokens: list[Token] = field(default_factory=list)
    turns: set[int] = field(default_factory=set)

    def start(self, token: int) -> float:
        """When a token begins, in seconds."""
        return self.words[self.tokens[token].first].start

    def end(self, token: int) -> float:
        """When a token ends, in seconds."""
        return self.words[self.tokens[token].last].end

    def evidence(self, first: int, last: int, similarity: float) -> Evidence:
        """The words from one token to another as evidence; `similarity` is 0..1."""
        words = self.words[self.tokens[first].first : self.tokens[last].last + 1]
        known = [word.probability for word in words if word.probability is not None]
        return Evidence(
            words=" ".join(word.text.strip() for word in words),
            start=words[0].start,
            end=max(word.end for word in words),
            party=self.party,
            similarity=round(100 * similarity, 1),
            probability=min(known) if known else None,
        )


def hear(transcript: Transcript, code: str) -> list[Run]:
    """The runs of all parties in order of time. Words where the detector heard nobody are left out."""
    runs: list[Run] = []
    open_run: dict[Party, list[Sequence[Word]]] = {}
    foreign: dict[Party, int] = {}
    speech = _speech_of_parties(transcript)
    for utterance in sorted(transcript.utterances, key=lambda u: (u.start, u.end)):
        words = _spoken(timed_words(utterance), speech.get(utterance.party))
        if not words:
            continue
        party = utterance.party
        turns = open_run.get(party)
        if turns and (words[0].start - turns[-1][-1].end > PAUSE_SECONDS or foreign.get(party, 0) > BACK_CHANNEL_WORDS):
            runs.append(_run(party, open_run.pop(party), code))
        open_run.setdefault(party, []).append(words)
        foreign[party] = 0
        for other in open_run:
            if other is not party:
                foreign[other] = foreign.get(other, 0) + len(words)
    runs += [_run(party, turns, code) for party, turns in open_run.items()]
    runs = [run for run in runs if run.tokens]
    return sorted(runs, key=lambda run: run.words[0].start)


def timed_words(utterance: Utterance) -> Sequence[Word]:
    """The utterance's words; made from its text, evenly by letters, where it has none.

    Punctuation that only the text has is taken over, since it tells where a sentence ends.
    """
    written = utterance.text.split()
    if utterance.words:
        if len(written) == len(utterance.words):
            return [
                word if word.text == text else replace(word, text=text)
                for text, word in zip(written, utterance.words, strict=True)
            ]
        return [word for word in utterance.words if word.text.strip()]
    letters = sum(len(word) + 1 for word in written) or 1
    rate = max(0.0, utterance.end - utterance.start) / letters
    words, at = [], utterance.start
    for text in written:
        words.append(Word(text, at, at + rate * (len(text) + 1)))
        at += rate * (len(text) + 1)
    return words


@dataclass(frozen=True)
class _Speech:
    """When one party spoke: stretches in order that neither touch nor overlap, in seconds, slack included."""

    starts: Sequence[float]
    ends: Sequence[float]

    def has(self, start: float, end: float) -> bool:
        """Whether somebody spoke between two seconds."""
        at = bisect_right(self.ends, start)
        return at < len(self.starts) and self.starts[at] < end

    def holds(self, start: float, end: float) -> bool:
        """Whether one stretch reaches from one second to another."""
        at = bisect_right(self.ends, start)
        return at < len(self.starts) and self.starts[at] < start and end < self.ends[at]


def _speech_of_parties(transcript: Transcript) -> dict[Party, _Speech]:
    """Where each party spoke; one party may have several channels."""
    spans: dict[Party, list[Span]] = {}
    for party, of_channel in transcript.speech or ():
        spans.setdefault(party, []).extend(of_channel)
    return {party: _merged(of_party) for party, of_party in spans.items()}


def _merged(spans: Sequence[Span]) -> _Speech:
    starts: list[float] = []
    ends: list[float] = []
    for span in sorted(spans, key=lambda span: span.start):
        start, end = span.start - SPEECH_SLACK_SECONDS, span.end + SPEECH_SLACK_SECONDS
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return _Speech(starts, ends)


def _spoken(words: Sequence[Word], speech: _Speech | None) -> Sequence[Word]:
    """The words of an utterance that lie where somebody spoke; all of them where no detector ran."""
    if speech is None or not words or speech.holds(words[0].start, words[-1].end):
        return words
    return [word for word in words if speech.has(word.start, word.end)]


def _run(party: Party, turns: Sequence[Sequence[Word]], code: str) -> Run:
    run = Run(party, [])
    texts: list[str] = []
    begins: list[int] = []
    for words in turns:
        begins.append(len(texts))
        run.words += words
        texts += [word.text for word in words]
    run.tokens = normalise(texts, code)
    if len(turns) > 1:
        run.turns = _turns(run.tokens, begins)
        _close_turns(run, language_of(code))
    return run


def _turns(tokens: Sequence[Token], begins: Sequence[int]) -> set[int]:
    """The tokens that open a turn; a turn whose first word was written together with the one before opens nowhere."""
    firsts = [token.first for token in tokens]
    places = [(bisect_left(firsts, begin), begin) for begin in begins]
    return {at for at, begin in places if 0 < at < len(tokens) and tokens[at - 1].last < begin}


def _close_turns(run: Run, language: Language) -> None:
    """A turn that ends without a mark, followed by a pause of a second, ends its sentence.

    Without such a pause the next turn may go on with it, but a "no" that has found its verb stays behind.
    """
    for at in run.turns:
        before = run.tokens[at - 1]
        if before.border is Break.NONE and run.start(at) - run.end(at - 1) > 1.0:
            before.border = Break.STOP
        before.closes = not _is_open(run.tokens, at, language)


def _is_open(tokens: Sequence[Token], end: int, language: Language) -> bool:
    """Whether nothing but little words follows a turn's last negation, so that it may deny what comes next."""
    for token in reversed(tokens[max(0, end - OPEN_TAIL) : end]):
        if token.kind is Kind.NEGATION:
            return True
        if token.kind in {Kind.CONTENT, Kind.NUMBER} and token.form not in language.light:
            return False
    return True
