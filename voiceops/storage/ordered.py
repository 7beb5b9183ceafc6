"""One page of a list in one of its orders: what comes after a record, however many come before it."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, literal, select, tuple_

from voiceops.errors import NotFound
from voiceops.ports import Page
from voiceops.storage.statements import all_rows


def ordered_rows(
    connection: Connection,
    query: Select[Any],
    *,
    table: Table,
    order: str,
    page: Page,
    missing: Callable[[str], NotFound],
) -> Sequence[dict[str, Any]]:
    """The rows of `query` on a page; `order` is a column and `_asc` or `_desc`, and records at one instant go by id.

    Rows without that instant are left out. Raises `missing` for a `page.after` that is not there.
    """
    name, _, direction = order.rpartition("_")
    backwards = direction == "desc"
    at, own = table.c[name], table.c.id
    if at.nullable:
        query = query.where(at.is_not(None))
    if page.after is not None:
        instant = connection.scalar(select(at).where(own == page.after))
        if instant is None:
            raise missing(page.after)
        place, seen = tuple_(at, own), tuple_(literal(instant, at.type), literal(page.after, own.type))
        query = query.where(place < seen if backwards else place > seen)
    columns = (at.desc(), own.desc()) if backwards else (at, own)
    return all_rows(connection, query.order_by(*columns).limit(page.limit))
