"""Signing in at an OpenID Connect provider: a real one on loopback, its own key, a browser with cookies."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from api.credentials import COOKIE
from tests.api_door import Door, serving
from tests.providers import CLIENT_ID, CLIENT_SECRET, Provider
from voiceops.analysis.provider_roles import read_roles
from voiceops.delivery.oidc_provider import OidcProvider
from voiceops.domain.people import Role
from voiceops.domain.user import ProviderRules
from voiceops.ports import AccessFilter
from voiceops.usecases.create_first_admin import create_first_admin
from voiceops.usecases.create_user import create_user

PATH = "/api/v1/session/provider"


@contextmanager
def a_browser(door: Door, provider: Provider, **rules: Any) -> Iterator[httpx.Client]:
    """A browser before a system that knows this provider."""
    secret = OidcProvider(provider.issuer, CLIENT_ID, CLIENT_SECRET)
    policy = replace(door.services.policy, sign_in=ProviderRules(**rules))
    services = replace(door.services, sign_in_provider=secret, policy=policy)
    with (
        serving(services) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as browser,
    ):
        yield browser


def signs_in(browser: httpx.Client) -> httpx.Response:
    """There, through the provider, and back."""
    there = browser.get(PATH)
    assert there.status_code == 303, there.text
    back = browser.get(there.headers["location"])
    assert back.status_code == 303, back.text
    return browser.get(back.headers["location"])


def test_a_known_user_comes_in_with_the_rights_that_are_stored_here(door: Door, provider: Provider) -> None:
    create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with a_browser(door, provider) as browser:
        answer = signs_in(browser)
        assert answer.status_code == 200
        cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE))
        assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
        me = browser.get("/api/v1/session").json()
        assert (me["name"], me["role"], me["must_change_password"]) == ("vera", "qa", False)
        assert browser.get("/api/v1/recordings").status_code == 200


def test_the_password_that_was_given_opens_nothing_any_more(door: Door, provider: Provider) -> None:
    _, given = create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with a_browser(door, provider) as browser:
        signs_in(browser)
        answer = browser.post("/api/v1/session", json={"name": "vera", "password": given})
        assert answer.status_code == 401


def test_the_way_there_carries_a_challenge_a_state_and_a_nonce_but_no_secret(door: Door, provider: Provider) -> None:
    with a_browser(door, provider) as browser:
        there = browser.get(PATH)
    asked = parse_qs(urlsplit(there.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert "code_verifier" not in asked
    assert CLIENT_SECRET not in there.headers["location"]
    assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in there.headers["set-cookie"].split(";")}


def test_who_is_not_known_stays_outside_unless_the_settings_say_otherwise(door: Door, provider: Provider) -> None:
    provider.claims["roles"] = ["qa-team"]
    roles = read_roles("qa-team=qa")
    with a_browser(door, provider, roles=roles) as browser:
        assert signs_in(browser).status_code == 403
    with a_browser(door, provider, roles=roles, create_users=True) as browser:
        assert signs_in(browser).status_code == 200
        assert browser.get("/api/v1/session").json()["role"] == "qa"


def test_without_mapped_roles_nobody_becomes_a_user(door: Door, provider: Provider) -> None:
    with a_browser(door, provider, create_users=True) as browser:
        assert signs_in(browser).status_code == 403


def test_the_providers_role_decides_anew_at_each_sign_in(door: Door, provider: Provider) -> None:
    create_first_admin(door.services)
    create_user(door.services, name="vera", role=Role.ADMIN, actor="admin")
    with a_browser(door, provider, roles=read_roles("leads=supervisor:north+south, qa-team=qa")) as browser:
        provider.claims["roles"] = ["other", "leads"]
        assert signs_in(browser).status_code == 200
        me = browser.get("/api/v1/session").json()
        assert (me["role"], me["teams"]) == ("supervisor", ["north", "south"])
        provider.claims["roles"] = "qa-team"
        assert signs_in(browser).status_code == 200
        assert browser.get("/api/v1/session").json()["role"] == "qa"
        provider.claims["roles"] = []
        assert signs_in(browser).status_code == 403
    with door.services.open_view() as unit:
        lines = unit.access_log.list(AccessFilter(actor="system", record="vera"), limit=9)
    assert [line.entry.detail for line in lines] == [
        "Role qa, by the sign-in provider.",
        "Role supervisor (north, south), by the sign-in provider.",
    ]


def test_the_last_administrator_stays_one(door: Door, provider: Provider) -> None:
    create_user(door.services, name="vera", role=Role.ADMIN, actor="system")
    provider.claims["roles"] = ["qa-team"]
    with a_browser(door, provider, roles=read_roles("qa-team=qa")) as browser:
        assert signs_in(browser).status_code == 409


def test_an_agents_user_is_called_like_the_agent(door: Door, provider: Provider) -> None:
    provider.claims["roles"] = ["desk"]
    with a_browser(door, provider, roles=read_roles("desk=agent"), create_users=True) as browser:
        assert signs_in(browser).status_code == 404
        door.stores_agent("vera")
        assert signs_in(browser).status_code == 200
        assert browser.get("/api/v1/session").json()["agent_id"] == "vera"


@pytest.mark.parametrize(("confirmed", "status"), [({}, 403), ({"email_verified": True}, 200)], ids=str)
def test_an_address_counts_only_where_the_provider_confirmed_it(
    door: Door, provider: Provider, confirmed: Mapping[str, bool], status: int
) -> None:
    create_user(door.services, name="vera@example.org", role=Role.QA, actor="admin")
    provider.claims |= {"email": "vera@example.org", **confirmed}
    with a_browser(door, provider, name_claim="email") as browser:
        assert signs_in(browser).status_code == status


def test_who_is_shut_out_stays_outside(door: Door, provider: Provider) -> None:
    user, _ = create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with door.services.open_unit() as unit:
        unit.users.save(replace(user, disabled_at=user.created_at))
        unit.commit()
    with a_browser(door, provider) as browser:
        assert signs_in(browser).status_code == 403


@pytest.mark.parametrize(
    "lies",
    [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"azp": "another"}],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_proves_nothing(
    door: Door, provider: Provider, lies: dict[str, Any]
) -> None:
    create_user(door.services, name="vera", role=Role.QA, actor="admin")
    provider.lies = lies
    with a_browser(door, provider) as browser:
        answer = signs_in(browser)
        assert answer.status_code == 401
        assert browser.get("/api/v1/session").status_code == 401


def test_a_token_signed_by_somebody_else_proves_nothing(door: Door, provider: Provider) -> None:
    create_user(door.services, name="vera", role=Role.QA, actor="admin")
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
    with a_browser(door, provider) as browser:
        assert signs_in(browser).status_code == 401


def test_a_way_back_that_this_browser_did_not_begin_is_refused(door: Door, provider: Provider) -> None:
    create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with a_browser(door, provider) as browser:
        back = browser.get(browser.get(PATH).headers["location"]).headers["location"]
        with httpx.Client(trust_env=False) as victim:
            assert victim.get(back).status_code == 401
        parts = urlsplit(back)
        forged = parts._replace(query=parts.query.replace("state=", "state=x")).geturl()
        assert browser.get(forged).status_code == 401
        assert browser.get(f"{PATH}/callback", params={"error": "access_denied"}).status_code == 401
        assert browser.get(back).status_code == 200
        assert browser.get(back).status_code == 401  # the code is used and the errand forgotten


def test_without_a_provider_in_the_settings_there_is_no_way_there(untouched: Door) -> None:
    with untouched.client(None) as browser:
        assert browser.get(PATH).status_code == 404
        assert browser.get(f"{PATH}/callback").status_code == 404


def test_a_provider_that_does_not_answer_is_said_so(door: Door, provider: Provider) -> None:
    with a_browser(door, provider) as browser:
        provider.port, gone = 1, OidcProvider("http://127.0.0.1:1", CLIENT_ID, CLIENT_SECRET)
        with serving(replace(door.services, sign_in_provider=gone)) as port:
            assert browser.get(f"http://127.0.0.1:{port}{PATH}").status_code == 503
        # The one that does answer calls itself by another name by now.
        assert browser.get(PATH).status_code == 401
