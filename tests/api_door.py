"""The API as its users meet it: a real server on a loopback port, with sign-ins for every role."""

import io
import shutil
import threading
import time
import uuid
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import httpx
import pytest

from api.serve import server
from tests.builders import NOON, an_agent
from voiceops.bootstrap import SystemClock
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.memory_notifier import MemoryNotifier
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.delivery.web_references import WebReferences
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.people import Role
from voiceops.domain.recording import Recording
from voiceops.domain.user import EVERY_TEAM
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.ports import Page, Policy, RecordingFilter, Services
from voiceops.settings import Settings
from voiceops.storage.database import open_database
from voiceops.storage.passwords import Argon2Passwords
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.usecases.create_token import TokenLimits, create_token

START_SECONDS = 30
UPLOAD_LIMIT_BYTES = 3 * 1024**2


@dataclass
class Door:
    """A running API, and what lies behind it."""

    services: Services
    folder: Path
    port: int
    secrets: dict[str, str] = field(default_factory=dict)
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, who: Role | str | None = Role.ADMIN) -> httpx.Client:
        """A client signed in with a role, or as an agent by their id, or not at all."""
        headers = {} if who is None else {"Authorization": f"Bearer {self.secret(who)}"}
        client = httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=60)
        self.clients.append(client)
        return client

    def secret(self, who: Role | str) -> str:
        """The secret of a token made on first use."""
        if who not in self.secrets:
            role = who if isinstance(who, Role) else Role.AGENT
            agent_id = who if role is Role.AGENT else None
            if agent_id is not None and not self._has_agent(agent_id):
                self.stores_agent(agent_id)
            limits = TokenLimits(teams=(EVERY_TEAM,) if role is Role.SUPERVISOR else ())
            _, secret = create_token(self.services, name=f"token of {who}", role=role, agent_id=agent_id, limits=limits)
            self.secrets[who] = secret
        return self.secrets[who]

    def leader(self, *teams: str) -> httpx.Client:
        """A client signed in as the supervisor of these teams."""
        name = f"leader of {', '.join(teams)}"
        if name not in self.secrets:
            limits = TokenLimits(teams=teams)
            self.secrets[name] = create_token(self.services, name=name, role=Role.SUPERVISOR, limits=limits)[1]
        client = self.client(None)
        client.headers["Authorization"] = f"Bearer {self.secrets[name]}"
        return client

    def stores_agent(self, agent_id: str, *, queues: tuple[str, ...] = (), team: str | None = None) -> None:
        """An agent is there."""
        with self.services.open_unit() as unit:
            unit.agents.put(replace(an_agent(agent_id), queues=queues, team=team))
            unit.commit()

    def _has_agent(self, agent_id: str) -> bool:
        with self.services.open_view() as unit:
            return unit.agents.hold(agent_id) is not None

    def stores(self, recording: Recording) -> Recording:
        """A recording's row is there, without bytes."""
        with self.services.open_unit() as unit:
            unit.recordings.add(recording)
            unit.commit()
        return recording

    def stores_task(
        self,
        recording: Recording,
        *,
        agent_id: str | None,
        state: TaskState = TaskState.OFFERED,
        queue: str | None = None,
    ) -> CallbackTask:
        """A recording and its task are there."""
        self.stores(recording)
        task = CallbackTask(
            f"task-of-{recording.id}",
            recording.id,
            NOON,
            NOON,
            state=state,
            agent_id=agent_id,
            queue=queue,
            caller_number=recording.caller_number,
        )
        with self.services.open_unit() as unit:
            unit.tasks.add(task, TaskEvent(task.id, NOON, "system", "raised", "A voicemail was received."))
            unit.commit()
        return task

    def recordings(self) -> list[Recording]:
        """All rows."""
        with self.services.open_view() as unit:
            return list(unit.recordings.list(RecordingFilter(), Page(limit=100)))

    def files(self) -> list[Path]:
        """All files of recordings, half-received ones too."""
        return [path for path in (self.folder / "recordings").rglob("*") if path.is_file()]

    def holds_nothing(self) -> bool:
        """Whether not a row and not a file is there."""
        return not self.recordings() and not self.files()

    def soon_holds_nothing(self) -> bool:
        """As `holds_nothing`, for a server that may still be clearing up."""
        return soon(self.holds_nothing)


def only_here(host: str) -> list[str]:
    """A resolver that knows this machine and nobody else."""
    if host not in {"127.0.0.1", "files.test"}:
        raise OSError("nobody knows it")
    return ["127.0.0.1"]


@contextmanager
def open_door(folder: Path, *, database_url: str, redis_url: str) -> Iterator[Door]:
    """The API over a real database, real files and a real Redis, for the length of the block."""
    engine = open_database(database_url)
    jobs, clock = RqJobQueue(redis_url), SystemClock()
    services = Services(
        open_unit=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=clock),
        open_view=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=clock, read_only=True),
        files=LocalRecordingFiles(folder / "recordings"),
        decoder=load_decoder("pyav"),
        # The API hears nothing: whoever asked for these here would fail at once.
        detector=partial(load_detector, "none"),
        transcriber=partial(load_transcriber, "none", {}),
        jobs=jobs,
        notifier=MemoryNotifier(),
        references=WebReferences(AddressGuard(allow_private=True, resolver=only_here)),
        clock=clock,
        passwords=Argon2Passwords(),
        new_id=lambda: uuid.uuid4().hex,
        policy=Policy(upload_limit_bytes=UPLOAD_LIMIT_BYTES),
    )
    with serving(services) as port:
        door = Door(services, folder, port)
        yield door
        for client in door.clients:
            client.close()
    engine.dispose()


@contextmanager
def serving(services: Services) -> Iterator[int]:
    """A server on a free loopback port, which is handed out."""
    running = server(services, Settings(host="127.0.0.1", port=0))
    thread = threading.Thread(target=running.run, name="api")
    thread.start()
    try:
        assert soon(lambda: running.started), "the server did not start"
        yield running.servers[0].sockets[0].getsockname()[1]
    finally:
        running.should_exit = True
        thread.join(START_SECONDS)
        assert not thread.is_alive(), "the server did not stop"


def soon(happens: object, *, seconds: float = START_SECONDS) -> bool:
    """Whether something becomes true before patience ends."""
    assert callable(happens)
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def a_wav(seconds: float = 1.0, *, channels: int = 2, value: int = 1) -> bytes:
    """A WAV of constant samples at 8 kHz; another value makes other bytes."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(value.to_bytes(2, "little") * channels * round(8000 * seconds))
    return target.getvalue()


def upload(
    client: httpx.Client, data: bytes, *, file_name: str = "call.wav", fields: Mapping[str, str] | None = None
) -> httpx.Response:
    """The answer to an upload."""
    return client.post(
        "/api/v1/recordings", data=fields if fields is not None else {"kind": "call"}, files={"file": (file_name, data)}
    )


@pytest.fixture
def door(tmp_path: Path, sqlite_url: str, redis_url: str) -> Iterator[Door]:
    """A server of the test's own."""
    with open_door(tmp_path, database_url=sqlite_url, redis_url=redis_url) as door:
        yield door


@pytest.fixture(scope="module")
def module_door(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite_file: Path, redis_server_url: str
) -> Iterator[Door]:
    """One server for all tests of a module."""
    folder = tmp_path_factory.mktemp("api")
    database = shutil.copy(migrated_sqlite_file, folder / "voiceops.db")
    with open_door(folder, database_url=f"sqlite:///{database}", redis_url=redis_server_url) as door:
        yield door


@pytest.fixture(scope="module")
def untouched(module_door: Door) -> Door:
    """The module's server, for tests that leave nothing behind."""
    return module_door
