"""Reads data/demo/*.toml into DemoSettings. Every problem of all files is told at once, with file and
field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.problems import DefinitionError, Problem

FILES = {
    "general": "demo.toml",
    "norm": "norm_hours.toml",
    "weights": "units.toml",
    "flow": "measures.toml",
    "survey": "surveys.toml",
    "events": "events.toml",
    "economy": "economy.toml",
    "registers": "registers.toml",
    "dialogue": "dialogue.toml",
    "follow_ups": "followups.toml",
    "months": "months.toml",
    "loads": "loads.toml",
}
"""Section of the settings → file."""

_SENTENCES = {"missing": "Fältet saknas.", "extra_forbidden": "Fältet är okänt."}
_WORDS = {
    "int_type": "ska vara ett heltal",
    "int_parsing": "ska vara ett heltal",
    "float_type": "ska vara ett tal",
    "float_parsing": "ska vara ett tal",
    "string_type": "ska vara text",
    "bool_type": "ska vara true eller false",
    "bool_parsing": "ska vara true eller false",
    "dict_type": "ska vara en tabell",
    "model_type": "ska vara en tabell",
    "tuple_type": "ska vara en lista",
    "enum": "är inget av de tillåtna värdena",
    "datetime_type": "ska vara en tidpunkt, till exempel 2023-10-13T09:00:00",
    "datetime_parsing": "ska vara en tidpunkt, till exempel 2023-10-13T09:00:00",
    "date_type": "ska vara ett datum, till exempel 2023-10-13",
    "date_parsing": "ska vara ett datum, till exempel 2023-10-13",
    "date_from_datetime_parsing": "ska vara ett datum, till exempel 2023-10-13",
    "date_from_datetime_inexact": "ska vara ett datum, till exempel 2023-10-13",
    "too_short": "får inte vara tomt",
    "string_too_short": "får inte vara tomt",
    "string_too_long": "är för långt",
}


def read_settings(folder: Path) -> DemoSettings:
    """The settings of the demo. DefinitionError (Swedish, all problems) when a file is missing or wrong."""
    problems: list[Problem] = []
    content: dict[str, dict[str, Any]] = {}
    for section, name in FILES.items():
        try:
            content[section] = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        except OSError:
            problems.append(
                Problem("Filen saknas eller går inte att läsa.", f"demo/{name}", "Lägg tillbaka filen.")
            )
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(f"Filen är inte giltig TOML ({error}).", f"demo/{name}", "Rätta filen."))
    if problems:
        raise DefinitionError(problems)
    try:
        return DemoSettings.model_validate(content)
    except ValidationError as error:
        raise DefinitionError(_problems(error.errors())) from None


def _problems(errors: Iterable[ErrorDetails]) -> list[Problem]:
    return [
        Problem(
            _SENTENCES.get(e["type"]) or f"Värdet {_shown(e['input'])} {_what(e)}.",
            f"demo/{FILES[str(e['loc'][0])]}, {_field(e['loc'][1:])}",
            "Rätta fältet.",
        )
        for e in errors
    ]


def _what(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    bounds = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
    if kind in bounds:
        word = {"gt": "större än", "ge": "minst", "lt": "mindre än", "le": "högst"}[bounds[kind]]
        return f"ska vara {word} {context[bounds[kind]]}"
    return _WORDS.get(kind, "har fel form")


def _field(location: tuple[int | str, ...]) -> str:
    """('sjukfranvaro', 'anchor', 0, 'end') → 'fältet sjukfranvaro.anchor[1].end'."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location)
    return f"fältet {text.lstrip('.')}" if text else "hela filen"


def _shown(value: object) -> str:
    if isinstance(value, dict | list | tuple):
        return "i tabellen" if isinstance(value, dict) else "i listan"
    return f"”{value}”"
