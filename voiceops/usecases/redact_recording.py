"""Masks what is private in a transcript and makes the recording's sound silent there, before either is stored."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import structlog

from voiceops.analysis.mask_private import find_private, mask_words
from voiceops.analysis.said_words import Place
from voiceops.analysis.silence_private import flatten, joined, keys_to_silence, stretches_to_silence
from voiceops.domain.masking import Masking
from voiceops.domain.private import Private, Silenced
from voiceops.domain.recording import Recording
from voiceops.domain.transcript import Transcript
from voiceops.ports import Services
from voiceops.usecases.transcribe_file import Heard

log = structlog.get_logger(__name__)

# It is our own file, of a recording that was received before.
_NO_LIMIT = 1 << 62
NOTHING: Mapping[Place, Private] = {}


@dataclass(frozen=True)
class Redacted:
    """What may be stored: what was heard, masked, and what of the recording changes with it.

    `unmasked` has the words as they were heard; it must not be stored.
    """

    heard: Heard
    unmasked: Transcript
    changes: Mapping[str, Any] = field(default_factory=dict)


def redact_recording(
    services: Services,
    recording: Recording,
    heard: Heard,
    *,
    masking: Masking,
    path: Path,
    known: Mapping[Place, Private] = NOTHING,
) -> Redacted:
    """What is left of what was heard in the file at `path`, and a new file for it where something is silenced.

    `known` are words that were masked before. The new file is kept before the row that will point to it is stored, as
    an upload's is; where we die in between it belongs to no recording. Raises StorageFull, Unavailable,
    UnreadableAudio.
    """
    wanted = masking.of(recording.kind)
    if not wanted:
        return Redacted(heard, heard.transcript)
    hidden = {**known, **find_private(heard.transcript, wanted)}
    new = _stretches(heard, hidden, masking, recording)
    silenced = joined([*recording.silenced, *new])
    transcript = mask_words(heard.transcript, hidden)
    masked = replace(heard, transcript=transcript, waveform=flatten(heard.waveform, silenced))
    changes: dict[str, Any] = {"silenced": silenced}
    if masking.sound:
        changes["redacted_at"] = services.clock.now()
    if new:
        changes |= _replaced(services, recording, silenced, path=path)
    return Redacted(masked, heard.transcript, changes)


def remove_made(services: Services, redacted: Redacted) -> None:
    """Remove the files that were made, of which nobody is to know any more."""
    for name in ("redacted_sha256", "original_sha256"):
        if name in redacted.changes:
            services.files.remove(redacted.changes[name])


def _stretches(
    heard: Heard, hidden: Mapping[Place, Private], masking: Masking, recording: Recording
) -> tuple[Silenced, ...]:
    if not masking.sound:
        return ()
    said = stretches_to_silence(heard.transcript, hidden, channels=heard.channels)
    keyed = Private.CARD in masking.of(recording.kind)
    return joined([*said, *(keys_to_silence(heard.transcript, channels=heard.channels) if keyed else ())])


def _replaced(
    services: Services, recording: Recording, silenced: tuple[Silenced, ...], *, path: Path
) -> Mapping[str, Any]:
    """The names of the new file and of the one that goes."""
    with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
        target = Path(workspace) / "redacted.flac"
        services.decoder.silence(path, target, silenced, hint=recording.hint)
        with target.open("rb") as source, services.files.receive(source, limit_bytes=_NO_LIMIT) as incoming:
            incoming.keep()
    digest = incoming.stored.sha256
    if digest == recording.file_sha256:
        return {}
    if recording.replaced_sha256 is not None:
        services.files.remove(recording.replaced_sha256)
    changes = {"redacted_sha256": digest, "replaced_sha256": recording.file_sha256}
    if services.policy.keep_original and recording.redacted_sha256 is None:
        changes["original_sha256"] = _sealed(services, recording, path=path)
    return changes


def _sealed(services: Services, recording: Recording, *, path: Path) -> str:
    """The file of what was sent, encrypted; never of what is redacted already."""
    assert services.vault is not None  # noqa: S101  # no part starts without a key where originals are kept
    with tempfile.TemporaryFile() as sealed:
        with path.open("rb") as source:
            services.vault.seal(source, sealed, record=recording.id)
        sealed.seek(0)
        with services.files.receive(cast("BinaryIO", sealed), limit_bytes=_NO_LIMIT) as incoming:
            incoming.keep()
    return incoming.stored.sha256
