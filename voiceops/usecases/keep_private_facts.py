"""Reads whom to call back out of a voicemail's words before they are masked, for its task."""

from dataclasses import replace

from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.mask_private import find_private, mask_words
from voiceops.analysis.merge_facts import with_private
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.private import Private
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.find_queue import find_queue
from voiceops.usecases.redact_recording import Redacted


def keep_private_facts(services: Services, unit: UnitOfWork, recording: Recording, redacted: Redacted) -> None:
    """Keep number, name and reference with the message; its analysis adds what is read of the masked words."""
    message = unit.messages.find(recording.id) if recording.kind is RecordingKind.VOICEMAIL else None
    if message is None or not redacted.heard.transcript.masked:
        return
    # A card's number must not become anybody's telephone number.
    cards = find_private(redacted.unmasked, {Private.CARD})
    read = caller_facts(
        mask_words(redacted.unmasked, cards),
        region=find_queue(services, unit, recording.queue).region,
        received_at=recording.received_at,
        caller_number=recording.caller_number,
    )
    own = CallerFacts(
        read.urgency,
        callback_number=read.callback_number,
        extension=read.extension,
        caller_name=read.caller_name,
        reference=read.reference,
    )
    unit.messages.save(replace(message, facts=with_private(own, message.facts)))
