"""Lets a client say which state of a record it saw: `ETag` on answers, `If-Match` on changes.

Tags are the record's own version. A change without `If-Match` is taken: most changes are checked against the record's
state anyway, and scripts that put a whole record in place mean to replace whatever is there.
"""

from typing import Annotated

from fastapi import Depends, Header, Response
from pydantic import WithJsonSchema

_ANY = "*"
_PATTERN = r'^(\*|"[!#-~]{1,80}")$'
# The same in parts, in which generators of requests find values; a header is left out, and never null.
_SCHEMA = {
    "type": "string",
    "if": {"minLength": 2},
    "then": {"pattern": r'^"[!#-~]{1,80}"$'},
    "else": {"const": _ANY},
}
# Older than every version there is.
_NEVER = 0


def _tag(
    if_match: Annotated[
        str | None,
        WithJsonSchema(_SCHEMA),
        Header(
            alias="If-Match",
            pattern=_PATTERN,
            description="The ETag of what you saw; if it has changed since, the answer is 412 and nothing is done.",
            examples=['"7"'],
        ),
    ] = None,
) -> str | None:
    """What stands between the quotes; None where the client does not mind."""
    return None if if_match in {None, _ANY} else str(if_match).strip('"')


def _number(tag: Annotated[str | None, Depends(_tag)]) -> int | None:
    if tag is None:
        return None
    return int(tag) if tag.isdecimal() else _NEVER


SeenTag = Annotated[str | None, Depends(_tag)]
SeenNumber = Annotated[int | None, Depends(_number)]


def tagged(response: Response, version: object) -> None:
    """Say in the answer which state of the record it shows."""
    response.headers["ETag"] = f'"{version}"'
