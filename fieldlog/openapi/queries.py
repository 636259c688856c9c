"""The description, as OpenAPI 3.1 has it."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.openapi.models import (
    PAUSES,
    PHOTO_STATUSES,
    STATUSES,
    PhotoAnswer,
    SignedIn,
    SignedOut,
    SyncAnswer,
    Trouble,
)
from fieldlog.sync.models import MOST_ENTRIES, Envelope, SentEntry

Schema = dict[str, Any]

MODELS: tuple[type[BaseModel], ...] = (Envelope, SentEntry, SyncAnswer, PhotoAnswer, SignedIn, SignedOut, Trouble)
AT = "#/components/schemas/"
NOTHING = {"type": "object", "maxProperties": 0, "description": "Enough where void is true."}
RETRY_AFTER = {"description": "How many seconds to wait.", "schema": {"type": "integer", "minimum": 1}}

SHAPES: dict[str, Callable[[Schema], Schema]] = {
    "count": lambda field: {"type": "integer", "minimum": field["min"], "maximum": field["max"]},
    "flag": lambda field: {"type": "boolean"},
    "choice": lambda field: {"enum": field["options"]},
    "choices": lambda field: {"type": "array", "items": {"enum": field["options"]}},
    "text": lambda field: {"type": "string", "maxLength": field["max_length"]},
    "link": lambda field: {"type": "string", "format": "uuid"},
    "rows": lambda field: {"type": "array", "maxItems": field["max_rows"], "items": _row(field)},
}
"""Each type of field, from its declaration as data."""


def description(cookie: str) -> Schema:
    """The whole description; ``cookie`` is the name under which a browser keeps its session."""
    models: list[tuple[type[BaseModel], Literal["validation"]]] = [(model, "validation") for model in MODELS]
    _, made = models_json_schema(models, ref_template=AT + "{model}")
    schemas: Schema = made["$defs"]
    entry = schemas.pop(SentEntry.__name__)
    schemas |= {_name("answers", slug): answers(kind) for slug, kind in KINDS.items()}
    schemas |= {_name("entry", slug): _entry(entry, kind) for slug, kind in KINDS.items()}
    by_kind = {slug: AT + _name("entry", slug) for slug in KINDS}
    schemas["Entry"] = {
        "oneOf": [{"$ref": address} for address in by_kind.values()],
        "discriminator": {"propertyName": "kind", "mapping": by_kind},
    }
    schemas["Envelope"]["properties"]["entries"] |= {"items": {"$ref": AT + "Entry"}, "maxItems": MOST_ENTRIES}
    return {
        "openapi": "3.1.0",
        "info": {"title": "fieldlog", "version": version("fieldlog"), "license": {"name": "EUPL-1.2"}},
        "servers": [{"url": "/"}],
        "paths": {"/sync": {"post": _sync()}, "/photos": {"post": _photos()}, "/whoami": {"get": _whoami()}},
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": cookie}},
        },
    }


def answers(kind: Kind) -> Schema:
    """What the kind takes for answers."""
    described = kind.describe()
    return _object(described["fields"]) | {"description": described["counts_as"]["en"]}


def _entry(entry: Schema, kind: Kind) -> Schema:
    """An entry of that kind."""
    said = {"anyOf": [{"$ref": AT + _name("answers", kind.slug)}, NOTHING]}
    own = {"kind": {"const": kind.slug}, "answers": said}
    return entry | {
        "title": kind.label.en,
        "description": f"Logged by {', '.join(kind.logged_by)}.",
        "properties": entry["properties"] | own,
    }


def _object(fields: list[Schema]) -> Schema:
    needed = [field["name"] for field in fields if field["required"] and "when" not in field]
    shape = {"type": "object", "properties": {field["name"]: _field(field) for field in fields}}
    return shape | {"additionalProperties": False} | ({"required": needed} if needed else {})


def _row(field: Schema) -> Schema:
    """One row of several, with what it is known by."""
    row = _object(field["columns"])
    key = {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$", "description": "What the row is known by."}
    return row | {"properties": row["properties"] | {field["key"]: key}}


def _field(field: Schema) -> Schema:
    """One question; an answer that may be left out may be null as well."""
    shape = SHAPES[field["type"]](field)
    if not field["required"]:
        shape = {"anyOf": [shape, {"type": "null"}]}
    label = field["label"]["en"]
    told = [label if label.endswith("?") else f"{label}."]
    if "when" in field:
        told.append(f"Only where {field['when']['field']} is {field['when']['is']}.")
    if "at_most" in field:
        told.append(f"No more than {field['at_most']}.")
    return shape | {"description": " ".join(told)}


def _name(part: str, slug: str) -> str:
    return f"{part}-{slug}"


def _sync() -> Schema:
    return {
        "summary": "Hand in the entries of a phone's outbox",
        "operationId": "sync",
        "security": [{"session": []}],
        "requestBody": {"required": True, "content": _json("Envelope")},
        "responses": {"200": {"description": "What became of each entry.", "content": _json("SyncAnswer")}}
        | {str(status): _trouble(status, told) for status, told in STATUSES.items()},
    }


def _photos() -> Schema:
    of: Schema = {name: {"type": "string", "format": "uuid"} for name in ("id", "entry", "finding")}
    of["account"] = {"type": "integer"}
    return {
        "summary": "Hand in one photo of a finding, once its entry was accepted",
        "operationId": "photos",
        "security": [{"session": []}],
        "parameters": [{"name": name, "in": "query", "required": True, "schema": shape} for name, shape in of.items()],
        "requestBody": {"required": True, "content": {"image/jpeg": {}, "image/png": {}, "image/webp": {}}},
        "responses": {"200": {"description": "What became of it.", "content": _json("PhotoAnswer")}}
        | {str(status): _trouble(status, told) for status, told in PHOTO_STATUSES.items()},
    }


def _whoami() -> Schema:
    either = {"application/json": {"schema": {"oneOf": [{"$ref": AT + "SignedIn"}, {"$ref": AT + "SignedOut"}]}}}
    return {
        "summary": "Tell who is signed in",
        "operationId": "whoami",
        "security": [{}, {"session": []}],
        "responses": {
            "200": {"description": "Whoever is signed in, or that nobody is.", "content": either},
            "503": _trouble(503, STATUSES[503]),
        },
    }


def _trouble(status: int, told: str) -> Schema:
    headers = {"headers": {"Retry-After": RETRY_AFTER}} if status in PAUSES else {}
    return {"description": told, "content": _json("Trouble")} | headers


def _json(model: str) -> Schema:
    return {"application/json": {"schema": {"$ref": AT + model}}}
