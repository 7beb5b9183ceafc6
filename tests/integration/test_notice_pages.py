"""The page of notices: who is told where, whether it arrives, and another try by a press; no secret is shown again."""

import re

import httpx

from tests.api_door import Door
from tests.integration.test_api_notices import a_failed_notice, telling
from tests.receivers import WebReceiver
from voiceops.domain.people import Role

PAGE = "/admin/notices"
ADD = f"{PAGE}/subscriptions"


def a_browser(door: Door) -> httpx.Client:
    client = door.client(Role.ADMIN)
    client.headers["Accept"] = "text/html"
    return client


def test_a_webhook_is_added_tried_and_removed_and_its_secret_is_shown_once(
    door: Door, web_receiver: WebReceiver
) -> None:
    with telling(door, allow_private=True) as real, a_browser(real) as browser:
        made = browser.post(ADD, data={"owner": "webhook", "url": web_receiver.url, "types": ["task.done"]})
        [secret] = re.findall(r'id="given">(whsec_[^<]+)<', made.text)
        page = browser.get(PAGE).text
        assert "http://127.0.0.1/…" in page
        assert "task.done</bdi>" in page
        for hidden in (secret, "not-for-logs"):
            assert hidden not in page
        [address] = re.findall(rf'action="({ADD}/[^"]+)/try"', page)
        assert "A notice has arrived there." in browser.post(f"{address}/try", follow_redirects=True).text
        web_receiver.statuses.append(500)
        failed = browser.post(f"{address}/try")
        assert failed.status_code == 503
        assert 'role="alert"' in failed.text
        assert "Nobody is told there" in browser.post(f"{address}/remove", follow_redirects=True).text
        assert browser.post(f"{address}/try").status_code == 404


def test_an_address_that_will_not_do_is_blamed_and_not_shown_again(door: Door) -> None:
    with telling(door, allow_private=False) as real, a_browser(real) as browser:
        for owner, url in (
            ("webhook", "ftp://secret.example"),
            ("agent:gone", "json://secret.example"),
            ("webhook", ""),
        ):
            answer = browser.post(ADD, data={"owner": owner, "url": url})
            assert answer.status_code == 422, owner
            assert re.findall(r'id="why-(\w+)"', answer.text) == ["url"]
            assert "secret.example" not in answer.text
            assert f'<option value="{owner}" selected' in answer.text or owner == "agent:gone"


def test_a_notice_that_did_not_arrive_says_why_and_is_tried_again_by_a_press(door: Door) -> None:
    notice = a_failed_notice(door)
    with a_browser(door) as browser:
        page = browser.get(f"{PAGE}?state=failed").text
        assert "It is down. Start it." in page
        assert "Heard: a secret" not in page
        assert notice.id not in browser.get(f"{PAGE}?state=delivered").text
        done = browser.post(f"{PAGE}/{notice.id}/again", follow_redirects=True)
        assert "It is tried again." in done.text
        assert "/again" not in done.text
        assert browser.post(f"{PAGE}/{notice.id}/again").status_code == 409


def test_who_leads_some_teams_does_not_see_whom_the_house_tells(door: Door) -> None:
    with door.leader("north") as client:
        assert client.get(PAGE, headers={"Accept": "text/html"}).status_code == 403
