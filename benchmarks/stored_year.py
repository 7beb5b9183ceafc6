"""A year of a call centre, written straight into the tables: what the pages of the API have to find their way in.

Every call has a transcript and findings, every voicemail one task with its message and events. Contents repeat,
since only their number and their keys matter to a page.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, case, insert, literal, select, text, update

from voiceops.domain.callback_task import CallbackTask, Disposition, TaskState
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.finding import Evidence, Finding, Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet, Rule
from voiceops.domain.people import Agent, Queue
from voiceops.domain.recording import Party, Recording, RecordingKind, RecordingState
from voiceops.domain.task_message import TaskMessage
from voiceops.domain.transcript import Transcript, Utterance, Word
from voiceops.storage.judgements import texts_of
from voiceops.storage.message_tables import task_messages
from voiceops.storage.tables import (
    agents,
    evaluations,
    keyword_sets,
    queues,
    recordings,
    task_events,
    tasks,
    transcripts,
)
from voiceops.storage.trend_tables import call_figures, speech_measures
from voiceops.storage.verdict_tables import findings, verdicts

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR_SECONDS = 365 * 86400
AT_ONCE = 2000
SPOKEN = "this call is recorded for quality and training purposes is that all right with you"
# How much of the tasks is still somebody's duty.
OPEN_SHARE = 0.02
# Rules that only count.
MENTIONS = frozenset({"rule-01", "rule-02", "rule-03"})
UNSURE = "rule-05"


@dataclass(frozen=True)
class Year:
    """How much is stored."""

    calls: int = 100_000
    tasks: int = 20_000
    queues: int = 20
    agents: int = 100


def store_year(engine: Engine, year: Year) -> None:
    """Fill empty tables. One transaction, and what PostgreSQL's own daemon would do to them soon after."""
    chance = random.Random(1)  # noqa: S311  the same year every time
    with engine.begin() as connection:
        _add(connection, keyword_sets, _sets())
        _add(
            connection,
            queues,
            (vars(Queue(f"queue-{n:02}", f"Queue {n}", team=f"team-{n % 8}")) for n in range(year.queues)),
        )
        _add(connection, agents, (vars(_agent(n, year)) for n in range(year.agents)))
        _add(connection, recordings, (_recording(n, year, chance) for n in range(year.calls + year.tasks)))
        _evaluated(connection)
        raised = [_task(n, year, chance) for n in range(year.tasks)]
        _add(connection, tasks, ({**vars(one), "is_ended": one.state.is_ended} for one in raised))
        _add(connection, task_messages, (vars(_message(one)) for one in raised))
        _add(connection, task_events, (event for one in raised for event in _events(one)))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _add(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(insert(table), some)


def _evaluated(connection: Connection) -> None:
    """Every call is heard and evaluated; the database copies one document instead of reading it again and again."""
    columns = transcripts.c, evaluations.c
    calls = recordings.c.kind == RecordingKind.CALL
    heard = select(recordings.c.id, literal(TRANSCRIPT, columns[0].transcript.type)).where(calls)
    connection.execute(insert(transcripts).from_select(["recording_id", "transcript"], heard))
    for keyword_set in ("sales-en", "service-call-en"):
        row: dict[str, Any] = {"keyword_set_id": keyword_set, "keyword_set_version": 1, "score": 80.0, "passed": True}
        row |= {"findings": FINDINGS, "at": NOW, "counted_at": NOW}
        values = [literal(value, columns[1][name].type) for name, value in row.items()]
        found = select(recordings.c.id, *values).where(calls)
        connection.execute(insert(evaluations).from_select(["recording_id", *row], found))
    _counted(connection)


def _counted(connection: Connection) -> None:
    """What counts of the evaluations, and how people spoke, as they are written beside them."""
    of = evaluations.c
    key = {name: of[name] for name in ("recording_id", "keyword_set_id", "keyword_set_version")}
    # In one call of ten a person must decide.
    waits = of.recording_id.endswith("3")
    judged = select(*key.values(), of.score, of.passed, case((waits, 1), else_=0))
    connection.execute(insert(verdicts).from_select([*key, "score", "passed", "to_decide"], judged))
    for finding in FINDINGS:
        # What only counts is heard in one call of ten.
        outcome = case((of.recording_id.endswith("7"), Outcome.MET), else_=Outcome.MISSED)
        said = outcome if finding.rule_id in MENTIONS else literal(finding.outcome, findings.c.outcome.type)
        if finding.rule_id == UNSURE:
            said = case((waits, Outcome.UNCERTAIN), else_=Outcome.MET)
        found = select(*key.values(), literal(finding.rule_id), said, literal(value=False))
        connection.execute(insert(findings).from_select([*key, "rule_id", "outcome", "is_reviewed"], found))
    calls = recordings.c.kind == RecordingKind.CALL
    placed = {"needs_person": recordings.c.id.endswith("3"), "worst_score": 80.0}
    connection.execute(update(recordings).where(calls).values(**placed))
    measured = select(of.recording_id, literal(6.5), literal(0.6), literal(1.0)).where(of.keyword_set_id == "sales-en")
    names = ["recording_id", "dead_air_seconds", "talk_ratio", "overlap_seconds"]
    connection.execute(insert(speech_measures).from_select(names, measured))
    # The calls of one kind are judged alike.
    for ending in range(10):
        [text_of_one] = texts_of(connection, [f"call-{ending:06}"]).values()
        alike = call_figures.c.recording_id.endswith(str(ending))
        connection.execute(update(call_figures).where(alike).values(judged=text_of_one))


def _sets() -> Iterator[dict[str, Any]]:
    """The two that every call is held against; three of their rules only count."""
    for name in ("sales-en", "service-call-en"):
        rules = tuple(
            Rule(one.rule_id, one.rule_id, Expectation.MENTION if one.rule_id in MENTIONS else Expectation.REQUIRED)
            for one in FINDINGS
        )
        keyword_set = KeywordSet(name, 1, name, "en", "quality team", "To be measured.", {}, rules)
        row = {"id": name, "version": 1, "keyword_set": keyword_set, "source": ""}
        yield row | {"uploaded_at": NOW, "uploaded_by": "lead", "active": True}


def _agent(number: int, year: Year) -> Agent:
    works = tuple(f"queue-{(number + step) % year.queues:02}" for step in range(3))
    return Agent(f"agent-{number:03}", f"Agent {number}", ("en",), queues=works, team=f"team-{number % 8}")


def _recording(number: int, year: Year, chance: random.Random) -> dict[str, Any]:
    is_call = number < year.calls
    at = NOW - timedelta(seconds=chance.randrange(YEAR_SECONDS))
    failed = chance.random() < 0.01
    return vars(
        Recording(
            id=f"call-{number:06}" if is_call else f"voicemail-{number - year.calls:06}",
            kind=RecordingKind.CALL if is_call else RecordingKind.VOICEMAIL,
            sha256=f"{number:064x}",
            file_name=f"{at:%Y%m%d-%H%M%S}.wav",
            size_bytes=4_800_000,
            received_at=at,
            state_changed_at=at,
            parties=(Party.AGENT, Party.CUSTOMER) if is_call else (Party.CALLER,),
            state=RecordingState.FAILED if failed else RecordingState.ANALYSED,
            duration_seconds=300.0,
            language="en",
            queue=f"queue-{chance.randrange(year.queues):02}",
            agent_id=f"agent-{chance.randrange(year.agents):03}" if is_call else None,
            caller_number=f"+1415555{chance.randrange(10_000):04}",
            labels={"campaign": "spring"},
            attempts=1,
        )
    ) | {"failure": "It is damaged." if failed else None}


def _task(number: int, year: Year, chance: random.Random) -> CallbackTask:
    ended = chance.random() > OPEN_SHARE
    raised = NOW - timedelta(seconds=chance.randrange(2 * 86400) + (chance.randrange(YEAR_SECONDS) if ended else 0))
    agent = f"agent-{chance.randrange(year.agents):03}"
    task = CallbackTask(
        id=f"task-{number:06}",
        recording_id=f"voicemail-{number:06}",
        raised_at=raised,
        due_at=raised + timedelta(hours=4),
        caller_number=f"+1415555{chance.randrange(10_000):04}",
        queue=f"queue-{chance.randrange(year.queues):02}",
        language="en",
        facts=FACTS,
        version=4,
    )
    if ended:
        ended_at = raised + timedelta(hours=2)
        done = {"state": TaskState.DONE, "disposition": Disposition.CALLED_BACK, "ended_at": ended_at}
        return replace(task, agent_id=agent, **done)  # type: ignore[arg-type]  # each of its own type
    state = chance.choice((TaskState.OPEN, TaskState.OFFERED, TaskState.ACCEPTED))
    return replace(task, state=state, agent_id=None if state is TaskState.OPEN else agent)


def _message(task: CallbackTask) -> TaskMessage:
    return TaskMessage(str(task.recording_id), task.id, task.raised_at, facts=task.facts)


def _events(task: CallbackTask) -> Iterator[dict[str, Any]]:
    for minutes, what in enumerate(("raised", "enriched", "offered", "accepted", "attempt: busy", "done")):
        yield {
            "task_id": task.id,
            "at": task.raised_at + timedelta(minutes=minutes),
            "actor": "system",
            "what": what,
            "why": "A voicemail was received.",
            "state": task.state,
            "agent_id": task.agent_id,
            "queue": task.queue,
        }


def _utterances(count: int) -> Sequence[Utterance]:
    spoken = SPOKEN.split()
    words = [
        tuple(Word(one, n * 5 + w * 0.3, n * 5 + w * 0.3 + 0.25, 0.93) for w, one in enumerate(spoken))
        for n in range(count)
    ]
    sides = (Party.AGENT, Party.CUSTOMER)
    return [Utterance(sides[n % 2], n * 5.0, n * 5 + 4.5, SPOKEN, one) for n, one in enumerate(words)]


TRANSCRIPT = Transcript("en", 300.0, tuple(_utterances(60)))
HEARD = [Evidence("this call is recorded", n * 5.0, n * 5 + 2.0, Party.AGENT, 97.0, 0.9) for n in range(12)]
FINDINGS = tuple(
    # One of them is not kept.
    Finding(f"rule-{n:02}", Outcome.MET if n else Outcome.MISSED, "The agent says so.", evidence)
    for n, evidence in enumerate(HEARD)
)
FACTS = CallerFacts(
    UrgencyFact(Urgency.NORMAL, "Nothing sounds urgent."),
    callback_number=Fact("+14155550100", "four one five …", 0.9, 2.0, 6.0),
    caller_name=Fact("Diana Prince", "my name is Diana Prince", 0.9, 0.5, 2.0),
    reason=Fact("an invoice", "it is about an invoice", 0.8, 6.0, 9.0),
)
