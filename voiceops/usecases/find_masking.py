"""Which masking is in effect for a recording: its queue's own, else the settings'."""

from voiceops.domain.masking import Masking
from voiceops.domain.recording import Recording
from voiceops.ports import Services, UnitOfWork


def find_masking(services: Services, unit: UnitOfWork, recording: Recording) -> Masking:
    """The masking; one that masks nothing where nobody wants any."""
    own = unit.queues.find(recording.queue).masking
    return own if own is not None else services.policy.masking
