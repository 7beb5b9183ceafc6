"""The port to replies that are kept under a client's own key."""

from datetime import datetime
from typing import Protocol

from voiceops.domain.kept_reply import KeptReply


class ReplyStore(Protocol):
    """Kept replies, one for each principal and key."""

    def add(self, kept: KeptReply) -> None:
        """Raises Conflict if the principal has used the key."""
        ...

    def find(self, principal: str, key_sha256: str) -> KeptReply | None:
        """What is kept, expired or not, or None. Where the unit may write, others who ask wait until it ends."""
        ...

    def save(self, kept: KeptReply) -> None:
        """Overwrite what is kept under the key; one that is gone is no error."""
        ...

    def release(self, principal: str, key_sha256: str) -> None:
        """Forget one; one that is not there is no error."""
        ...

    def forget(self, *, expired_before: datetime) -> int:
        """Remove what has expired; how many there were."""
        ...
