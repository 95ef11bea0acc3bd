"""Units from rows: new ones, and what is changed of known ones, in the file of changes to the organisation.

Only what a row changes is kept, so that what organisation.toml says of the rest of the unit still counts when it is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from hsf_kpi.ingest.definition_rows.loaded import UNITS_FILE, tables, toml_text
from hsf_kpi.ingest.definition_rows.reorganised import reorganisations
from hsf_kpi.ingest.definition_rows.rows import Row
from hsf_kpi.ingest.definition_rows.unit_check import tell_of_organisation
from hsf_kpi.ingest.definition_rows.unit_names import UnitNames
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.organisation import Unit

KEYS: Final = {"cost_centre": "kostnadsställe", "hsa_id": "hsa_id"}
"""Field → the name of the key that a unit has in other systems."""
_TAG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN: Final = ("name", "short_name", "level")


def unit_files(rows: Sequence[Row], catalogue: Catalogue) -> dict[str, str]:
    names = UnitNames(catalogue.organisation, rows)
    entries: dict[str, dict[str, Any]] = {}
    by_unit: dict[str, Row] = {}
    for row in rows:
        unit_id = names.of_row(row)
        if unit_id is None:
            continue
        if unit_id in by_unit:
            row.fault("Verksamheten står på flera rader.", "Behåll en av dem.", "unit")
            continue
        by_unit[unit_id] = row
        unit = catalogue.organisation.units.get(unit_id)
        entry = _new(row, names) if unit is None else _changed(row, unit, names)
        if entry:
            entries[unit_id] = {"id": unit_id, **entry}
    if not entries:
        return {}
    content = {
        "unit": list(entries.values()),
        "reorganisation": reorganisations(entries.values(), catalogue.organisation),
    }
    tell_of_organisation(content, by_unit, catalogue.organisation)
    before = tables(catalogue, UNITS_FILE)
    together = {kind: [*before.get(kind, ()), *added] for kind, added in content.items()}
    return {UNITS_FILE: toml_text({kind: found for kind, found in together.items() if found})}


def _new(row: Row, names: UnitNames) -> dict[str, Any]:
    entry: dict[str, Any] = {field: row.text(field) for field in _PLAIN if row.has(field)}
    for field, what in (
        ("name", "Namnet saknas."), ("level", "Nivån saknas."), ("parent", "Överordnad verksamhet saknas."),
    ):  # fmt: skip
        if not row.has(field):
            row.fault(f"{what} Verksamheten är ny.", "Fyll i cellen.", field)
    parent = names.named(row, "parent")
    if parent is not None:
        entry["parent"] = parent
    entry |= _months(row) | _successor(row, names) | _tags(row) | _keys(row, {})
    return entry | {"source": row.text("source") or "Inläst fil"}


def _changed(row: Row, unit: Unit, names: UnitNames) -> dict[str, Any]:
    """What the row says otherwise than the unit is; {} for nothing."""
    entry: dict[str, Any] = {}
    for field in _PLAIN:
        text = row.text(field)
        if text and text != getattr(unit, field):
            entry[field] = text
    entry |= _moved(row, unit, names)
    last = row.month("last")
    if last is not None and last != unit.last:
        if unit.first is not None and last < unit.first:
            row.fault("Verksamheten började senare.", "Rätta månaden.", "last")
        entry["last"] = last.iso
    successor = _successor(row, names)
    if successor.get("successor") != unit.successor:
        entry |= successor
    tags = _tags(row)
    if tags and frozenset(tags["tags"]) != unit.tags:
        entry |= tags
    entry |= _keys(row, unit.keys)
    source = row.text("source")
    if entry and source and source != unit.source:
        entry["source"] = source
    return entry


def _moved(row: Row, unit: Unit, names: UnitNames) -> dict[str, Any]:
    """Under another unit from a month on."""
    parent, first = names.named(row, "parent"), row.month("first")
    if not row.has("parent"):
        if first is not None and first != unit.first:
            row.fault(
                "Verksamheten finns redan. Från och med gäller bara den som är ny eller flyttar.",
                "Lämna cellen tom, eller fyll i överordnad verksamhet.",
                "first",
            )
        return {}
    if parent is None or (row.has("first") and first is None):
        return {}
    placed = unit.placements[-1]
    if first is None:
        if parent != placed.parent:
            row.fault(
                "Verksamheten får en ny överordnad, men från vilken månad saknas.", "Skriv månaden.", "first"
            )
        return {}
    if unit.first is not None and first < unit.first:
        row.fault(
            f"Verksamheten började {unit.first}.", "Rätta månaden, eller ångra inläsningen av den.", "first"
        )
        return {}
    if any(one.parent == parent and one.holds(first) for one in unit.placements):
        return {}
    if placed.parent is None:
        row.fault("Verksamheten står överst och kan inte flyttas.", "Lämna cellen tom.", "parent")
        return {}
    return {"parent": parent, "first": first.iso}


def _months(row: Row) -> dict[str, str]:
    first, last = row.month("first"), row.month("last")
    if first is not None and last is not None and last < first:
        row.fault("Sista månaden är före den första.", "Rätta månaderna.", "last")
    return {field: month.iso for field, month in (("first", first), ("last", last)) if month is not None}


def _successor(row: Row, names: UnitNames) -> dict[str, str]:
    successor = names.named(row, "successor")
    return {} if successor is None else {"successor": successor}


def _tags(row: Row) -> dict[str, list[str]]:
    tags = [tag for tag in re.split(r"[,; ]+", row.text("tags").lower()) if tag]
    if not all(map(_TAG.fullmatch, tags)):
        row.fault("Ett märke har fel form.", "Skriv a–z, siffror och bindestreck, åtskilda av komma.", "tags")
    return {"tags": sorted(set(tags))} if tags else {}


def _keys(row: Row, known: Any) -> dict[str, dict[str, str]]:
    keys = {name: row.text(field) for field, name in KEYS.items() if row.has(field)}
    new = {name: text for name, text in keys.items() if known.get(name) != text}
    return {"keys": new} if new else {}
