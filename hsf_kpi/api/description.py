"""The OpenAPI 3.1 description, made from the resources' own definitions: it can't say another thing than they do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hsf_kpi.api.definitions import EDITION_FIELDS, Field, Kind, Param, Resource
from hsf_kpi.api.problems import TITLES
from hsf_kpi.api.resources import RESOURCES, VERSION
from hsf_kpi.composing.choices import EXTRAS, EXTRAS_OF

Schema = dict[str, Any]
_TYPE: Mapping[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "number"},
    Kind.WHOLE: {"type": "integer"},
    Kind.TRUTH: {"type": "boolean"},
    Kind.MONTH: {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
    Kind.DAY: {"type": "string", "format": "date"},
}
_SAID = (
    Field("source", Kind.TEXT, "Varifrån uppgifterna kommer."),
    Field("data_kind", Kind.TEXT, "Demodata eller verkliga uppgifter.", ("demo", "real")),
    *EDITION_FIELDS,
    Field("as_of", Kind.DAY, "Dagen som uppgifterna ses från."),
)
_ORIGINS: Schema = {"type": "array", "items": {"type": "string", "enum": ["demo", "loaded", "published"]}}
_COLUMN: Schema = {
    "type": "object",
    "required": ["key", "title", "role", "unit_of_measure"],
    "properties": {
        "key": {"type": "string"},
        "title": {"type": "string"},
        "role": {"type": "string"},
        "unit_of_measure": {"type": ["string", "null"]},
    },
    "additionalProperties": False,
}
_MARK: Schema = {
    "type": "object",
    "required": ["role", "label", "low", "high", "at"],
    "properties": {
        "role": {"type": "string"},
        "label": {"type": "string"},
        "low": {"type": ["number", "null"]},
        "high": {"type": ["number", "null"]},
        "at": {"type": ["string", "null"]},
    },
    "additionalProperties": False,
}
_COMMENT: Schema = {
    "type": "object",
    "required": ["kind", "text", "who", "when"],
    "properties": {name: {"type": "string"} for name in ("kind", "text", "who", "when")},
    "additionalProperties": False,
}
_CELL: Schema = {"type": ["string", "number", "null"]}
_TEXTS = (
    "page", "figure", "kind", "title", "caption", "sentence", "unit", "unit_name", "path", "period_words",
    "view_words", "sex_words", "org_words",
)  # fmt: skip
_MAYBE_TEXTS = ("help", "definition", "state_words", "edition_words", "empty")


@cache
def description() -> Schema:
    """The whole description. It names no unit, no account and no figure, and so is open."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HSF nyckeltal",
            "version": VERSION,
            "description": "Nyckeltal, läst med en åtkomstnyckel. Nyckeln ger det som kontot får se och ladda ner.",
        },
        "servers": [{"url": f"/api/{VERSION}"}],
        "security": [{"key": []}],
        "paths": {f"/{resource.path}": {"get": _operation(resource)} for resource in RESOURCES},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "hsfk_…"}},
            "schemas": {"problem": _problem()},
        },
    }


def _operation(resource: Resource) -> Schema:
    return {
        "summary": resource.title,
        "operationId": re.sub(r"\W+", "_", resource.path).strip("_"),
        "parameters": [
            *(_path_param(name) for name in re.findall(r"{(\w+)}", resource.path)),
            *(_parameter(param) for param in resource.params),
            *(_page_choices() if resource.choices else ()),
        ],
        "responses": {
            "200": {
                "description": resource.title,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {
                    "application/json": {"schema": answer_schema(resource)},
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            "304": {"description": "Oförändrat sedan svaret som If-None-Match nämner"},
            **{
                str(status): {
                    "description": title,
                    "content": {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}
                    },
                }
                for status, title in TITLES.items()
            },
        },
    }


def answer_schema(resource: Resource) -> Schema:
    """What the JSON of a 200 holds."""
    if resource.figure is not None:
        return _figure()
    rows = {
        "total": {"type": "integer", "description": "Antal rader i allt."},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "next": {"type": ["string", "null"], "description": "Adressen till nästa rader."},
        "origins": _ORIGINS,
        "items": {"type": "array", "items": _object(resource.fields)},
    }
    return _with(_SAID, rows)


def _figure() -> Schema:
    rest: Schema = {name: {"type": "string"} for name in _TEXTS}
    rest |= {name: {"type": ["string", "null"]} for name in _MAYBE_TEXTS}
    rest |= {
        "columns": {"type": "array", "items": _COLUMN},
        "rows": {"type": "array", "items": {"type": "object", "additionalProperties": _CELL}},
        "marks": {"type": "array", "items": _MARK},
        "comments": {"type": "array", "items": _COMMENT},
        "origins": _ORIGINS,
    }
    return _with(_SAID, rest)


def _with(fields: Sequence[Field], rest: Schema) -> Schema:
    found = _object(fields)
    found["properties"] |= rest
    found["required"] += list(rest)
    return found


def _object(fields: Sequence[Field]) -> Schema:
    return {
        "type": "object",
        "required": [field.name for field in fields],
        "properties": {field.name: _of_field(field) for field in fields},
        "additionalProperties": False,
    }


def _of_field(field: Field) -> Schema:
    schema = {**_TYPE[field.kind], "description": field.about}
    if field.codes:
        schema["enum"] = [*field.codes, *([None] if field.empty else [])]
    if field.empty:
        schema["type"] = [schema["type"], "null"]
    return schema


def _parameter(param: Param) -> Schema:
    schema = dict(_TYPE[param.kind])
    if param.codes:
        schema["enum"] = list(param.codes)
    if param.kind is Kind.WHOLE:
        schema |= {"minimum": param.low, "maximum": param.high}
    if param.first:
        schema["default"] = int(param.first) if param.kind is Kind.WHOLE else param.first
    if param.many:
        schema = {"type": "array", "items": schema}
    return {
        "name": param.name,
        "in": "query",
        "description": param.about,
        "schema": schema,
        **({"style": "form", "explode": False} if param.many else {}),
    }


def _path_param(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _page_choices() -> list[Schema]:
    """Every page's own choices; which page has which is told by /figures."""
    names = dict.fromkeys(name for own in EXTRAS_OF.values() for name in own)
    found = []
    for name in names:
        pages = ", ".join(page for page, own in EXTRAS_OF.items() if name in own)
        codes = EXTRAS[name].codes
        schema: Schema = {"type": "string", **({"enum": list(codes)} if codes else {})}
        about = f"{EXTRAS[name].what}, på {pages}."
        found.append({"name": name, "in": "query", "description": about, "schema": schema})
    return found


def _problem() -> Schema:
    texts = {name: {"type": "string"} for name in ("what", "where", "todo")}
    one = {"type": "object", "required": list(texts), "properties": texts, "additionalProperties": False}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "problems"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "problems": {"type": "array", "items": one},
        },
        "additionalProperties": False,
    }
