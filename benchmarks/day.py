"""A day of a call centre with a clock that is moved by hand: real use cases on a real database.

Voicemails arrive day and night; jobs reach the workers late, twice or never; the transcriber cannot do some
recordings; agents come, go for lunch, go home, let offers pass, accept and call back. What is simulated is
time, people and the recogniser's words. Files, decoding, stores, jobs and rules are the real ones.
"""

import heapq
import io
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from benchmarks.day_parts import MIDNIGHT, SENTENCES, AllSpeech, DayTranscriber, HandClock, a_message
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.web_references import WebReferences
from voiceops.domain.callback_task import Disposition, TaskState
from voiceops.domain.notice import SUPERVISOR, Address, OutgoingNotice
from voiceops.domain.people import Agent, Presence, Queue
from voiceops.domain.recording import RecordingKind
from voiceops.domain.working_hours import Opening, WorkingHours
from voiceops.engines import load_decoder
from voiceops.errors import Conflict, VoiceOpsError
from voiceops.ports import Job, JobName, Lane, PasswordHasher, Policy, Services
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.check_ledger import check_ledger
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.deliver_notice import deliver_notice
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.set_presence import set_presence
from voiceops.usecases.transcribe_recording import transcribe_recording
from workers.sweep import sweep

_WORK: Mapping[JobName, Callable[[Services, str], None]] = {
    JobName.TRANSCRIBE: transcribe_recording,
    JobName.ANALYSE: analyse_recording,
    JobName.DELIVER: deliver_notice,
}
SKILLS = ("service", "billing", "sales")
LANGUAGES = ("en", "hu")


@dataclass(frozen=True)
class Plan:
    """How the day goes. Shares are of one; seconds are simulated time."""

    voicemails: int = 5000
    agents: int = 60
    failing_share: float = 0.05
    redelivered_share: float = 0.05
    lost_job_share: float = 0.01
    ignored_offer_share: float = 0.05
    call_minutes: float = 3.5
    sweep_seconds: int = 60
    audit_seconds: int = 3600
    days_limit: int = 3
    seed: int = 1


@dataclass
class Day:
    """The simulation: what is to happen when, and the services that it happens to."""

    plan: Plan
    engine: Engine
    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    counts: Counter[str] = field(default_factory=Counter)
    uploaded: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.plan.seed)  # noqa: S311 - a repeatable day, no secret
        self.transcriber = DayTranscriber()
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers, self._ids = count(), count(1)
        self._doomed: set[str] = set()
        self._free_at: dict[str, datetime] = {}
        self._is_over = False
        self.services = Services(
            open_unit=lambda: SqlUnitOfWork(self.engine, jobs=self, clock=self.clock),
            open_view=lambda: SqlUnitOfWork(self.engine, jobs=self, clock=self.clock, read_only=True),
            files=LocalRecordingFiles(self.folder),
            decoder=load_decoder("pyav"),
            detector=AllSpeech,
            transcriber=lambda: self.transcriber,
            jobs=self,
            notifier=self,
            references=WebReferences(AddressGuard()),
            passwords=cast("PasswordHasher", None),  # nobody signs in
            clock=self.clock,
            new_id=lambda: f"{next(self._ids):08}",
            policy=Policy(),
        )

    # --- the agenda

    def at(self, when: datetime, act: Callable[[], None]) -> None:
        """Do something at a simulated instant."""
        heapq.heappush(self._agenda, (when, next(self._numbers), act))

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something after simulated seconds."""
        self.at(self.clock.time + timedelta(seconds=seconds), act)

    def run(self) -> None:
        """Live through the day, and through the following ones until nobody owes anything."""
        _hire(self)
        for _ in range(self.plan.voicemails):
            self.at(MIDNIGHT + timedelta(hours=_hour(self.chance)), self._voicemail)
        self.at(MIDNIGHT + timedelta(hours=11), lambda: self._everybody(Presence.OFFLINE))
        self.at(MIDNIGHT + timedelta(hours=11, minutes=20), lambda: self._everybody(Presence.AVAILABLE))
        self.at(MIDNIGHT, self._sweep)
        self.at(MIDNIGHT, self._audit)
        end = MIDNIGHT + timedelta(days=self.plan.days_limit)
        while self._agenda and self._agenda[0][0] <= end:
            self.clock.time, _, act = heapq.heappop(self._agenda)
            act()

    # --- machines

    def _voicemail(self) -> None:
        number = len(self.uploaded)
        upload = Upload(
            file_name=f"{number}.wav",
            source=io.BytesIO(a_message(number)),
            kind=RecordingKind.VOICEMAIL,
            language=self.chance.choice(LANGUAGES),
            queue=self.chance.choice(SKILLS),
            caller_number=f"+1212555{number:04}",
        )
        recording = receive_recording(self.services, upload).recording
        self.uploaded.append(recording.id)
        if self.chance.random() < self.plan.failing_share:
            self._doomed.add(recording.id)

    def enqueue(self, job: Job) -> None:
        """A job queue that is late, now and then delivers twice, and now and then not at all."""
        luck = self.chance.random()
        if luck < self.plan.lost_job_share:
            self.counts["jobs lost"] += 1
            return
        self.after(self.chance.uniform(1, 40), lambda: self._work(job))
        if luck > 1 - self.plan.redelivered_share:
            self.counts["jobs redelivered"] += 1
            self.after(self.chance.uniform(1, 400), lambda: self._work(job))

    def depths(self) -> Mapping[Lane, int]:
        """Nobody asks."""
        return {}

    def _work(self, job: Job) -> None:
        self.transcriber.failing = job.record_id in self._doomed
        self.transcriber.sentence = self.chance.choice(SENTENCES)
        try:
            _WORK[job.name](self.services, job.record_id)
        except VoiceOpsError as error:
            self.counts[f"job ended with {type(error).__name__}"] += 1

    def _sweep(self) -> None:
        for name, moved in sweep(self.services).items():
            self.counts[f"swept: {name}"] += moved
        if not self._is_over:
            self.after(self.plan.sweep_seconds, self._sweep)

    def _audit(self) -> None:
        """Read the ledger, as whoever watches would; the day is over when nobody owes anything."""
        ledger = check_ledger(self.services)
        self.counts["faults seen in the ledger"] += ledger.fault_count
        self._is_over = not ledger.open and len(self.uploaded) == self.plan.voicemails
        if not self._is_over:
            self.after(self.plan.audit_seconds, self._audit)

    # --- people

    def _everybody(self, presence: Presence) -> None:
        with self.services.open_view() as unit:
            agents = unit.agents.list()
        for agent in agents:
            set_presence(self.services, agent.id, presence)

    def check(self, to: Address) -> None:
        """Every address will do."""

    def notify(self, notice: OutgoingNotice, to: Address) -> None:  # noqa: ARG002 - the port's parameters
        """An agent looks at an offer some time later, or never."""
        agent_id, task_id = notice.recipient, notice.task_id
        if agent_id != SUPERVISOR and task_id is not None and self.chance.random() >= self.plan.ignored_offer_share:
            self.after(self.chance.uniform(10, 600), lambda: self._accept(agent_id, task_id))

    def _accept(self, agent_id: str, task_id: str) -> None:
        with self.services.open_view() as unit:
            task = unit.tasks.get(task_id)
        if task.state is not TaskState.OFFERED or task.agent_id != agent_id:
            self.counts["offers gone before they were looked at"] += 1
            return
        self.counts["offers looked at"] += 1
        accept_task(self.services, task_id, actor=agent_id)
        begins = max(self.clock.time, self._free_at.get(agent_id, MIDNIGHT))
        self._free_at[agent_id] = begins + timedelta(minutes=self.chance.expovariate(1 / self.plan.call_minutes))
        self.at(self._free_at[agent_id], lambda: self._complete(agent_id, task_id))

    def _complete(self, agent_id: str, task_id: str) -> None:
        try:
            complete_task(self.services, task_id, actor=agent_id, disposition=Disposition.CALLED_BACK)
        except Conflict:
            self.counts["tasks given back before the call"] += 1


def _hire(day: Day) -> None:
    """Queues open 08:00 to 20:00; half of the agents work early, half late, each with lunch or supper."""
    week = frozenset(range(7))
    early = (Opening(time(8), time(12)), Opening(time(12, 30), time(16)))
    late = (Opening(time(12), time(16)), Opening(time(16, 30), time(20)))
    with day.services.open_unit() as unit:
        for skill in SKILLS:
            hours = WorkingHours(opens=time(8), closes=time(20), weekdays=week)
            unit.queues.put(Queue(skill, skill.title(), skills=(skill,), hours=hours))
        for number in range(day.plan.agents):
            shifts = WorkingHours(by_weekday=dict.fromkeys(week, late if number % 2 else early))
            language = LANGUAGES[number // 2 % 2]
            skill = SKILLS[number // 4 % 3]
            unit.agents.put(Agent(f"agent-{number:03}", f"Agent {number}", (language,), (skill,), shifts=shifts))
        unit.commit()


def _hour(chance: random.Random) -> float:
    """When a voicemail comes: most between 8 and 20 o'clock, some at night."""
    return chance.uniform(0, 24) if chance.random() < 0.15 else chance.triangular(8, 20, 11)
