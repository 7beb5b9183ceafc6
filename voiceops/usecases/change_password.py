"""A user changes their own password."""

from dataclasses import replace

from voiceops.analysis.password_strength import weakness_of
from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.errors import BadInput
from voiceops.ports import Services


def change_password(services: Services, user_id: str, *, old: str, new: str) -> None:
    """Store the new password and end every session of the user, this one too.

    Raises BadInput if the old password is wrong or the new one too easily guessed.
    """
    with services.open_view() as unit:
        user = unit.users.get(user_id)
    if not services.passwords.matches(old, user.password_hash):
        raise BadInput("The old password is wrong.", record="the old password", next_step="Type it again.")
    weakness = "It is the old one." if old == new else weakness_of(new, about=[user.name, "voiceops"])
    if weakness is not None:
        raise BadInput(
            f"The new password will not do. {weakness}",
            record="the new password",
            next_step="Take four or five words that nobody would put together.",
        )
    password_hash = services.passwords.hash(new)
    now = services.clock.now()
    with services.open_unit() as unit:
        current = unit.users.get(user_id)
        unit.users.save(replace(current, password_hash=password_hash, must_change_password=False))
        unit.users.end_sessions_of(user_id)
        unit.access_log.add(
            AccessEntry(now, user.name, AccessAction.CHANGED_RIGHTS, user.name, detail="Changed their password.")
        )
        unit.commit()
