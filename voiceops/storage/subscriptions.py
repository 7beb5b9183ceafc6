"""Those who want to be told, as rows."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from voiceops.domain.notice import Subscription
from voiceops.errors import NotFound
from voiceops.storage.notice_tables import subscriptions
from voiceops.storage.statements import all_rows, find_row


class SqlSubscriptionStore:
    """The subscriptions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subscription: Subscription) -> None:
        """See the port."""
        self._connection.execute(insert(subscriptions).values(**vars(subscription)))

    def get(self, subscription_id: str) -> Subscription:
        """See the port."""
        found = self.find(subscription_id)
        if found is None:
            raise _not_found(subscription_id)
        return found

    def find(self, subscription_id: str) -> Subscription | None:
        """See the port."""
        row = find_row(self._connection, select(subscriptions).where(subscriptions.c.id == subscription_id))
        return None if row is None else Subscription(**row)

    def list(self) -> Sequence[Subscription]:
        """See the port."""
        query = select(subscriptions).order_by(subscriptions.c.owner, subscriptions.c.id)
        return [Subscription(**row) for row in all_rows(self._connection, query)]

    def remove(self, subscription_id: str) -> None:
        """See the port."""
        gone = self._connection.execute(delete(subscriptions).where(subscriptions.c.id == subscription_id))
        if gone.rowcount == 0:
            raise _not_found(subscription_id)


def _not_found(subscription_id: str) -> NotFound:
    return NotFound(
        "There is no subscription with this id.",
        record=subscription_id,
        next_step="Look it up in the list of subscriptions.",
    )
