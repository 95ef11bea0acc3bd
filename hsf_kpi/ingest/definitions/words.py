"""Pydantic's validation errors in Swedish, each with its file and field."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hsf_kpi.ingest.definitions.fields import SWEDISH
from hsf_kpi.model.problems import Problem

_KEY = "[key]"
"""Pydantic's mark for a fault in the name of a field, not in its value."""
_TYPES = {
    "string_type": "text inom citattecken",
    "int_type": "ett heltal utan citattecken",
    "bool_type": "true eller false",
    "list_type": "en lista inom hakparenteser",
    "dict_type": "en tabell",
    "model_type": "en tabell",
}


def shape_problems(
    error: ValidationError, file: str, raw: Mapping[str, Any], shape: type[BaseModel]
) -> list[Problem]:
    """One problem per validation error. A row of `raw` is named by its id, not by its number."""
    return [
        _problem(details, f"{file}: {field_path(details['loc'], raw)}", shape)
        for details in error.errors(include_url=False)
    ]


def told_twice(file: str, kind: str, ids: Iterable[str]) -> Iterator[Problem]:
    """The ids that more than one row of a kind of table has."""
    for name, count in Counter(ids).items():
        if count > 1:
            yield Problem(
                "Id används flera gånger.", f"{file}: {kind}[{name}].id", "Ge varje rad ett eget id."
            )


def named_twice(file: str, kind: str, field: str, names: Sequence[str]) -> Iterator[Problem]:
    """The names, of `field`, that more than one row of a kind of table has where people tell the rows apart by them."""
    told = {name.strip().casefold(): name.strip() for name in names}
    for key, count in Counter(name.strip().casefold() for name in names).items():
        if count > 1:
            yield Problem(
                f"”{told[key]}” står på flera rader.", f"{file}: {kind}.{field}", "Ge varje rad egna ord."
            )


def unknown_unit(unit: str, units: Collection[str] | None, where: str) -> Iterator[Problem]:
    """units: the ids that there are; None where they could not be read."""
    if units is not None and unit not in units:
        yield Problem(
            f"Enheten ”{unit}” finns inte.",
            where,
            "Ange id för en enhet i organisation.toml, eller ta bort fältet.",
        )


def field_path(loc: Sequence[int | str], raw: Any) -> str:
    """('unit', 3, 'parent') → «unit[kirurgkliniken].parent»; by number from 1 where the row has no name."""
    path = ""
    for step in loc:
        if isinstance(step, int):
            raw = raw[step] if isinstance(raw, list) and step < len(raw) else None
            path += f"[{row_name(raw) or step + 1}]"
        elif step != _KEY:
            raw = raw.get(step) if isinstance(raw, dict) else None
            path += f".{step}" if path else step
    return path


def row_name(row: Any) -> str:
    """What a row of a list of tables is called by: its id, or the measure that it is about."""
    if isinstance(row, dict):
        name = row.get("id") or row.get("measure")
        return name if isinstance(name, str) else ""
    return ""


def _problem(details: ErrorDetails, where: str, shape: type[BaseModel]) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    if kind == SWEDISH:
        return Problem(context["what"], where, context["todo"])
    if kind == "missing":
        return Problem("Fältet saknas.", where, "Lägg till fältet i filen.")
    if kind == "extra_forbidden":
        return Problem("Fältet är okänt.", where, _did_you_mean(details["loc"], shape))
    if kind in _TYPES:
        return Problem(f"Värdet har fel typ: {_shown(details)}.", where, f"Ange {_TYPES[kind]}.")
    if kind in ("enum", "literal_error"):
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return Problem(f"{_shown(details)} är inget tillåtet värde.", where, f"Välj ett av: {allowed}.")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        at = "minst" if kind == "greater_than_equal" else "högst"
        return Problem(f"{_shown(details)} är utanför det tillåtna.", where, f"Ange {at} {bound}.")
    if kind in ("string_too_short", "too_short"):
        return Problem("Fältet får inte vara tomt.", where, "Fyll i fältet.")
    if kind == "string_pattern_mismatch":
        return Problem(
            f"{_shown(details)} har fel form.",
            where,
            "Använd bara a–z, siffror och bindestreck, till exempel ”nara-vard”.",
        )
    return Problem(f"Värdet går inte att använda: {_shown(details)}.", where, "Se README om filens fält.")


def _shown(details: ErrorDetails) -> str:
    return f"”{details['input']}”"


def _did_you_mean(loc: Sequence[int | str], shape: type[BaseModel]) -> str:
    """A field of the same table with nearly the same name, if there is one."""
    for step in loc[:-1]:
        info = shape.model_fields.get(str(step))
        shape = next(iter(_shapes_in(info.annotation)), shape) if info else shape
    known = [info.alias or name for name, info in shape.model_fields.items()]
    close = difflib.get_close_matches(str(loc[-1]), known, n=1)
    return f"Menade du ”{close[0]}”?" if close else "Ta bort fältet eller rätta stavningen."


def _shapes_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [shape for part in getattr(annotation, "__args__", ()) for shape in _shapes_in(part)]
