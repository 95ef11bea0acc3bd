"""What the time axis tells of units that end with a successor, and of those that move."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month


def reorganisations(
    entries: Collection[Mapping[str, Any]], organisation: Organisation
) -> list[dict[str, Any]]:
    """The [[reorganisation]] tables of the units' new entries, by month."""
    changed = {entry["id"]: entry for entry in entries}

    def name(unit: str) -> str:
        known = organisation.units.get(unit)
        return str(changed.get(unit, {}).get("name") or (known.name if known else unit))

    merged: dict[tuple[Month, str], list[str]] = {}
    found: list[dict[str, Any]] = []
    for unit, entry in changed.items():
        known = organisation.units.get(unit)
        last = Month.parse(entry["last"]) if "last" in entry else known.last if known else None
        if "successor" in entry and last is not None:
            merged.setdefault((last + 1, entry["successor"]), []).append(unit)
        if known is not None and "parent" in entry and "first" in entry:
            month = Month.parse(entry["first"])
            old = organisation.parent(unit, month - 1)
            units = [unit, *([old] if old else []), entry["parent"]]
            text = f"{name(unit)} flyttas till {name(entry['parent'])}."
            found.append(_told(month, text, units, entry))
    for (month, heir), units in merged.items():
        new = heir in changed and heir not in organisation.units
        one = len(units) == 1
        verb = (
            "bildar" if new and not one else "blir" if new else "blir en del av" if one else "blir delar av"
        )
        text = f"{_and(map(name, units))} {verb} {name(heir)}."
        found.append(_told(month, text, [heir, *units], changed[units[0]]))
    return sorted(found, key=lambda told: (told["month"], told["text"]))


def _told(month: Month, text: str, units: Iterable[str], entry: Mapping[str, Any]) -> dict[str, Any]:
    source = entry.get("source") or "Inläst fil"
    return {"month": month.iso, "text": text, "units": list(dict.fromkeys(units)), "source": source}


def _and(names: Iterable[str]) -> str:
    """«A, B och C»"""
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last
