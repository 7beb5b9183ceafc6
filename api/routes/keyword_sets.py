"""Keyword sets: check one, upload a version, look at what is in use and at what was."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.answers import problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.preconditions import tagged
from api.schemas.keyword_set import (
    KeywordSetDetail,
    KeywordSetDiff,
    KeywordSetList,
    KeywordSetReport,
    keyword_set_detail,
    keyword_set_diff,
    keyword_set_out,
)
from api.schemas.text import Instant
from api.sent_document import sent_document, text_of
from voiceops.analysis.check_keyword_set import report_on_keyword_set, write_check
from voiceops.domain.reanalysis import Received
from voiceops.errors import NotFound
from voiceops.usecases.upload_keyword_set import upload_keyword_set as take_into_use

router = APIRouter(prefix="/api/v1/keyword-sets", tags=["keyword sets"], route_class=GuardedRoute)

VERSION_LIMIT = 2**31 - 1
VersionInUse = Annotated[int | None, Query(ge=1, le=VERSION_LIMIT, description="Left out: the one in use.")]

_EXAMPLE = """\
format: 1
id: service-call-en
version: 1
title: Service call
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: {variants: [this call is recorded]}
rules:
  - {id: notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice, party: agent}
"""

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The YAML itself, or a form with the YAML in a file field named `file`.",
        "content": {
            "application/yaml": {"schema": {"type": "string"}, "example": _EXAMPLE},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "contentMediaType": "application/yaml"}},
                },
                "example": {"file": "service-call-en.yaml"},
            },
        },
    }
}


def _span(
    from_at: Annotated[Instant | None, Query(description="Evaluate stored calls received then or later.")] = None,
    to_at: Annotated[Instant | None, Query(description="Evaluate stored calls received before.")] = None,
) -> Received:
    return Received(from_at, to_at)


@router.post(
    "",
    name="upload_keyword_set",
    status_code=HTTPStatus.CREATED,
    responses=problems(HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    openapi_extra=_BODY,
)
def upload_keyword_set(
    request: Request,
    response: Response,
    services: Here,
    who: Who,
    *,
    activate: Annotated[bool, Query(description="false: only store it, to see what it would change.")] = True,
    span: Annotated[Received, Depends(_span)],
) -> KeywordSetDetail:
    """Take a new version into use; calls are evaluated with it from now on, and stored ones in the background."""
    file_name, data = sent_document(request)
    stored = take_into_use(
        services,
        text_of(data, file_name),
        file_name=file_name,
        uploaded_by=who.actor,
        activate=activate,
        received=span,
    )
    response.headers["Location"] = f"{router.prefix}/{stored.keyword_set.id}"
    return keyword_set_detail(stored)


@router.post(
    "/check",
    name="check_keyword_set",
    responses=problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    openapi_extra=_BODY,
)
def check_keyword_set(request: Request) -> KeywordSetReport:
    """Say everything that is wrong with a keyword set, as `voiceops keywords check` does; nothing is stored."""
    file_name, data = sent_document(request)
    report = report_on_keyword_set(partial(text_of, data, file_name), file=file_name)
    return KeywordSetReport.model_validate(write_check(report))


@router.get("", name="list_keyword_sets", responses=problems())
def list_keyword_sets(services: Here) -> KeywordSetList:
    """The version in use of every keyword set."""
    with services.open_view() as unit:
        return KeywordSetList(items=[keyword_set_out(one) for one in unit.keyword_sets.list_active()])


@router.get("/{keyword_set_id}", name="get_keyword_set", responses=problems(HTTPStatus.NOT_FOUND))
def get_keyword_set(
    keyword_set_id: PathId,
    response: Response,
    services: Here,
    version: VersionInUse = None,
) -> KeywordSetDetail:
    """One version with its source."""
    with services.open_view() as unit:
        stored = unit.keyword_sets.get(keyword_set_id, version)
    tagged(response, stored.keyword_set.version)
    return keyword_set_detail(stored)


@router.get("/{keyword_set_id}/versions", name="list_keyword_set_versions", responses=problems(HTTPStatus.NOT_FOUND))
def list_keyword_set_versions(keyword_set_id: PathId, services: Here) -> KeywordSetList:
    """All versions, newest first."""
    with services.open_view() as unit:
        versions = unit.keyword_sets.versions(keyword_set_id)
    if not versions:
        raise NotFound(
            "There is no keyword set with this id.", record=keyword_set_id, next_step="List the keyword sets there are."
        )
    return KeywordSetList(items=[keyword_set_out(one) for one in versions])


@router.get("/{keyword_set_id}/diff", name="diff_keyword_set", responses=problems(HTTPStatus.NOT_FOUND))
def diff_keyword_set(
    keyword_set_id: PathId,
    services: Here,
    *,
    before: VersionInUse = None,
    after: Annotated[int | None, Query(ge=1, le=VERSION_LIMIT, description="Left out: the newest.")] = None,
) -> KeywordSetDiff:
    """What changed from one version to another: rules, keyphrases, and what is said of the set."""
    with services.open_view() as unit:
        old = unit.keyword_sets.get(keyword_set_id, before)
        new = unit.keyword_sets.get(keyword_set_id, after) if after else unit.keyword_sets.versions(keyword_set_id)[0]
    return keyword_set_diff(old.keyword_set, new.keyword_set)


@router.get(
    "/{keyword_set_id}/export",
    name="export_keyword_set",
    response_class=Response,
    responses={
        **problems(HTTPStatus.NOT_FOUND),
        HTTPStatus.OK.value: {
            "description": "The YAML, byte for byte as it was uploaded.",
            "content": {"application/yaml": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
    },
)
def export_keyword_set(
    keyword_set_id: PathId,
    services: Here,
    version: VersionInUse = None,
) -> Response:
    """One version as the file that was uploaded, to keep or to change and upload again."""
    with services.open_view() as unit:
        stored = unit.keyword_sets.get(keyword_set_id, version)
    name = f"{stored.keyword_set.id}-v{stored.keyword_set.version}.yaml"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stored.source, media_type="application/yaml", headers=disposition)
