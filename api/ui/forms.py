"""What forms have in common: they are answered with the address of the next page, never with a page of their own."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Form
from fastapi.responses import RedirectResponse

# An address of ours; "//elsewhere" would be another host's.
Then = Annotated[str, Form(max_length=2000, pattern=r"^/([^/\\\x00-\x20][^\\\x00-\x20]*)?$")]
Typed = Annotated[str, Form(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


def go_to(address: str, *, done: str | None = None, part: str = "") -> RedirectResponse:
    """On to a page that is asked for anew, so that loading it again sends nothing twice.

    `done` is what it says then, `part` the id of what it shows first.
    """
    mark = "&" if "?" in address else "?"
    query, fragment = f"{mark}done={done}" if done else "", f"#{part}" if part else ""
    return RedirectResponse(address + query + fragment, HTTPStatus.SEE_OTHER)
