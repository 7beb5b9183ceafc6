"""The short rows that figures are counted from never differ from the verdicts, findings and measures behind them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, islice

from alembic import command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Row, delete, insert, select

from tests.builders import NOON, a_recording, an_opening_set
from tests.contract.conftest import Database
from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.finding import NOT_KEPT, Evaluation, Finding, Outcome
from voiceops.domain.recording import RecordingKind
from voiceops.domain.review import Review
from voiceops.domain.trends import Figures, TrendSpan, Verdicts
from voiceops.errors import VoiceOpsError
from voiceops.ports import StoredKeywordSet
from voiceops.storage.database import migrating
from voiceops.storage.statements import put_many
from voiceops.storage.tables import recordings
from voiceops.storage.trend_tables import call_figures, speech_measures
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.storage.verdict_tables import findings, verdicts

WEEK = timedelta(weeks=1)
SPAN = TrendSpan(starts=(NOON - 2 * WEEK, NOON - WEEK, NOON), mention_sets=("complaints-en",))
CALLS = ("a", "b", "voicemail")
SETS = ("opening-en", "complaints-en")
PASSED = {Outcome.MET: True, Outcome.MISSED: False}

names = st.sampled_from(CALLS)
sets = st.sampled_from(SETS)
outcomes = st.sampled_from(list(Outcome))
places = st.sampled_from((None, "service", "sales"))
versions = st.sampled_from((1, 2))


@dataclass(frozen=True)
class Happening:
    """One of the things that may happen to a call; each takes of it what it needs."""

    name: str
    keyword_set: str
    version: int
    outcome: Outcome
    place: str | None
    number: int


def is_analysed(unit: SqlUnitOfWork, it: Happening) -> None:
    found = Finding("notice", it.outcome, "Why.")
    evaluation = Evaluation(it.keyword_set, it.version, 80.0, PASSED.get(it.outcome), (found,))
    unit.evaluations.put(it.name, evaluation, NOON)


def is_measured(unit: SqlUnitOfWork, it: Happening) -> None:
    ratio = None if it.place is None else it.number / 10
    unit.trends.keep_speech({it.name: SpeechMetrics((), float(it.number), ratio, 0.0)})


def is_reviewed(unit: SqlUnitOfWork, it: Happening) -> None:
    own = f"{it.name}-{next(numbers)}"
    unit.reviews.add(
        Review(own, it.name, it.keyword_set, it.version, "notice", Outcome.MISSED, it.outcome, "", "vera", NOON)
    )


def is_moved(unit: SqlUnitOfWork, it: Happening) -> None:
    stored = unit.recordings.get(it.name)
    unit.recordings.save(replace(stored, queue=it.place, agent_id=it.place and f"of-{it.place}"))


def its_result_is_removed(unit: SqlUnitOfWork, it: Happening) -> None:
    unit.retention.remove_result(it.name)


def it_is_erased(unit: SqlUnitOfWork, it: Happening) -> None:
    connection_of(unit).execute(delete(recordings).where(recordings.c.id == it.name))


def the_version_before_analyses_it(unit: SqlUnitOfWork, it: Happening) -> None:
    """It knows nothing of short rows."""
    own = {"recording_id": it.name, "keyword_set_id": it.keyword_set, "keyword_set_version": it.version}
    connection = connection_of(unit)
    put_many(connection, verdicts, [{**own, "score": 80.0, "passed": PASSED.get(it.outcome), "to_decide": 0}])
    theirs = (findings.c.recording_id == it.name, findings.c.keyword_set_id == it.keyword_set)
    connection.execute(delete(findings).where(*theirs))
    connection.execute(insert(findings).values(**own, rule_id="notice", outcome=it.outcome, is_reviewed=False))


def the_sweep_comes(unit: SqlUnitOfWork, it: Happening) -> None:
    unit.trends.judge(limit=it.number)


WHAT: tuple[Callable[[SqlUnitOfWork, Happening], None], ...] = (
    is_analysed,
    is_measured,
    is_reviewed,
    is_moved,
    its_result_is_removed,
    it_is_erased,
    the_version_before_analyses_it,
    the_sweep_comes,
)
numbers = count()
happenings = st.tuples(
    st.sampled_from(WHAT), st.builds(Happening, names, sets, versions, outcomes, places, st.integers(1, 9))
)


# Without shrinking: a shorter story that fails as well would take minutes to find.
@settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate]
)
@given(
    happened=st.lists(happenings, min_size=10, max_size=30), ago=st.lists(st.integers(0, 20), min_size=3, max_size=3)
)
def test_figures_are_those_of_the_rows_behind_them_whatever_happened(
    database: Database,
    happened: list[tuple[Callable[[SqlUnitOfWork, Happening], None], Happening]],
    ago: list[int],
) -> None:
    with database.unit() as unit:
        some_calls(unit, ago)
        for what, it in happened:
            happens(unit, what, it)
        expected = counted_one_by_one(connection_of(unit))
        assert counted(unit.trends.figures(SPAN)) == expected
        unit.trends.judge(limit=10)
        assert counted(unit.trends.figures(SPAN)) == expected
        assert unit.trends.judge(limit=10) == 0


def test_a_migration_counts_what_is_there_as_it_is_counted_afterwards(database: Database, database_url: str) -> None:
    with database.unit() as unit:
        some_calls(unit, [1, 2, 3])
        for number, (name, outcome) in enumerate(zip(islice(CALLS * 2, 7), Outcome, strict=False)):
            for keyword_set in SETS:
                is_analysed(unit, Happening(name, keyword_set, 1, outcome, "sales", number))
        is_measured(unit, Happening("b", "opening-en", 1, Outcome.MET, "sales", 4))
        unit.commit()
    before = rows_of(database)
    assert before
    for step in ("0029", "head"):
        with migrating(database_url) as config:
            (command.upgrade if step == "head" else command.downgrade)(config, step)
    assert rows_of(database) == before


def some_calls(unit: SqlUnitOfWork, days_ago: list[int]) -> None:
    for keyword_set in SETS:
        for version in (1, 2):
            text = an_opening_set(version, "this call is recorded").replace("opening-en", keyword_set)
            if keyword_set == "complaints-en":
                text = text.replace("required", "mention")
            checked = check_keyword_set(text, record=keyword_set)
            unit.keyword_sets.add(StoredKeywordSet(checked, "", NOON, "sara", active=version == 1))
    for name, days in zip(CALLS, days_ago, strict=True):
        kind = RecordingKind.VOICEMAIL if name == "voicemail" else RecordingKind.CALL
        unit.recordings.add(replace(a_recording(name, kind=kind), received_at=NOON - timedelta(days=days, hours=1)))


def happens(unit: SqlUnitOfWork, what: Callable[[SqlUnitOfWork, Happening], None], it: Happening) -> None:
    is_there = connection_of(unit).scalar(select(recordings.c.id).where(recordings.c.id == it.name))
    if is_there is None and what is not the_sweep_comes:
        return
    try:
        what(unit, it)
    except VoiceOpsError as error:
        raise AssertionError(str(error)) from error


def counted(found: Figures) -> dict[str, object]:
    """The figures in a form in which two ways of counting are compared."""
    of = found.compliance
    return {
        "weeks": {(one.week, one.keyword_set_id): one.verdicts for one in of.weeks},
        "queues": {one.name: one.verdicts.calls for one in of.queues},
        "agents": {one.name: one.verdicts.calls for one in of.agents},
        "not_kept": {(one.keyword_set_id, one.rule_id): one.calls for one in found.rules.not_kept},
        "mentions": {(one.week, one.keyword_set_id, one.rule_id): one.calls for one in found.rules.mentions},
        "speech": {
            one.week: (one.calls, round(one.dead_air_seconds, 6), one.talk_ratio and round(one.talk_ratio, 6))
            for one in found.speech
        },
    }


def counted_one_by_one(connection: Connection) -> dict[str, object]:
    """The same from the rows themselves."""
    calls = {
        row.id: (1 if row.received_at >= SPAN.starts[1] else 0, row)
        for row in connection.execute(select(recordings).where(recordings.c.kind == RecordingKind.CALL))
        if row.received_at >= SPAN.starts[0]
    }
    weeks: defaultdict[tuple[int, str], list[bool | None]] = defaultdict(list)
    groups: dict[str, Counter[str | None]] = {"queue": Counter(), "agent_id": Counter()}
    for own, row in ((one.recording_id, one) for one in connection.execute(select(verdicts))):
        if own in calls and row.keyword_set_id not in SPAN.mention_sets:
            weeks[calls[own][0], row.keyword_set_id].append(row.passed)
            for name, counts in groups.items():
                counts[getattr(calls[own][1], name)] += 1
    return {
        "weeks": {key: verdicts_of(passed) for key, passed in weeks.items()},
        "queues": dict(groups["queue"]),
        "agents": dict(groups["agent_id"]),
        **rules_one_by_one(connection, {own: week for own, (week, _) in calls.items()}),
        "speech": dict(speech_one_by_one(connection, {own: week for own, (week, _) in calls.items()})),
    }


def verdicts_of(passed: list[bool | None]) -> Verdicts:
    return Verdicts(passed.count(True), passed.count(False), passed.count(None))


def rules_one_by_one(connection: Connection, weeks: dict[str, int]) -> dict[str, object]:
    not_kept: Counter[tuple[str, str]] = Counter()
    mentions: Counter[tuple[int, str, str]] = Counter()
    for one in connection.execute(select(findings)):
        only_counts = one.keyword_set_id == "complaints-en"
        if one.recording_id in weeks and only_counts and one.outcome is Outcome.MET:
            mentions[weeks[one.recording_id], one.keyword_set_id, one.rule_id] += 1
        if one.recording_id in weeks and not only_counts and one.outcome in NOT_KEPT:
            not_kept[one.keyword_set_id, one.rule_id] += 1
    return {"not_kept": dict(not_kept), "mentions": dict(mentions)}


def speech_one_by_one(
    connection: Connection, weeks: dict[str, int]
) -> Iterator[tuple[int, tuple[int, float, float | None]]]:
    measured = [one for one in connection.execute(select(speech_measures)) if one.recording_id in weeks]
    for week in {weeks[one.recording_id] for one in measured}:
        theirs = [one for one in measured if weeks[one.recording_id] == week]
        ratios = [one.talk_ratio for one in theirs if one.talk_ratio is not None]
        dead_air = sum(one.dead_air_seconds for one in theirs) / len(theirs)
        yield week, (len(theirs), round(dead_air, 6), round(sum(ratios) / len(ratios), 6) if ratios else None)


def rows_of(database: Database) -> list[Row[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return list(connection.execute(select(call_figures).order_by(call_figures.c.recording_id)))


def connection_of(unit: SqlUnitOfWork) -> Connection:
    # What the version before does is done past today's stores.
    return unit._connection
