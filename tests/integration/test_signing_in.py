"""How people come in with a name and a password, and what keeps others out."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from tests.systems import System
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.people import Role
from voiceops.domain.user import Rights, User
from voiceops.errors import BadInput, Conflict, NotSignedIn, TooManyAttempts, Unavailable
from voiceops.ports import AccessFilter
from voiceops.storage.passwords import AT_ONCE, Argon2Passwords
from voiceops.usecases.change_password import change_password
from voiceops.usecases.change_user import change_user
from voiceops.usecases.create_first_admin import create_first_admin
from voiceops.usecases.create_user import create_user
from voiceops.usecases.end_session import end_session
from voiceops.usecases.reset_password import reset_password
from voiceops.usecases.resume_session import resume_session
from voiceops.usecases.sign_in_with_password import FREE_FAILURES, sign_in_with_password

GOOD = "lantern orbit velvet mosaic"


@pytest.fixture
def vera(system: System) -> tuple[User, str]:
    return create_user(system.services, name="vera", role=Role.QA, actor="admin")


def signs_in(system: System, password: str, name: str = "vera") -> str:
    return sign_in_with_password(system.services, name=name, password=password)[2]


def test_a_new_user_signs_in_and_is_asked_for_a_password_of_their_own(system: System, vera: tuple[User, str]) -> None:
    secret = signs_in(system, vera[1])
    who = resume_session(system.services, secret)
    assert (who.name, who.role, who.must_change_password) == ("vera", Role.QA, True)


def test_neither_password_nor_session_is_stored_in_clear(system: System, vera: tuple[User, str]) -> None:
    user, password = vera
    secret = signs_in(system, password)
    with system.services.open_view() as unit:
        stored = unit.users.get(user.id)
    assert stored.password_hash.startswith("$argon2id$")
    assert password not in repr(stored)
    assert stored.password_hash not in repr(stored)
    assert secret not in str(system.engine.url)


def test_changing_the_password_ends_every_session_and_the_duty_to_change_it(
    system: System, vera: tuple[User, str]
) -> None:
    user, password = vera
    first, second = signs_in(system, password), signs_in(system, password)
    change_password(system.services, user.id, old=password, new=GOOD)
    for secret in (first, second):
        with pytest.raises(NotSignedIn):
            resume_session(system.services, secret)
    assert not resume_session(system.services, signs_in(system, GOOD)).must_change_password


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("short", "5 characters"),
        ("x" * 100, "at most 72"),
        ("password1234", "common"),
        ("qwertyuiop12", "commonly used"),
        ("aaaaaaaaaaaaa", "easy to guess"),
        ("vera-vera-vera", "will not do"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    system: System, vera: tuple[User, str], new: str, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        change_password(system.services, vera[0].id, old=vera[1], new=new)


def test_the_old_password_is_needed_to_change_it(system: System, vera: tuple[User, str]) -> None:
    with pytest.raises(BadInput, match="old password is wrong"):
        change_password(system.services, vera[0].id, old="something else", new=GOOD)


def test_wrong_passwords_lock_the_name_longer_each_time(system: System, vera: tuple[User, str]) -> None:
    for _ in range(FREE_FAILURES + 1):
        with pytest.raises(NotSignedIn):
            signs_in(system, "wrong")
    with pytest.raises(TooManyAttempts) as refusal:
        signs_in(system, vera[1])
    assert refusal.value.retry_after_seconds == 30
    system.clock.passes(seconds=31)
    with pytest.raises(NotSignedIn):
        signs_in(system, "wrong")
    with pytest.raises(TooManyAttempts) as refusal:
        signs_in(system, vera[1])
    assert refusal.value.retry_after_seconds == 60
    system.clock.passes(seconds=61)
    assert signs_in(system, vera[1])


def test_a_right_password_forgets_the_failures(system: System, vera: tuple[User, str]) -> None:
    for _ in range(2):
        for _ in range(FREE_FAILURES):
            with pytest.raises(NotSignedIn):
                signs_in(system, "wrong")
        assert signs_in(system, vera[1])


@pytest.mark.usefixtures("vera")
def test_an_unknown_name_is_refused_in_the_same_words(system: System) -> None:
    sentences = set()
    for name in ("vera", "nobody"):
        with pytest.raises(NotSignedIn) as refusal:
            signs_in(system, "wrong", name)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1
    with system.services.open_view() as unit:
        logged = unit.access_log.list(AccessFilter(action=AccessAction.SIGN_IN_REFUSED), limit=9)
    assert [line.entry.actor for line in logged] == ["vera"]


def test_a_session_ends_after_rest_after_its_time_and_when_signed_out(system: System, vera: tuple[User, str]) -> None:
    rested, old, ended = (signs_in(system, vera[1]) for _ in range(3))
    end_session(system.services, resume_session(system.services, ended).id)
    with pytest.raises(NotSignedIn):
        resume_session(system.services, ended)
    for _ in range(20):  # 20 x 50 minutes, each a use
        system.clock.passes(seconds=50 * 60)
        if system.clock.now() < vera[0].created_at + timedelta(hours=12):
            resume_session(system.services, old)
    for secret in (rested, old):
        with pytest.raises(NotSignedIn):
            resume_session(system.services, secret)


def test_a_new_password_from_an_admin_unlocks_and_signs_out(system: System, vera: tuple[User, str]) -> None:
    secret = signs_in(system, vera[1])
    for _ in range(FREE_FAILURES + 1):
        with pytest.raises(NotSignedIn):
            signs_in(system, "wrong")
    given = reset_password(system.services, vera[0].id, actor="admin")
    with pytest.raises(NotSignedIn):
        resume_session(system.services, secret)
    assert resume_session(system.services, signs_in(system, given)).must_change_password


def test_who_is_shut_out_loses_their_session_and_cannot_come_back(system: System, vera: tuple[User, str]) -> None:
    create_first_admin(system.services)
    create_user(system.services, name="boss", role=Role.ADMIN, actor="system")
    secret = signs_in(system, vera[1])
    change_user(system.services, vera[0].id, actor="boss", rights=Rights(Role.QA), disabled=True)
    with pytest.raises(NotSignedIn):
        resume_session(system.services, secret)
    with pytest.raises(NotSignedIn):
        signs_in(system, vera[1])


def test_the_last_administrator_stays(system: System) -> None:
    create_first_admin(system.services)
    with system.services.open_view() as unit:
        [admin] = unit.users.list()
    for role, disabled in ((Role.QA, False), (Role.ADMIN, True)):
        with pytest.raises(Conflict, match="last administrator"):
            change_user(system.services, admin.id, actor="admin", rights=Rights(role), disabled=disabled)


def test_a_new_system_gets_one_administrator_and_says_the_password_once(system: System) -> None:
    password = create_first_admin(system.services)
    assert password is not None
    assert create_first_admin(system.services) is None
    assert resume_session(system.services, signs_in(system, password, "admin")).role is Role.ADMIN


def test_an_agents_user_names_the_agent_and_nobody_elses_does(system: System) -> None:
    for role, agent_id in ((Role.AGENT, None), (Role.QA, "anna")):
        with pytest.raises(BadInput, match="names its agent"):
            create_user(system.services, name="x", role=role, agent_id=agent_id, actor="admin")


def test_every_change_of_rights_is_logged(system: System, vera: tuple[User, str]) -> None:
    reset_password(system.services, vera[0].id, actor="boss")
    with system.services.open_view() as unit:
        lines = unit.access_log.list(AccessFilter(record="vera", action=AccessAction.CHANGED_RIGHTS), limit=9)
    assert [(line.entry.actor, line.entry.detail) for line in lines] == [
        ("boss", "Gave a new password."),
        ("admin", "New user: qa."),
    ]


def test_a_flood_of_passwords_is_told_to_come_again_and_does_not_fill_the_memory() -> None:
    hasher = Argon2Passwords(patience_seconds=0.05)
    with ExitStack() as taken:
        for _ in range(AT_ONCE):
            taken.enter_context(hasher._place())
        with pytest.raises(Unavailable, match="Try again in a few seconds"):
            hasher.matches("guess", "hash")
    assert not hasher.matches("guess", "hash")
