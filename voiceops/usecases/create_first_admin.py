"""Creates the administrator of a new system; there is no default password."""

from voiceops.domain.people import Role
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.create_user import create_user

NAME = "admin"


def create_first_admin(services: Services) -> str | None:
    """The one-time password of a new user "admin", or None where there are users already."""
    with services.open_view() as unit:
        if unit.users.list():
            return None
    try:
        return create_user(services, name=NAME, role=Role.ADMIN, actor="system")[1]
    except Conflict:
        return None  # another process that starts at the same moment was first
