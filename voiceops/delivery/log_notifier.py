"""Tells people by a line in the log: what runs where no mail or webhook is set up."""

import structlog

from voiceops.ports import Notice


class LogNotifier:
    """A Notifier that logs task and recipient; never the text, which may quote a caller."""

    def __init__(self) -> None:
        self._log = structlog.get_logger("voiceops.notice")

    def notify(self, notice: Notice) -> None:
        """See ports.Notifier."""
        self._log.info("notice", task_id=notice.task_id, recipient=notice.recipient)
