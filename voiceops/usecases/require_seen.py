"""Refuses a change by somebody who decided on what is no longer so, and tells them what changed meanwhile."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from voiceops.analysis.version_tag import user_tag, version_tag
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.domain.people import Agent, Queue
from voiceops.domain.review import Review
from voiceops.domain.user import Rights, User
from voiceops.errors import Changed, Problem
from voiceops.ports import StoredKeywordSet, UnitOfWork

_SHORT = (str, int, float, bool, type(None))


def task_as_seen(unit: UnitOfWork, task_id: str, version: int | None) -> CallbackTask:
    """The task, if it is still at the version that the actor saw; None saw none and takes it as it is.

    Raises NotFound, or Changed with what happened since.
    """
    task = unit.tasks.get(task_id)
    if version not in {None, task.version}:
        # Every change raises the version by one and adds one event.
        since = unit.tasks.events(task_id)[version:]
        raise _changed(
            f"The task is at version {task.version} now, {task.state}; you saw version {version}.",
            [f"{event.at:%Y-%m-%d %H:%M} UTC, {event.actor}: {event.what}" for event in since],
            record=task_id,
        )
    return task


def require_seen(stored: Agent | Queue | None, sent: Agent | Queue, *, seen: str | None) -> None:
    """Raise Changed, with the fields that differ from what was sent, unless what is stored was seen; None sees all."""
    if seen is None or (stored is not None and version_tag(stored) == seen):
        return
    if stored is None:
        raise _changed("There is none with this id now.", [], record=sent.id)
    raise _changed("It is not what you saw any more.", _differences(stored, sent), record=sent.id)


def require_seen_owner(stored: CustomerOwner | None, *, record: str, seen: str | None) -> None:
    """Raise Changed, with who is named by whom, unless that is what the actor saw; None saw nothing."""
    if seen is None or (stored is not None and version_tag(stored) == seen):
        return
    if stored is None:
        raise _changed("Nobody looks after the customer now.", [], record=record)
    now = f"{stored.set_at:%Y-%m-%d %H:%M} UTC, {stored.set_by}: {stored.agent_id} looks after the customer"
    raise _changed("It is not what you saw any more.", [now], record=record)


def require_seen_user(stored: User, sent: User, *, seen: str | None) -> None:
    """Raise Changed, with the rights that differ from what was sent, unless the stored ones were seen."""
    if seen in {None, user_tag(stored)}:
        return
    since = _differences(stored.rights, sent.rights)
    if (stored.disabled_at is None) != (sent.disabled_at is None):
        since.append("they may sign in now" if stored.disabled_at is None else "they are shut out now")
    raise _changed("It is not what you saw any more.", since, record=stored.id)


def require_seen_reviews(reviews: Sequence[Review], *, record: str, count: int | None) -> None:
    """Raise Changed, with the reviews that were added, unless there are as many as the reviewer saw; None saw none."""
    if count not in {None, len(reviews)}:
        since = [f"{one.reviewer} said {one.outcome} about {one.rule_id}" for one in reviews[count:]]
        raise _changed(f"There are {len(reviews)} reviews now; you saw {count}.", since, record=record)


def require_seen_version(stored: StoredKeywordSet | None, *, record: str, version: int | None) -> None:
    """Raise Changed unless the version in use is the one that the actor saw; None saw none."""
    if version is None:
        return
    if stored is None:
        raise _changed("No version is in use now.", [], record=record)
    now = stored.keyword_set.version
    if now != version:
        what = f"version {now}, uploaded by {stored.uploaded_by}, is in use"
        raise _changed(f"Version {now} is in use now; you saw version {version}.", [what], record=record)


def _differences(stored: Agent | Queue | Rights, sent: Agent | Queue | Rights) -> list[str]:
    pairs = [(field.name, getattr(stored, field.name), getattr(sent, field.name)) for field in fields(stored)]
    return [_difference(name, now, wanted) for name, now, wanted in pairs if now != wanted]


def _difference(name: str, now: Any, wanted: Any) -> str:
    if isinstance(now, _SHORT) and isinstance(wanted, _SHORT):
        return f"{name} is {now} now; you sent {wanted}"
    return f"{name} is not what you sent"


def _changed(what: str, since: Sequence[str], *, record: str) -> Changed:
    return Changed(
        what,
        [Problem(None, one) for one in since],
        record=record,
        next_step="Load it again, and decide on what it is now.",
    )
