"""What every Notifier promises, tried against real servers on this machine."""

import json
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
import structlog
from standardwebhooks.webhooks import Webhook

from tests.builders import NOON
from tests.receivers import MailReceiver, WebReceiver, a_dawdling_server
from voiceops.bootstrap import SystemClock
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.apprise_notifier import AppriseNotifier
from voiceops.delivery.choosing_notifier import ChoosingNotifier
from voiceops.delivery.log_notifier import LogNotifier
from voiceops.delivery.memory_notifier import MemoryNotifier
from voiceops.delivery.webhook_notifier import WebhookNotifier
from voiceops.domain.notice import Address, EventType, OutgoingNotice
from voiceops.errors import BadInput, Unavailable, VoiceOpsError
from voiceops.ports import Notifier

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
A_NOTICE = OutgoingNotice(
    id="msg_1",
    type=EventType.OFFERED,
    recipient="anna",
    subject="Call back at 15:40",
    text='{"type": "task.offered", "text": "Heard: my account is frozen"}',
    made_at=NOON,
    next_try_at=NOON,
    task_id="task-7",
)
OWN_NETWORK = AddressGuard(allow_private=True)


@dataclass
class Place:
    """A notifier, an address that it can use, one that nobody answers at, and how much has arrived."""

    notifier: Notifier
    good: Address
    dead: Address | None
    arrived: Callable[[], int]


def a_dead_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def webhooks(guard: AddressGuard = OWN_NETWORK) -> WebhookNotifier:
    return WebhookNotifier(guard, SystemClock())


@pytest.fixture(params=["log", "memory", "webhook", "mail", "chosen webhook", "chosen mail", "chosen log"])
def place(request: pytest.FixtureRequest, web_receiver: WebReceiver, mail_receiver: MailReceiver) -> Place:
    kind = request.param
    choosing = ChoosingNotifier(webhooks=webhooks(), people=AppriseNotifier(OWN_NETWORK))
    if "webhook" in kind:
        notifier = choosing if "chosen" in kind else webhooks()
        dead = Address(url=f"http://127.0.0.1:{a_dead_port()}/hook?key=not-for-logs", secret=SECRET)
        return Place(notifier, Address(url=web_receiver.url, secret=SECRET), dead, lambda: len(web_receiver.received))
    if "mail" in kind:
        people = choosing if "chosen" in kind else AppriseNotifier(OWN_NETWORK)
        gone = Address(url=f"mailto://not-for-logs:x@127.0.0.1:{a_dead_port()}?from=a@example.org&to=b@example.org")
        return Place(people, Address(url=mail_receiver.url), gone, lambda: len(mail_receiver.letters))
    memory = MemoryNotifier()
    return Place(memory if kind == "memory" else LogNotifier(), Address(), None, lambda: 2)


def test_a_notice_can_be_delivered_more_than_once(place: Place) -> None:
    place.notifier.check(place.good)
    place.notifier.notify(A_NOTICE, place.good)
    place.notifier.notify(A_NOTICE, place.good)
    assert place.arrived() == 2


def test_a_receiver_that_is_not_there_is_unavailable_and_no_secret_is_told(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    if place.dead is None:
        pytest.skip("it calls nobody")
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines, pytest.raises(Unavailable) as caught:
        place.notifier.notify(A_NOTICE, place.dead)
    assert "not-for-logs" not in f"{caught.value} {lines} {caplog.text} {place.dead!r}"


def test_an_address_that_makes_no_sense_is_bad_input(place: Place) -> None:
    if place.dead is None:
        pytest.skip("it uses no address")
    for url in ("", "nonsense", "ftp://host/x", "json://127.0.0.1/x"):
        with pytest.raises(BadInput):
            place.notifier.check(replace(place.good, url=url))
        with pytest.raises(BadInput):
            place.notifier.notify(A_NOTICE, replace(place.good, url=url))


def test_the_log_names_task_and_recipient_and_nothing_that_was_said() -> None:
    with structlog.testing.capture_logs() as lines:
        LogNotifier().notify(A_NOTICE, Address())
    (line,) = lines
    assert line["task_id"] == "task-7"
    assert line["recipient"] == "anna"
    assert "frozen" not in str(line)
    assert "15:40" not in str(line)


def test_the_stand_in_keeps_notices_in_order() -> None:
    notifier = MemoryNotifier()
    notifier.notify(A_NOTICE, Address())
    assert notifier.notices == [A_NOTICE]


# --- webhooks -----------------------------------------------------------------------------------------


def test_a_webhook_is_signed_so_that_the_standard_library_verifies_it(web_receiver: WebReceiver) -> None:
    webhooks().notify(A_NOTICE, Address(url=web_receiver.url, secret=SECRET))
    ((headers, body),) = web_receiver.received
    assert Webhook(SECRET).verify(body, headers) == json.loads(A_NOTICE.text)
    assert headers["webhook-id"] == A_NOTICE.id
    assert headers["Host"] == f"127.0.0.1:{web_receiver.port}"


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 404, 429, 500, 503])
def test_what_is_not_taken_is_tried_again(web_receiver: WebReceiver, status: int) -> None:
    web_receiver.statuses = [status]
    with pytest.raises(Unavailable, match=str(status)):
        webhooks().notify(A_NOTICE, Address(url=web_receiver.url, secret=SECRET))


def test_a_receiver_whose_answer_never_ends_is_hung_up_on() -> None:
    patient = WebhookNotifier(OWN_NETWORK, SystemClock(), patience_seconds=0.5)
    with a_dawdling_server() as dawdler, pytest.raises(Unavailable, match="could not be reached"):
        patient.notify(A_NOTICE, Address(url=dawdler.url, secret=SECRET))


def test_a_receiver_that_is_gone_for_good_is_not_asked_again(web_receiver: WebReceiver) -> None:
    web_receiver.statuses = [410]
    with pytest.raises(BadInput, match="410"):
        webhooks().notify(A_NOTICE, Address(url=web_receiver.url, secret=SECRET))


def test_a_redirect_to_a_private_address_is_not_followed(web_receiver: WebReceiver) -> None:
    web_receiver.statuses, web_receiver.location = [307], f"http://localhost:{web_receiver.port}/inside"
    with pytest.raises(Unavailable):
        webhooks().notify(A_NOTICE, Address(url=web_receiver.url, secret=SECRET))
    assert len(web_receiver.received) == 1


INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0",  # noqa: S104  nobody binds to it
    "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_stands_for_an_inner_address_is_refused(address: str) -> None:
    guard = AddressGuard(resolver=lambda _: ["93.184.215.14", address])
    with pytest.raises(BadInput, match="VOICEOPS_ALLOW_PRIVATE_ADDRESSES"):
        webhooks(guard).notify(A_NOTICE, Address(url="https://hooks.example/x", secret=SECRET))
    assert AddressGuard(allow_private=True, resolver=lambda _: [address]).addresses("inner") == [address]


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_let_through(address: str) -> None:
    assert AddressGuard(resolver=lambda _: [address]).addresses("outer.example") == [address]


def test_an_address_written_as_a_number_is_judged_as_what_it_means() -> None:
    for host in ("2130706433", "0x7f.1", "127.1", "[::1]", "localhost"):
        with pytest.raises((BadInput, Unavailable)):
            webhooks(AddressGuard()).check(Address(url=f"http://{host}/x", secret=SECRET))


def test_a_name_that_changes_its_mind_after_the_look_is_asked_only_once(web_receiver: WebReceiver) -> None:
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    guard = AddressGuard(allow_private=True, resolver=lambda _: next(answers))
    url = f"http://rebinding.example:{web_receiver.port}/hook"
    webhooks(guard).notify(A_NOTICE, Address(url=url, secret=SECRET))
    ((headers, _),) = web_receiver.received
    assert headers["Host"] == f"rebinding.example:{web_receiver.port}"
    assert next(answers) == ["192.0.2.1"], "the connection looked the name up once more"


def test_a_name_that_turns_inward_after_it_was_added_is_refused_when_it_is_used() -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    notifier = webhooks(AddressGuard(resolver=lambda _: next(answers)))
    address = Address(url="https://rebinding.example/hook", secret=SECRET)
    notifier.check(address)
    with pytest.raises(BadInput):
        notifier.notify(A_NOTICE, address)


def test_a_host_is_tried_at_its_next_address_where_the_first_is_not_reached(web_receiver: WebReceiver) -> None:
    guard = AddressGuard(allow_private=True, resolver=lambda _: ["::1", "127.0.0.1"])
    webhooks(guard).notify(A_NOTICE, Address(url=f"http://two.example:{web_receiver.port}/", secret=SECRET))
    assert len(web_receiver.received) == 1


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    def unknown(_: str) -> list[str]:
        raise socket.gaierror

    resolvers: tuple[Callable[[str], list[str]], ...] = (unknown, lambda _: [])
    for resolver in resolvers:
        with pytest.raises(Unavailable, match="Nobody knows"):
            webhooks(AddressGuard(resolver=resolver)).check(Address(url="https://nowhere.example", secret=SECRET))


# --- mail and chat ------------------------------------------------------------------------------------


def test_a_letter_carries_subject_and_text(mail_receiver: MailReceiver) -> None:
    AppriseNotifier(OWN_NETWORK).notify(A_NOTICE, Address(url=mail_receiver.url))
    (letter,) = mail_receiver.letters
    assert letter["Subject"] == A_NOTICE.subject
    assert "anna@example.org" in letter["To"]


@pytest.mark.parametrize(
    "url",
    [
        "mailto://127.0.0.1:2525?from=b@b.example&to=a@b.example",
        "mailto://u:p@gmail.com?smtp=10.0.0.1",
        "ntfy://10.0.0.1/topic",
    ],
)
def test_a_persons_address_inside_our_network_is_refused_unless_allowed(url: str) -> None:
    guard = AddressGuard(resolver=lambda host: [host if host[0].isdigit() else "93.184.215.14"])
    with pytest.raises(BadInput, match="private network"):
        AppriseNotifier(guard).check(Address(url=url))


def test_a_token_in_the_place_of_a_host_is_not_looked_up() -> None:
    def never(host: str) -> list[str]:
        raise AssertionError(host)

    AppriseNotifier(AddressGuard(resolver=never)).check(Address(url="tgram://123456789:abcdefg_hijklmnop/12315544/"))


# --- the choice ---------------------------------------------------------------------------------------


def test_an_agent_with_an_email_is_told_by_the_mail_server_of_the_settings(mail_receiver: MailReceiver) -> None:
    mail_url = f"mailto://127.0.0.1:{mail_receiver.port}?from=voiceops@example.org"
    notifier = ChoosingNotifier(webhooks=webhooks(), people=AppriseNotifier(AddressGuard()), mail_url=mail_url)
    notifier.notify(A_NOTICE, Address(email="anna.k@example.org"))
    assert [("anna.k@example.org" in line) for line in mail_receiver.envelopes] == [True]


def test_supervisors_are_told_at_every_address_of_the_settings(mail_receiver: MailReceiver) -> None:
    notifier = ChoosingNotifier(
        webhooks=webhooks(), people=AppriseNotifier(AddressGuard()), supervisor_urls=[mail_receiver.url] * 2
    )
    notifier.notify(replace(A_NOTICE, recipient="supervisor"), Address())
    assert len(mail_receiver.letters) == 2


def test_without_any_address_a_notice_stands_in_the_log() -> None:
    notifier = ChoosingNotifier(webhooks=webhooks(), people=AppriseNotifier(AddressGuard()))
    with structlog.testing.capture_logs() as lines:
        notifier.notify(A_NOTICE, Address(email="anna@example.org"))
    assert [line["recipient"] for line in lines] == ["anna"]


def test_every_refusal_says_what_to_do_next() -> None:
    with pytest.raises(VoiceOpsError, match=r"Write it like https://host/path"):
        webhooks().check(Address(url="gopher://x", secret=SECRET))


# --- where else an address may lead --------------------------------------------------------------------


def test_a_name_that_was_public_when_it_was_judged_is_not_called_where_it_leads_inside(
    web_receiver: WebReceiver,
) -> None:
    public_at_first = AddressGuard(resolver=lambda _: ["93.184.216.34"])
    to = Address(url=f"gotify://127.0.0.1:{web_receiver.port}/not-for-logs")
    with pytest.raises(BadInput, match="private network") as caught:
        AppriseNotifier(public_at_first).notify(A_NOTICE, to)
    assert web_receiver.received == []
    assert "not-for-logs" not in str(caught.value)
    web_receiver.statuses = [200]
    AppriseNotifier(OWN_NETWORK).notify(A_NOTICE, to)
    assert len(web_receiver.received) == 1


def test_a_receiver_that_redirects_leads_nowhere_inside(web_receiver: WebReceiver) -> None:
    class FirstCallIsOutside(AddressGuard):
        """The receiver stands in for one outside; where it redirects to is judged as usual."""

        def judge(self, address: str) -> None:
            if address != "127.0.0.1":
                super().judge(address)

    web_receiver.statuses, web_receiver.location = [302], "http://[::1]:1/latest/meta-data"
    guard = FirstCallIsOutside(resolver=lambda _: ["93.184.216.34"])
    with pytest.raises(BadInput, match="::1: This address lies inside a private network"):
        AppriseNotifier(guard).notify(A_NOTICE, Address(url=f"gotify://127.0.0.1:{web_receiver.port}/token"))
