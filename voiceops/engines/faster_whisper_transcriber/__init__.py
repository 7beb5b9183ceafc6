"""Runs Whisper by CTranslate2 (faster-whisper): the same models in 8 bits on a processor, in 16 on a GPU."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from voiceops.analysis.pack_speech import SpeechWindow, pack_speech
from voiceops.analysis.unpack_heard import HeardSegment, Unpacked, unpack_heard
from voiceops.analysis.window_sound import likeliest_language, longest_windows, window_sound
from voiceops.domain.transcript import Word
from voiceops.engines import default_model_dir
from voiceops.engines.faster_whisper_transcriber.generate_ahead import generate_ahead
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import Signal, SpeechChannel, Transcription

# The model's own window has 30 seconds; a margin keeps its last word away from the edge.
_WINDOW_SECONDS = 29.0
_JOIN_SECONDS = 0.6
_SILENCE_SECONDS = 2.0
# Beyond these a larger batch gains next to nothing; measured for a processor with a model of tiny's size.
_MOST_WINDOWS = {"cpu": 8, "cuda": 16}
# While it goes on, the decoder keeps at most a fifth of the model's size for each window, on a GPU a tenth: that many
# bytes of model and windows multiplied are one gigabyte on a processor and four on a GPU.
_MOST_KEPT = {"cpu": 5 << 30, "cuda": 40 << 30}
_FULL_NAMES = {"turbo": "large-v3-turbo", "large": "large-v3"}

Hear = Callable[[Any, Any], Sequence[HeardSegment]]


class FasterWhisperTranscriber:
    """Satisfies `Transcriber` with a converted model: a folder, or a name whose folder is in `model_dir`.

    Never downloads. `device` is auto, cpu or cuda; `threads` of 0 leaves the library's own choice. The
    model is loaded by the first call and kept. `batch_windows` of both channels go through it together; 0: as many as
    the device carries well.
    """

    name = "faster-whisper"

    def __init__(
        self,
        model: str = "turbo",
        *,
        model_dir: Path | str | None = None,
        device: str = "auto",
        threads: int = 0,
        batch_windows: int = 0,
    ) -> None:
        self._model_name = model
        self._model_dir = Path(model_dir) if model_dir is not None else default_model_dir()
        self._device = device
        self._threads = threads
        self._batch_windows = batch_windows
        self._model: Any = None

    def check(self) -> None:
        """Raise MissingPart if faster-whisper or the converted model is not on this machine."""
        _import()
        self._folder()

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        """Transcribe speech packed into windows. `language` None is detected on speech."""
        packed = [
            pack_speech(channel.speech, window_seconds=_WINDOW_SECONDS, join_seconds=_JOIN_SECONDS)
            for channel in channels
        ]
        if language is not None or any(packed):
            self._require_language(language)
        if not any(packed):
            return Transcription(language, tuple(() for _ in channels))
        try:
            spoken = language or self._detected([channel.signal for channel in channels], packed)
            heard = self._heard(
                [(channel.signal, window) for channel, own in zip(channels, packed, strict=True) for window in own],
                partial(_said, language=spoken, hints=hints),
            )
            unpacked = [list(islice(heard, len(own))) for own in packed]
        except (RuntimeError, ValueError) as error:
            raise EngineFailed(
                f"faster-whisper gave up ({type(error).__name__}), most often for lack of memory.",
                record="transcriber",
                next_step="Try again; if it keeps happening, choose a smaller model.",
            ) from error
        segments = tuple(tuple(one for window in own for one in window.segments) for own in unpacked)
        return Transcription(spoken, segments, sum(window.dropped_words for own in unpacked for window in own))

    def _heard(self, windows: Sequence[tuple[Signal, SpeechWindow]], hear: Hear) -> Iterator[Unpacked]:
        """What was said in each window, in their order; only one batch of them is ever held as sound."""
        size = self._batch_windows or self._fitting_windows()
        for first in range(0, len(windows), size):
            batch = windows[first : first + size]
            sounds = [window_sound(signal, window) for signal, window in batch]
            models = generate_ahead(self._loaded(), hear, sounds)
            for (_, window), model, sound in zip(batch, models, sounds, strict=True):
                yield unpack_heard(window, hear(model, sound))

    def _fitting_windows(self) -> int:
        device = self._loaded().model.device
        return max(1, min(_MOST_WINDOWS[device], _MOST_KEPT[device] // (self._folder() / "model.bin").stat().st_size))

    def _require_language(self, language: str | None) -> None:
        known = self._loaded().supported_languages
        if language is None or language in known:
            return
        if len(known) == 1:
            raise BadInput(
                f"The model {self._model_name} knows English only, not {language!r}.",
                record="transcriber",
                next_step="Choose a model whose name does not end in .en.",
            )
        raise BadInput(
            f"Whisper has no language {language!r}.", record="transcriber", next_step="Give an ISO 639-1 code."
        )

    def _detected(self, signals: Sequence[Signal], packed: Sequence[Sequence[SpeechWindow]]) -> str:
        model = self._loaded()
        if len(model.supported_languages) == 1:
            return str(model.supported_languages[0])
        return likeliest_language(
            (window.seconds, dict(model.detect_language(audio=window_sound(signal, window))[2]))
            for window, signal in longest_windows(signals, packed)
        )

    def _loaded(self) -> Any:
        if self._model is None:
            library = _import()
            folder = self._folder()
            device = self._device if self._device != "auto" else _best_device()
            try:
                self._model = library.WhisperModel(
                    str(folder),
                    device=device,
                    compute_type="float16" if device == "cuda" else "int8",
                    cpu_threads=self._threads,
                    local_files_only=True,
                )
            except (RuntimeError, ValueError, OSError) as error:
                raise MissingPart(
                    f"The converted model cannot be loaded ({type(error).__name__}).",
                    record=str(folder),
                    next_step="Convert it again with: voiceops models convert, or name another model.",
                ) from error
        return self._model

    def _folder(self) -> Path:
        given = Path(self._model_name)
        stem = _FULL_NAMES.get(self._model_name, self._model_name)
        inside = self._model_dir / f"{given.stem if given.suffix == '.pt' else stem}.ct2"
        for folder in (given, given.with_suffix(".ct2"), inside):
            # Without its own tokenizer the library would ask the internet for one.
            if (folder / "model.bin").is_file() and (folder / "tokenizer.json").is_file():
                return folder
        raise MissingPart(
            f"The model {self._model_name} is not on this machine in the form that faster-whisper reads.",
            record=str(inside),
            next_step=f"Run: voiceops models fetch {self._model_name} && voiceops models convert {self._model_name}",
        )


def _said(model: Any, sound: Any, *, language: str, hints: Sequence[str]) -> Sequence[HeardSegment]:
    segments, _ = model.transcribe(
        sound,
        language=language,
        task="transcribe",
        word_timestamps=True,
        condition_on_previous_text=False,
        hotwords=", ".join(hints) or None,
        hallucination_silence_threshold=_SILENCE_SECONDS,
        vad_filter=False,
    )
    return [_heard_segment(segment) for segment in segments]


def _heard_segment(raw: Any) -> HeardSegment:
    words = tuple(
        Word(word.word, float(word.start), float(word.end), float(word.probability)) for word in raw.words or ()
    )
    return HeardSegment(words, float(raw.temperature or 0.0), float(raw.avg_logprob), float(raw.no_speech_prob))


def _best_device() -> str:
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def _import() -> Any:
    try:
        import faster_whisper
    except ImportError as error:
        raise MissingPart(
            f"The engine faster-whisper needs the package {error.name}, which is not installed.",
            record="transcriber",
            next_step="Run: pip install 'voiceops[fast]'",
        ) from error
    return faster_whisper
