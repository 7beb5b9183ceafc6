"""Speech and audio engines by name, each importing its heavy library itself."""

import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from voiceops.domain.second_look import FitBorders
from voiceops.errors import BadInput, MissingPart
from voiceops.ports import AudioDecoder, SecondEar, SpeakerEmbedder, Transcriber, VoiceActivityDetector

TRANSCRIBERS: Mapping[str, str] = {
    "whisper": "voiceops.engines.whisper_transcriber:WhisperTranscriber",
    "faster-whisper": "voiceops.engines.faster_whisper_transcriber:FasterWhisperTranscriber",
    "pocketsphinx": "voiceops.engines.pocketsphinx_transcriber:PocketsphinxTranscriber",
    "remote": "voiceops.engines.remote_transcriber:RemoteTranscriber",
    "scripted": "voiceops.engines.scripted_transcriber:ScriptedTranscriber",
}
# Those that may look a second time, with the borders of their scores. pocketsphinx's are measured by
# benchmarks/bench_second_look.py; whisper's is not, for want of a checkpoint where it was made, so it lets a rule
# become uncertain at most until somebody measured their own model and set VOICEOPS_SECOND_LOOK_FIT.
SECOND_EARS: Mapping[str, FitBorders] = {
    "whisper": FitBorders(weak=-1.0),
    "pocketsphinx": FitBorders(weak=-4.6, strong=-1.0),
    "scripted": FitBorders(weak=-0.5, strong=-0.1),
}
DECODERS: Mapping[str, str] = {"pyav": "voiceops.engines.pyav_decoder:PyAvDecoder"}
# The best first.
EMBEDDERS: Mapping[str, str] = {
    "campplus": "voiceops.engines.campplus:CampplusEmbedder",
    "timbre": "voiceops.engines.timbre_embedder:TimbreEmbedder",
}
DETECTORS: Mapping[str, str] = {"silero": "voiceops.engines.silero_detector:SileroDetector"}
_EXTRAS: Mapping[str, str] = {
    "whisper": "voiceops[whisper]",
    "faster-whisper": "voiceops[fast]",
    "pocketsphinx": "voiceops[embedded]",
}


def default_model_dir() -> Path:
    """Whisper's own folder of checkpoints."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "whisper"


def known_transcribers() -> tuple[str, ...]:
    """The names that `load_transcriber` understands."""
    return tuple(TRANSCRIBERS)


def load_transcriber(name: str, options: Mapping[str, object]) -> Transcriber:
    """The engine of that name; `options` are its constructor's keywords.

    Loads no model yet. Raises BadInput for an unknown name or option, MissingPart with the
    command that mends it if the engine's package is not installed.
    """
    return cast(Transcriber, _load("transcriber", TRANSCRIBERS, name, options))


def load_second_ear(name: str, options: Mapping[str, object]) -> SecondEar:
    """The engine of that name, if it can also score wordings. Raises as `load_transcriber` does."""
    if name not in SECOND_EARS:
        known = ", ".join(SECOND_EARS)
        raise BadInput(
            f"The engine {name!r} cannot look a second time.", record="transcriber", next_step=f"Choose: {known}."
        )
    return cast(SecondEar, load_transcriber(name, options))


def load_decoder(name: str = "pyav", options: Mapping[str, object] | None = None) -> AudioDecoder:
    """The decoder of that name. Raises as `load_transcriber` does."""
    return cast(AudioDecoder, _load("decoder", DECODERS, name, options or {}))


def load_detector(name: str = "silero", options: Mapping[str, object] | None = None) -> VoiceActivityDetector:
    """The speech detector of that name. Raises as `load_transcriber` does."""
    return cast(VoiceActivityDetector, _load("detector", DETECTORS, name, options or {}))


def load_embedder(name: str, options: Mapping[str, object] | None = None) -> SpeakerEmbedder:
    """What tells voices apart, of that name. Raises as `load_transcriber` does."""
    return cast(SpeakerEmbedder, _load("speaker embedder", EMBEDDERS, name, options or {}))


def _load(kind: str, known: Mapping[str, str], name: str, options: Mapping[str, object]) -> Any:
    if name not in known:
        raise BadInput(f"There is no {kind} {name!r}.", record=kind, next_step=f"Choose one of: {', '.join(known)}.")
    module_name, _, class_name = known[name].partition(":")
    try:
        maker = getattr(import_module(module_name), class_name)
    except ImportError as error:
        package = _EXTRAS.get(name, "voiceops")
        raise MissingPart(
            f"The {kind} {name} needs the package {error.name}, which is not installed.",
            record=kind,
            next_step=f"Run: pip install '{package}'",
        ) from error
    try:
        return maker(**options)
    except TypeError as error:
        raise BadInput(
            f"The {kind} {name} was given an option that it does not take: {error}.",
            record=kind,
            next_step="Look at the settings that configure it.",
        ) from error
