"""The API's description for people, without a script from anywhere else."""

from functools import cache
from http import HTTPStatus
from importlib.resources import as_file, files

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from api.guard import GuardedRoute

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

_ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}

_DOCS_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>VoiceOps API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="description"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
"""

_DOCS_START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null,
  persistAuthorization: false,
});
"""

# Swagger UI sets styles from its own script, which counts as inline; scripts are ours only.
_DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@router.get("/docs", name="docs_page")
def docs_page() -> HTMLResponse:
    """The API description as a page."""
    return HTMLResponse(_DOCS_PAGE, headers={"Content-Security-Policy": _DOCS_POLICY})


@router.get("/docs/start.js", name="docs_script")
def docs_script() -> Response:
    """Starts the page; a file of its own, because no script may stand in a page."""
    return Response(_DOCS_START, media_type="text/javascript")


@router.get("/docs/{asset}", name="docs_asset")
def docs_asset(asset: str) -> Response:
    """A part of Swagger UI, from the installed package."""
    if asset not in _ASSETS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(
        _asset(asset),
        media_type=_ASSETS[asset],
        headers={"Cache-Control": "public, max-age=3600"},
    )


@cache
def _asset(name: str) -> bytes:
    with as_file(files("fastapi_offline") / "static" / name) as path:
        return path.read_bytes()
