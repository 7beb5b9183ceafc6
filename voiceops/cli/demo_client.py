"""How the demo talks to the API: patiently, since any part may be restarted while it runs."""

import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import httpx

from voiceops.errors import BadInput, Unavailable

PAUSE_SECONDS = 0.3
ANSWER_SECONDS = 30.0
TRY_AGAIN = {429, 502, 503, 504}


class DemoClient:
    """Sends a request again until it is answered; every request of the demo may be sent twice.

    `look` is called between tries and may raise. Raises Unavailable past `patience_seconds`
    counted from the beginning, and BadInput for an answer that says no.
    """

    def __init__(self, base_url: str, token: str, *, patience_seconds: float, look: Callable[[], None]) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self.base_url = base_url
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=ANSWER_SECONDS, trust_env=False)
        self._look = look
        self._patience_seconds = patience_seconds
        self._until = time.monotonic() + patience_seconds
        self._trouble = ""

    def get(self, path: str, **params: str | int) -> Any:
        """A document."""
        return self._patiently(path, lambda: self._http.get(path, params=params)).json()

    def everything(self, path: str) -> list[Any]:
        """All items of a list, page by page."""
        items: list[Any] = []
        params: dict[str, str | int] = {"limit": 100}
        while True:
            page = self.get(path, **params)
            items.extend(page["items"])
            if page.get("next") is None:
                return items
            params["cursor"] = page["next"]

    def upload(self, audio: Path, fields: Mapping[str, str]) -> Any:
        """Send a recording; the one that is stored, whether it was new or not."""

        def send() -> httpx.Response:
            with audio.open("rb") as source:
                return self._http.post("/api/v1/recordings", data=dict(fields), files={"file": (audio.name, source)})

        return self._patiently(audio.name, send).json()

    def put(self, path: str, document: Mapping[str, Any]) -> None:
        """Store a document at its address."""
        self._patiently(path, lambda: self._http.put(path, json=dict(document)))

    def upload_keyword_set(self, path: Path) -> None:
        """Take a keyword set into use, or leave it if this version is there already."""

        def send() -> httpx.Response:
            return self._http.post("/api/v1/keyword-sets", files={"file": (path.name, path.read_bytes())})

        self._patiently(path.name, send, fine={httpx.codes.CONFLICT})

    def pause(self) -> None:
        """Wait a moment. Raises what `look` raises, and Unavailable once patience is at its end."""
        self._look()
        if time.monotonic() > self._until:
            raise Unavailable(
                f"It did not come to an end within {self._patience_seconds:.0f} s.{self._trouble}",
                record="the demo",
                next_step="Read the logs that it names; on a slow machine raise the limit with --patience.",
            )
        time.sleep(PAUSE_SECONDS)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _patiently(
        self, record: str, send: Callable[[], httpx.Response], *, fine: AbstractSet[int] = frozenset()
    ) -> httpx.Response:
        while True:
            try:
                response = send()
            except httpx.TransportError as fault:
                self._trouble = f" The API was not reached ({type(fault).__name__})."
            else:
                if response.is_success or response.status_code in fine:
                    self._trouble = ""
                    return response
                self._trouble = f" The API answered {response.status_code}: {response.text[:300]}"
                if response.status_code not in TRY_AGAIN:
                    raise BadInput(self._trouble.strip(), record=record, next_step="Read the API's log.")
            self.pause()
