"""Writes the receipt of an erasure as the JSON document that commands print and the API answers."""

from typing import Any

from pydantic import TypeAdapter

from voiceops.domain.erasure import Erasure

_ERASURE = TypeAdapter(Erasure)


def write_erasure(erasure: Erasure) -> dict[str, Any]:
    """The document, with every field."""
    document: dict[str, Any] = _ERASURE.dump_python(erasure, mode="json")
    return {**document, "pseudonym": erasure.pseudonym}
