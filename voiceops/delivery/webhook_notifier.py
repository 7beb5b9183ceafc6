"""Sends notices to webhooks: signed by the Standard Webhooks scheme, to addresses that were judged."""

import httpx
from standardwebhooks.webhooks import Webhook

from voiceops import __version__
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.deadline import Deadline
from voiceops.delivery.judged_transport import JudgedTransport
from voiceops.domain.notice import Address, OutgoingNotice
from voiceops.errors import BadInput, Unavailable
from voiceops.ports import Clock

# A receiver that is not there must not keep the notices to others waiting for long.
PATIENCE = httpx.Timeout(10.0, connect=5.0)
PATIENCE_IN_ALL_SECONDS = 15.0


class WebhookNotifier:
    """A Notifier for addresses with a secret.

    An answer of 2xx means delivered. Redirects are not followed: they would lead a signed message to
    somebody who was not asked for.
    """

    def __init__(self, guard: AddressGuard, clock: Clock, *, patience_seconds: float = PATIENCE_IN_ALL_SECONDS) -> None:
        self._guard = guard
        self._clock = clock
        self._patience_seconds = patience_seconds

    def check(self, to: Address) -> None:
        """See ports.Notifier."""
        self._guard.addresses(_url(to).host)

    def notify(self, notice: OutgoingNotice, to: Address) -> None:
        """See ports.Notifier."""
        url = _url(to)
        status = self._status(url, notice.text, self._headers(notice, to))
        if status == httpx.codes.GONE:
            raise BadInput(
                "The receiver says that it is gone for good (410).",
                record=url.host,
                next_step="Remove the webhook, or mend its receiver and try the notice again.",
            )
        if not httpx.codes.is_success(status):
            raise Unavailable(
                f"The receiver answered with {status} and not with 2xx.",
                record=url.host,
                next_step="See that the address is the final one and that its receiver accepts the notice.",
            )

    def _headers(self, notice: OutgoingNotice, to: Address) -> dict[str, str]:
        now = self._clock.now()
        return {
            "Content-Type": "application/json",
            "User-Agent": f"VoiceOps/{__version__}",
            "webhook-id": notice.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(to.secret or "").sign(notice.id, now, notice.text),
        }

    def _status(self, url: httpx.URL, body: str, headers: dict[str, str]) -> int:
        """The status of the answer; its body is nobody's business and is not read."""
        try:
            with (
                Deadline(self._patience_seconds) as deadline,
                httpx.Client(
                    transport=JudgedTransport(self._guard), timeout=PATIENCE, follow_redirects=False, trust_env=False
                ) as client,
                client.stream(
                    "POST", url, content=body.encode(), headers=headers, extensions={"trace": deadline.watch}
                ) as response,
            ):
                return response.status_code
        except httpx.HTTPError as error:
            raise Unavailable(
                f"The receiver could not be reached ({type(error).__name__}).",
                record=url.host,
                next_step="See that it runs, that its certificate is valid, and that this machine may reach it.",
            ) from error


def _url(to: Address) -> httpx.URL:
    try:
        url = httpx.URL(to.url or "")
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        raise BadInput(
            "This is not the address of a webhook.", record="the webhook", next_step="Write it like https://host/path."
        )
    return url
