"""Whether a record lies within the reach of whoever asks: the agent's own, or the supervisor's teams'."""

from collections.abc import Collection

from api.access import SignedIn
from api.role_groups import Reach
from voiceops.analysis.may_claim import may_claim
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.people import Role
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.errors import NotAllowed
from voiceops.ports import Page, Services, TaskFilter, UnitOfWork
from voiceops.usecases.awaits_redaction import awaits_redaction
from voiceops.usecases.find_release import find_release


def require_reach(
    unit: UnitOfWork, who: SignedIn, *, record: str, agent_id: str | None = None, queue: str | None = None
) -> None:
    """Raise NotAllowed unless a record with this agent, in this queue, is within reach."""
    who.require_own(agent_id, record=record)
    if who.only_teams is not None:
        require_team(who, unit.teams.of(agent_id=agent_id, queue=queue), record=record)


def require_team(who: SignedIn, teams: Collection[str | None], *, record: str) -> None:
    """Raise NotAllowed if who asks is confined to teams of which none is among these."""
    if who.only_teams is not None and not set(who.only_teams) & set(teams):
        raise NotAllowed(
            "It belongs to another team.", record=record, next_step="Ask a supervisor of that team, or an admin."
        )


def recording_within_reach(unit: UnitOfWork, recording_id: str, who: SignedIn) -> Recording:
    """The recording, if whoever asks may see it; a voicemail belongs to whom its task does, or the follow-up to it.

    Raises NotFound or NotAllowed.
    """
    recording = unit.recordings.get(recording_id)
    if who.reach is Reach.CALLS and recording.kind is not RecordingKind.CALL:
        raise NotAllowed("It is a voicemail.", record=recording_id, next_step="Ask a supervisor or an admin for it.")
    try:
        require_reach(unit, who, record=recording_id, agent_id=recording.agent_id, queue=recording.queue)
    except NotAllowed:
        _require_task_within_reach(unit, recording_id, who)
    return recording


def may_hear(services: Services, unit: UnitOfWork, recording: Recording, who: SignedIn) -> bool:
    """Whether whoever asks may hear a recording within reach: who leads others may before it is redacted.

    A voicemail that cannot be transcribed is heard by its agent, too: somebody has to be called back.
    """
    is_lost = recording.state is RecordingState.FAILED and recording.kind is RecordingKind.VOICEMAIL
    leads = who.identity.role in {Role.ADMIN, Role.SUPERVISOR}
    return leads or is_lost or not awaits_redaction(services, unit, recording)


def require_redacted(services: Services, unit: UnitOfWork, recording: Recording, who: SignedIn) -> None:
    """Raise NotAllowed for sound in which something private is still to be silenced."""
    if may_hear(services, unit, recording, who):
        return
    failed = recording.state is RecordingState.FAILED
    raise NotAllowed(
        "What is private in its sound is not silenced yet.",
        record=recording.id,
        next_step="Ask a supervisor: its transcription failed." if failed else "Listen once it is transcribed.",
    )


def may_see_results(services: Services, unit: UnitOfWork, recording: Recording, who: SignedIn) -> bool:
    """Whether whoever asks may see what was found in a recording: agents may once it is released."""
    return who.only_agent is None or find_release(services, unit, recording) is not None


def task_within_reach(unit: UnitOfWork, task_id: str, who: SignedIn) -> CallbackTask:
    """The task, if whoever asks may see it: theirs, or one that they may claim. Raises NotFound or NotAllowed."""
    task = unit.tasks.get(task_id)
    if who.only_agent is None or not may_claim(unit.agents.get(who.only_agent), task):
        require_reach(unit, who, record=task_id, agent_id=task.agent_id, queue=task.queue)
    return task


def kind_within_reach(kind: RecordingKind | None, who: SignedIn) -> RecordingKind | None:
    """Which kind of recordings to list where this kind, or None for any, was asked for. Raises NotAllowed."""
    if who.reach is not Reach.CALLS:
        return kind
    if kind is RecordingKind.VOICEMAIL:
        raise NotAllowed("You see calls, and no voicemails.", record="voicemails", next_step="Ask for calls.")
    return RecordingKind.CALL


def _require_task_within_reach(unit: UnitOfWork, recording_id: str, who: SignedIn) -> None:
    task = unit.tasks.find_by_recording(recording_id)
    follow_ups = unit.tasks.list(TaskFilter(follow_up_of=task.id), Page(limit=1)) if task is not None else ()
    if any(who.only_agent is not None and who.only_agent == one.agent_id for one in follow_ups):
        return
    holder, queue = (task.agent_id, task.queue) if task is not None else (None, None)
    require_reach(unit, who, record=recording_id, agent_id=holder, queue=queue)
