"""Keeps notices in memory: the stand-in for tests and for trying things out."""

from voiceops.domain.notice import Address, OutgoingNotice


class MemoryNotifier:
    """A Notifier whose notices can be read, oldest first."""

    def __init__(self) -> None:
        self.notices: list[OutgoingNotice] = []

    def check(self, to: Address) -> None:
        """See ports.Notifier. Every address will do, since none is used."""

    def notify(self, notice: OutgoingNotice, to: Address) -> None:  # noqa: ARG002  the port's form
        """See ports.Notifier."""
        self.notices.append(notice)
