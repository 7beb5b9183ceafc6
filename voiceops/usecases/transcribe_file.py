"""Makes a transcript of an audio file: decode, detect speech, transcribe, assemble. Stores nothing."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from voiceops.analysis.assemble import assemble
from voiceops.analysis.name_parties import name_parties
from voiceops.analysis.sound.masked import mask_payment
from voiceops.analysis.sound.measure import ListenedChannel, measure_channels
from voiceops.analysis.sound.peaks import measure_peaks
from voiceops.domain.recording import Party, RecordingKind
from voiceops.domain.sound import ChannelSound
from voiceops.domain.transcript import Transcript
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.ports import DecodedAudio, Ears, Signal, SpeechChannel


@dataclass(frozen=True)
class Sound:
    """A file to transcribe and what is known about it; parties (), language and hint None: not known."""

    path: Path
    kind: RecordingKind
    parties: tuple[Party, ...] = ()
    language: str | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Heard:
    """What became of a file: its words, the picture of its sound, and notes for people about that sound."""

    transcript: Transcript
    waveform: Waveform
    notes: tuple[str, ...]


def transcribe_file(ears: Ears, sound: Sound) -> Heard:
    """Everything that is made while the file is decoded.

    Raises UnreadableAudio, EngineFailed, MissingPart, or BadInput if the parties do not fit.
    """
    with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
        audio = ears.decoder.decode(sound.path, Path(workspace), hint=sound.hint)
        channels, notes = _channels(sound, audio)
        detector = ears.detector()
        heard = [SpeechChannel(signal, detector.detect(signal)) for _, signal in channels]
        result = ears.transcriber().transcribe(heard, language=sound.language)
        transcript = assemble(
            [
                (party, segments, one.speech)
                for (party, _), segments, one in zip(channels, result.channels, heard, strict=True)
            ],
            duration=audio.facts.duration,
            language=result.language or sound.language,
        )
        transcript = replace(transcript, sound=_sound_of(channels, heard))
        return Heard(transcript, _waveform(channels, seconds=audio.facts.duration), notes)


def _waveform(channels: Sequence[tuple[Party, Signal]], *, seconds: float) -> Waveform:
    return Waveform(seconds, tuple(ChannelPeaks(party, *measure_peaks(signal)) for party, signal in channels))


def _sound_of(channels: Sequence[tuple[Party, Signal]], heard: Sequence[SpeechChannel]) -> tuple[ChannelSound, ...]:
    listened = [ListenedChannel(party, one.signal, one.speech) for (party, _), one in zip(channels, heard, strict=True)]
    return tuple(replace(one, tones=mask_payment(one.tones)) for one in measure_channels(listened))


def _channels(sound: Sound, audio: DecodedAudio) -> tuple[list[tuple[Party, Signal]], tuple[str, ...]]:
    """The channels to listen to, each with its party.

    Some telephone systems write the same mix on both channels; its words would count for both
    parties, so it is listened to once, as nobody's in particular.
    """
    parties = name_parties(sound.kind, len(audio.signals), sound.parties, record=sound.path.name)
    first = audio.signals[0]
    if len(parties) > 1 and all(np.array_equal(first, other) for other in audio.signals[1:]):
        mixed = Party.CALLER if sound.kind is RecordingKind.VOICEMAIL else Party.UNKNOWN
        return [(mixed, first)], (*audio.facts.notes, "All channels hold the same sound: parties cannot be told apart.")
    return list(zip(parties, audio.signals, strict=True)), audio.facts.notes
