"""Opens the sound as it was sent, for somebody with a reason, which the access log keeps."""

from collections.abc import Iterator

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.recording import Recording, RecordingPart
from voiceops.errors import BadInput, NotFound
from voiceops.ports import Services


def open_original(services: Services, recording: Recording, *, reason: str, actor: str) -> Iterator[bytes]:
    """The bytes that were sent, piece by piece; that they were opened is kept before the first is given.

    Raises NotFound where no original is kept, Removed where it was, and BadInput without a reason, without a key, or,
    also on the way, where it was changed.
    """
    recording.require(RecordingPart.AUDIO)
    if services.vault is None:
        raise BadInput(
            "There is no key for originals.",
            record=recording.id,
            next_step="Give it by VOICEOPS_ORIGINALS_KEY_FILE or VOICEOPS_ORIGINALS_KEYS.",
        )
    if recording.original_sha256 is None:
        raise NotFound(
            "No original of its sound is kept.", record=recording.id, next_step="Listen to the recording as it is."
        )
    if not reason.strip():
        raise BadInput("There is no reason.", record=recording.id, next_step="Say why the original is needed.")
    digest = recording.original_sha256
    size = services.files.size_of(digest)
    with services.open_unit() as unit:
        entry = AccessEntry(
            services.clock.now(),
            actor,
            AccessAction.OPENED_ORIGINAL,
            recording.id,
            recording.customer or recording.caller_number,
            reason,
        )
        unit.access_log.add(entry)
        unit.commit()
    return services.vault.unseal(services.files.read(digest, first=0, length=size), record=recording.id)
