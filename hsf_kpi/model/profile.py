"""A source profile: which columns of a system's export mean what, and how its names map to ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from enum import StrEnum

from hsf_kpi.model.incoming import Holds


class UnitKey(StrEnum):
    """How the file names a unit."""

    ID = "id"
    """Our own id («kirurgkliniken»)."""
    NAME = "name"
    """Its name or short name, upper and lower case alike."""
    COST_CENTRE = "cost_centre"
    """`Unit.keys[«kostnadsställe»]`, or the profile's own `units`."""
    HSA_ID = "hsa_id"
    """`Unit.keys[«hsa_id»]`, or the profile's own `units`."""


class Decimals(StrEnum):
    """How numbers are written."""

    AUTO = "auto"
    """Told by the numbers themselves; a file that writes both ways is refused."""
    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Column:
    """A field of ours, and where its value comes from: a column under one of `names` (upper and lower case alike), or the
    same `fixed` text on every row.

    values: what the file writes → what it means («Kvinna» → «women»). scale: numbers are multiplied by it («1000» for tkr
    as kronor, «-1» for another sign). required: whether the column must be there.
    """

    field: str
    names: tuple[str, ...] = ()
    fixed: str = ""
    values: Mapping[str, str] = default(default_factory=dict)
    scale: str = "1"
    required: bool = True


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column that holds one number of one measure: a file with a column per nyckeltal."""

    name: str
    measure: str
    component: str
    """numerator, denominator or ready."""
    scale: str = "1"
    sex: str = ""
    """Where the column is of women or men only."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`key` as in the link and on the command line. system: «Heroma». about: Swedish.

    sheet: the sheet of a workbook, "" for the only one with rows. header_row: the row of the headings, 0 to look for it.
    units, measures, accounts: what the file writes → our id; an account may be written as a span («5000-5999»).
    units_by: how units are named where `units` has no entry. skip: column → texts on rows that are left out (sums).
    reversed_accounts: our accounts whose amounts have the other sign in the file. saved: whether it was written in the
    page, and not shipped.
    """

    key: str
    title: str
    system: str
    holds: Holds
    about: str = ""
    columns: tuple[Column, ...] = ()
    wide: tuple[WideColumn, ...] = ()
    units_by: UnitKey = UnitKey.ID
    units: Mapping[str, str] = default(default_factory=dict)
    measures: Mapping[str, str] = default(default_factory=dict)
    accounts: Mapping[str, str] = default(default_factory=dict)
    reversed_accounts: frozenset[str] = frozenset()
    decimals: Decimals = Decimals.AUTO
    sheet: str = ""
    header_row: int = 0
    skip: Mapping[str, tuple[str, ...]] = default(default_factory=dict)
    saved: bool = False
    version: int = 0

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.field == name), None)


FIELDS: Mapping[Holds, Mapping[str, str]] = {
    Holds.OBSERVATIONS: {
        "measure": "Nyckeltal",
        "unit": "Verksamhet",
        "period": "Period",
        "year": "År",
        "month": "Månad",
        "sex": "Kön",
        "numerator": "Täljare",
        "denominator": "Nämnare",
        "ready": "Värde",
        "source": "Källa",
    },
    Holds.LEDGER: {
        "unit": "Verksamhet",
        "period": "Period",
        "year": "År",
        "month": "Månad",
        "account": "Konto",
        "kind": "Slag",
        "amount": "Belopp",
        "counterpart": "Motpart",
        "project": "Uppdragsprojekt",
        "cost_centre": "Kostnadsställe",
    },
    Holds.FORECASTS: {
        "unit": "Verksamhet",
        "made": "Lämnad",
        "year": "År",
        "account": "Konto",
        "amount": "Belopp",
        "author": "Lämnad av",
    },
    Holds.MOVES: {
        "id": "Id",
        "unit": "Verksamhet",
        "period": "Period",
        "persons": "Personer",
        "reference": "Beslut",
        "financed": "Finansiering",
        "note": "Anmärkning",
    },
    Holds.ACTIVITIES: {
        "unit": "Verksamhet",
        "what": "Vad som ska göras",
        "effect": "Slag av effekt",
        "expected": "Väntad effekt per månad",
        "start": "Från och med",
        "end": "Till och med",
        "responsible": "Ansvarig funktion",
        "status": "Status",
    },
    Holds.EXTERNAL: {
        "register": "Register",
        "series": "Serie",
        "region_id": "Region-id",
        "region": "Region",
        "year": "År",
        "value": "Värde",
    },
    Holds.TARGETS: {
        "measure": "Nyckeltal",
        "year": "År",
        "kind": "Slag av mål",
        "value": "Målvärde",
        "upper": "Övre gräns",
        "fixed_year": "Jämförelseår",
        "sex": "Kön",
        "text": "Planens ordalydelse",
        "source": "Källa",
    },
    Holds.BASELINES: {
        "measure": "Nyckeltal",
        "year": "År",
        "period": "Period",
        "value": "Nuvärde",
        "sex": "Kön",
        "kind": "Slag av nuvärde",
        "label": "Benämning",
        "decimals": "Decimaler",
        "text": "Planens ordalydelse",
        "note": "Anmärkning",
        "source": "Källa",
    },
    Holds.UNITS: {
        "unit": "Verksamhet",
        "name": "Namn",
        "short_name": "Kortnamn",
        "level": "Nivå",
        "parent": "Överordnad",
        "first": "Från och med",
        "last": "Till och med",
        "successor": "Efterträdare",
        "cost_centre": "Kostnadsställe",
        "hsa_id": "HSA-id",
        "tags": "Märken",
        "source": "Källa",
    },
}
"""Our fields of each kind of file, and the headings of the project's own format."""
