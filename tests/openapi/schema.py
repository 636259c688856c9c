"""Whether a JSON value fits a schema: as much of JSON Schema as the description uses."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
FORMATS: dict[str, Any] = {"uuid": UUID, "date-time": datetime.fromisoformat}
TOLD = {"title", "description", "default", "discriminator"}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Where the value does not fit; nothing when it does."""
    return [f"{at or '.'}: {fault}" for fault in _own(value, schema, whole)] + [
        fault for name, part, of in _parts(value, schema) for fault in faults(part, of, whole, f"{at}.{name}")
    ]


def _own(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    for word, said in schema.items():
        fits = _CHECKS[word](value, said, whole) if word in _CHECKS else True
        assert word in _CHECKS or word in TOLD | {"properties", "items", "additionalProperties"}, f"what is {word}?"
        if not fits:
            yield f"{word} {str(said)[:60]}"
    if schema.get("additionalProperties") is False and isinstance(value, dict):
        yield from (f"no {name} here" for name in value.keys() - schema.get("properties", {}).keys())


def _parts(value: Any, schema: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    if isinstance(value, dict):
        others = schema.get("additionalProperties")
        for name, part in value.items():
            of = schema.get("properties", {}).get(name, others if isinstance(others, dict) else {})
            yield name, part, of
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield str(place), part, schema.get("items", {})


def _is_type(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def _has_format(value: Any, name: str) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return bool(FORMATS[name](value))
    except ValueError:
        return False


def _matching(value: Any, schemas: list[dict[str, Any]], whole: dict[str, Any]) -> int:
    return sum(not faults(value, schema, whole) for schema in schemas)


def _resolve(address: str, whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["components"]["schemas"][address.rsplit("/", 1)[-1]]
    return found


_CHECKS: dict[str, Any] = {
    "$ref": lambda value, said, whole: not faults(value, _resolve(said, whole), whole),
    "anyOf": lambda value, said, whole: _matching(value, said, whole) >= 1,
    "oneOf": lambda value, said, whole: _matching(value, said, whole) == 1,
    "type": lambda value, said, _: _is_type(value, said),
    "format": lambda value, said, _: _has_format(value, said),
    "const": lambda value, said, _: value == said,
    "enum": lambda value, said, _: value in said,
    "minimum": lambda value, said, _: not isinstance(value, int) or value >= said,
    "maximum": lambda value, said, _: not isinstance(value, int) or value <= said,
    "maxLength": lambda value, said, _: not isinstance(value, str) or len(value) <= said,
    "maxItems": lambda value, said, _: not isinstance(value, list) or len(value) <= said,
    "maxProperties": lambda value, said, _: not isinstance(value, dict) or len(value) <= said,
    "required": lambda value, said, _: not isinstance(value, dict) or value.keys() >= set(said),
}
