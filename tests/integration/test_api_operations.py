"""What people who run the system look at: failed jobs, settings, versions of keyword sets, a finding's words."""

import io
import re
import wave
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api_door import Door, a_wav, serving, upload
from tests.builders import NOON, a_recording
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome
from voiceops.domain.notice import NoticeState
from voiceops.domain.people import Role
from voiceops.domain.recording import Party, RecordingState
from voiceops.ports import Notice, Page
from voiceops.settings import Settings, settings_in_effect

SET = (Path(__file__).parents[2] / "keyword_sets" / "recording-notice-en.yaml").read_text(encoding="utf-8")


def failed_things(door: Door) -> tuple[str, str]:
    """A recording and a notice that failed; their ids."""
    door.stores(replace(a_recording("broken"), state=RecordingState.FAILED, failure="It holds no sound.", attempts=3))
    with door.services.open_unit() as unit:
        unit.tell(Notice("supervisor", "A subject", "A text", "no-task"))
        unit.commit()
    with door.services.open_unit() as unit:
        [notice] = unit.notices.list(None, Page(limit=2))
        unit.notices.save(replace(notice, state=NoticeState.FAILED, last_error="Nobody answers.", ended_at=NOON))
        unit.commit()
    return "broken", notice.id


def test_failed_jobs_are_listed_with_reasons_and_tried_again_one_by_one_or_all(door: Door) -> None:
    lead = door.client(Role.SUPERVISOR)
    recording_id, notice_id = failed_things(door)
    first, second = lead.get("/api/v1/jobs/failed").json()["items"]
    assert (first["kind"], first["id"], first["reason"]) == ("recording", recording_id, "It holds no sound.")
    assert (second["kind"], second["id"], second["reason"]) == ("notice", notice_id, "Nobody answers.")
    assert lead.post(second["retry"]).status_code == 202
    assert lead.post("/api/v1/jobs/failed/retry").json() == {"recordings": 1, "notices": 0}
    assert lead.get("/api/v1/jobs/failed").json()["items"] == []
    assert {"lane": "transcribe", "waiting": 1} in lead.get("/api/v1/jobs").json()["lanes"]


def test_settings_are_shown_as_in_effect_and_no_secret_is(door: Door) -> None:
    settings = Settings(region="HU", database_url="postgresql://voiceops:hush@db/voiceops")
    with serving(replace(door.services, settings=settings_in_effect(settings))) as port:
        client = door.client()
        answer = client.get(f"http://127.0.0.1:{port}/api/v1/settings")
    assert "hush" not in answer.text
    shown = {one["name"]: one for one in answer.json()["items"]}
    assert len(shown) == len(Settings.model_fields)
    assert (shown["VOICEOPS_REGION"]["value"], shown["VOICEOPS_REGION"]["is_default"]) == ("HU", False)
    assert (shown["VOICEOPS_DATABASE_URL"]["value"], shown["VOICEOPS_DATABASE_URL"]["is_secret"]) == ("••••", True)
    assert (shown["VOICEOPS_PORT"]["value"], shown["VOICEOPS_PORT"]["is_default"]) == ("8000", True)
    assert shown["VOICEOPS_MAIL_URL"]["value"] is None


def test_two_versions_are_compared_and_each_comes_back_as_its_file(door: Door) -> None:
    lead = door.client(Role.SUPERVISOR)
    later = SET.replace("version: 1", "version: 2", 1).replace("title: ", "title: New ", 1)
    for text, activate in ((SET, True), (later, False)):
        sent = lead.post("/api/v1/keyword-sets", content=text.encode(), params={"activate": activate})
        assert sent.status_code == 201, sent.text
    path = "/api/v1/keyword-sets/recording-notice-en"
    diff = lead.get(f"{path}/diff").json()
    assert (diff["before"], diff["after"]) == (1, 2)
    [title] = diff["differences"][0]["fields"]
    assert title["after"] == f"New {title['before']}"
    turned = lead.get(f"{path}/diff", params={"before": 2, "after": 1}).json()
    assert turned["differences"][0]["fields"][0]["before"] == title["after"]
    export = lead.get(f"{path}/export", params={"version": 2})
    assert (export.text, export.headers["content-type"]) == (later, "application/yaml")
    assert export.headers["content-disposition"] == 'attachment; filename="recording-notice-en-v2.yaml"'
    assert lead.get(f"{path}/export").text == SET
    for what in ("diff", "export"):
        assert lead.get(f"/api/v1/keyword-sets/unknown/{what}").status_code == 404


@pytest.mark.parametrize(("rule", "status"), [("heard", 200), ("missed", 404), ("unknown", 404)])
def test_the_words_of_a_finding_are_cut_out_with_a_little_around_them(door: Door, rule: str, status: int) -> None:
    qa = door.client(Role.QA)
    recording_id = upload(door.client(), a_wav(4.0)).json()["id"]
    assert door.client().post("/api/v1/keyword-sets", content=SET.encode()).status_code == 201
    heard = Evidence(words="this call is recorded", start=2.0, end=3.0, party=Party.AGENT, similarity=1.0)
    findings = (Finding("heard", Outcome.MET, "It was said.", heard), Finding("missed", Outcome.MISSED, "It was not."))
    with door.services.open_unit() as unit:
        evaluation = Evaluation("recording-notice-en", 1, 100.0, passed=True, findings=findings)
        unit.evaluations.put(recording_id, evaluation, NOON)
        unit.commit()
    path = f"/api/v1/recordings/{recording_id}/findings/recording-notice-en/{rule}/clip"
    answer = qa.get(path, params={"margin": 0.5})
    assert answer.status_code == status
    if status == 200:
        with wave.open(io.BytesIO(answer.content)) as clip:
            assert clip.getnframes() / clip.getframerate() == 2.0


def test_the_figures_tell_how_long_work_has_waited_what_failed_and_why(door: Door) -> None:
    since = door.services.clock.now() - timedelta(minutes=5)
    door.stores(replace(a_recording("waits"), received_at=since, state_changed_at=since))
    door.stores(
        replace(a_recording("broken", state=RecordingState.FAILED), failure="It holds no sound. Send it again.")
    )
    given = door.client(Role.SUPERVISOR).get("/metrics").raise_for_status().text
    assert 'voiceops_recordings{kind="call",state="received"} 1.0' in given
    assert 'voiceops_recordings_failed{reason="It holds no sound"} 1.0' in given
    found = re.search(r'voiceops_lane_oldest_seconds\{lane="transcribe"\} (\S+)', given)
    assert found is not None
    assert 300 <= float(found[1]) < 400
    assert 'voiceops_lane_oldest_seconds{lane="analyse"} 0.0' in given
    assert "voiceops_redis_up 1.0" in given
