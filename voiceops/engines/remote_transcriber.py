"""Lets a server with the OpenAI transcription API recognise speech; it is sent nothing but speech."""

import io
import math
import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import httpx
import numpy as np

from voiceops.analysis.language_names import LANGUAGE_NAMES
from voiceops.analysis.pack_speech import SpeechWindow, pack_speech
from voiceops.analysis.unpack_heard import HeardSegment, Unpacked, unpack_heard
from voiceops.analysis.window_sound import window_sound
from voiceops.domain.transcript import Word
from voiceops.errors import EngineFailed, MissingPart, Unavailable
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcription

_WINDOW_SECONDS = 29.0
_JOIN_SECONDS = 0.6
_PATIENCE = httpx.Timeout(300.0, connect=10.0)
_CODES = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}
_REFUSED = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


class RemoteTranscriber:
    """Satisfies `Transcriber` by `POST {url}/audio/transcriptions`, a window of speech at a time.

    `transport` makes what connects (None: whatever address there is); a `key` is sent as a bearer token.
    Word probabilities are the server's, or its segment's where it has none for words.
    """

    name = "remote"

    def __init__(
        self,
        url: str = "",
        *,
        model: str = "whisper-1",
        key: str = "",
        transport: Callable[[], httpx.BaseTransport] | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._model = model
        self._key = key
        self._transport = transport
        self._client: httpx.Client | None = None

    def check(self) -> None:
        """Raise MissingPart if no server is set, it refuses the key, or it does not know the model."""
        if not self._url:
            raise MissingPart(
                "The engine remote needs the address of a server.",
                record="VOICEOPS_REMOTE_URL",
                next_step="Set it, e.g. https://speech.example/v1, and VOICEOPS_REMOTE_KEY where the server wants one.",
            )
        answer = self._asked("GET", "/models")
        known = [entry.get("id") for entry in answer.get("data", ()) if isinstance(entry, dict)]
        if known and self._model not in known:
            raise MissingPart(
                f"The server has no model {self._model}.",
                record=self._url,
                next_step=f"Choose one of: {', '.join(map(str, known[:10]))}.",
            )

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        """Transcribe speech packed into windows. `language` None is what the server heard first."""
        spoken = language
        heard: list[list[Unpacked]] = []
        for channel in channels:
            windows = pack_speech(channel.speech, window_seconds=_WINDOW_SECONDS, join_seconds=_JOIN_SECONDS)
            own: list[Unpacked] = []
            for window in windows:
                answer = self._recognised(channel.signal, window, spoken, hints)
                spoken = spoken or _language_of(answer)
                own.append(unpack_heard(window, self._segments(answer)))
            heard.append(own)
        segments = tuple(tuple(one for window in own for one in window.segments) for own in heard)
        return Transcription(spoken, segments, sum(window.dropped_words for own in heard for window in own))

    def _recognised(
        self, signal: Signal, window: SpeechWindow, language: str | None, hints: Sequence[str]
    ) -> Mapping[str, Any]:
        form: dict[str, Any] = {
            "model": self._model,
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["word", "segment"],
            "temperature": "0",
        }
        if language:
            form["language"] = language
        if hints:
            form["prompt"] = ", ".join(hints)
        sound = _wav(signal, window)
        return self._asked("POST", "/audio/transcriptions", form, {"file": ("speech.wav", sound, "audio/wav")})

    def _segments(self, answer: Mapping[str, Any]) -> Iterator[HeardSegment]:
        try:
            yield from _heard_segments(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise self._failed("answered in a form that is not OpenAI's verbose_json") from error

    def _asked(
        self, method: str, path: str, form: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        try:
            response = self._connected().request(method, self._url + path, data=form, files=files)
            if response.status_code in _REFUSED:
                raise MissingPart(
                    "The server of the engine remote refuses the key.",
                    record=self._url,
                    next_step="Set VOICEOPS_REMOTE_KEY to a key that it accepts.",
                )
            response.raise_for_status()
            answer = response.json()
        except httpx.HTTPStatusError as error:
            raise self._failed(f"answered with {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise Unavailable(
                f"The server of the engine remote cannot be reached ({type(error).__name__}).",
                record=self._url,
                next_step="Start it, or mend VOICEOPS_REMOTE_URL.",
            ) from error
        except ValueError as error:
            raise self._failed("answered with something that is not JSON") from error
        if not isinstance(answer, dict):
            raise self._failed("answered with something that is no JSON object")
        return answer

    def _connected(self) -> httpx.Client:
        if self._client is None:
            headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
            transport = self._transport() if self._transport else None
            self._client = httpx.Client(transport=transport, headers=headers, timeout=_PATIENCE, trust_env=False)
        return self._client

    def _failed(self, what: str) -> EngineFailed:
        return EngineFailed(
            f"The server of the engine remote {what}.",
            record=self._url,
            next_step="The recording can be tried again; if it keeps happening, look at the server's log.",
        )


def _wav(signal: Signal, window: SpeechWindow) -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SIGNAL_RATE_HZ)
        out.writeframes(np.round(window_sound(signal, window) * 32_767).astype("<i2").tobytes())
    return data.getvalue()


def _heard_segments(answer: Mapping[str, Any]) -> Iterator[HeardSegment]:
    """The segments; OpenAI gives words beside them, other servers inside them."""
    raw_segments = answer["segments"] or ()
    beside = list(answer.get("words") or ())
    for number, raw in enumerate(raw_segments):
        is_last = number == len(raw_segments) - 1
        own = raw.get("words") or [one for one in beside if is_last or _middle(one) < float(raw["end"])]
        beside = beside if raw.get("words") else beside[len(own) :]
        belief = math.exp(min(0.0, float(raw.get("avg_logprob") or 0.0)))
        yield HeardSegment(
            tuple(_word(one, belief) for one in own),
            raw.get("temperature"),
            raw.get("avg_logprob"),
            raw.get("no_speech_prob"),
        )


def _middle(raw: Mapping[str, Any]) -> float:
    return (float(raw["start"]) + float(raw["end"])) / 2


def _word(raw: Mapping[str, Any], belief: float) -> Word:
    probability = raw.get("probability")
    text = f" {str(raw['word']).strip()}"
    return Word(
        text, float(raw["start"]), float(raw["end"]), min(1.0, float(belief if probability is None else probability))
    )


def _language_of(answer: Mapping[str, Any]) -> str | None:
    """The code of what the server calls by a name or by a code."""
    named = str(answer.get("language") or "").casefold()
    return _CODES.get(named, named[:2] or None)
