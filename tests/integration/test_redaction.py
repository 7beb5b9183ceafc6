"""What is masked in the words cannot be heard either, in no file that is left and at no moment."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.audio_files import Encoding, tone, write_audio
from tests.integration.test_cli_tasks import voiceops
from tests.integration.test_erasure import everything_stored
from tests.systems import System
from voiceops.bootstrap import build_files, build_vault
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.masking import Masking
from voiceops.domain.people import Queue
from voiceops.domain.private import Private
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.domain.retention import KeepDays, Retention
from voiceops.domain.transcript import Segment, Span, Word
from voiceops.errors import BadInput, EngineFailed, NotFound
from voiceops.ports import AccessFilter, Signal, SpeechChannel, Transcription
from voiceops.settings import Settings, settings_in_effect
from voiceops.storage.back_up import back_up
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.restore import restore
from voiceops.storage.sealed_files import read_vault
from voiceops.usecases.compare_files import Comparison, compare_files
from voiceops.usecases.erase_person import Whom, erase_person
from voiceops.usecases.expire_recordings import expire_recordings
from voiceops.usecases.finish_redactions import finish_redactions
from voiceops.usecases.hold_recording import hold_recording
from voiceops.usecases.lift_hold import lift_hold
from voiceops.usecases.open_original import open_original
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.redact_stored import not_redacted, redact_stored
from voiceops.usecases.remove_strays import remove_strays
from voiceops.usecases.retry_recording import retry_recording

SECONDS = 12
WAV = Encoding(".wav", "wav", "pcm_s16le", "s16", "pcm_s16le")
CARD = Masking(call=(Private.CARD,), voicemail=(Private.CARD,))
SAID = ["my", "card", "is", "4111", "1111", "1111", "1111", "thank", "you"]


class TimedTranscriber:
    """Hears one sentence on the channel `on`, a word each second from the first on, wherever that has any sound."""

    name = "timed"

    def __init__(self, words: Sequence[str] = SAID, *, on: int = 1) -> None:
        self.words, self.on = words, on
        self.fails = False

    def check(self) -> None:
        """Nothing can be missing."""

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        if self.fails:
            raise EngineFailed("It failed.", record="timed", next_step="Try again.")
        heard = [self._heard(one.signal) if at == self.on % len(channels) else () for at, one in enumerate(channels)]
        return Transcription("en", tuple(heard))

    def _heard(self, signal: Signal) -> tuple[Segment, ...]:
        placed = [Word(text, at + 1.1, at + 1.9, 0.9) for at, text in enumerate(self.words)]
        words = tuple(one for one in placed if np.any(signal[int(one.start * 16000) : int(one.end * 16000)]))
        return (Segment(words[0].start, words[-1].end, " ".join(one.text for one in words), words),) if words else ()


class OneVoice:
    """Hears a voice throughout."""

    def detect(self, signal: Signal) -> tuple[Span, ...]:
        return (Span(0.0, len(signal) / 16000),)


@pytest.fixture
def engine() -> TimedTranscriber:
    return TimedTranscriber()


@pytest.fixture
def masking(make_system: Callable[[str], System], database_url: str, engine: TimedTranscriber) -> System:
    """A system that masks cards everywhere."""
    return that_masks(make_system(database_url), engine)


def that_masks(system: System, engine: TimedTranscriber) -> System:
    system.hears(transcriber=engine)
    policy = replace(system.services.policy, masking=CARD)
    system.services = replace(system.services, policy=policy, detector=OneVoice)
    return system


def noise(seed: int) -> Signal:
    """Sound that is nowhere silent and on no two channels alike."""
    return np.random.default_rng(seed).integers(-3000, 3000, SECONDS * 16_000).astype(np.int16) | 1


def sent(system: System, folder: Path, *, kind: RecordingKind = RecordingKind.CALL, channels: int = 2) -> Recording:
    path = write_audio(folder / "call.wav", WAV, [noise(number) for number in range(channels)])
    with path.open("rb") as source:
        return receive_recording(system.services, Upload("call.wav", source, kind)).recording


def stored(system: System, recording: Recording) -> Recording:
    with system.services.open_view() as unit:
        return unit.recordings.get(recording.id)


def heard(system: System, recording: Recording, folder: Path) -> list[Signal]:
    with system.services.files.open_local(recording.file_sha256) as path:
        (folder / "workspace").mkdir(exist_ok=True)
        return [np.array(one) for one in system.services.decoder.decode(path, folder / "workspace").signals]


def is_silent(signal: Signal, start: float, end: float) -> bool:
    return not np.any(signal[int(start * 16_000) : int(end * 16_000)])


def test_the_customers_channel_is_silent_at_the_card_and_everything_else_is_as_it_was(
    masking: System, tmp_path: Path
) -> None:
    call = stored(masking, sent(masking, tmp_path))
    assert call.state is RecordingState.ANALYSED
    (one,) = call.silenced
    assert (one.what, one.channel) == (Private.CARD, 1)
    assert (one.start, one.end) == pytest.approx((3.75, 8.25), abs=0.3)
    agent, customer = heard(masking, call, tmp_path)
    assert len(agent) == len(customer) == SECONDS * 16_000
    assert is_silent(customer, one.start, one.end)
    assert np.array_equal(agent, noise(0))
    assert np.array_equal(customer[: int(one.start * 16_000)], noise(1)[: int(one.start * 16_000)])
    assert np.array_equal(customer[int(one.end * 16_000) + 1 :], noise(1)[int(one.end * 16_000) + 1 :])


def test_only_the_redacted_file_is_left_and_the_same_bytes_are_still_known(masking: System, tmp_path: Path) -> None:
    call = stored(masking, sent(masking, tmp_path))
    assert set(masking.services.files.all_sha256()) == {call.file_sha256} != {call.sha256}
    assert call.replaced_sha256 is None
    assert sent(masking, tmp_path).id == call.id
    assert set(masking.services.files.all_sha256()) == {call.file_sha256}


def test_the_picture_of_the_sound_is_flat_there(masking: System, tmp_path: Path) -> None:
    call = stored(masking, sent(masking, tmp_path))
    with masking.services.open_view() as unit:
        drawn = unit.waveforms.find(call.id)
    assert drawn is not None
    agent, customer = drawn.channels
    middle = len(customer.high) // 2
    assert (customer.low[middle], customer.high[middle]) == (0, 0)
    assert agent.high[middle] > 0
    assert customer.high[0] > 0


def test_a_second_transcription_loses_no_silence_and_adds_what_it_finds(
    masking: System, engine: TimedTranscriber, tmp_path: Path
) -> None:
    call = sent(masking, tmp_path)
    first = stored(masking, call)
    engine.words = ["no"] * 3 + ["nothing"] * 5 + ["5500", "0000", "0000", "0004"][:2]
    again(masking, call)
    second = stored(masking, call)
    assert second.silenced == first.silenced
    engine.words, engine.on = ["and", "5500", "0000", "0000", "0004"], 0
    again(masking, call)
    third = stored(masking, call)
    assert {one.channel for one in third.silenced} == {0, 1}
    agent, customer = heard(masking, third, tmp_path)
    assert all(is_silent((agent, customer)[one.channel or 0], one.start, one.end) for one in third.silenced)
    assert set(masking.services.files.all_sha256()) == {third.file_sha256}


def again(system: System, call: Recording) -> None:
    """Transcribe it once more, as after a failed analysis."""
    with system.services.open_unit() as unit:
        failed = replace(unit.recordings.get(call.id), state=RecordingState.FAILED, failure="It failed.")
        unit.recordings.save(failed)
        unit.commit()
    retry_recording(system.services, call.id)


@pytest.mark.parametrize("channels", [1, 3])
def test_where_nobody_knows_whose_channel_it_is_all_fall_silent(
    masking: System, engine: TimedTranscriber, tmp_path: Path, channels: int
) -> None:
    engine.on = 0
    call = stored(masking, sent(masking, tmp_path, channels=channels))
    assert {one.channel for one in call.silenced} == {None}
    assert all(is_silent(one, call.silenced[0].start, call.silenced[0].end) for one in heard(masking, call, tmp_path))


def test_a_worker_that_dies_before_it_removes_the_original_is_finished_by_the_sweep(
    masking: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voiceops.usecases.transcribe_recording.finish_redaction", lambda *_: None)
    call = stored(masking, sent(masking, tmp_path))
    assert call.replaced_sha256 == call.sha256
    assert masking.services.files.exists(call.sha256)
    assert finish_redactions(masking.services) == 1
    assert set(masking.services.files.all_sha256()) == {call.file_sha256}
    assert finish_redactions(masking.services) == 0


def test_an_original_that_is_put_back_by_hand_is_noticed_and_removed_at_once(masking: System, tmp_path: Path) -> None:
    call = stored(masking, sent(masking, tmp_path))
    files = masking.services.files
    with (tmp_path / "call.wav").open("rb") as source, files.receive(source, limit_bytes=1 << 30) as incoming:
        incoming.keep()
    assert compare_files(masking.services).unredacted == (call.sha256,)
    assert remove_strays(masking.services) == 1
    assert set(masking.services.files.all_sha256()) == {call.file_sha256}


def test_a_queue_may_mask_the_words_alone(masking: System, tmp_path: Path) -> None:
    with masking.services.open_unit() as unit:
        unit.queues.put(Queue("words", "Words", masking=replace(CARD, sound=False)))
        unit.commit()
    path = write_audio(tmp_path / "w.wav", WAV, [tone(440, 9, 16_000)] * 2)
    with path.open("rb") as source:
        sent_to = Upload("w.wav", source, RecordingKind.CALL, queue="words")
        call = stored(masking, receive_recording(masking.services, sent_to).recording)
    assert (call.silenced, call.redacted_at, call.file_sha256) == ((), None, call.sha256)


def test_a_voicemail_is_called_back_at_its_masked_number(
    masking: System, engine: TimedTranscriber, tmp_path: Path
) -> None:
    everything = Masking(voicemail=tuple(Private))
    masking.services = replace(masking.services, policy=replace(masking.services.policy, masking=everything))
    engine.words, engine.on = ["my", "number", "is", "202", "555", "0147", "please", "call"], 0
    voicemail = stored(masking, sent(masking, tmp_path, kind=RecordingKind.VOICEMAIL, channels=1))
    with masking.services.open_view() as unit:
        task = unit.tasks.find_by_recording(voicemail.id)
        transcript = unit.transcripts.get(voicemail.id)
    assert task is not None
    assert task.number_to_call == "+12025550147"
    assert "555" not in transcript.utterances[0].text
    (one,) = voicemail.silenced
    assert (one.start, one.end) == pytest.approx((3.75, 7.25), abs=0.3)
    again(masking, voicemail)
    with masking.services.open_view() as unit:
        task = unit.tasks.find_by_recording(voicemail.id)
    assert task is not None
    assert task.number_to_call == "+12025550147"


KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def keeping(masking: System) -> System:
    """The same system, which keeps originals."""
    return that_keeps(masking)


def that_keeps(system: System) -> System:
    policy = replace(system.services.policy, keep_original=True)
    system.services = replace(system.services, policy=policy, vault=read_vault(KEY, None))
    return system


def test_an_original_is_kept_encrypted_and_comes_back_byte_by_byte_for_a_reason(
    keeping: System, tmp_path: Path
) -> None:
    call = stored(keeping, sent(keeping, tmp_path))
    assert call.original_sha256 is not None
    assert set(keeping.services.files.all_sha256()) == {call.file_sha256, call.original_sha256}
    with keeping.services.files.open_local(call.original_sha256) as path:
        assert noise(1)[:64].tobytes() not in path.read_bytes()
    content = b"".join(open_original(keeping.services, call, reason="Dispute 17", actor="ada"))
    assert content == (tmp_path / "call.wav").read_bytes()
    with keeping.services.open_view() as unit:
        (line,) = unit.access_log.list(AccessFilter(action=AccessAction.OPENED_ORIGINAL), limit=9)
    assert (line.entry.actor, line.entry.record, line.entry.detail) == ("ada", call.id, "Dispute 17")
    assert compare_files(keeping.services) == Comparison(1, (), (), ())


def test_nobody_opens_an_original_without_a_reason_or_a_key(keeping: System, tmp_path: Path) -> None:
    call = stored(keeping, sent(keeping, tmp_path))
    with pytest.raises(BadInput, match="no reason"):
        open_original(keeping.services, call, reason=" ", actor="ada")
    with pytest.raises(BadInput, match="no key"):
        open_original(replace(keeping.services, vault=None), call, reason="Dispute", actor="ada")
    with pytest.raises(NotFound, match="No original"):
        open_original(keeping.services, replace(call, original_sha256=None), reason="Dispute", actor="ada")


def test_another_transcription_keeps_the_original_and_never_seals_what_is_redacted(
    keeping: System, engine: TimedTranscriber, tmp_path: Path
) -> None:
    call = stored(keeping, sent(keeping, tmp_path))
    engine.words, engine.on = ["and", "5500", "0000", "0000", "0004"], 0
    again(keeping, call)
    third = stored(keeping, call)
    assert third.file_sha256 != call.file_sha256
    assert third.original_sha256 == call.original_sha256
    assert set(keeping.services.files.all_sha256()) == {third.file_sha256, third.original_sha256}


@pytest.mark.parametrize("remove", ["erase", "expire"])
def test_erasing_and_expiring_remove_the_original_too(keeping: System, tmp_path: Path, remove: str) -> None:
    call = stored(keeping, sent(keeping, tmp_path))
    if remove == "expire":
        rules = Retention(call=KeepDays(audio=1))
        keeping.services = replace(keeping.services, policy=replace(keeping.services.policy, retention=rules))
        keeping.clock.passes(seconds=2 * 86_400)
        assert expire_recordings(keeping.services) == 1
    else:
        with keeping.services.open_unit() as unit:
            unit.recordings.save(replace(stored(keeping, call), customer="A-17"))
            unit.commit()
        b"".join(open_original(keeping.services, stored(keeping, call), reason="Dispute 17", actor="ada"))
        receipt = erase_person(keeping.services, Whom(customer="A-17"), actor="ada", dry_run=False)
        assert (receipt.removed["files"], receipt.removed["originals"]) == (2, 1)
        assert [(one.actor, one.detail) for one in receipt.exports] == [("ada", "Dispute 17")]
    assert set(keeping.services.files.all_sha256()) == set()


def test_a_backup_holds_the_original_as_it_is_encrypted(keeping: System, tmp_path: Path) -> None:
    call = stored(keeping, sent(keeping, tmp_path))
    made = back_up(keeping.engine, keeping.services.files, tmp_path / "backup.tar", lambda _: None)
    assert (made.files, made.missing) == (2, ())
    there = LocalRecordingFiles(tmp_path / "new")
    restore(f"sqlite:///{tmp_path / 'new.db'}", there, tmp_path / "backup.tar", lambda _: None)
    assert set(there.all_sha256()) == {call.file_sha256, call.original_sha256}


def test_an_admin_exports_an_original_by_a_command(
    system: System, engine: TimedTranscriber, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = that_keeps(that_masks(system, engine))
    call = stored(keeping, sent(keeping, tmp_path))
    (tmp_path / "keys").write_text(KEY)
    (tmp_path / "keys").chmod(0o600)
    of_setting = {"DATA_DIR": tmp_path, "DATABASE_URL": sqlite_url, "ORIGINALS_KEY_FILE": tmp_path / "keys"}
    for name, value in of_setting.items():
        monkeypatch.setenv(f"VOICEOPS_{name}", str(value))
    assert "Silenced: 1. The original is kept" in voiceops("originals", "show", call.id)[1]
    target = tmp_path / "out.wav"
    assert voiceops("originals", "export", call.id, str(target), "--reason", "Dispute 17")[0] == 0
    assert target.read_bytes() == (tmp_path / "call.wav").read_bytes()
    assert target.stat().st_mode & 0o077 == 0
    assert voiceops("originals", "export", call.id, str(target), "--reason", "Dispute 17")[0] == 2
    assert "Dispute 17" in voiceops("access", "--action", "opened_original", "--json")[1]


def test_no_part_starts_that_keeps_originals_without_a_key() -> None:
    with pytest.raises(BadInput, match="VOICEOPS_ORIGINALS_KEYS"):
        build_vault(Settings(keep_original=True))
    assert build_vault(Settings()) is None
    shown = {one.name: one.value for one in settings_in_effect(Settings(originals_keys=KEY))}
    assert KEY not in str(shown)


def test_a_legal_hold_keeps_the_file_that_was_replaced_until_it_is_lifted(masking: System, tmp_path: Path) -> None:
    masking.paused = True
    call = sent(masking, tmp_path)
    hold_recording(masking.services, call.id, reason="Dispute 17", actor="ada")
    masking.paused = False
    for job in masking.held:
        masking.run(job)
    held = stored(masking, call)
    assert set(masking.services.files.all_sha256()) == {call.sha256, held.file_sha256}
    assert held.replaced_sha256 == call.sha256
    assert finish_redactions(masking.services) == 0
    lift_hold(masking.services, call.id, reason="It ended.", actor="ada")
    assert finish_redactions(masking.services) == 1
    assert set(masking.services.files.all_sha256()) == {held.file_sha256}


def test_recordings_of_before_are_redacted_when_somebody_asks(
    masking: System, database_url: str, tmp_path: Path
) -> None:
    unmasked = masking.services
    masking.services = replace(unmasked, policy=replace(unmasked.policy, masking=Masking()))
    call = stored(masking, sent(masking, tmp_path))
    assert (call.redacted_at, call.silenced) == (None, ())
    assert list(not_redacted(masking.services)) == []
    masking.services = unmasked
    assert list(not_redacted(masking.services)) == [call.id]
    assert redact_stored(masking.services, call.id)
    redacted = stored(masking, call)
    assert redacted.state is RecordingState.ANALYSED
    assert "1111" not in everything_stored(database_url)
    assert set(masking.services.files.all_sha256()) == {redacted.file_sha256} != {call.sha256}
    _, customer = heard(masking, redacted, tmp_path)
    assert is_silent(customer, redacted.silenced[0].start, redacted.silenced[0].end)
    assert list(not_redacted(masking.services)) == []
    assert not redact_stored(masking.services, call.id)


def test_what_the_version_before_masked_in_words_alone_falls_silent(masking: System, tmp_path: Path) -> None:
    unmasked = masking.services
    words_alone = Masking(call=(Private.CARD,), sound=False)
    masking.services = replace(unmasked, policy=replace(unmasked.policy, masking=words_alone))
    call = stored(masking, sent(masking, tmp_path))
    with masking.services.open_unit() as unit:
        unit.transcripts.put(call.id, replace(unit.transcripts.get(call.id), masked=()))
        unit.commit()
    masking.services = unmasked
    assert redact_stored(masking.services, call.id)
    (one,) = stored(masking, call).silenced
    assert (one.what, one.channel) == (Private.CARD, 1)
    assert (one.start, one.end) == pytest.approx((3.75, 8.25), abs=0.3)


def test_stored_recordings_are_redacted_by_a_command(
    system: System, engine: TimedTranscriber, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    masking = that_masks(system, engine)
    unmasked = masking.services
    masking.services = replace(unmasked, policy=replace(unmasked.policy, masking=Masking()))
    sent(masking, tmp_path)
    for name, value in {"DATA_DIR": tmp_path, "DATABASE_URL": sqlite_url, "MASK": "voicemail=card"}.items():
        monkeypatch.setenv(f"VOICEOPS_{name}", str(value))
    assert json.loads(voiceops("redact", "--json")[1])["found"] == 0
    monkeypatch.setenv("VOICEOPS_MASK", "call=card")
    assert "1 recording(s) wait" in voiceops("redact")[1]


def test_a_store_that_speaks_s3_loses_the_file_that_was_sent_too(
    system: System, engine: TimedTranscriber, s3_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEOPS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("VOICEOPS_RECORDINGS_URL", s3_url)
    keeping = that_keeps(that_masks(system, engine))
    keeping.services = replace(keeping.services, files=build_files(Settings()))
    call = stored(keeping, sent(keeping, tmp_path))
    assert set(keeping.services.files.all_sha256()) == {call.file_sha256, call.original_sha256}
    _, customer = heard(keeping, call, tmp_path)
    assert is_silent(customer, call.silenced[0].start, call.silenced[0].end)
    assert [path for path in (tmp_path / "passing").rglob("*") if path.is_file()] == []
    content = b"".join(open_original(keeping.services, call, reason="Dispute 17", actor="ada"))
    assert content == (tmp_path / "call.wav").read_bytes()
