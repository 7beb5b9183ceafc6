"""Chooses how a notice is sent: by webhook, by the address of its recipient, by the settings, or into the log."""

from collections.abc import Sequence
from urllib.parse import quote

from voiceops.delivery.apprise_notifier import AppriseNotifier
from voiceops.delivery.log_notifier import LogNotifier
from voiceops.domain.notice import SUPERVISOR, Address, OutgoingNotice
from voiceops.ports import Notifier


class ChoosingNotifier:
    """The Notifier of a running system. With several supervisor addresses, one that fails has all tried again."""

    def __init__(
        self, *, webhooks: Notifier, people: Notifier, supervisor_urls: Sequence[str] = (), mail_url: str | None = None
    ) -> None:
        self._webhooks = webhooks
        self._people = people
        self._supervisor_urls = tuple(supervisor_urls)
        self._mail_url = mail_url
        self._of_settings = AppriseNotifier.trusting()
        self._log = LogNotifier()

    def check(self, to: Address) -> None:
        """See ports.Notifier."""
        (self._webhooks if to.secret is not None else self._people).check(to)

    def notify(self, notice: OutgoingNotice, to: Address) -> None:
        """See ports.Notifier."""
        if to.secret is not None:
            self._webhooks.notify(notice, to)
        elif to.url is not None:
            self._people.notify(notice, to)
        else:
            urls = self._urls(notice, to)
            for url in urls:
                self._of_settings.notify(notice, Address(url=url))
            if not urls:
                self._log.notify(notice, to)

    def _urls(self, notice: OutgoingNotice, to: Address) -> Sequence[str]:
        if notice.recipient == SUPERVISOR:
            return self._supervisor_urls
        if to.email is None or self._mail_url is None:
            return ()
        joint = "&" if "?" in self._mail_url else "?"
        return (f"{self._mail_url}{joint}to={quote(to.email, safe='@')}",)
