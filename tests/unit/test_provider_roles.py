"""Which rights a provider's roles mean, read from the settings."""

import pytest

from voiceops.analysis.provider_roles import read_roles
from voiceops.domain.people import Role
from voiceops.domain.user import Rights
from voiceops.errors import BadInput


def test_roles_are_read_in_their_order() -> None:
    found = read_roles("boss=admin, leads=supervisor:north+south,cn=qa,ou=x=qa, all=supervisor:*")
    assert list(found.items()) == [
        ("boss", Rights(Role.ADMIN)),
        ("leads", Rights(Role.SUPERVISOR, teams=("north", "south"))),
        ("cn", Rights(Role.QA)),
        ("ou=x", Rights(Role.QA)),
        ("all", Rights(Role.SUPERVISOR, teams=("*",))),
    ]
    assert read_roles("") == {}


@pytest.mark.parametrize("text", ["qa", "=qa", "x=chief", "x=supervisor", "x=supervisor:", "x=qa:north"])
def test_what_says_no_role_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="VOICEOPS_OIDC_ROLES"):
        read_roles(text)
