"""Recordings' bytes in an S3-compatible store, each object under the SHA-256 of its content."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from voiceops.analysis.media_type import HEAD_BYTES, media_type_of
from voiceops.errors import BadInput, NotFound, Unavailable
from voiceops.ports import IncomingFile, StoredFile
from voiceops.storage.far_file import open_far_file
from voiceops.storage.recording_files import BLOCK_BYTES, DIGEST, LocalRecordingFiles, not_kept

if TYPE_CHECKING:
    from obstore.store import S3Config  # known to type checkers alone

_OPTIONS = {"endpoint", "region"}
# A store that is away for a moment is waited for; one that stays away is somebody's to mend.
_RETRIES, _RETRY_SECONDS = 5, 30
# Memory that one upload takes: so many parts at once, of the least size that S3 allows.
_PARTS_AT_ONCE = 2
# A player that listens for longer is given another address when it asks again.
_ADDRESS_LIFE = timedelta(minutes=5)


def open_store(url: str) -> S3Store:
    """The store at `s3://key:secret@bucket/prefix?endpoint=https://…&region=…`; nothing is connected yet.

    Without a key in it the ones of the environment are taken (AWS_ACCESS_KEY_ID and its kin, or the machine's role).
    Raises BadInput.
    """
    parts, options = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    if parts.scheme != "s3" or not parts.hostname or set(options) - _OPTIONS:
        raise BadInput(
            "This is not the address of a store that VoiceOps can use.",
            record="VOICEOPS_RECORDINGS_URL",
            next_step="Write s3://key:secret@bucket/prefix?endpoint=https://host&region=name.",
        )
    config: S3Config = {"region": options.get("region", "us-east-1")}
    if parts.username and parts.password:
        config["access_key_id"] = unquote(parts.username)
        config["secret_access_key"] = unquote(parts.password)
    if "endpoint" in options:
        config["endpoint"] = options["endpoint"]
        config["virtual_hosted_style_request"] = False
    return S3Store(
        parts.hostname,
        prefix=parts.path.strip("/") or None,
        config=config,
        client_options={
            "allow_http": options.get("endpoint", "").startswith("http://"),
            "connect_timeout": timedelta(seconds=10),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=_RETRY_SECONDS)},
    )


class S3IncomingFile:
    """Bytes that were received into a temporary file and not yet sent to the store."""

    def __init__(self, store: S3Store, local: IncomingFile) -> None:
        self._store = store
        self.path = local.path
        self.stored: StoredFile = local.stored

    def keep(self) -> None:
        """See the port. In parts, so that memory stays small; the object is there whole or not at all.

        The store says of it what players need to know, and what keeps a browser from taking it for a page.
        """
        with self.path.open("rb") as file:
            kind = media_type_of(file.read(HEAD_BYTES))
        with _store_failures():
            obstore.put(
                self._store,
                _key(self.stored.sha256),
                self.path,
                attributes={"Content-Type": kind, "Content-Disposition": "inline"},
                max_concurrency=_PARTS_AT_ONCE,
            )


class S3RecordingFiles:
    """See `ports.RecordingFiles`: `<first two digits>/<digest>`, and a local folder for what comes and goes."""

    def __init__(self, store: S3Store, folder: Path, *, presigns: bool = False) -> None:
        """`folder` has room for the recordings that are received and worked on at one time.

        With `presigns` players fetch from the store, by signed addresses.
        """
        self._store = store
        self.players_origin = _origin(store) if presigns else None
        self._local = LocalRecordingFiles(folder)
        self._fetched = folder / "incoming"

    @contextmanager
    def receive(self, source: BinaryIO, *, limit_bytes: int) -> Iterator[IncomingFile]:
        """See the port."""
        with self._local.receive(source, limit_bytes=limit_bytes) as incoming:
            yield S3IncomingFile(self._store, incoming)

    @contextmanager
    def open_local(self, sha256: str) -> Iterator[Path]:
        """See the port. The bytes are fetched into a temporary file."""
        size = self.size_of(sha256)
        with tempfile.NamedTemporaryFile(dir=self._fetched) as target:
            for piece in self.read(sha256, first=0, length=size):
                target.write(piece)
            target.flush()
            yield Path(target.name)

    def size_of(self, sha256: str) -> int:
        """See the port."""
        if DIGEST.fullmatch(sha256) is None:
            raise not_kept(sha256)
        with _store_failures():
            try:
                return obstore.head(self._store, _key(sha256))["size"]
            except FileNotFoundError as error:
                raise not_kept(sha256) from error

    def read(self, sha256: str, *, first: int, length: int) -> Iterator[bytes]:
        """See the port."""
        end = min(first + length, self.size_of(sha256))
        while first < end:
            piece = self._stretch(sha256, first, min(first + BLOCK_BYTES, end))
            first += len(piece)
            yield piece

    @contextmanager
    def open_bytes(self, sha256: str) -> Iterator[BinaryIO]:
        """See the port. Only the stretches that are read are fetched."""
        with open_far_file(partial(self._stretch, sha256), size=self.size_of(sha256)) as file:
            yield file

    def address_for_player(self, sha256: str) -> str | None:
        """See the port."""
        self.size_of(sha256)
        if self.players_origin is None:
            return None
        with _store_failures():
            return obstore.sign(self._store, "GET", _key(sha256), _ADDRESS_LIFE)

    def _stretch(self, sha256: str, first: int, end: int) -> bytes:
        with _store_failures():
            return obstore.get_range(self._store, _key(sha256), start=first, end=end).to_bytes()

    def exists(self, sha256: str) -> bool:
        """See the port."""
        try:
            self.size_of(sha256)
        except NotFound:
            return False
        return True

    def remove(self, sha256: str) -> None:
        """See the port."""
        if self.exists(sha256):
            with _store_failures():
                obstore.delete(self._store, _key(sha256))

    def all_sha256(self, *, older_than_seconds: float = 0.0) -> Iterator[str]:
        """See the port. In order."""
        latest = datetime.now(UTC) - timedelta(seconds=older_than_seconds)
        with _store_failures():
            for page in obstore.list(self._store):
                for found in page:
                    folder, _, name = found["path"].rpartition("/")
                    is_ours = DIGEST.fullmatch(name) is not None and folder == name[:2]
                    if is_ours and (older_than_seconds <= 0 or found["last_modified"] <= latest):
                        yield name

    def remove_abandoned(self, older_than_seconds: float) -> int:
        """See the port. Parts of uploads that broke off are the store's to remove, by a rule of its bucket."""
        return self._local.remove_abandoned(older_than_seconds)


def _origin(store: S3Store) -> str:
    """Where the store's signed addresses lead, as a page's policy names it."""
    endpoint = store.config.get("endpoint") or f"https://s3.{store.config['region']}.amazonaws.com"
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


@contextmanager
def _store_failures() -> Iterator[None]:
    """The store's own messages quote addresses and answers, and stay out of ours."""
    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        refused = type(error).__name__ in {"PermissionDeniedError", "UnauthenticatedError"}
        what = "refuses the key it was given" if refused else "does not answer as it should"
        raise Unavailable(
            f"The store of recordings {what}.",
            record="VOICEOPS_RECORDINGS_URL",
            next_step="Check its address, bucket and key, and that it runs; then try again.",
        ) from error
