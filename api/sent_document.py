"""Reads a text document that was sent as the body itself or as the file of a form."""

from fastapi import Request

from api.body_stream import body_pieces
from api.multipart import read_form
from voiceops.errors import BadInput, InvalidDocument, Problem
from voiceops.usecases.receive_recording import label_of


def sent_document(request: Request) -> tuple[str, bytes]:
    """The file's name and what it holds. The body is within the limit for documents already."""
    content_type = request.headers.get("content-type", "")
    if content_type.lower().startswith("multipart/"):
        form = read_form(content_type, body_pieces(request))
        return label_of(form.file_name), form.source.read()
    return "the request's body", b"".join(body_pieces(request))


def text_of(data: bytes, record: str) -> str:
    """What the bytes say. Raises BadInput where they say nothing, InvalidDocument where they are not UTF-8."""
    if not data.strip():
        raise BadInput("It is empty.", record=record, next_step="Send a keyword set as YAML.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidDocument(
            [Problem(line, "this is not UTF-8 text")],
            record=record,
            next_step="Save the file as UTF-8 and send it again.",
        ) from error
