"""Counts and averages over weeks of calls, on each database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_recording, an_agent, an_opening_set
from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.people import Queue
from voiceops.domain.recording import RecordingKind
from voiceops.domain.review import Review
from voiceops.domain.trends import (
    GroupVerdicts,
    LeftVoicemail,
    MentionCount,
    RuleCount,
    RuleFigures,
    TrendSpan,
    Verdicts,
    WeekVerdicts,
)
from voiceops.ports import StoredKeywordSet
from voiceops.storage.unit_of_work import SqlUnitOfWork

WEEK = timedelta(weeks=1)
SPAN = TrendSpan(starts=(NOON - 2 * WEEK, NOON - WEEK, NOON))
MET, MISSED, UNCERTAIN = Outcome.MET, Outcome.MISSED, Outcome.UNCERTAIN
PASSED = {MET: True, MISSED: False, UNCERTAIN: None}


def a_call(  # noqa: PLR0913 - each fact of a call may matter to a test
    unit: SqlUnitOfWork,
    name: str,
    outcome: Outcome,
    *,
    weeks_ago: float = 0.5,
    queue: str | None = "service",
    agent_id: str | None = "ana",
    keyword_set: str = "opening-en",
) -> None:
    """Judged by one rule, `notice`, which makes it pass or fail."""
    at = NOON - weeks_ago * WEEK
    unit.recordings.add(replace(a_recording(name), received_at=at, queue=queue, agent_id=agent_id))
    evaluation = Evaluation(keyword_set, 1, None, PASSED[outcome], (Finding("notice", outcome, "Why."),))
    unit.evaluations.put(name, evaluation, NOON)


def test_verdicts_are_counted_by_week_and_set_by_queue_and_by_agent(unit: SqlUnitOfWork) -> None:
    a_call(unit, "a", MET, weeks_ago=1.5)
    a_call(unit, "b", MISSED)
    a_call(unit, "c", UNCERTAIN, queue=None, agent_id=None)
    a_call(unit, "d", MET, queue="sales", agent_id="ben", keyword_set="sales-en")
    a_call(unit, "too-old", MISSED, weeks_ago=2.1)
    found = unit.trends.figures(SPAN).compliance
    assert found.weeks == [
        WeekVerdicts(0, "opening-en", Verdicts(passed=1)),
        WeekVerdicts(1, "opening-en", Verdicts(failed=1, undecided=1)),
        WeekVerdicts(1, "sales-en", Verdicts(passed=1)),
    ]
    assert found.queues == [
        GroupVerdicts("service", Verdicts(passed=1, failed=1)),
        GroupVerdicts("sales", Verdicts(passed=1)),
        GroupVerdicts(None, Verdicts(undecided=1)),
    ]
    assert [one.name for one in found.agents] == ["ana", "ben", None]


@pytest.mark.parametrize(
    ("span", "calls"),
    [
        (replace(SPAN, queue="sales"), 1),
        (replace(SPAN, agent_id="ana"), 2),
        (replace(SPAN, keyword_set_id="sales-en"), 1),
        (replace(SPAN, teams=("north",)), 2),
        (replace(SPAN, teams=("south",)), 1),
        (replace(SPAN, teams=()), 0),
    ],
    ids=str,
)
def test_figures_can_be_narrowed(unit: SqlUnitOfWork, span: TrendSpan, calls: int) -> None:
    unit.agents.put(replace(an_agent("ana"), team="north"))
    unit.queues.put(Queue("sales", "Sales", team="south"))
    a_call(unit, "a", MISSED)
    a_call(unit, "b", MISSED)
    a_call(unit, "c", MISSED, queue="sales", agent_id="ben", keyword_set="sales-en")
    assert sum(one.verdicts.calls for one in unit.trends.figures(span).compliance.weeks) == calls
    assert sum(one.calls for one in unit.trends.figures(span).rules.not_kept) == calls


def test_rules_that_were_not_kept_are_counted_as_people_say(unit: SqlUnitOfWork) -> None:
    keyword_set = check_keyword_set(an_opening_set(1, "this call is recorded"), record="opening-en")
    unit.keyword_sets.add(StoredKeywordSet(keyword_set, "", NOON, "sara", active=True))
    for name in ("a", "b", "c"):
        a_call(unit, name, MISSED)
    a_call(unit, "d", MISSED, keyword_set="sales-en")
    a_call(unit, "e", UNCERTAIN)
    unit.reviews.add(Review("r", "a", "opening-en", 1, "notice", MISSED, MET, "", "vera", NOON))
    assert unit.trends.figures(SPAN).rules.not_kept == [
        RuleCount("opening-en", "notice", 2),
        RuleCount("sales-en", "notice", 1),
    ]


def a_set_that_only_counts(unit: SqlUnitOfWork, name: str) -> None:
    text = an_opening_set(1, "this call is recorded").replace("opening-en", name).replace("required", "mention")
    keyword_set = check_keyword_set(text, record=name)
    unit.keyword_sets.add(StoredKeywordSet(keyword_set, "", NOON, "sara", active=True))


def test_mentions_are_counted_by_week(unit: SqlUnitOfWork) -> None:
    a_set_that_only_counts(unit, "opening-en")
    a_call(unit, "a", MET, weeks_ago=1.5)
    a_call(unit, "b", MET)
    a_call(unit, "c", MET)
    a_call(unit, "d", MISSED)
    a_call(unit, "e", MET, keyword_set="sales-en")
    assert unit.trends.figures(SPAN).rules == RuleFigures(
        not_kept=[], mentions=[MentionCount(0, "opening-en", "notice", 1), MentionCount(1, "opening-en", "notice", 2)]
    )


def test_what_only_counts_is_never_missed_and_judges_nobody(unit: SqlUnitOfWork) -> None:
    a_set_that_only_counts(unit, "complaints-en")
    a_call(unit, "a", MISSED)
    a_call(unit, "b", MISSED, keyword_set="complaints-en")
    span = replace(SPAN, mention_sets=("complaints-en",))
    assert unit.trends.figures(span).rules.not_kept == [RuleCount("opening-en", "notice", 1)]
    assert [one.keyword_set_id for one in unit.trends.figures(span).compliance.weeks] == ["opening-en"]


def test_speech_is_averaged_by_week_and_a_ratio_only_where_it_is_known(unit: SqlUnitOfWork) -> None:
    for name in ("a", "b", "c"):
        a_call(unit, name, MET)
    unit.trends.keep_speech({"a": SpeechMetrics((), 9.0, 0.9, 0.0), "b": SpeechMetrics((), 0.0, 0.5, 0.0)})
    # Measured again, it counts once.
    unit.trends.keep_speech({"a": SpeechMetrics((), 10.0, 0.7, 0.0), "c": SpeechMetrics((), 5.0, None, 0.0)})
    [week] = unit.trends.figures(SPAN).speech
    assert (week.week, week.calls, week.dead_air_seconds) == (1, 3, 5.0)
    assert week.talk_ratio == pytest.approx(0.6)
    assert unit.trends.figures(replace(SPAN, queue="sales")).speech == []


def test_voicemails_come_with_their_queue_and_instant(unit: SqlUnitOfWork) -> None:
    a_call(unit, "call", MET)
    for name, at in (("new", NOON - WEEK), ("old", NOON - 3 * WEEK)):
        voicemail = a_recording(name, kind=RecordingKind.VOICEMAIL)
        unit.recordings.add(replace(voicemail, received_at=at, queue="service"))
    assert unit.trends.voicemails(SPAN) == [LeftVoicemail("new", "service", NOON - WEEK)]
