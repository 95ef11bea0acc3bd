"""The files that loaded rows are kept in: one for each year's targets, one for the organisation."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from typing import Any, Final

import tomli_w

from hsf_kpi.ingest.definitions.changes import CHANGES_FOLDER
from hsf_kpi.model.catalogue import Catalogue

UNITS_FILE: Final = f"{CHANGES_FOLDER}/andringar.toml"
Entry = Mapping[str, Any]


def targets_file(year: int) -> str:
    return f"targets/{year}-andringar.toml"


def tables(catalogue: Catalogue, path: str) -> dict[str, Any]:
    """What has been loaded to the file before; {} for nothing."""
    text = catalogue.loaded.get(path)
    return {} if text is None else tomllib.loads(text)


def with_rows(
    catalogue: Catalogue, year: int, kind: str, entries: Collection[Entry], source: str
) -> tuple[str, str]:
    """The year's file of changes, and its text with the entries of a kind («target», «baseline») in place of those that it
    had of the same measures.
    """
    path = targets_file(year)
    found = tables(catalogue, path) or {"year": year, "source": source}
    measures = {entry["measure"] for entry in entries}
    kept = [entry for entry in found.get(kind, ()) if entry["measure"] not in measures]
    return path, toml_text({**found, kind: [*kept, *entries]})


def toml_text(content: Mapping[str, Any]) -> str:
    return tomli_w.dumps(dict(content), multiline_strings=False)
