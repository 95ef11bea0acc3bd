"""Which unit a cell names: a known one by its id or name, or one that the file itself brings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from hsf_kpi.ingest.definition_rows.rows import Row
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.organisation import Organisation

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID: Final = 100


class UnitNames:
    """The organisation's units and the new ones of the file."""

    def __init__(self, organisation: Organisation, rows: Sequence[Row]) -> None:
        self._units = organisation.units
        self._named: dict[str, list[str]] = {}
        for unit in organisation.units.values():
            for name in {plain(unit.name), plain(unit.short_name)} - {""}:
                self._named.setdefault(name, []).append(unit.id)
        self._new = {
            text: row.text("name") for row in rows if row.has("name") and _is_id(text := row.text("unit"))
        }
        for unit_id, name in self._new.items():
            if unit_id not in self._units and unit_id not in self._named.get(plain(name), ()):
                self._named.setdefault(plain(name), []).append(unit_id)

    def of_row(self, row: Row) -> str | None:
        """The id of the unit that the row is about; None where it can't be told, which is said."""
        text = row.text("unit")
        if not text:
            row.fault("Verksamheten saknas.", "Skriv verksamhetens id.", "unit")
            return None
        if text in self._units:
            return text
        if _is_id(text) and row.has("name"):
            return text
        known = self._named.get(plain(text), [])
        if len(known) == 1 and known[0] in self._units:
            return known[0]
        if row.has("name"):
            row.fault(
                "En ny verksamhets id har fel form.",
                f"Använd bara a–z, siffror och bindestreck, till exempel ”{slug(text)}”.",
                "unit",
            )
        else:
            row.unknown(
                "Verksamheten finns inte.",
                text,
                [*self._units, *(unit.name for unit in self._units.values())],
                "En ny verksamhet behöver namn, nivå och överordnad.",
                "unit",
            )
        return None

    def named(self, row: Row, field: str) -> str | None:
        """The unit that another of the row's cells names; None for an empty cell, and for an unknown one, which is said."""
        text = row.text(field)
        if not text or text in self._units or text in self._new:
            return text or None
        known = self._named.get(plain(text), [])
        if len(known) == 1:
            return known[0]
        names = [*self._units, *(unit.name for unit in self._units.values()), *self._new]
        row.unknown("Verksamheten finns inte.", text, names, "Skriv verksamhetens id eller namn.", field)
        return None


def slug(name: str) -> str:
    """A possible id: «Närsjukvård Öst» → «narsjukvard-ost»."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", bare))[:_LONGEST_ID].strip("-") or "ny-verksamhet"


def _is_id(text: str) -> bool:
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None
