"""Tells people by mail, chat and whatever else Apprise knows."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.judged_connections import judged_by
from voiceops.domain.notice import Address, OutgoingNotice
from voiceops.errors import BadInput, Unavailable

if TYPE_CHECKING:
    import apprise

# Apprise services that call any address one likes, follow redirects, or speak to this machine's desktop and logs.
_NOT_FOR_PEOPLE = frozenset(
    {
        "json", "jsons", "xml", "xmls", "form", "forms", "apprise", "apprises",
        "syslog", "rsyslog", "dbus", "kde", "qt", "glib", "gnome", "macosx", "windows",
    }
)  # fmt: skip


class AppriseNotifier:
    """A Notifier for addresses with a URL and no secret.

    Such an address was given by somebody over the network or the command line: the guard judges where it
    leads. `trusting` makes one for addresses from the settings, which may lead anywhere.
    """

    def __init__(self, guard: AddressGuard, *, everything: bool = False) -> None:
        self._guard = guard
        self._everything = everything

    @classmethod
    def trusting(cls) -> "AppriseNotifier":
        """One that takes every address that Apprise knows."""
        return cls(AddressGuard(allow_private=True), everything=True)

    def check(self, to: Address) -> None:
        """See ports.Notifier."""
        self._service(to)

    def notify(self, notice: OutgoingNotice, to: Address) -> None:
        """See ports.Notifier."""
        service = self._service(to)
        try:
            with judged_by(self._guard):
                arrived = service.notify(body=notice.text, title=notice.subject)
        except BadInput:
            raise
        except Exception as error:  # Apprise carries a hundred services, each with faults of its own
            raise _not_sent(service) from error
        if not arrived:
            raise _not_sent(service)

    def _service(self, to: Address) -> "apprise.NotifyBase":
        scheme = (to.url or "").partition("://")[0].lower()
        service = None if scheme in _NOT_FOR_PEOPLE and not self._everything else _instantiate(to.url or "")
        if service is None:
            raise BadInput(
                "This is not an address at which a person can be told.",
                record=f"{scheme or 'the address'}://…",
                next_step="Write it as Apprise does, for example mailtos://user:password@host?to=name@host; "
                "for another system add a webhook.",
            )
        if not self._everything:
            for host in _hosts(service):
                self._guard.addresses(host)
        return service


def _instantiate(url: str) -> "apprise.NotifyBase | None":
    # Imported here: it takes half a second, and most processes tell nobody anything.
    import apprise

    # What Apprise logs may quote addresses; what went wrong is said by our own errors.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    made = apprise.Apprise.instantiate(url, asset=apprise.AppriseAsset(app_id="VoiceOps"), suppress_exceptions=True)
    return made if isinstance(made, apprise.NotifyBase) else None


def _hosts(service: "apprise.NotifyBase") -> Iterator[str]:
    """The hosts that whoever wrote the address chose; other services keep a secret in the same place."""
    if "host" in service.template_tokens and service.host:
        yield service.host
    # Mail is handed in elsewhere than its domain says.
    smtp_host = getattr(service, "smtp_host", None)
    if smtp_host:
        yield smtp_host


def _not_sent(service: "apprise.NotifyBase") -> Unavailable:
    return Unavailable(
        f"{service.service_name or 'The service'} did not take the notice.",
        record="the address",
        next_step="See that it runs, and that the address and its password are right.",
    )
