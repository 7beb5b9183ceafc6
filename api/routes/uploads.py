"""Recordings come in: as a form, as several files in one form, or by an address that they are fetched from."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from api.answers import problems
from api.body_stream import body_pieces
from api.deps import Here
from api.guard import GuardedRoute
from api.multipart import Form, read_files, read_form
from api.problems import problem_of, request_id_of
from api.schemas.recording import RecordingOut, recording_out
from api.schemas.upload import (
    FILES_AT_ONCE,
    ReferenceIn,
    ReferencesIn,
    UploadFields,
    UploadOutcome,
    UploadOutcomes,
)
from voiceops.domain.recording import RecordingKind
from voiceops.errors import BadInput, InvalidDocument, Problem, Unavailable, VoiceOpsError
from voiceops.ports import Services
from voiceops.usecases.receive_recording import Receipt, Upload, label_of, receive_recording

router = APIRouter(prefix="/api/v1/recordings", tags=["recordings"], route_class=GuardedRoute)

# Each upload keeps one of the threads busy that all routes share; slow senders must not take all.
UPLOADS_AT_ONCE = 16
_places = BoundedSemaphore(UPLOADS_AT_ONCE)


def _sent(field: dict[str, Any]) -> dict[str, Any]:
    """A field's schema as a form has it: what is not known is left out, not null."""
    kinds = [kind for kind in field.get("anyOf", ()) if kind.get("type") != "null"]
    rest = {key: value for key, value in field.items() if key not in {"anyOf", "default"}}
    return {**(kinds[0] if kinds else {}), **rest}


def _form(file: Mapping[str, Any], description: str) -> dict[str, Any]:
    fields = UploadFields.model_json_schema(mode="validation", ref_template="#/components/schemas/{model}")
    schema = {
        "type": "object",
        "required": ["kind", "file"],
        "properties": {
            **{name: _sent(field) for name, field in fields["properties"].items()},
            "kind": {"type": "string", "enum": [kind.value for kind in RecordingKind]},
            "parties": {"type": "string", "examples": ["agent,customer"]},
            "labels": {"type": "string", "examples": ['{"campaign": "spring"}']},
            "file": file,
        },
    }
    example = {"kind": "voicemail", "queue": "service", "caller_number": "+14155550100", "file": "message.wav"}
    content = {"multipart/form-data": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "description": description, "content": content}}


# `format` says the same once more, for generators of clients that know OpenAPI 3.0 better.
_FILE: dict[str, Any] = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
_FILES: dict[str, Any] = {"type": "array", "items": _FILE, "minItems": 1, "maxItems": FILES_AT_ONCE}
_ONE = {
    **problems(HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.INSUFFICIENT_STORAGE),
    HTTPStatus.OK.value: {"model": RecordingOut, "description": "The same bytes are here already: this is them."},
}
_MANY = problems(HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@router.post(
    "",
    name="upload_recording",
    status_code=HTTPStatus.CREATED,
    responses=_ONE,
    openapi_extra=_form(_FILE, "The fields come first and the file last: it goes straight to the disk as it arrives."),
)
def upload_recording(request: Request, response: Response, services: Here) -> RecordingOut:
    """Store a recording and ask for its transcription; a voicemail's task is raised at once."""
    with _place():
        form = read_form(request.headers.get("content-type"), body_pieces(request))
        return _answer(response, _receive(services, form))


@router.post("/by-reference", name="upload_reference", status_code=HTTPStatus.CREATED, responses=_ONE)
def upload_reference(body: ReferenceIn, response: Response, services: Here) -> RecordingOut:
    """Fetch a recording from an address and store it; the answer comes when it is here."""
    with _place():
        return _answer(response, _fetch(services, body))


@router.post(
    "/batch",
    name="upload_batch",
    responses=_MANY,
    openapi_extra=_form(_FILES, "Fields hold for all files after them; given again, they hold from there on."),
)
def upload_batch(request: Request, services: Here) -> UploadOutcomes:
    """Store several files of one form; each has its own outcome, and one that is refused keeps no other out."""
    outcomes: list[UploadOutcome] = []
    with _place():
        for form in read_files(request.headers.get("content-type"), body_pieces(request)):
            if len(outcomes) == FILES_AT_ONCE:
                raise BadInput(
                    f"The form has more than {FILES_AT_ONCE} files; that many were stored.",
                    record="the form",
                    next_step="Send the rest in another request.",
                )
            outcomes.append(_outcome(request, form.file_name, partial(_receive, services, form)))
    return UploadOutcomes(items=outcomes)


@router.post("/by-reference/batch", name="upload_references", responses=_MANY)
def upload_references(body: ReferencesIn, request: Request, services: Here) -> UploadOutcomes:
    """Fetch several recordings and store them; each has its own outcome, and one that fails keeps no other out."""
    with _place():
        return UploadOutcomes(
            items=[_outcome(request, one.file_name or "", partial(_fetch, services, one)) for one in body.items]
        )


@contextmanager
def _place() -> Iterator[None]:
    """One of the places for uploads, for the length of the block. Raises Unavailable where all are taken."""
    if not _places.acquire(blocking=False):
        raise Unavailable(
            f"{UPLOADS_AT_ONCE} uploads are running, which is as many as run at once.",
            record="the upload",
            next_step="Send it again in a few seconds.",
        )
    try:
        yield
    finally:
        _places.release()


def _answer(response: Response, receipt: Receipt) -> RecordingOut:
    if not receipt.created:
        response.status_code = HTTPStatus.OK
    response.headers["Location"] = f"{router.prefix}/{receipt.recording.id}"
    return recording_out(receipt.recording)


def _outcome(request: Request, file_name: str, receive: Callable[[], Receipt]) -> UploadOutcome:
    try:
        receipt = receive()
    except VoiceOpsError as error:
        problem = problem_of(error, request_id=request_id_of(request))
        return UploadOutcome(file_name=file_name or error.record, status=problem.status, problem=problem)
    status = HTTPStatus.CREATED if receipt.created else HTTPStatus.OK
    recording = recording_out(receipt.recording)
    return UploadOutcome(file_name=file_name or recording.file_name, status=status, recording=recording)


def _receive(services: Services, form: Form) -> Receipt:
    return receive_recording(services, _upload(form))


def _fetch(services: Services, wanted: ReferenceIn) -> Receipt:
    facts = {name: value for name, value in wanted if name not in {"url", "file_name"}}
    with services.references.open(wanted.url) as file:
        name = label_of(wanted.file_name or file.file_name)
        return receive_recording(services, Upload(file_name=name, source=file.source, **facts))


def _upload(form: Form) -> Upload:
    file_name = label_of(form.file_name)
    try:
        fields = UploadFields.model_validate(
            {name: ",".join(values) for name, values in form.fields.items() if any(values)}
        )
    except ValidationError as error:
        raise InvalidDocument(
            [
                Problem(None, f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}")
                for fault in error.errors()
            ],
            record=file_name,
            next_step="Mend the form's fields, and put all of them before the file.",
        ) from error
    return Upload(file_name=file_name, source=form.source, **dict(fields))
