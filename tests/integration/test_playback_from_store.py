"""Playback of recordings that lie in a store: through the API, or straight from the store by a signed address."""

import io
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import httpx
import numpy as np
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from playwright.sync_api import Page as BrowserPage

from tests.api_door import Door, a_wav, serving, soon, upload
from tests.browsers import Visitor
from tests.page_records import PASSWORD, move_in
from tests.wires import Wire, a_wire
from voiceops.bootstrap import build_files
from voiceops.domain.access_entry import AccessAction
from voiceops.errors import BadInput
from voiceops.ports import AccessFilter
from voiceops.settings import Settings
from voiceops.storage.s3_recording_files import S3RecordingFiles, open_store

RATE_HZ = 8000
SECONDS = 170
POLICY = "Content-Security-Policy"


@contextmanager
def playing_from(door: Door, s3_url: str, *, presigns: bool) -> Iterator[Door]:
    """The door again, with its recordings in the store."""
    files = S3RecordingFiles(open_store(s3_url), door.folder / "passing", presigns=presigns)
    services = replace(door.services, files=files)
    with serving(services) as port:
        yield Door(services, door.folder, port)


@pytest.fixture
def wire(s3_url: str) -> Iterator[Wire]:
    """Counts what the store sends."""
    server = urlsplit(parse_qs(urlsplit(s3_url).query)["endpoint"][0])
    assert server.hostname is not None
    assert server.port is not None
    with a_wire(server.hostname, server.port) as wire:
        yield wire


@pytest.fixture
def proxied(door: Door, s3_url: str, wire: Wire) -> Iterator[Door]:
    with playing_from(door, through(wire, s3_url), presigns=False) as changed:
        yield changed


@pytest.fixture
def presigned(door: Door, s3_url: str) -> Iterator[Door]:
    with playing_from(door, s3_url, presigns=True) as changed:
        yield changed


def through(wire: Wire, s3_url: str) -> str:
    parts = urlsplit(s3_url)
    return urlunsplit(parts._replace(query=f"endpoint=http://127.0.0.1:{wire.port}"))


def a_long_call() -> bytes:
    """A call in which each second has a value of its own, nearly as large as the door lets in."""
    values = np.repeat(np.arange(SECONDS, dtype=np.int16), RATE_HZ)
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(values.tobytes())
    return target.getvalue()


def audio_of(client: httpx.Client, sound: bytes) -> str:
    """Where the sound is played from, once it is uploaded."""
    recording_id = upload(client, sound).raise_for_status().json()["id"]
    return f"/api/v1/recordings/{recording_id}/audio"


def test_a_player_that_seeks_gets_its_stretch_and_the_store_sends_little_more(proxied: Door, wire: Wire) -> None:
    sound = a_long_call()
    with proxied.client() as client:
        path = audio_of(client, sound)
        before = wire.bytes_back
        middle = len(sound) // 2
        answer = client.get(path, headers={"Range": f"bytes={middle}-{middle + 9_999}"})
        assert (answer.status_code, answer.content) == (206, sound[middle : middle + 10_000])
        assert answer.headers["content-type"] == "audio/wav"
        assert wire.bytes_back - before < 20_000
        whole = client.get(path)
        assert (whole.status_code, whole.content) == (200, sound)


def test_a_clip_fetches_what_is_heard_and_not_the_call(proxied: Door, wire: Wire) -> None:
    with proxied.client() as client:
        path = audio_of(client, a_long_call())
        before = wire.bytes_back
        answer = client.get(path.replace("/audio", "/clip"), params={"start": 120, "end": 122})
    with wave.open(io.BytesIO(answer.raise_for_status().content)) as clip:
        samples = np.frombuffer(clip.readframes(clip.getnframes()), np.int16)
    assert (samples[len(samples) // 4], samples[len(samples) * 3 // 4]) == (120, 121)
    assert wire.bytes_back - before < len(a_long_call()) // 4


def test_what_lies_in_the_store_is_proxied_unless_the_setting_says_otherwise(proxied: Door) -> None:
    with proxied.client() as client:
        answer = client.get(audio_of(client, a_wav()))
    assert answer.status_code == 200
    assert "media-src 'self';" in httpx.get(f"{proxied.url}/sign-in", trust_env=False).headers[POLICY]


def test_a_signed_address_gives_the_sound_with_its_type_once_the_access_is_kept(presigned: Door) -> None:
    sound = a_long_call()
    with presigned.client() as client:
        path = audio_of(client, sound)
        answer = client.get(path)
    assert (answer.status_code, answer.headers["cache-control"], answer.content) == (307, "no-store", b"")
    with presigned.services.open_view() as unit:
        [kept] = unit.access_log.list(AccessFilter(action=AccessAction.HEARD_AUDIO), limit=9)
    assert kept.entry.record in path
    given = httpx.get(answer.headers["location"], headers={"Range": "bytes=100-199"}, trust_env=False)
    assert (given.status_code, given.content) == (206, sound[100:200])
    assert given.headers["content-type"] == "audio/wav"
    assert given.headers["content-disposition"] == "inline"


def test_an_address_is_signed_as_amazon_signs_and_lives_for_minutes(presigned: Door) -> None:
    with presigned.client() as client:
        address = client.get(audio_of(client, a_wav())).headers["location"]
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert 60 <= int(query["X-Amz-Expires"]) <= 600
    assert "secret" not in address
    # Amazon's own library, at the same instant, comes to the same signature.
    signer = S3SigV4QueryAuth(Credentials("key", "secret"), "s3", "us-east-1", expires=int(query["X-Amz-Expires"]))
    request = AWSRequest("GET", urlunsplit(parts._replace(query="")))
    request.context["timestamp"] = query["X-Amz-Date"]
    signer._modify_request_before_signing(request)
    canonical = signer.canonical_request(request)
    assert signer.signature(signer.string_to_sign(request, canonical), request) == query["X-Amz-Signature"]
    assert datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) <= datetime.now(UTC)


def test_who_may_not_hear_a_recording_gets_no_address(presigned: Door) -> None:
    with presigned.client() as client, presigned.client("ana") as ana, presigned.client(None) as nobody:
        path = audio_of(client, a_wav())
        assert ana.get(path).status_code == 403
        assert nobody.get(path).status_code == 401


def test_what_the_store_lost_is_a_problem_and_no_address(presigned: Door) -> None:
    with presigned.client() as client:
        path = audio_of(client, a_wav())
        for digest in presigned.services.files.all_sha256():
            presigned.services.files.remove(digest)
        answer = client.get(path)
    assert answer.status_code == 404
    assert "backup" in answer.json()["next_step"]


def test_a_folder_cannot_be_asked_to_give_addresses(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="VOICEOPS_PLAYBACK"):
        build_files(Settings(data_dir=tmp_path, playback="presigned"))


def test_amazons_own_store_is_named_in_the_pages_policy_as_it_is_in_addresses(tmp_path: Path) -> None:
    store = open_store("s3://key:secret@bucket/calls?region=eu-central-1")
    assert S3RecordingFiles(store, tmp_path, presigns=True).players_origin == "https://s3.eu-central-1.amazonaws.com"
    assert S3RecordingFiles(store, tmp_path).players_origin is None


def played(page: BrowserPage) -> float:
    at: float = page.evaluate("document.querySelector('audio').currentTime")
    return at


def test_a_page_plays_from_the_store_and_asks_for_a_new_address_when_the_player_fails(
    presigned: Door, visit: Callable[..., Visitor]
) -> None:
    move_in(presigned, wanted=("calls/02",))
    [call] = presigned.recordings()
    visitor = visit(presigned.url)
    visitor.signs_in("vera", PASSWORD)
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/calls/{call.id}")
    page.evaluate("document.querySelector('audio').play()")
    assert soon(lambda: played(page) > 0.2)
    origin = presigned.services.files.players_origin
    assert origin is not None
    assert [url for url in asked if url.startswith(origin)]
    assert all(fault.startswith("asks another host") for fault in visitor.faults), visitor.faults
    # As where an address ran out: the player reports a fault in the middle.
    page.evaluate(
        """() => {
          const audio = document.querySelector('audio');
          audio.pause();
          audio.dispatchEvent(new Event('error'));
        }"""
    )
    assert soon(lambda: played(page) > 0.5)
    assert sum(url.endswith("/audio") for url in asked) >= 2
