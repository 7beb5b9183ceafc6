"""Runs openai-whisper on speech only, with the guards that keep it from inventing words."""

import os
import shlex
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.drop_repeats import drop_repeats
from voiceops.analysis.pack_speech import SpeechWindow, pack_speech
from voiceops.domain.transcript import Segment, Word
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcription

# The model's own window has 30 seconds; a margin keeps its last word away from the edge.
_WINDOW_SECONDS = 29.0
_JOIN_SECONDS = 0.6
_SILENCE_SECONDS = 2.0
_FULL_SCALE = 32_768.0
# Word times come from attention and are some tenths of a second off.
_TOLERANCE_SECONDS = 0.3
_WINDOWS_TO_DETECT = 3
# Words further apart than this were not said in one breath.
_APART_SECONDS = 1.5


class WhisperTranscriber:
    """Satisfies `Transcriber` with a Whisper model, by name or by path of a checkpoint.

    Never downloads: a named model must be in `model_dir` (None: Whisper's own cache,
    `$XDG_CACHE_HOME/whisper` or `~/.cache/whisper`). `device` is auto, cpu or cuda; `threads` of
    0 leaves torch's own choice. The model is loaded by the first call and kept.
    """

    name = "whisper"

    def __init__(
        self, model: str = "turbo", *, model_dir: Path | str | None = None, device: str = "auto", threads: int = 0
    ) -> None:
        self._model_name = model
        self._model_dir = Path(model_dir) if model_dir is not None else _default_model_dir()
        self._device = device
        self._threads = threads
        self._model: Any = None

    def check(self) -> None:
        """Raise MissingPart if openai-whisper or the checkpoint is not on this machine."""
        self._checkpoint(_import())

    def transcribe(self, channels: Sequence[SpeechChannel], *, language: str | None) -> Transcription:
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
            heard = [
                tuple(
                    segment
                    for window in windows
                    for segment in _segments(window, _heard(whisper, model, _audio(channel.signal, window), spoken))
                )
                for channel, windows in zip(channels, packed, strict=True)
            ]
        except RuntimeError as error:
            raise EngineFailed(
                f"Whisper gave up ({type(error).__name__}), most often for lack of memory.",
                record="transcriber",
                next_step="Try again; if it keeps happening, choose a smaller model.",
            ) from error
        return Transcription(spoken, tuple(heard))

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
        windows = [(window, channel.signal) for channel, own in zip(channels, packed, strict=True) for window in own]
        windows.sort(key=lambda pair: pair[0].seconds, reverse=True)
        votes: dict[str, float] = {}
        for window, signal in windows[:_WINDOWS_TO_DETECT]:
            audio = whisper.pad_or_trim(_audio(signal, window))
            mel = whisper.log_mel_spectrogram(audio, self._model.dims.n_mels).to(self._model.device)
            _, probabilities = self._model.detect_language(mel)
            for code, probability in probabilities.items():
                votes[code] = votes.get(code, 0.0) + probability * window.seconds
        return max(votes, key=lambda code: votes[code])

    def _loaded(self, whisper: Any) -> Any:
        if self._model is None:
            import torch

            path = self._checkpoint(whisper)
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
            fetch = "import sys, whisper; whisper.load_model(sys.argv[1], download_root=sys.argv[2])"
            words = shlex.join([self._model_name, str(self._model_dir)])
            raise MissingPart(
                f"The Whisper model {self._model_name} is not on this machine.",
                record=str(path),
                next_step=f"Fetch it with: python -c '{fetch}' {words}",
            )
        return path


def _heard(whisper: Any, model: Any, audio: NDArray[np.float32], language: str) -> Sequence[Mapping[str, Any]]:
    result = whisper.transcribe(
        model,
        audio,
        language=language,
        task="transcribe",
        word_timestamps=True,
        condition_on_previous_text=False,
        hallucination_silence_threshold=_SILENCE_SECONDS,
        fp16=model.device.type == "cuda",
        verbose=None,
    )
    segments: Sequence[Mapping[str, Any]] = result["segments"]
    return segments


def _audio(signal: Signal, window: SpeechWindow) -> NDArray[np.float32]:
    audio = np.zeros(round(window.seconds * SIGNAL_RATE_HZ), dtype=np.float32)
    for piece in window.pieces:
        begin = round(piece.span.start * SIGNAL_RATE_HZ)
        samples = signal[begin : begin + round(piece.span.seconds * SIGNAL_RATE_HZ)]
        at = round(piece.at * SIGNAL_RATE_HZ)
        room = audio[at : at + len(samples)]
        room[:] = samples[: len(room)] / _FULL_SCALE
    return audio


def _segments(window: SpeechWindow, heard: Sequence[Mapping[str, Any]]) -> Iterator[Segment]:
    """Segments in recording time, without what was heard outside speech or in a loop.

    A segment is split where its words come from distant pieces of the recording.
    """
    for raw in heard:
        words = drop_repeats([word for item in raw.get("words", ()) for word in _placed(window, item)])
        for run in _runs(words):
            yield Segment(
                run[0].start,
                run[-1].end,
                # Whisper's words carry their own spaces, which not every script has.
                "".join(word.text for word in run).strip(),
                tuple(replace(word, text=word.text.strip()) for word in run),
                temperature=float(raw["temperature"]),
                average_log_probability=float(raw["avg_logprob"]),
                no_speech_probability=float(raw["no_speech_prob"]),
            )


def _placed(window: SpeechWindow, item: Mapping[str, Any]) -> Iterator[Word]:
    start, end = float(item["start"]), float(item["end"])
    if item["word"].strip() and window.holds((start + end) / 2, tolerance=_TOLERANCE_SECONDS):
        span = window.recording_span(start, end)
        yield Word(item["word"], span.start, span.end, float(item["probability"]))


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    begin = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or words[number].start - words[number - 1].end > _APART_SECONDS:
            yield words[begin:number]
            begin = number


def _set_word_time_heads(whisper: Any, model: Any, stem: str) -> None:
    """Name the attention heads that tell word times: the loader does so only for what it downloads."""
    heads = whisper._ALIGNMENT_HEADS.get(stem)  # noqa: SLF001  # there is no public table
    if heads is not None:
        # A checkpoint of somebody's own may have that name and another shape; its defaults stay.
        with suppress(RuntimeError):
            model.set_alignment_heads(heads)


def _read_vocabulary(whisper: Any, name: str) -> None:
    with warnings.catch_warnings():
        # The library leaves its vocabulary's file to the garbage collector; it is read once.
        warnings.simplefilter("ignore", ResourceWarning)
        whisper.tokenizer.get_encoding(name)


def _default_model_dir() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "whisper"


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
