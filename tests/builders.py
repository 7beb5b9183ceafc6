"""Readable test data: recordings, transcripts and people in one line each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from voiceops.domain.people import Agent
from voiceops.domain.recording import Party, Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Transcript, Utterance, Word

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday

_numbers = count(1)


def a_recording(
    recording_id: str | None = None,
    *,
    kind: RecordingKind = RecordingKind.CALL,
    state: RecordingState = RecordingState.RECEIVED,
    caller_number: str | None = None,
) -> Recording:
    """A recording with bytes of its own."""
    number = next(_numbers)
    parties = (Party.CALLER,) if kind is RecordingKind.VOICEMAIL else (Party.AGENT, Party.CUSTOMER)
    return Recording(
        id=recording_id or f"recording-{number}",
        kind=kind,
        sha256=f"{number:064x}",
        file_name="call.wav",
        size_bytes=1000,
        received_at=NOON,
        state_changed_at=NOON,
        parties=parties,
        state=state,
        duration_seconds=30.0,
        caller_number=caller_number,
    )


def a_transcript(*lines: str, language: str = "en", seconds_per_word: float = 0.4, pause: float = 0.6) -> Transcript:
    """A transcript from lines such as "agent: hello" and "customer: hi", spoken one after the other."""
    utterances, now = [], 0.5
    for line in lines:
        party, _, text = line.partition(":")
        words = _words(text.split(), now, seconds_per_word)
        utterances.append(Utterance(Party(party.strip()), now, words[-1].end, text.strip(), tuple(words)))
        now = words[-1].end + pause
    return Transcript(language=language, duration=now, utterances=tuple(utterances))


def an_agent(agent_id: str = "anna", *, languages: Sequence[str] = ("en",), capacity: int = 5) -> Agent:
    """An agent on shift."""
    return Agent(id=agent_id, name=agent_id.title(), languages=tuple(languages), capacity=capacity)


def an_opening_set(version: int, variant: str) -> str:
    """A keyword set in YAML with one rule and one way to keep it."""
    return f"""\
format: 1
id: opening-en
version: {version}
title: Opening
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: {{variants: [{variant}]}}
rules:
  - {{id: notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice}}
"""


def _words(texts: Sequence[str], start: float, seconds_per_word: float) -> list[Word]:
    return [
        Word(text, round(start + n * seconds_per_word, 3), round(start + (n + 1) * seconds_per_word, 3), 0.95)
        for n, text in enumerate(texts)
    ]
