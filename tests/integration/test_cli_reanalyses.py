"""Keyword set versions and reviews on the command line: one JSON document, or status 2 and a sentence."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_recording, a_transcript, an_opening_set
from voiceops.bootstrap import build_services
from voiceops.cli import main
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.domain.recording import RecordingState
from voiceops.ports import Job, Services
from voiceops.settings import Settings
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.reanalyse_part import reanalyse_part

OLD, NEW = "this call is recorded", "we keep a recording of our conversation"


def voiceops(*words: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ending:
        main([str(word) for word in words])
    return int(ending.value.code or 0), out.getvalue(), err.getvalue()


def result(*words: object) -> Any:
    status, out, err = voiceops(*words, "--json")
    assert status == 0, err
    return json.loads(out)


@pytest.fixture
def services(tmp_path: Path, sqlite_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Services:
    """The same database as the commands', with version 1 in use and two calls that say its wording."""
    for name, value in (("DATA_DIR", tmp_path), ("DATABASE_URL", sqlite_url), ("REDIS_URL", redis_url)):
        monkeypatch.setenv(f"VOICEOPS_{name}", str(value))

    def ignore(_: Job) -> None:
        """The tests do the jobs themselves."""

    services = build_services(Settings(), jobs=InlineJobQueue(ignore))
    result("keywords", "upload", a_file(tmp_path, 1, OLD))
    for name in ("a", "b"):
        with services.open_unit() as unit:
            unit.recordings.add(a_recording(name, state=RecordingState.TRANSCRIBED))
            unit.transcripts.put(name, a_transcript(f"agent: good morning {OLD}"))
            unit.commit()
        analyse_recording(services, name)
    return services


def a_file(folder: Path, version: int, variant: str) -> Path:
    path = folder / f"opening-{version}.yaml"
    path.write_text(an_opening_set(version, variant), encoding="utf-8")
    return path


def work(services: Services, reanalysis_id: str) -> None:
    """Do what the worker would."""
    with services.open_view() as unit:
        parts = unit.reanalyses.parts(reanalysis_id)
    for part in parts:
        reanalyse_part(services, part.id)


def test_a_version_is_stored_looked_at_ahead_and_taken_into_use(services: Services, tmp_path: Path) -> None:
    stored = result("keywords", "upload", a_file(tmp_path, 2, NEW), "--no-activate")
    assert stored == {"id": "opening-en", "version": 2, "active": False, "reanalysis": None}
    begun = result("keywords", "what-if", "opening-en", 2)
    assert (begun["purpose"], begun["state"], begun["total"]) == ("what_if", "running", 2)
    work(services, begun["id"])
    found = result("keywords", "progress", "opening-en", "--changes", 1, "--rule", "notice")
    assert (found["state"], found["changed"]) == ("done", 2)
    assert found["changes"] == [{"recording_id": "a", "rule": "notice", "before": "met", "after": "missed"}]
    assert found["summary"][1] == {"rule": "notice", "before": "met", "after": "missed", "calls": 2}
    applied = result("keywords", "activate", "opening-en", 2, "--from", "2026-01-01", "--by", "lead")
    assert (applied["purpose"], applied["asked_by"], applied["from_at"]) == (
        "apply",
        "lead",
        "2026-01-01T00:00:00.000Z",
    )
    assert result("keywords", "cancel", "opening-en")["state"] == "cancelled"


def test_people_read_sentences_and_tables(services: Services, tmp_path: Path) -> None:
    status, out, _ = voiceops("keywords", "upload", a_file(tmp_path, 2, NEW))
    assert status == 0
    assert "opening-en version 2 is in use." in out
    assert "running, 0 of 2 calls looked at (0%)" in out
    work(services, result("keywords", "progress", "opening-en")["id"])
    shown = voiceops("keywords", "progress", "opening-en", "--changes", "9")[1]
    assert "done, 2 of 2 calls looked at (100%), 2 changed." in shown
    assert "whole call" in shown
    _, waited, _ = voiceops("keywords", "what-if", "opening-en", 2, "--to", "2020-01-01", "--wait")
    assert "0 would change" in waited


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("keywords", "progress", "nothing"), "nothing: Stored calls were never evaluated anew"),
        (("keywords", "what-if", "opening-en", "9"), "opening-en: There is no version 9"),
        (("keywords", "activate", "opening-en", "1"), "opening-en: Version 1 is in use already."),
        (("keywords", "activate", "opening-en", "1", "--from", "soon"), "“soon” is not a time"),
        (("keywords", "upload", "none.yaml"), "none.yaml: There is no such file."),
        (("reviews", "trust", "nothing"), "nothing: There is no active version"),
        (("reviews", "add", "a", "--set", "opening-en", "--rule", "x", "--by", "q"), "has no rule x"),
    ],
    ids=str,
)
def test_what_cannot_be_done_ends_with_a_sentence_and_status_2(words: tuple[str, ...], sentence: str) -> None:
    status, out, err = voiceops(*words)
    assert (status, out) == (2, "")
    assert sentence in err


@pytest.mark.usefixtures("services")
def test_a_finding_is_reviewed_and_the_rules_trust_shown() -> None:
    about = ("a", "--set", "opening-en", "--rule", "notice", "--by", "quinn")
    assert result("reviews", "add", *about)["confirms"] is True
    corrected = result("reviews", "add", *about, "--outcome", "refused", "--note", "He says it is not.")
    assert (corrected["machine_outcome"], corrected["outcome"]) == ("met", "refused")
    [rule] = result("reviews", "trust", "opening-en")["rules"]
    assert (rule["rule"], rule["reviews"]["corrected"], rule["precision"]["value"]) == ("notice", 1, 0.0)
    assert "precision" in voiceops("reviews", "trust", "opening-en")[1]
    assert (
        "corrected from met to refused" in voiceops("reviews", "add", *about, "--outcome", "refused", "--note", "x")[1]
    )
