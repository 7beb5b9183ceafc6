"""The pages' frame over the web door: signing in by form, problems as pages, languages, files that browsers keep."""

import re
from collections.abc import Iterator

import httpx
import pytest

from api.credentials import COOKIE
from api.ui.texts import LANGUAGE_COOKIE, LANGUAGES
from tests.api_door import Door
from voiceops.domain.people import Role
from voiceops.usecases.change_password import change_password
from voiceops.usecases.create_user import create_user

GOOD = "lantern orbit velvet mosaic"
HTML = {"Accept": "text/html,application/xhtml+xml"}
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def house(module_door: Door) -> Door:
    """One server, in which vera of QA has a password of her own."""
    user, given = create_user(module_door.services, name="vera", role=Role.QA, actor="admin")
    change_password(module_door.services, user.id, old=given, new=GOOD)
    return module_door


@pytest.fixture
def browser(house: Door) -> Iterator[httpx.Client]:
    """A browser in which nobody signed in yet."""
    with house.client(None) as client:
        client.headers.update({**HTML, **OURS})
        yield client


def sign_in(browser: httpx.Client, *, name: str = "vera", password: str = GOOD, **fields: str) -> httpx.Response:
    return browser.post("/sign-in", data={"name": name, "password": password, **fields})


def test_who_is_not_signed_in_is_asked_to_and_then_gets_where_they_wanted(browser: httpx.Client) -> None:
    asked = browser.get("/password?x=1")
    assert asked.status_code == 401
    assert 'action="/sign-in"' in asked.text
    assert 'role="alert"' not in asked.text
    [then] = re.findall(r'name="then" value="([^"]+)"', asked.text.partition("<footer>")[0])
    answer = sign_in(browser, then=then)
    assert (answer.status_code, answer.headers["location"]) == (303, "/password?x=1")
    assert browser.get("/password").status_code == 200


def test_a_wrong_password_is_told_on_the_form_which_keeps_the_name_only(browser: httpx.Client) -> None:
    answer = sign_in(browser, password="wrong wrong wrong")
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert 'value="vera"' in answer.text
    assert "wrong wrong wrong" not in answer.text
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("then", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_signing_in_leads_to_no_other_site(browser: httpx.Client, then: str) -> None:
    for path in ("/sign-in", "/language"):
        answer = browser.post(path, data={"name": "vera", "password": GOOD, "language": "hu", "then": then})
        assert answer.status_code == 422


def test_another_site_can_neither_sign_a_browser_in_nor_out(browser: httpx.Client) -> None:
    sign_in(browser)
    browser.headers["Sec-Fetch-Site"] = "cross-site"
    assert sign_in(browser).status_code == 403
    assert browser.post("/sign-out").status_code == 403
    assert browser.get("/password").status_code == 200


def test_signing_out_ends_the_session(browser: httpx.Client) -> None:
    sign_in(browser)
    kept = dict(browser.cookies)
    answer = browser.post("/sign-out", follow_redirects=True)
    assert "You are signed out." in answer.text
    browser.cookies.update(kept)
    ended = browser.get("/password")
    assert ended.status_code == 401
    assert "The session has ended." in ended.text


def test_a_given_password_is_changed_before_anything_else(house: Door, browser: httpx.Client) -> None:
    _, given = create_user(house.services, name="rita", role=Role.QA, actor="admin")
    assert sign_in(browser, name="rita", password=given).headers["location"] == "/password"
    assert browser.get("/").headers["location"] == "/password"
    for old, new, again, says in (
        ("not it", GOOD, GOOD, "The old password is wrong."),
        (given, GOOD, "other", "The new password is not the same both times."),
        (given, "password1234", "password1234", "The new password will not do."),
    ):
        refused = browser.post("/password", data={"old": old, "new": new, "again": again})
        assert refused.status_code == 422
        assert says in refused.text
    changed = browser.post("/password", data={"old": given, "new": GOOD, "again": GOOD})
    assert (changed.status_code, changed.headers["location"]) == (303, "/?done=password")
    assert browser.get("/?done=password").headers["location"] == "/calls?done=password"


def test_a_problem_is_a_page_for_a_browser_and_a_document_for_a_program(browser: httpx.Client) -> None:
    page = browser.get("/nothing")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "Nothing is served at this address." in page.text
    assert page.headers["x-request-id"] in page.text
    document = browser.get("/nothing", headers={"Accept": "*/*"})
    assert document.headers["content-type"] == "application/problem+json"


def test_what_is_typed_into_a_page_stays_text(browser: httpx.Client) -> None:
    assert "<script>" not in sign_in(browser, name="<script>alert(1)</script>", password="x").text


@pytest.mark.parametrize(
    ("wish", "language", "direction"),
    [("hu-HU,hu;q=0.9,en;q=0.8", "hu", "ltr"), ("de, fa;q=0.4, en;q=0.3", "fa", "rtl"), ("xx;q=nonsense", "en", "ltr")],
)
def test_a_page_speaks_the_browsers_language_and_runs_in_its_direction(
    browser: httpx.Client, wish: str, language: str, direction: str
) -> None:
    page = browser.get("/sign-in", headers={"Accept-Language": wish}).text
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_a_chosen_language_counts_more_than_the_browsers(browser: httpx.Client) -> None:
    answer = browser.post("/language", data={"language": "fa", "then": "/sign-in"})
    assert answer.headers["location"] == "/sign-in"
    assert browser.cookies[LANGUAGE_COOKIE] == "fa"
    page = browser.get("/sign-in", headers={"Accept-Language": "hu"}).text
    assert '<html lang="fa" dir="rtl">' in page
    assert all(name in page for name in LANGUAGES.values())


def test_files_are_kept_for_ever_under_an_address_of_their_content(browser: httpx.Client) -> None:
    page = browser.get("/sign-in").text
    found = set(re.findall(r'/assets/[^"]+', page))
    assert found
    for address in found:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    stale = browser.get("/assets/of-yesterday/voiceops.css")
    assert (stale.status_code, stale.headers["cache-control"]) == (200, "no-store")
    assert browser.get("/assets/of-yesterday/nothing.css").status_code == 404


def test_a_page_runs_only_scripts_and_styles_of_ours(browser: httpx.Client) -> None:
    page = browser.get("/sign-in")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=", page.text)
