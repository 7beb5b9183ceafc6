"""An administrator gives a user a new one-time password, for who forgot theirs or locked themselves out."""

from dataclasses import replace

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.ports import Services
from voiceops.usecases.create_user import one_time_password


def reset_password(services: Services, user_id: str, *, actor: str) -> str:
    """The password, shown once; every session of the user ends. Raises NotFound."""
    password = one_time_password()
    password_hash = services.passwords.hash(password)
    with services.open_unit() as unit:
        user = unit.users.get(user_id)
        unit.users.save(
            replace(user, password_hash=password_hash, must_change_password=True, failures=0, locked_until=None)
        )
        unit.users.end_sessions_of(user_id)
        unit.access_log.add(
            AccessEntry(
                services.clock.now(), actor, AccessAction.CHANGED_RIGHTS, user.name, detail="Gave a new password."
            )
        )
        unit.commit()
    return password
