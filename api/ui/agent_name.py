"""What the agent of a call is called on its pages."""

from voiceops.domain.recording import Recording
from voiceops.errors import NotFound
from voiceops.ports import UnitOfWork


def agent_name(unit: UnitOfWork, call: Recording) -> str | None:
    """The agent's name, or the id where nobody of that id is known here; None where the call names none."""
    try:
        return unit.agents.get(call.agent_id).name if call.agent_id else None
    except NotFound:
        return call.agent_id
