"""A form as somebody filled it in, with what will not do beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from api.problems import problem_of, request_id_of
from api.schemas.problem import Problem
from voiceops.errors import VoiceOpsError

M = TypeVar("M", bound=BaseModel)


class Unfit(Exception):
    """What was typed has not the form that it needs; `errors` has a sentence for each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True)
class Filled:
    """What stands in the fields. `problem` is what the whole of it was refused for, None where a field is to blame."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None

    @property
    def status(self) -> int:
        """Of the page on which it stands."""
        if self.problem is not None:
            return self.problem.status
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK


EMPTY = Filled()


def checked(shape: type[M], document: Mapping[str, Any]) -> M:
    """The document in the API's own form. Raises Unfit with a sentence for each field that is not."""
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        raise Unfit({str(one["loc"][0]) if one["loc"] else "": _sentence(one["msg"]) for one in found}) from error


def refused(request: Request, values: Mapping[str, Any], error: Exception, *, field: str | None = None) -> Filled:
    """The form again. An error of the core stands beside `field`, or above everything for None."""
    if isinstance(error, Unfit):
        return Filled(values, error.errors)
    assert isinstance(error, VoiceOpsError)  # noqa: S101 - nothing else is caught
    if field is not None:
        return Filled(values, {field: f"{error.what} {error.next_step}"})
    return Filled(values, problem=problem_of(error, request_id=request_id_of(request)))


def names_in(typed: str) -> list[str]:
    """Names separated by commas."""
    return [name.strip() for name in typed.split(",") if name.strip()]


def whole_numbers_in(values: Mapping[str, str], name: str) -> list[int]:
    """Whole numbers separated by commas in a field. Raises Unfit."""
    try:
        return [int(number) for number in names_in(values[name])]
    except ValueError as error:
        raise Unfit({name: "Write it in whole numbers."}) from error


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{text[:1].upper()}{text[1:]}."
