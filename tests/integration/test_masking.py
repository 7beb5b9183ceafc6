"""What a queue masks is nowhere in the database, from the first row on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.test_erasure import everything_stored
from tests.systems import System
from voiceops.analysis.queue_document import read_queue, write_queue
from voiceops.domain.masking import Masking
from voiceops.domain.people import Queue
from voiceops.domain.private import Private
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.errors import InvalidDocument
from voiceops.usecases.receive_recording import Upload, receive_recording

SOUND = Path(__file__).parents[2] / "samples" / "voicemails" / "02-polite.wav"
SAID = ("The number of my card is 4111 1111 1111 1111.", "Call me back at 202 555 0147.")


@pytest.fixture
def masking(make_system: Callable[[str], System], database_url: str) -> System:
    """A system whose queue masks cards everywhere and telephone numbers in calls."""
    system = make_system(database_url)
    system.hears(*SAID)
    with system.services.open_unit() as unit:
        both = (Private.CARD, Private.PHONE)
        unit.queues.put(Queue("sales", "Sales", masking=Masking(call=both, voicemail=(Private.CARD,))))
        unit.commit()
    return system


def received(system: System, kind: RecordingKind, *, queue: str | None) -> Recording:
    with SOUND.open("rb") as source:
        recording = receive_recording(system.services, Upload("a.wav", source, kind, queue=queue)).recording
    with system.services.open_view() as unit:
        return unit.recordings.get(recording.id)


def test_a_masked_number_is_in_no_column_of_any_table(masking: System, database_url: str) -> None:
    call = received(masking, RecordingKind.CALL, queue="sales")
    stored = everything_stored(database_url)
    assert "1111" not in stored
    assert "0147" not in stored
    assert "number of my card is" in stored
    assert call.silenced
    assert not masking.services.files.exists(call.sha256)
    assert masking.services.files.exists(call.file_sha256)


def test_a_voicemail_is_called_back_though_a_card_in_it_is_masked(masking: System, database_url: str) -> None:
    voicemail = received(masking, RecordingKind.VOICEMAIL, queue="sales")
    with masking.services.open_view() as unit:
        task = unit.tasks.find_by_recording(voicemail.id)
    assert task is not None
    assert task.number_to_call == "+12025550147"
    assert "4111 1111" not in everything_stored(database_url)


def test_other_queues_keep_every_word(masking: System, database_url: str) -> None:
    assert received(masking, RecordingKind.CALL, queue=None).notes == ()
    assert "4111" in everything_stored(database_url)


def test_a_queue_says_what_it_masks_in_its_document() -> None:
    queue = read_queue('{"title": "S", "masking": {"call": ["card"]}}', queue_id="s", region="US", record="s.json")
    assert queue.masking == Masking(call=(Private.CARD,))
    assert write_queue(queue)["masking"] == {"call": ["card"], "voicemail": [], "sound": True}
    with pytest.raises(InvalidDocument, match="masking"):
        read_queue('{"title": "S", "masking": {"call": ["shoe"]}}', queue_id="s", region="US", record="s.json")
