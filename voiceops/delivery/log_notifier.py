"""Tells people by a line in the log: what runs where nobody's address is known."""

import structlog

from voiceops.domain.notice import Address, OutgoingNotice


class LogNotifier:
    """A Notifier that logs task and recipient; never the text, which may quote a caller."""

    def __init__(self) -> None:
        self._log = structlog.get_logger("voiceops.notice")

    def check(self, to: Address) -> None:
        """See ports.Notifier. Every address will do, since none is used."""

    def notify(self, notice: OutgoingNotice, to: Address) -> None:  # noqa: ARG002  the port's form
        """See ports.Notifier."""
        self._log.info("notice", task_id=notice.task_id, recipient=notice.recipient)
