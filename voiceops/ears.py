"""Wires settings to what hears a recording: decoder, speech detector, and an engine for each queue and language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import cast

from voiceops.analysis.choices import Choices, read_choices
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.judged_transport import JudgedTransport
from voiceops.engines import (
    EMBEDDERS,
    SECOND_EARS,
    known_transcribers,
    load_decoder,
    load_detector,
    load_embedder,
    load_transcriber,
)
from voiceops.errors import BadInput, MissingPart
from voiceops.ports import (
    AudioDecoder,
    SecondEar,
    SecondHearing,
    SpeakerEmbedder,
    Transcriber,
    VoiceActivityDetector,
)
from voiceops.settings import Settings

MakeTranscriber = Callable[[str, Mapping[str, object]], Transcriber]
# By name and options, in the process of the transcriber that is given.
MakeEmbedder = Callable[[str, Mapping[str, object], Callable[[], Transcriber]], SpeakerEmbedder]

_SETTING = "VOICEOPS_ENGINES"
_SEPARATE = "VOICEOPS_SEPARATE_MONO"
# The one that makes no outcome certain and wrong (decision 12).
_BEST = "campplus"
_SECOND_SETTING = "VOICEOPS_SECOND_LOOK"


@dataclass(frozen=True)
class FileEars:
    """What a command needs that only listens to a file."""

    decoder: AudioDecoder
    detector: Callable[[], VoiceActivityDetector]
    transcriber: Callable[[], Transcriber]
    engines: Choices[Callable[[], Transcriber]] = field(default_factory=Choices)
    embedders: Choices[Callable[[], SpeakerEmbedder] | None] = field(default_factory=Choices)


def load_here(name: str, options: Mapping[str, object], _host: Callable[[], Transcriber]) -> SpeakerEmbedder:
    """The embedder of that name in this process."""
    return load_embedder(name, options)


def build_ears(
    settings: Settings,
    make_transcriber: MakeTranscriber = load_transcriber,
    make_embedder: MakeEmbedder = load_here,
) -> FileEars:
    """Decoder, detector and engines; the heavy ones load on first use."""
    made = cache(lambda name, model: make_transcriber(name, transcriber_options(settings, name, model)))
    usual = partial(made, settings.transcriber, settings.model)
    embedder = cache(lambda name: make_embedder(name, _embedder_options(settings, name), usual))
    return FileEars(
        decoder=load_decoder("pyav", {"duration_limit_seconds": settings.duration_limit_hours * 3600}),
        detector=cache(lambda: load_detector("silero")),
        transcriber=usual,
        engines=read_choices(
            settings.engines, setting=_SETTING, read=lambda text: partial(made, *_named(text, settings))
        ),
        embedders=read_choices(settings.separate_mono, setting=_SEPARATE, read=lambda name: _chosen(name, embedder)),
    )


def _embedder_options(settings: Settings, name: str) -> Mapping[str, object]:
    return {"threads": settings.threads} if name == "campplus" else {}


def _chosen(name: str, load: Callable[[str], SpeakerEmbedder]) -> Callable[[], SpeakerEmbedder] | None:
    if name == "off" or (name == "auto" and not _is_here(_BEST)):
        return None
    if name not in {"auto", *EMBEDDERS}:
        known = ", ".join(("auto", "off", *EMBEDDERS))
        raise BadInput(
            f"There is no speaker embedder {name!r}.", record=_SEPARATE, next_step=f"Choose one of: {known}."
        )
    return partial(load, _BEST if name == "auto" else name)


def _is_here(name: str) -> bool:
    try:
        load_embedder(name).check()
    except MissingPart:
        return False
    return True


def build_second_hearing(
    settings: Settings, make_transcriber: MakeTranscriber = load_transcriber
) -> SecondHearing | None:
    """The engine for second looks, more careful than the first; None where they are off. It loads on first use."""
    if not settings.second_look:
        return None
    name, model = _named(settings.second_look, settings, setting=_SECOND_SETTING)
    if name not in SECOND_EARS:
        known = ", ".join(SECOND_EARS)
        raise BadInput(
            f"The engine {name!r} cannot look a second time.",
            record=_SECOND_SETTING,
            next_step=f"Choose one of: {known}.",
        )
    options = {**transcriber_options(settings, name, model), "careful": True}
    borders = SECOND_EARS[name]
    if settings.second_look_fit is not None:
        borders = replace(borders, weak=min(borders.weak, settings.second_look_fit), strong=settings.second_look_fit)
    called = f"{name}:{model}" if "model" in options else name
    ear = cache(lambda: cast(SecondEar, make_transcriber(name, options)))
    return SecondHearing(ear, called, borders)


def transcriber_options(settings: Settings, name: str, model: str) -> Mapping[str, object]:
    """What the engine of that name is built with."""
    if name == "scripted":
        return {"delay_seconds": settings.scripted_delay_seconds, "delay_is_random": True}
    if name == "remote":
        guard = AddressGuard(allow_private=settings.allow_private_addresses)
        key = settings.remote_key.get_secret_value() if settings.remote_key is not None else ""
        return {"url": settings.remote_url, "model": model, "key": key, "transport": partial(JudgedTransport, guard)}
    if name not in {"whisper", "faster-whisper"}:
        return {}
    return {
        "model": model,
        "model_dir": settings.model_dir,
        "device": settings.device,
        "threads": settings.threads,
        "batch_windows": settings.batch_windows,
    }


def _named(text: str, settings: Settings, *, setting: str = _SETTING) -> tuple[str, str]:
    """The engine and model of a choice such as `whisper:large-v3`; without a model that of the settings."""
    name, _, model = text.partition(":")
    if name not in known_transcribers():
        known = ", ".join(known_transcribers())
        raise BadInput(f"There is no engine {name!r}.", record=setting, next_step=f"Choose one of: {known}.")
    return name, model or settings.model
