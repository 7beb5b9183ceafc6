"""What routes ask for by type: the services, who is signed in, ids and pages."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Query, Request

from api.access import SignedIn
from api.schemas.text import ID_PATTERN, Id
from voiceops.errors import NotFound
from voiceops.ports import Page, Services

PathId = Annotated[str, Path(min_length=1, max_length=64, pattern=ID_PATTERN)]

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[Id | None, Query(description="`next` of the page before; leave out for the first page.")]

T = TypeVar("T")


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
