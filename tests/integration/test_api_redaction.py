"""Over the web door nobody hears what is still to be silenced but who leads others."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.api_door import Door, a_wav, upload
from tests.builders import NOON
from voiceops.domain.masking import Masking
from voiceops.domain.people import Queue, Role
from voiceops.domain.private import Private, Silenced
from voiceops.domain.recording import RecordingKind, RecordingState


@pytest.fixture
def masked(door: Door) -> Door:
    """A door whose queue masks cards in calls and voicemails."""
    both = Masking(call=(Private.CARD,), voicemail=(Private.CARD,))
    with door.services.open_unit() as unit:
        unit.queues.put(Queue("sales", "Sales", masking=both))
        unit.commit()
    return door


def uploaded(door: Door, kind: RecordingKind, state: RecordingState) -> str:
    fields = {"kind": kind.value, "queue": "sales"}
    recording_id: str = upload(door.client(), a_wav(), fields=fields).json()["id"]
    changed(door, recording_id, state=state, agent_id="anna")
    return recording_id


def changed(door: Door, recording_id: str, **fields: Any) -> None:
    with door.services.open_unit() as unit:
        unit.recordings.save(replace(unit.recordings.get(recording_id), **fields))
        unit.commit()


def answers(door: Door, recording_id: str, who: Role | str) -> set[int]:
    client = door.client(who)
    paths = (f"/api/v1/recordings/{recording_id}/{part}" for part in ("audio", "clip?start=0&end=0.1"))
    return {client.get(path).status_code for path in paths}


@pytest.mark.parametrize("state", [RecordingState.RECEIVED, RecordingState.TRANSCRIBING, RecordingState.FAILED])
def test_a_call_that_is_not_redacted_yet_is_heard_by_leaders_alone(masked: Door, state: RecordingState) -> None:
    call = uploaded(masked, RecordingKind.CALL, state)
    assert answers(masked, call, Role.QA) == answers(masked, call, "anna") == {403}
    assert answers(masked, call, Role.SUPERVISOR) == answers(masked, call, Role.ADMIN) == {200}


def test_a_voicemail_that_cannot_be_transcribed_is_heard_by_its_agent(masked: Door) -> None:
    voicemail = uploaded(masked, RecordingKind.VOICEMAIL, RecordingState.TRANSCRIBING)
    assert answers(masked, voicemail, "anna") == {403}
    changed(masked, voicemail, state=RecordingState.FAILED)
    assert answers(masked, voicemail, "anna") == {200}


def test_it_is_heard_once_it_was_looked_through_and_where_nobody_masks_anything(masked: Door) -> None:
    call = uploaded(masked, RecordingKind.CALL, RecordingState.FAILED)
    changed(masked, call, redacted_at=NOON)
    assert answers(masked, call, Role.QA) == {200}
    with masked.services.open_unit() as unit:
        unit.queues.put(Queue("sales", "Sales", masking=Masking()))
        unit.commit()
    changed(masked, call, redacted_at=None)
    assert answers(masked, call, Role.QA) == {200}


def test_a_redacted_recording_is_sent_as_the_file_that_it_is(masked: Door, tmp_path: Path) -> None:
    call = uploaded(masked, RecordingKind.CALL, RecordingState.ANALYSED)
    (tmp_path / "call.wav").write_bytes(a_wav())
    masked.services.decoder.silence(tmp_path / "call.wav", tmp_path / "call.flac", ())
    with (tmp_path / "call.flac").open("rb") as source, masked.services.files.receive(source, limit_bytes=9999) as file:
        file.keep()
    silenced = (Silenced(Private.CARD, 0.25, 0.5, 1),)
    changed(masked, call, redacted_at=NOON, redacted_sha256=file.stored.sha256, silenced=silenced)
    answer = masked.client(Role.QA).get(f"/api/v1/recordings/{call}/audio")
    assert answer.content == (tmp_path / "call.flac").read_bytes()
    assert answer.headers["content-type"] == "audio/flac"
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''call.flac"
    assert answer.headers["etag"] == f'"{file.stored.sha256}"'
    shown = masked.client(Role.QA).get(f"/api/v1/recordings/{call}").json()
    assert shown["silenced"] == [{"what": "card", "start": 0.25, "end": 0.5, "channel": 1}]
    assert shown["sha256"] != file.stored.sha256
