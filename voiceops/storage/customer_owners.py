"""Who looks after which customer, as rows."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, select

from voiceops.domain.customer_owner import CustomerOwner
from voiceops.errors import NotFound
from voiceops.ports import Page
from voiceops.storage.customer_tables import customer_owners
from voiceops.storage.statements import all_rows, put
from voiceops.storage.teams import agents_of


class SqlOwnerStore:
    """The owners of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, owner: CustomerOwner) -> None:
        """See the port."""
        put(self._connection, customer_owners, vars(owner))

    def find(self, customers: Sequence[str]) -> CustomerOwner | None:
        """See the port."""
        query = select(customer_owners).where(customer_owners.c.customer.in_(customers))
        found = {row["customer"]: CustomerOwner(**row) for row in all_rows(self._connection, query)}
        return next((found[customer] for customer in customers if customer in found), None)

    def list(self, page: Page, *, teams: Collection[str] | None = None) -> Sequence[CustomerOwner]:
        """See the port."""
        query = select(customer_owners).order_by(customer_owners.c.customer).limit(page.limit)
        if teams is not None:
            query = query.where(agents_of(teams, customer_owners.c.agent_id))
        if page.after is not None:
            query = query.where(customer_owners.c.customer > page.after)
        return [CustomerOwner(**row) for row in all_rows(self._connection, query)]

    def remove(self, customer: str) -> None:
        """See the port."""
        statement = delete(customer_owners).where(customer_owners.c.customer == customer)
        if self._connection.execute(statement).rowcount == 0:
            raise NotFound(
                "Nobody is named as the owner of this customer.",
                record=customer,
                next_step="Look it up in the list of customers' owners.",
            )
