"""Gives every answer in the API's description an example: its own where it has one, else one made of its parts'."""

from collections.abc import Mapping
from typing import Any

# What stands for a text of that name; others are told by their kind.
_TEXTS: Mapping[str, str] = {
    "id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
    "recording_id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
    "task_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "agent_id": "ana",
    "actor": "ana",
    "reviewer": "vera",
    "name": "Vera",
    "title": "Service",
    "owner": "quality team",
    "queue": "service",
    "customer": "+14155550100",
    "rule": "recording-notice",
    "language": "en",
    "text": "This call is recorded.",
    "words": "this call is recorded",
    "reason": "Said by the agent at 0:04.",
    "secret": "vo_shown-once",
    "password": "a one-time password",
    "url": "https://crm.example/…",
}
_FORMATS = {"date-time": "2026-03-02T09:15:00.000Z", "date": "2026-03-02", "time": "09:15:00"}
_DEEPEST = 8


def add_examples(schemas: dict[str, Any]) -> None:
    """Add `examples` to each object among the schemas that has none, and complete those that lack a needed field."""
    for schema in schemas.values():
        if schema.get("type") == "object" and "examples" in schema:
            schema["examples"] = [_completed(example, schema, schemas) for example in schema["examples"]]
    made = {name: _example(schema, "", schemas, _DEEPEST) for name, schema in schemas.items() if _is_bare(schema)}
    for name, example in made.items():
        schemas[name]["examples"] = [example]


def _completed(example: dict[str, Any], schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """FastAPI drops what is null from an example, and a model that inherits one has fields of its own."""
    lacking = {name: schema["properties"][name] for name in schema.get("required", ()) if name not in example}
    return example | {
        name: None if _may_be_null(part) else _example(part, name, schemas, _DEEPEST) for name, part in lacking.items()
    }


def _may_be_null(part: Mapping[str, Any]) -> bool:
    return any(choice.get("type") == "null" for choice in part.get("anyOf", ()))


def _is_bare(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "object" and "examples" not in schema


def _example(schema: Mapping[str, Any], name: str, schemas: Mapping[str, Any], depth: int) -> Any:
    if "$ref" in schema:
        return _example(schemas[schema["$ref"].rpartition("/")[2]], name, schemas, depth)
    for found in (schema.get("examples"), schema.get("enum"), [schema["const"]] if "const" in schema else None):
        if found:
            return found[0]
    if "default" in schema:
        return schema["default"]
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], name, schemas, depth) if name != "next" else None
    return _by_kind(schema, name, schemas, depth - 1)


def _by_kind(schema: Mapping[str, Any], name: str, schemas: Mapping[str, Any], depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        parts = schema.get("properties", {})
        return {key: _example(part, key, schemas, depth) for key, part in parts.items()} if depth > 0 else {}
    if kind == "array":
        if "prefixItems" in schema:
            return [_example(part, name, schemas, depth) for part in schema["prefixItems"]]
        return [_example(schema["items"], name, schemas, depth)] if depth > 0 and "items" in schema else []
    if kind == "string":
        return _FORMATS.get(schema.get("format", ""), _TEXTS.get(name, name.replace("_", " ")))
    return {"boolean": True, "integer": 1, "number": 1.0}.get(str(kind))
