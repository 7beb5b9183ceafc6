"""People confirm and correct findings, and each rule's trust follows from it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.builders import a_recording, a_transcript
from tests.systems import System
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import RecordingState
from voiceops.domain.review import Review
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import Job, JobName, Lane
from voiceops.usecases.measure_trust import measure_trust
from voiceops.usecases.review_finding import Judgement, review_finding
from voiceops.usecases.upload_keyword_set import upload_keyword_set

SET = """\
format: 1
id: sales-en
version: {version}
title: Sales
language: en
owner: quality team
reason: Customers must hear that the call is recorded.
keyphrases:
  recording-notice: {{variants: [this call is recorded]}}
  guarantee: {{variants: [{guarantee}]}}
rules:
  - {{id: notice, title: Says it, expect: required, keyphrase: recording-notice, party: agent}}
  - {{id: guarantee, title: Promises nothing, expect: forbidden, keyphrase: guarantee, party: agent}}
"""


def upload(system: System, version: int, guarantee: str = "we guarantee the best price") -> None:
    text = SET.format(version=version, guarantee=guarantee)
    upload_keyword_set(system.services, text, file_name="sales.yaml", uploaded_by="lead")


def store_call(system: System, recording_id: str, text: str) -> None:
    with system.services.open_unit() as unit:
        unit.recordings.add(a_recording(recording_id, state=RecordingState.TRANSCRIBED))
        unit.transcripts.put(recording_id, a_transcript(f"agent: {text}"))
        unit.commit()
    system.run(Job(JobName.ANALYSE, Lane.ANALYSE, recording_id, timeout_seconds=60))


NOTICE = Judgement("call", "sales-en", "notice")


def review(system: System, outcome: Outcome | None = None, note: str = "", about: Judgement = NOTICE) -> Review:
    return review_finding(system.services, replace(about, outcome=outcome, note=note), reviewer="quinn")


@pytest.fixture
def system(make_system: Callable[[str], System], database_url: str) -> System:
    """A system with one analysed call, on each database."""
    made = make_system(database_url)
    upload(made, 1)
    store_call(made, "call", "good morning this call is recorded")
    return made


def test_a_person_confirms_a_finding(system: System) -> None:
    made = review(system)
    assert (made.machine_outcome, made.outcome, made.confirms) == (Outcome.MET, Outcome.MET, True)
    assert (made.keyword_set_version, made.reviewer, made.at) == (1, "quinn", system.clock.now())


def test_a_correction_stands_beside_the_machines_answer_and_a_later_one_counts(system: System) -> None:
    first = review(system, Outcome.REFUSED, "He says it is not recorded.")
    second = review(system, Outcome.MET, "No, I misheard.")
    with system.services.open_view() as unit:
        assert unit.reviews.of_recording("call") == [first, second]
        assert unit.reviews.latest("sales-en") == [second]
        [evaluation] = unit.evaluations.of_recording("call")
    assert first.machine_outcome is evaluation.findings[0].outcome is Outcome.MET


def test_what_is_not_there_cannot_be_reviewed(system: System) -> None:
    with pytest.raises(NotFound, match="nobody"):
        review(system, about=replace(NOTICE, recording_id="nobody"))
    with pytest.raises(NotFound, match="not evaluated with the keyword set service"):
        review(system, about=replace(NOTICE, keyword_set_id="service"))
    with pytest.raises(NotFound, match="has no rule price"):
        review(system, about=replace(NOTICE, rule_id="price"))


def test_a_finding_that_was_made_anew_meanwhile_is_a_conflict(system: System) -> None:
    upload(system, 2)
    with pytest.raises(Conflict, match="Version 2 made this finding anew; you looked at version 1"):
        review(system, about=replace(NOTICE, version=1))
    assert review(system, about=replace(NOTICE, version=2)).keyword_set_version == 2


def test_an_answer_that_the_rule_cannot_have_is_refused_with_those_it_can(system: System) -> None:
    with pytest.raises(BadInput, match="Answer one of: met, violated, not_applicable"):
        review(system, Outcome.MISSED, "x", replace(NOTICE, rule_id="guarantee"))
    with pytest.raises(BadInput, match="Answer one of: met, missed, refused, not_applicable"):
        review(system, Outcome.UNCERTAIN, "x")


def test_a_correction_needs_a_note(system: System) -> None:
    with pytest.raises(BadInput, match=r"from met to missed needs a note"):
        review(system, Outcome.MISSED, "  ")


def test_trust_counts_reviews_of_other_versions_where_the_rule_is_the_same(system: System) -> None:
    review(system)
    review(system, about=replace(NOTICE, rule_id="guarantee"))
    upload(system, 2, guarantee="you can be sure of the best price")
    with system.services.open_view() as unit:
        active, old = measure_trust(unit, "sales-en"), measure_trust(unit, "sales-en", 1)
    assert (active.keyword_set.version, old.keyword_set.version) == (2, 1)
    assert [rule.tally.confirmed for rule in active.rules] == [1, 0]
    assert [rule.tally.confirmed for rule in old.rules] == [1, 1]


def test_a_call_reviewed_under_two_versions_is_one_piece_of_evidence(system: System) -> None:
    review(system)
    upload(system, 2)
    review(system, Outcome.MISSED, "Not a word of it.")
    with system.services.open_view() as unit:
        [notice, _] = measure_trust(unit, "sales-en").rules
    assert (notice.tally.confirmed, notice.tally.corrected) == (0, 1)


def test_trust_in_an_unknown_set_is_not_found(system: System) -> None:
    with system.services.open_view() as unit, pytest.raises(NotFound):
        measure_trust(unit, "nothing")
