"""Finds and removes everything that is stored about one person, and keeps the receipts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, false, func, or_, select, update

from voiceops.domain.access_entry import AccessAction
from voiceops.domain.erasure import Erasure, Export, Person, Stayed
from voiceops.domain.recording import Direction, Recording
from voiceops.errors import NotFound
from voiceops.ports import Belongings, Trace
from voiceops.storage.access_tables import access_log
from voiceops.storage.customer_tables import customer_owners
from voiceops.storage.erasure_tables import erasures
from voiceops.storage.mentions import is_person, mentioning, pattern_of, remaining_mentions
from voiceops.storage.message_tables import task_messages
from voiceops.storage.notice_tables import notices
from voiceops.storage.recordings import FIELDS
from voiceops.storage.reply_tables import kept_replies
from voiceops.storage.statements import all_rows, put
from voiceops.storage.tables import metadata, recordings, tasks

# What of a person left the system with these.
_LEFT = (AccessAction.EXPORTED, AccessAction.OPENED_ORIGINAL)
# They have rows of other records too, or are counted by their own deletion.
_COUNTED_APART = {tasks, task_messages, notices}


class SqlErasureStore:
    """What belongs to a person, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def trace(self, person: Person) -> Trace:
        """See the port."""
        named = self._connection.scalars(select(recordings.c.id).where(_is_of(person)))
        labelled = mentioning(self._connection, [recordings.c.file_name, recordings.c.labels], recordings.c.id, person)
        about = self._connection.scalars(select(tasks.c.id).where(_is_about(person)))
        return Trace(frozenset({*named, *labelled}), frozenset(about))

    def belongings(self, trace: Trace) -> Belongings:
        """See the port."""
        whole = self._tied(trace)
        query = select(*FIELDS).where(recordings.c.id.in_(whole.recording_ids)).with_for_update()
        found = [Recording(**row) for row in all_rows(self._connection, query.order_by(recordings.c.id))]
        held = frozenset(one.id for one in found if one.is_held)
        staying = self._tied(Trace(held, frozenset()))
        return Belongings(
            recordings=tuple(one for one in found if one.id not in staying.recording_ids),
            task_ids=tuple(sorted(whole.task_ids - staying.task_ids)),
            stayed=tuple(_stayed(one) for one in found if one.id in staying.recording_ids),
            staying_ids=tuple(sorted(staying.recording_ids | staying.task_ids)),
        )

    def _tied(self, trace: Trace) -> Trace:
        """With every message of its tasks, every task of its messages, and what follows these up."""
        while True:
            recording_ids, task_ids = set(trace.recording_ids), set(trace.task_ids)
            among = or_(task_messages.c.task_id.in_(task_ids), task_messages.c.recording_id.in_(recording_ids))
            pairs = select(task_messages.c.task_id, task_messages.c.recording_id).where(among)
            for task_id, recording_id in self._connection.execute(pairs):
                task_ids.add(task_id)
                recording_ids.add(recording_id)
            follows = or_(tasks.c.follow_up_of.in_(task_ids), tasks.c.id.in_(task_ids))
            for both in self._connection.execute(select(tasks.c.id, tasks.c.follow_up_of).where(follows)):
                task_ids.update(filter(None, both))
            more = Trace(frozenset(recording_ids), frozenset(task_ids))
            if more == trace:
                return trace
            trace = more

    def exports(self, belongings: Belongings) -> Sequence[Export]:
        """See the port."""
        own = [one.id for one in belongings.recordings]
        columns = (access_log.c.at, access_log.c.actor, access_log.c.record, access_log.c.detail)
        query = select(*columns).where(access_log.c.record.in_(own), access_log.c.action.in_(_LEFT))
        return [Export(**row) for row in all_rows(self._connection, query.order_by(access_log.c.number))]

    def remove(self, person: Person, belongings: Belongings, *, pseudonym: str) -> Mapping[str, int]:
        """See the port."""
        removed = Counter(dict(self._count_what_goes_along(belongings)))
        for table, which in self._removals(person, belongings):
            removed[table.name] += self._connection.execute(delete(table).where(which)).rowcount
        lines = self._connection.execute(
            update(access_log)
            .where(access_log.c.customer.is_not(None), access_log.c.record.not_in(belongings.staying_ids))
            .where(or_(access_log.c.record.in_(_ids(belongings)), is_person(access_log.c.customer, person)))
            .values(customer=pseudonym)
        )
        removed["customers in access_log"] = lines.rowcount
        return {name: count for name, count in sorted(removed.items()) if count}

    def _removals(self, person: Person, belongings: Belongings) -> Iterator[tuple[Table, ColumnElement[bool]]]:
        own, of_tasks = [one.id for one in belongings.recordings], tasks.c.id.in_(belongings.task_ids)
        told = mentioning(self._connection, [notices.c.subject, notices.c.text], notices.c.id, person)
        yield notices, or_(notices.c.task_id.in_(belongings.task_ids), notices.c.id.in_(told))
        yield kept_replies, kept_replies.c.key_sha256.in_(self._replies(person, belongings))
        yield customer_owners, is_person(customer_owners.c.customer, person)
        yield task_messages, task_messages.c.recording_id.in_(own)
        # A follow-up refers to the task that it follows.
        yield tasks, of_tasks & tasks.c.follow_up_of.is_not(None)
        yield tasks, of_tasks
        yield recordings, recordings.c.id.in_(own)

    def _count_what_goes_along(self, belongings: Belongings) -> Iterator[tuple[str, int]]:
        """What the database removes by itself with a recording or a task."""
        for table in metadata.sorted_tables:
            names = {"recording_id", "task_id"} & set(table.c.keys())
            if names and table not in _COUNTED_APART:
                theirs = or_(false(), *(table.c[name].in_(_ids(belongings)) for name in names))
                count = self._connection.scalar(select(func.count()).select_from(table).where(theirs))
                yield table.name, count or 0

    def _replies(self, person: Person, belongings: Belongings) -> Sequence[str]:
        """The keys of those whose body has the person or a record of theirs in it; few are kept at a time."""
        query = select(kept_replies.c.key_sha256, kept_replies.c.body).where(kept_replies.c.body.is_not(None))
        own, wanted = _ids(belongings), pattern_of(person)
        bodies = ((key, body.decode(errors="replace")) for key, body in self._connection.execute(query))
        return [key for key, text in bodies if wanted.search(text) or any(one in text for one in own)]

    def mentions(self, person: Person) -> Sequence[Stayed]:
        """See the port."""
        return remaining_mentions(self._connection, person)

    def put(self, erasure: Erasure) -> None:
        """See the port."""
        put(self._connection, erasures, {"id": erasure.id, "at": erasure.at, "receipt": erasure})

    def get(self, erasure_id: str) -> Erasure:
        """See the port."""
        found: Erasure | None = self._connection.scalar(select(erasures.c.receipt).where(erasures.c.id == erasure_id))
        if found is None:
            raise NotFound(
                "There is no receipt with this id.", record=erasure_id, next_step="Look it up in the list of erasures."
            )
        return found

    def list(self) -> Sequence[Erasure]:
        """See the port."""
        return self._connection.scalars(select(erasures.c.receipt).order_by(erasures.c.at.desc(), erasures.c.id)).all()


def _is_of(person: Person) -> ColumnElement[bool]:
    """A dialled number is a customer's where we called them, else it is a line of ours."""
    called = (recordings.c.direction == Direction.OUTBOUND) & is_person(recordings.c.dialled_number, person)
    return or_(is_person(recordings.c.caller_number, person), is_person(recordings.c.customer, person), called)


def _is_about(person: Person) -> ColumnElement[bool]:
    """Their number called, or is the one to call: as a person put it right, or as a document of facts has it."""
    asked = [
        tasks.c.facts.cast(tasks.c.note.type).contains(f'"callback_number":{{"value":"+{one}"')
        for one in person.numbers
    ]
    named = [is_person(tasks.c[name], person) for name in ("caller_number", "corrected_number")]
    return or_(*named, *asked)


def _ids(belongings: Belongings) -> Sequence[str]:
    return [*(one.id for one in belongings.recordings), *belongings.task_ids]


def _stayed(recording: Recording) -> Stayed:
    hold = recording.hold
    why = (
        "It belongs to a task of which another recording is under a legal hold."
        if hold is None
        else f"Legal hold by {hold.by} since {hold.at:%Y-%m-%d}."
    )
    return Stayed("recording, with its task", recording.id, why)
