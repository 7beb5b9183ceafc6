"""Signs a person out."""

from voiceops.ports import Services


def end_session(services: Services, session_id: str) -> None:
    """From now on nobody is recognised by this session; ending it twice is harmless."""
    with services.open_unit() as unit:
        unit.users.end_session(session_id)
        unit.commit()
