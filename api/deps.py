"""What routes ask for by type: the services, who is signed in, ids and pages."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Query, Request

from api.access import SignedIn
from api.schemas.text import ID_PATTERN, Id
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.recording import Recording
from voiceops.errors import BadInput, NotFound
from voiceops.ports import Page, Services

PathId = Annotated[str, Path(min_length=1, max_length=64, pattern=ID_PATTERN)]

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[Id | None, Query(description="`next` of the page before; leave out for the first page.")]

# Where a list has several orders, its cursors say in which one they stand.
PlaceInOrder = Annotated[
    str | None,
    Query(
        pattern=rf"{ID_PATTERN.removesuffix('$')}~[a-z_]+$",
        max_length=100,
        description="`next` of the page before, in the same order; leave out for the first page.",
    ),
]

T = TypeVar("T")
Kept = TypeVar("Kept", Recording, CallbackTask)


# Async, so that FastAPI does not spend a thread on reading an attribute.
async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _signed_in(request: Request) -> SignedIn:
    signed_in: SignedIn = request.state.signed_in
    return signed_in


Here = Annotated[Services, Depends(_services)]
Who = Annotated[SignedIn, Depends(_signed_in)]


def one_page(
    fetch: Callable[[Page], Sequence[T]], *, limit: int, cursor: str | None, id_of: Callable[[T], str]
) -> tuple[Sequence[T], str | None]:
    """At most `limit` records after the cursor, and the next cursor, None on the last page.

    Raises NotFound for a cursor that names nothing.
    """
    try:
        found = fetch(Page(limit=limit + 1, after=cursor))
    except NotFound as error:
        raise NotFound(
            "The cursor names no record that is still there.",
            record="cursor",
            next_step="Begin again with the first page, without a cursor.",
        ) from error
    page = found[:limit]
    return page, id_of(page[-1]) if len(found) > limit else None


def one_page_in_order(
    fetch: Callable[[Page], Sequence[Kept]], *, limit: int, cursor: str | None, order: str
) -> tuple[Sequence[Kept], str | None]:
    """As `one_page`, for a list with several orders. Raises BadInput for a cursor of another one."""
    after, _, its_order = (cursor or "").partition("~")
    if cursor is not None and its_order != order:
        raise BadInput(
            f"The cursor belongs to the order {its_order}, and {order} was asked for.",
            record="cursor",
            next_step="Keep `sort` as it was from page to page, or begin again without a cursor.",
        )
    page, following = one_page(fetch, limit=limit, cursor=after or None, id_of=lambda one: one.id)
    return page, f"{following}~{order}" if following is not None else None
