"""One row of a file of definitions: its cells as texts, exact numbers, months and known measures, faults told on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.values import parse_cell_month, parse_cell_number, parse_cell_sex
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.nearest import nearest
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex, UnitOfMeasure
from hsf_kpi.model.incoming import Fault
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError
from hsf_kpi.model.profile import Decimals

LONGEST: Final = 500
"""Characters of a text."""
PLACES: Final = 4
"""Decimals of a number."""
MOST: Final = 10**12
_TAIL: Final = re.compile(r"[.,](\d+)\s*$")
YEARS: Final = range(2000, 2101)
NOT_KNOWN: Final = "Skriv nyckeltalets id eller dess namn."


class DefinitionRowsError(DataError):
    """Rows that can't be definitions. `faults` hold all that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(fault.problem("") for fault in faults)


class Row:
    """What the row says, field by field. A cell that is wrong is told in `found`, and read as if it were empty."""

    def __init__(
        self, number: int, cells: Mapping[str, object], headings: Mapping[str, str], found: Findings
    ):
        self.number = number
        self._cells, self._headings, self._found = cells, headings, found

    def fault(self, what: str, expected: str, field: str) -> None:
        value = self._cells.get(field)
        told = None if value is None or value == "" else _shown(value)
        self._found.add(what, expected, self.number, self._headings.get(field, ""), told)

    def has(self, field: str) -> bool:
        value = self._cells.get(field)
        return value is not None and (not isinstance(value, str) or value.strip() != "")

    def cell(self, field: str) -> Any:
        return self._cells.get(field) if self.has(field) else None

    def text(self, field: str) -> str:
        """On one line; "" for an empty cell."""
        value = self.cell(field)
        if value is None:
            return ""
        text = " ".join(_shown(value).split())
        if len(text) > LONGEST:
            self.fault("Texten är för lång.", f"Skriv högst {LONGEST} tecken.", field)
            return ""
        return text

    def year(self, field: str) -> int | None:
        value = self.cell(field)
        if value is None:
            return None
        number = parse_cell_number(_cell(value), Decimals.COMMA)
        if number is None or number.denominator != 1 or int(number) not in YEARS:
            self.fault("Det är inget år.", "Skriv året med fyra siffror, till exempel 2024.", field)
            return None
        return int(number)

    def month(self, field: str) -> Month | None:
        value = self.cell(field)
        if value is None or isinstance(value, Month):
            return value
        month = parse_cell_month(_cell(value))
        if month is None or month.year not in YEARS:
            self.fault("Det är ingen månad.", "Skriv år och månad, till exempel 2024-01.", field)
            return None
        return month

    def sex(self, field: str) -> Sex:
        value = self.cell(field)
        if value is None or isinstance(value, Sex):
            return value or Sex.ALL
        sex = parse_cell_sex(_cell(value))
        if sex is None:
            self.fault("Könet är okänt.", "Skriv alla, kvinnor eller män, eller lämna cellen tom.", field)
        return sex or Sex.ALL

    def amount(self, field: str, measure: Measure) -> Decimal | None:
        """A number in the measure's unit, with the decimals that it is written with; «18:31» of minutes."""
        value = self.cell(field)
        if value is None:
            return None
        text = _without_unit(_shown(value), measure) if isinstance(value, str) else value
        number = _duration(text) if measure.unit_of_measure is UnitOfMeasure.MINUTES else None
        if number is None:
            number = _decimal(_cell(text))
        if number is None or abs(number) >= MOST:
            self.fault(
                "Det är inget tal, eller två olika.", "Skriv talet med siffror, till exempel 95,5.", field
            )
            return None
        if -int(number.as_tuple().exponent) > PLACES:
            self.fault("Talet har för många decimaler.", f"Ange högst {PLACES} decimaler.", field)
            return None
        return number

    def measure(self, field: str, catalogue: Catalogue) -> Measure | None:
        """By its key, or by its name where only one has it."""
        text = self.text(field)
        if not text:
            self.fault("Nyckeltalet saknas.", NOT_KNOWN, field)
            return None
        known = catalogue.measures
        if text.casefold() in known:
            return known[text.casefold()]
        named = [m for m in known.values() if plain(text) in (plain(m.name), plain(m.short_name))]
        if len(named) == 1:
            return named[0]
        if named:
            keys = ", ".join(measure.key for measure in named)
            self.fault("Flera nyckeltal heter så.", f"Skriv ett av id:na {keys}.", field)
            return None
        names = [*known, *(m.name for m in known.values()), *(m.short_name for m in known.values())]
        self.unknown("Nyckeltalet finns inte.", text, names, NOT_KNOWN, field)
        return None

    def unknown(self, what: str, text: str, known: Collection[str], expected: str, field: str) -> None:
        """A name that is not known, with the nearest that are."""
        near = nearest(text, sorted(set(known)), 1)
        asked = f"Menade du ”{near[0]}”? " if near else ""
        self.fault(what, f"{asked}{expected}", field)


def rows_of(rows: Sequence[Mapping[str, object]], headings: Mapping[str, str], found: Findings) -> list[Row]:
    """The rows. Texts that are like a person's number are told. headings: of each field."""
    made = []
    for place, cells in enumerate(rows):
        number = cells.get("row")
        row = Row(number if isinstance(number, int) else place + 2, cells, headings, found)
        for field in headings:
            value = cells.get(field)
            if isinstance(value, str) and like_person_number(value):
                row.fault(
                    "Texten liknar ett personnummer och får inte läsas in.", "Ta bort det ur filen.", field
                )
        made.append(row)
    return made


def number_text(number: Decimal) -> str:
    """As the definition files write it: «95», «-800.5», «6.0»."""
    return format(number, "f")


def _cell(value: Any) -> Any:
    """Fractions are numbers too; anything else that is no cell is its text."""
    if isinstance(value, Fraction):
        return _exact(value)
    return value if isinstance(value, str | int | float | Decimal | dt.date) else str(value)


def _shown(value: object) -> str:
    if isinstance(value, Month):
        return value.iso
    if isinstance(value, Fraction):
        return str(_exact(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _without_unit(text: str, measure: Measure) -> str:
    """«8 min», «−800 mnkr», «95 %» → the number."""
    words = {UnitOfMeasure.MINUTES: ("minuter", "min"), UnitOfMeasure.MNKR: ("mnkr", "mkr")}
    found = text.strip()
    for word in (*words.get(measure.unit_of_measure, ()), "%", "procent"):
        if found.casefold().endswith(word) and (word not in ("%", "procent") or _is_share(measure)):
            return found[: -len(word)].rstrip()
    return found


def _is_share(measure: Measure) -> bool:
    return measure.unit_of_measure is UnitOfMeasure.PERCENT


def _duration(text: object) -> Decimal | None:
    """Minutes and seconds; the decimals that the store keeps."""
    minutes, colon, seconds = str(text).partition(":")
    if not (colon and minutes.isdecimal() and len(seconds) == 2 and seconds.isdecimal()):
        return None
    if int(seconds) >= 60 or len(minutes) > 6:
        return None
    whole, rest = divmod(int(minutes) * 60 + int(seconds), 60)
    return Decimal(whole) + (Decimal(rest) / 60).quantize(Decimal("0.0001")) if rest else Decimal(whole)


def _decimal(value: Any) -> Decimal | None:
    """Exact, with the decimals that a text writes. None for what is no number, or could be two."""
    if isinstance(value, Decimal) and value.is_finite():
        return value if int(value.as_tuple().exponent) <= 0 else value.quantize(Decimal(1))
    readings = {parse_cell_number(value, way) for way in (Decimals.COMMA, Decimals.POINT)} - {None}
    if len(readings) != 1:
        return None
    [number] = readings
    assert number is not None
    exact = _exact(number)
    written = _TAIL.search(value) if isinstance(value, str) else None
    places = len(written[1]) if written else 0
    # «1.234.567» has no decimals.
    if places > PLACES or (places == 3 and number.denominator == 1):
        return exact
    return exact.quantize(Decimal(1).scaleb(-places)) if places else exact
