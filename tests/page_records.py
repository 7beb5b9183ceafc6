"""The shipped samples in a running system, as heard by a recogniser that makes no mistake: what pages show in tests."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.api_door import Door
from voiceops.analysis.sound.peaks import measure_peaks
from voiceops.analysis.transcript_document import read_transcript
from voiceops.cli.demo_samples import Sample, read_people, read_samples
from voiceops.domain.people import Presence, Role
from voiceops.domain.recording import Party, RecordingState
from voiceops.domain.transcript import Transcript, Utterance, Word
from voiceops.domain.user import EVERY_TEAM
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.change_password import change_password
from voiceops.usecases.create_user import create_user
from voiceops.usecases.set_presence import set_presence

SAMPLES = Path(__file__).parents[1] / "samples"
PASSWORD = "lantern orbit velvet mosaic"


def move_in(door: Door, *, wanted: Sequence[str] = ()) -> None:
    """Queues, agents, keyword sets and users are there, and the samples whose names begin so; all of them for none."""
    people = read_people(SAMPLES)
    with door.client(Role.ADMIN) as admin:
        for kind in ("queues", "agents"):
            for entry in people[kind]:
                body = {name: value for name, value in entry.items() if name != "id"}
                admin.put(f"/api/v1/{kind}/{entry['id']}", json=body).raise_for_status()
        for path in (SAMPLES / "keyword_sets").glob("*.yaml"):
            admin.post("/api/v1/keyword-sets", files={"file": (path.name, path.read_bytes())}).raise_for_status()
    for name, role, agent, teams in (
        ("vera", Role.QA, None, ()),
        ("anna", Role.AGENT, "anna", ()),
        ("root", Role.ADMIN, None, ()),
        ("sam", Role.SUPERVISOR, None, (EVERY_TEAM,)),
    ):
        user, given = create_user(door.services, name=name, role=role, agent_id=agent, teams=teams, actor="admin")
        change_password(door.services, user.id, old=given, new=PASSWORD)
    set_presence(door.services, "anna", Presence.AVAILABLE)
    for sample in read_samples(SAMPLES):
        if not wanted or sample.name.startswith(tuple(wanted)):
            receive(door, sample)


def receive(door: Door, sample: Sample) -> str:
    """A sample is uploaded, heard and analysed; its recording's id."""
    with door.client(Role.ADMIN) as admin, sample.audio.open("rb") as source:
        answer = admin.post("/api/v1/recordings", data=dict(sample.fields), files={"file": (sample.audio.name, source)})
    recording_id: str = answer.raise_for_status().json()["id"]
    truth = sample.audio.with_suffix(".truth.json")
    now = door.services.clock.now()
    with door.services.open_unit() as unit:
        transcript = with_words(read_transcript(truth.read_bytes(), record=truth.name))
        unit.transcripts.put(recording_id, transcript)
        unit.waveforms.put(recording_id, _waveform(door, sample))
        stored = unit.recordings.get(recording_id).moved(RecordingState.TRANSCRIBING, now)
        unit.recordings.save(
            replace(stored, duration_seconds=transcript.duration).moved(RecordingState.TRANSCRIBED, now)
        )
        unit.commit()
    analyse_recording(door.services, recording_id)
    return recording_id


def _waveform(door: Door, sample: Sample) -> Waveform:
    with TemporaryDirectory() as workspace:
        audio = door.services.decoder.decode(sample.audio, Path(workspace))
        parties = (Party.AGENT, Party.CUSTOMER) if len(audio.signals) > 1 else (Party.CALLER,)
        channels = [ChannelPeaks(party, *measure_peaks(one)) for party, one in zip(parties, audio.signals, strict=True)]
    return Waveform(audio.facts.duration, tuple(channels))


def with_words(transcript: Transcript) -> Transcript:
    """Its words spread evenly over each utterance, since the truth has none."""
    return replace(transcript, utterances=tuple(map(_with_words, transcript.utterances)))


def _with_words(said: Utterance) -> Utterance:
    texts = said.text.split()
    step = (said.end - said.start) / len(texts)
    words = [
        Word(text, said.start + at * step, said.start + (at + 1) * step, 0.3 if len(text) % 7 == 0 else 0.95)
        for at, text in enumerate(texts)
    ]
    return replace(said, words=tuple(words))
