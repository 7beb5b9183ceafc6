"""Receives a recording: bytes to disk, facts to the database, work to the queue.

Once this returns, the recording is safe: a crash of any part afterwards loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from voiceops.analysis.file_names import FileNames
from voiceops.analysis.name_parties import name_parties
from voiceops.domain.recording import Direction, PartiesBy, Party, RawFormat, Recording, RecordingKind
from voiceops.errors import BadInput, Conflict, InvalidDocument, Problem, TooLarge
from voiceops.ports import AudioFacts, Services, StoredFile
from voiceops.usecases.ask_for_transcription import ask_for_transcription
from voiceops.usecases.choose_priority import choose_priority
from voiceops.usecases.find_queue import known_queue
from voiceops.usecases.take_voicemail import take_voicemail

_FILE_NAME_LENGTH = 200
_ENDING_LENGTH = 20


@dataclass(frozen=True)
class Upload:
    """A recording as it arrives, with what is known about it. None and () mean not known; its name may say more.

    `archive` means that it may wait until nobody waits for anything else.
    """

    file_name: str
    source: BinaryIO
    kind: RecordingKind | None = None
    parties: tuple[Party, ...] = ()
    language: str | None = None
    queue: str | None = None
    agent_id: str | None = None
    caller_number: str | None = None
    dialled_number: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    raw_format: RawFormat | None = None
    customer: str | None = None
    direction: Direction | None = None
    started_at: datetime | None = None
    archive: bool = False


@dataclass(frozen=True)
class Receipt:
    """The recording, and whether it is new; the same bytes return the recording that is there."""

    recording: Recording
    created: bool


def receive_recording(services: Services, upload: Upload) -> Receipt:
    """Store the recording and ask for its transcription; a voicemail becomes somebody's duty at once.

    What the sender does not say is taken from the file's name where a pattern is set. A call for a queue that is
    not known is refused, a voicemail never.
    Raises UnreadableAudio, TooLarge or BadInput under the upload's name, and then nothing is stored.
    """
    try:
        return _receive(services, with_name_facts(upload, services.policy.file_names))
    except BadInput as error:
        # Storage and decoder know the bytes under a temporary name; the sender knows this one.
        error.record = label_of(upload.file_name)
        raise


def label_of(file_name: str) -> str:
    """A file name as a label for people: no folders, no control characters, not too long."""
    last = PurePosixPath(PureWindowsPath(file_name).as_posix()).name
    label = "".join(character for character in last if character.isprintable())
    if len(label) > _FILE_NAME_LENGTH:
        # The end stays, for the extension may be all that tells a raw format.
        label = label[: _FILE_NAME_LENGTH - _ENDING_LENGTH] + label[-_ENDING_LENGTH:]
    return label or "recording"


def with_name_facts(upload: Upload, names: FileNames) -> Upload:
    """The upload with what its name says; what its sender says counts more. Raises BadInput without any kind."""
    said = vars(names.read(label_of(upload.file_name)))
    more = {name: value for name, value in said.items() if value and not getattr(upload, name)}
    whole = replace(upload, **{**more, "labels": {**said["labels"], **upload.labels}})
    if whole.kind is None:
        raise InvalidDocument(
            [Problem(None, "kind: nobody said whether it is a call or a voicemail")],
            record=upload.file_name,
            next_step="Send the field `kind`, or let VOICEOPS_FILENAME_PATTERN read it from the name.",
        )
    return whole


def _receive(services: Services, upload: Upload) -> Receipt:
    with services.files.receive(upload.source, limit_bytes=services.policy.upload_limit_bytes) as incoming:
        known = _known(services, incoming.stored.sha256)
        if known is not None:
            # What was removed on purpose does not come back by being sent again, nor what was silenced in it.
            gone = known.audio_removed_at is not None or known.redacted_sha256 is not None
            if not gone and not services.files.exists(known.sha256):
                incoming.keep()
            return Receipt(known, created=False)
        _check_queue(services, upload)
        facts = services.decoder.probe(incoming.path, hint=upload.raw_format or label_of(upload.file_name))
        recording = _recording(services, upload, incoming.stored, facts)
        incoming.keep()
        return _store(services, recording, archive=upload.archive)


def _known(services: Services, sha256: str) -> Recording | None:
    with services.open_view() as unit:
        return unit.recordings.find_by_sha256(sha256)


def _check_queue(services: Services, upload: Upload) -> None:
    """Raise BadInput for a call of a queue that is not known. A voicemail is never refused for it."""
    if upload.kind is RecordingKind.VOICEMAIL:
        return
    with services.open_view() as unit:
        if known_queue(unit, upload.queue) == upload.queue:
            return
        stored = ", ".join(queue.id for queue in unit.queues.list())
    raise BadInput(
        f"There is no queue {upload.queue}; the known ones are {stored}.",
        record=upload.file_name,
        next_step="Send it again with one of them or without a queue, or store that queue first.",
    )


def _recording(services: Services, upload: Upload, stored: StoredFile, facts: AudioFacts) -> Recording:
    now = services.clock.now()
    name = label_of(upload.file_name)
    if facts.duration > services.policy.duration_limit_seconds:
        raise TooLarge(
            f"The recording lasts {facts.duration / 3600:.1f} hours; "
            f"at most {services.policy.duration_limit_seconds / 3600:g} are allowed.",
            record=name,
            next_step="Cut it into parts, or raise VOICEOPS_DURATION_LIMIT_HOURS.",
        )
    kind = upload.kind or RecordingKind.CALL
    of_setting = _of_setting(services, upload, channels=facts.channels) if kind is RecordingKind.CALL else ()
    return Recording(
        id=services.new_id(),
        kind=kind,
        sha256=stored.sha256,
        file_name=name,
        size_bytes=stored.size_bytes,
        received_at=now,
        state_changed_at=now,
        parties=name_parties(kind, facts.channels, upload.parties or of_setting, record=name),
        parties_by=_known_by(upload.parties, of_setting),
        duration_seconds=facts.duration,
        language=upload.language,
        queue=upload.queue,
        agent_id=upload.agent_id,
        caller_number=upload.caller_number,
        dialled_number=upload.dialled_number,
        labels=upload.labels,
        notes=facts.notes,
        raw_format=upload.raw_format,
        customer=upload.customer,
        direction=upload.direction,
        started_at=upload.started_at,
    )


def _of_setting(services: Services, upload: Upload, *, channels: int) -> tuple[Party, ...]:
    """What the settings say of the queue's recordings with so many channels; a mono one is another matter."""
    chosen = services.policy.channels.of(upload.queue, upload.language) or ()
    return chosen if len(chosen) == channels else ()


def _known_by(sent: tuple[Party, ...], of_setting: tuple[Party, ...]) -> PartiesBy:
    if sent:
        return PartiesBy.SENDER
    return PartiesBy.SETTING if of_setting else PartiesBy.CUSTOM


def _store(services: Services, recording: Recording, *, archive: bool) -> Receipt:
    try:
        with services.open_unit() as unit:
            recording = replace(recording, priority=choose_priority(unit, recording, archive=archive))
            unit.recordings.add(recording)
            if recording.kind is RecordingKind.VOICEMAIL:
                take_voicemail(services, unit, recording)
            ask_for_transcription(services, unit, recording)
            unit.commit()
    except Conflict:
        # Somebody sent the same bytes at the same moment and was first.
        twin = _known(services, recording.sha256)
        if twin is None:
            raise
        return Receipt(twin, created=False)
    return Receipt(recording, created=True)
