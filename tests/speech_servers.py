"""A speech server on this machine that speaks the OpenAI transcription API and hears one sentence in anything."""

import email
import email.policy
import io
import json
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SENTENCE = "thank you for calling"


@dataclass
class SpeechServer:
    """What it wants and knows, and the forms that it was sent."""

    port: int = 0
    key: str = ""
    status: int = 200
    forms: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def a_speech_server(*, key: str = "") -> Iterator[SpeechServer]:
    """It listens for the length of the block."""
    speech = SpeechServer(key=key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"data": [{"id": "whisper-1"}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            parts = email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts()
            form = {str(part.get_param("name", header="content-disposition")): part.get_content() for part in parts}
            sound = form.pop("file")
            speech.forms.append({name: str(value).strip() for name, value in form.items()})
            self._answer(_heard(sound, form.get("language")))

        def _answer(self, document: object) -> None:
            refused = speech.key and self.headers["Authorization"] != f"Bearer {speech.key}"
            data = json.dumps(document).encode()
            self.send_response(401 if refused else speech.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the server's own name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        speech.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield speech
        finally:
            server.shutdown()
            thread.join()


def _heard(sound: bytes, language: str | None) -> dict[str, object]:
    """The sentence, evenly over the sound, as OpenAI's own server writes it: words beside segments."""
    with wave.open(io.BytesIO(sound)) as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (1, 2, 16_000)
        seconds = wav.getnframes() / wav.getframerate()
    words = SENTENCE.split()
    step = seconds / len(words)
    return {
        "task": "transcribe",
        "language": (language or "english").strip(),
        "duration": seconds,
        "text": SENTENCE,
        "words": [
            {"word": word, "start": number * step, "end": (number + 1) * step} for number, word in enumerate(words)
        ],
        "segments": [
            {
                "id": 0,
                "start": 0.0,
                "end": seconds,
                "text": SENTENCE,
                "temperature": 0.0,
                "avg_logprob": -0.1,
                "no_speech_prob": 0.01,
            }
        ],
    }
