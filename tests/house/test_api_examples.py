"""The API's description has an example for whatever is sent and answered, and each fits its own schema."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.app import create_app

DOCUMENT = create_app().openapi()
SCHEMAS = DOCUMENT["components"]["schemas"]


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in DOCUMENT["paths"].values():
        for operation in path.values():
            yield operation["operationId"], operation


def media(of: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from of.get("content", {}).items()


def has_example(one: dict[str, Any]) -> bool:
    schema = one.get("schema", {})
    named = SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return bool("example" in one or "examples" in one or named.get("examples"))


def test_it_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")


@pytest.mark.parametrize(("name", "operation"), list(operations()), ids=lambda one: one if isinstance(one, str) else "")
def test_every_request_body_and_every_json_answer_has_an_example(name: str, operation: dict[str, Any]) -> None:
    for kind, sent in media(operation.get("requestBody", {})):
        assert has_example(sent), (name, kind)
    for status, answer in operation["responses"].items():
        for kind, given in media(answer):
            assert kind not in {"application/json", "application/problem+json"} or has_example(given), (name, status)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_an_example_fits_its_schema(name: str) -> None:
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})
    for example in SCHEMAS[name].get("examples", []):
        faults = [fault.message for fault in validator.iter_errors(example)]
        assert not faults, (name, faults)
