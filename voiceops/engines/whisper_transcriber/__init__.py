"""Runs openai-whisper on speech only, with the guards that keep it from inventing words."""

import shlex
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.pack_speech import SpeechWindow, pack_speech
from voiceops.analysis.unpack_heard import HeardSegment, Unpacked, unpack_heard
from voiceops.analysis.window_sound import likeliest_language, longest_windows, window_sound
from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Word
from voiceops.engines import default_model_dir
from voiceops.engines.whisper_transcriber.decode_ahead import decode_ahead, fitting_windows
from voiceops.engines.whisper_transcriber.score_wordings import score_wordings
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import Signal, SpeechChannel, Transcription

# The model's own window has 30 seconds; a margin keeps its last word away from the edge.
_WINDOW_SECONDS = 29.0
_JOIN_SECONDS = 0.6
_SILENCE_SECONDS = 2.0
_CAREFUL: Mapping[str, Any] = {"beam_size": 5, "temperature": 0.0}


class WhisperTranscriber:
    """Satisfies `SecondEar` with a Whisper model, by name or by path of a checkpoint.

    Never downloads: a named model must be in `model_dir` (None: Whisper's own cache,
    `$XDG_CACHE_HOME/whisper` or `~/.cache/whisper`). `device` is auto, cpu or cuda; `threads` of
    0 leaves torch's own choice. The model is loaded by the first call and kept. `batch_windows` of both channels go
    through it together; 0: as many as the device carries well. `careful` follows several guesses at once and never
    leaves a word to chance, which takes longer.
    """

    name = "whisper"

    def __init__(
        self,
        model: str = "turbo",
        *,
        model_dir: Path | str | None = None,
        device: str = "auto",
        threads: int = 0,
        batch_windows: int = 0,
        careful: bool = False,
    ) -> None:
        self._model_name = model
        self._model_dir = Path(model_dir) if model_dir is not None else default_model_dir()
        self._device = device
        self._threads = threads
        self._batch_windows = batch_windows
        self._options: Mapping[str, Any] = _CAREFUL if careful else {}
        self._model: Any = None

    def check(self) -> None:
        """Raise MissingPart if openai-whisper or the checkpoint is not on this machine."""
        self._checkpoint(_import())

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        """Transcribe speech packed into windows. `language` None is detected on speech."""
        whisper = _import()
        packed = [
            pack_speech(channel.speech, window_seconds=_WINDOW_SECONDS, join_seconds=_JOIN_SECONDS)
            for channel in channels
        ]
        self._require_language(whisper, language)
        if not any(packed):
            return Transcription(language, tuple(() for _ in channels))
        model = self._loaded(whisper)
        try:
            spoken = language or self._detected(whisper, channels, packed)
            heard = _heard(
                whisper,
                model,
                [(channel.signal, window) for channel, own in zip(channels, packed, strict=True) for window in own],
                self._batch_windows or fitting_windows(model),
                options={"language": spoken, **self._options},
                hints=hints,
            )
            unpacked = [list(islice(heard, len(own))) for own in packed]
        except RuntimeError as error:
            raise _gave_up(error) from error
        segments = tuple(tuple(one for window in own for one in window.segments) for own in unpacked)
        return Transcription(spoken, segments, sum(window.dropped_words for own in unpacked for window in own))

    def score(self, signal: Signal, wordings: Sequence[str], *, language: str) -> tuple[WordingFit | None, ...]:
        """Score wordings in any language of the model; the unit is a logarithm of probability for a token."""
        whisper = _import()
        self._require_language(whisper, language)
        model = self._loaded(whisper)
        try:
            return score_wordings(whisper, model, signal, wordings, language=language)
        except RuntimeError as error:
            raise _gave_up(error) from error

    def _require_language(self, whisper: Any, language: str | None) -> None:
        if language is not None and language not in whisper.tokenizer.LANGUAGES:
            raise BadInput(
                f"Whisper has no language {language!r}.", record="transcriber", next_step="Give an ISO 639-1 code."
            )
        if language not in {None, "en"} and not self._loaded(whisper).is_multilingual:
            raise BadInput(
                f"The model {self._model_name} knows English only, not {language!r}.",
                record="transcriber",
                next_step="Choose a model whose name does not end in .en.",
            )

    def _detected(
        self, whisper: Any, channels: Sequence[SpeechChannel], packed: Sequence[tuple[SpeechWindow, ...]]
    ) -> str:
        """The most probable language of the longest windows of speech, weighed by their length."""
        if not self._model.is_multilingual:
            return "en"
        return likeliest_language(
            (window.seconds, self._languages(whisper, window_sound(signal, window)))
            for window, signal in longest_windows([channel.signal for channel in channels], packed)
        )

    def _languages(self, whisper: Any, audio: NDArray[np.float32]) -> Mapping[str, float]:
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(audio), self._model.dims.n_mels).to(self._model.device)
        _, probabilities = self._model.detect_language(mel)
        found: Mapping[str, float] = probabilities
        return found

    def _loaded(self, whisper: Any) -> Any:
        if self._model is None:
            import torch

            path = self._checkpoint(whisper)
            # The first word times compile their search for a second or more, and give OpenMP all cores again.
            whisper.timing.dtw_cpu(np.zeros((1, 1)))
            if self._threads:
                torch.set_num_threads(self._threads)
            try:
                self._model = whisper.load_model(str(path), device=None if self._device == "auto" else self._device)
            except Exception as error:
                raise MissingPart(
                    f"The checkpoint cannot be loaded ({type(error).__name__}).",
                    record=str(path),
                    next_step="Fetch it again, or name another model.",
                ) from error
            _read_vocabulary(whisper, "multilingual" if self._model.is_multilingual else "gpt2")
            _set_word_time_heads(whisper, self._model, path.stem)
        return self._model

    def _checkpoint(self, whisper: Any) -> Path:
        """The checkpoint's path; loading by path never downloads."""
        if Path(self._model_name).is_file():
            return Path(self._model_name)
        url = whisper._MODELS.get(self._model_name)  # noqa: SLF001  # there is no public table
        if url is None:
            raise MissingPart(
                "There is no such Whisper model, and no file of that path.",
                record=self._model_name,
                next_step=f"Give a path, or one of: {', '.join(whisper.available_models())}.",
            )
        path = self._model_dir / Path(url).name
        if not path.is_file():
            raise MissingPart(
                f"The Whisper model {self._model_name} is not on this machine.",
                record=str(path),
                next_step=f"Run: {shlex.join(['voiceops', 'models', 'fetch', self._model_name])}",
            )
        return path


def _heard(
    whisper: Any,
    model: Any,
    windows: Sequence[tuple[Signal, SpeechWindow]],
    batch_windows: int,
    *,
    options: Mapping[str, Any],
    hints: Sequence[str],
) -> Iterator[Unpacked]:
    """What was said in each window, in their order; only one batch of them is ever held as sound."""
    prompt = ", ".join(hints) or None
    options = {"task": "transcribe", "fp16": model.device.type == "cuda", **options}
    for first in range(0, len(windows), batch_windows):
        batch = windows[first : first + batch_windows]
        sounds = [window_sound(signal, window) for signal, window in batch]
        ahead = decode_ahead(whisper, model, sounds, prompt=prompt, options=options)
        for (_, window), sound, decoded in zip(batch, sounds, ahead, strict=True):
            result = whisper.transcribe(
                decoded,
                sound,
                word_timestamps=True,
                condition_on_previous_text=False,
                initial_prompt=prompt,
                hallucination_silence_threshold=_SILENCE_SECONDS,
                verbose=None,
                **options,
            )
            yield unpack_heard(window, map(_heard_segment, result["segments"]))


def _heard_segment(raw: Mapping[str, Any]) -> HeardSegment:
    words = (
        Word(word["word"], float(word["start"]), float(word["end"]), float(word["probability"]))
        for word in raw.get("words", ())
    )
    return HeardSegment(
        tuple(words), float(raw["temperature"]), float(raw["avg_logprob"]), float(raw["no_speech_prob"])
    )


def _set_word_time_heads(whisper: Any, model: Any, stem: str) -> None:
    """Name the attention heads that tell word times: the loader does so only for what it downloads."""
    heads = whisper._ALIGNMENT_HEADS.get(stem)  # noqa: SLF001  # there is no public table
    if heads is not None:
        # A checkpoint of somebody's own may have that name and another shape; its defaults stay.
        with suppress(RuntimeError):
            model.set_alignment_heads(heads)


def _gave_up(error: RuntimeError) -> EngineFailed:
    return EngineFailed(
        f"Whisper gave up ({type(error).__name__}), most often for lack of memory.",
        record="transcriber",
        next_step="Try again; if it keeps happening, choose a smaller model.",
    )


def _read_vocabulary(whisper: Any, name: str) -> None:
    with warnings.catch_warnings():
        # The library leaves its vocabulary's file to the garbage collector; it is read once.
        warnings.simplefilter("ignore", ResourceWarning)
        whisper.tokenizer.get_encoding(name)


def _import() -> Any:
    try:
        import whisper
    except ImportError as error:
        raise MissingPart(
            f"The engine whisper needs the package {error.name}, which is not installed.",
            record="transcriber",
            next_step="Run: pip install 'voiceops[whisper]'",
        ) from error
    return whisper
