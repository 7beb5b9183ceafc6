"""Makes a transcript of an audio file: decode, listen, transcribe, assemble. Stores nothing."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from voiceops.analysis.assemble import assemble
from voiceops.analysis.name_parties import name_parties
from voiceops.analysis.payment_stretches import payment_stretches
from voiceops.analysis.sound.crosstalk import without_crosstalk
from voiceops.analysis.sound.likeness import Likeness, compare, is_one_mix
from voiceops.analysis.sound.masked import mask_keys
from voiceops.analysis.sound.measure import ListenedChannel, measure_channels
from voiceops.analysis.sound.peaks import measure_peaks
from voiceops.domain.recording import Party, RecordingKind
from voiceops.domain.sound import ChannelSound, SoundFault
from voiceops.domain.transcript import Transcript
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.ports import DecodedAudio, Ears, Signal, SpeechChannel
from voiceops.usecases.listen_to_channel import listen_to_channel
from voiceops.usecases.separate_mono import separate_mono

_SILENT = "Channel {} holds next to no speech: whoever should be on it was most likely not recorded."
_ONE_MIX = "All channels hold the same sound: it is heard as one."


@dataclass(frozen=True)
class Sound:
    """A file to transcribe and what is known about it; parties (), language, hint and queue None: not known.

    `names` are of products and people that may be mentioned.
    """

    path: Path
    kind: RecordingKind
    parties: tuple[Party, ...] = ()
    language: str | None = None
    hint: str | None = None
    queue: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What became of a file with so many channels: its words, the picture of its sound, and notes for people."""

    transcript: Transcript
    waveform: Waveform
    notes: tuple[str, ...]
    channels: int


@dataclass(frozen=True)
class _Channels:
    """Whom to listen to, how alike the channels are, and notes for people."""

    signals: Sequence[tuple[Party, Signal]]
    likenesses: Mapping[tuple[int, int], Likeness]
    notes: tuple[str, ...]


def transcribe_file(ears: Ears, sound: Sound) -> Heard:
    """Everything that is made while the file is decoded.

    Raises UnreadableAudio, EngineFailed, MissingPart, or BadInput if the parties do not fit.
    """
    with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
        audio = ears.decoder.decode(sound.path, Path(workspace), hint=sound.hint)
        channels = _channels(sound, audio)
        detector = ears.detector()
        heard = [listen_to_channel(detector, party, signal) for party, signal in channels.signals]
        spoken = _own_speech(heard, channels.likenesses)
        transcriber = (ears.engines.of(sound.queue, sound.language) or ears.transcriber)()
        result = transcriber.transcribe(spoken, language=sound.language, hints=sound.names)
        transcript = assemble(
            [
                (one.party, segments, own.speech)
                for one, own, segments in zip(heard, spoken, result.channels, strict=True)
            ],
            duration=audio.facts.duration,
            language=result.language or sound.language,
        )
        sounds = measure_channels(heard, channels.likenesses)
        transcript = _without_card_keys(replace(transcript, sound=sounds, dropped_words=result.dropped_words))
        transcript, told = _separated(ears, sound, heard, transcript)
        notes = (*channels.notes, *_silent(sounds), *told)
        return Heard(transcript, _waveform(channels.signals, seconds=audio.facts.duration), notes, len(audio.signals))


def _separated(
    ears: Ears, sound: Sound, heard: Sequence[ListenedChannel], transcript: Transcript
) -> tuple[Transcript, tuple[str, ...]]:
    """A call on one channel of which nobody says whose it is, with its two parties, and notes for people about them."""
    make = ears.embedders.of(sound.queue, sound.language)
    if make is None or sound.kind is not RecordingKind.CALL or [one.party for one in heard] != [Party.UNKNOWN]:
        return transcript, ()
    separated, note = separate_mono(make(), heard[0], transcript)
    return separated, (note,)


def _silent(sounds: Sequence[ChannelSound]) -> Iterator[str]:
    for number, sound in enumerate(sounds, 1):
        if any(bad.fault is SoundFault.SILENT for bad in sound.bad):
            yield _SILENT.format(number)


def _waveform(signals: Sequence[tuple[Party, Signal]], *, seconds: float) -> Waveform:
    return Waveform(seconds, tuple(ChannelPeaks(party, *measure_peaks(signal)) for party, signal in signals))


def _own_speech(
    heard: Sequence[ListenedChannel], likenesses: Mapping[tuple[int, int], Likeness]
) -> Sequence[SpeechChannel]:
    """Each channel with the speech that is its own: the other's, heard faintly on it, would be transcribed twice."""
    signals = [one.signal for one in heard]
    return [
        SpeechChannel(one.signal, without_crosstalk(number, one.speech, signals, likenesses))
        for number, one in enumerate(heard)
    ]


def _without_card_keys(transcript: Transcript) -> Transcript:
    payment = payment_stretches(transcript)
    sounds = tuple(replace(one, tones=mask_keys(one.tones, payment)) for one in transcript.sound or ())
    return replace(transcript, sound=sounds)


def _channels(sound: Sound, audio: DecodedAudio) -> _Channels:
    """The channels to listen to, each with its party.

    Some telephone systems write the same mix on both channels; its words would count for both
    parties, so it is listened to once, as nobody's in particular.
    """
    parties = name_parties(sound.kind, len(audio.signals), sound.parties, record=sound.path.name)
    numbers = combinations(range(len(parties)), 2)
    likenesses = {(one, other): compare(audio.signals[one], audio.signals[other]) for one, other in numbers}
    if likenesses and all(is_one_mix(likeness) for likeness in likenesses.values()):
        mixed = Party.CALLER if sound.kind is RecordingKind.VOICEMAIL else Party.UNKNOWN
        return _Channels([(mixed, audio.signals[0])], {}, (*audio.facts.notes, _ONE_MIX))
    return _Channels(list(zip(parties, audio.signals, strict=True)), likenesses, audio.facts.notes)
