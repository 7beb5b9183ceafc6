"""The stylesheet, the scripts and the icon, under an address that changes when any of them does."""

import hashlib
from http import HTTPStatus
from importlib.resources import files

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from api.guard import GuardedRoute

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FILES = {
    one.name: one.read_bytes() for one in sorted((files("api.ui") / "assets").iterdir(), key=lambda one: one.name)
}
_VERSION = hashlib.sha256(b"\0".join(_FILES.values())).hexdigest()[:12]


def address_of(name: str) -> str:
    """Where a file is served. All share one folder, so that scripts find each other by `./`."""
    return f"/assets/{_VERSION}/{name}"


@router.get("/assets/{version}/{name}", name="page_asset")
def page_asset(version: str, name: str) -> Response:
    """One file, kept by browsers for ever: what changed has another address."""
    if name not in _FILES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    is_this = version == _VERSION
    return Response(
        _FILES[name],
        media_type=_MEDIA_TYPES[name.rpartition(".")[2]],
        # A page of another version, open during an upgrade, gets this file once.
        headers={"Cache-Control": "public, max-age=31536000, immutable" if is_this else "no-store"},
    )
