"""A call on whose channels both parties are heard is transcribed once, each word as said by who said it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.audio_files import Encoding, write_audio
from voiceops.domain.recording import Party, RecordingKind
from voiceops.domain.sound import SoundFault
from voiceops.domain.transcript import Transcript
from voiceops.ears import FileEars
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.usecases.transcribe_file import Sound, transcribe_file

CALL = Path(__file__).parents[2] / "samples" / "calls" / "04-forbidden-promise.flac"
SECONDS = 20
WAV = Encoding(".wav", "wav", "pcm_s16le", "s16", "pcm_s16le")


def heard(path: Path) -> Transcript:
    detector, transcriber = load_detector(), load_transcriber("pocketsphinx", {})
    ears = FileEars(load_decoder(), lambda: detector, lambda: transcriber)
    parties = (Party.AGENT, Party.CUSTOMER)
    return transcribe_file(ears, Sound(path, RecordingKind.CALL, parties, "en")).transcript


def with_crosstalk(folder: Path, loudness_db: float | None) -> Path:
    gain = 0.0 if loudness_db is None else 10 ** (loudness_db / 20)
    signals = [np.array(one[: SECONDS * 16_000], float) for one in load_decoder().decode(CALL, folder).signals]
    mixed = [one + gain * np.roll(other, 80) for one, other in (signals, signals[::-1])]
    channels = [np.clip(np.round(one), -32_768, 32_767).astype(np.int16) for one in mixed]
    return write_audio(folder / f"call{loudness_db}.wav", WAV, channels)


def words_by_party(transcript: Transcript) -> Counter[Party]:
    return Counter({one.party: 0 for one in transcript.utterances}) + Counter(_parties(transcript))


def _parties(transcript: Transcript) -> Iterator[Party]:
    for utterance in transcript.utterances:
        yield from [utterance.party] * len(utterance.words)


@pytest.mark.parametrize("loudness_db", [-20, -12])
def test_no_word_is_doubled_and_none_goes_to_the_wrong_party(tmp_path: Path, loudness_db: float) -> None:
    clean = words_by_party(heard(with_crosstalk(tmp_path, None)))
    crossed = heard(with_crosstalk(tmp_path, loudness_db))
    assert min(clean.values()) > 5
    for party, count in words_by_party(crossed).items():
        assert count == pytest.approx(clean[party], abs=3)
    faults = {bad.fault for sound in crossed.sound or () for bad in sound.bad}
    assert faults == {SoundFault.CROSSTALK}
