"""Keeps notices in memory: the stand-in for tests and for trying things out."""

from voiceops.ports import Notice


class MemoryNotifier:
    """A Notifier whose notices can be read, oldest first."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def notify(self, notice: Notice) -> None:
        """See ports.Notifier."""
        self.notices.append(notice)
