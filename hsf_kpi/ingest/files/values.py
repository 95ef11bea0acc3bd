"""What stands in a cell, as the value that it means: numbers and sex. Months and days are in `periods`."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from hsf_kpi.ingest.files.findings import shown
from hsf_kpi.ingest.files.periods import parse_cell_day, parse_cell_month, parse_cell_period
from hsf_kpi.ingest.files.table import Cell
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import Fault
from hsf_kpi.model.profile import Decimals
from hsf_kpi.swedish.parse import MOST_DIGITS

__all__ = [
    "NumberStyle",
    "parse_cell_day",
    "parse_cell_month",
    "parse_cell_number",
    "parse_cell_period",
    "parse_cell_sex",
]

_DASHES: Final = re.compile("[\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]")
_SPACES: Final = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")
_PLAIN: Final = re.compile(r"([+-]?) ?([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:([.,])([0-9]+))?")
"""Digits, or groups of three with spaces, and decimals after a comma or a point."""
_GROUPED: Final = re.compile(
    r"([+-]?) ?([0-9]{1,3}(?:([.,])[0-9]{3})(?:\3[0-9]{3})*)(?:(?!\3)([.,])([0-9]+))?"
)
"""Groups of three with points or commas, and decimals after the other of them."""
LONGEST_NUMBER: Final = 40

_Readings = dict[Decimals, Fraction]
"""What a text means as each style; one entry under AUTO where both mean the same."""


def parse_cell_number(cell: Cell, decimals: Decimals, *, percent: bool = False) -> Fraction | None:
    """The exact number in a cell; None where it is none, or could be two («1,234» when `decimals` is AUTO).

    Takes «1 234,5», «1.234,5», «1,234.5», «−12»; no exponents and no brackets; at most fifteen digits. A workbook's
    number counts as Excel shows it, with fifteen digits. percent: whether «12,5 %» is 12,5, and not refused.
    """
    if cell is None or isinstance(cell, bool | dt.date):
        return None
    if isinstance(cell, str):
        readings = _read(cell.rstrip().removesuffix("%") if percent else cell)
        return readings.get(Decimals.AUTO, readings.get(decimals))
    if isinstance(cell, float):
        if not math.isfinite(cell) or abs(cell) >= 10**MOST_DIGITS:
            return None
        return Fraction(Decimal(f"{cell:.{MOST_DIGITS}g}"))
    if isinstance(cell, Decimal) and not cell.is_finite():
        return None
    return Fraction(cell) if abs(cell) < 10**MOST_DIGITS else None


class NumberStyle:
    """Whether a file writes decimals with comma or point, told by its numbers as they are seen."""

    def __init__(self, told: Decimals = Decimals.AUTO) -> None:
        self._told = told
        self._seen: dict[Decimals, tuple[int, str, str]] = {}
        self._unsure: tuple[int, str, str] | None = None

    def see(self, cell: Cell, row: int, column: str = "") -> None:
        """Only texts tell; a workbook's own numbers do not."""
        if self._told is not Decimals.AUTO or not isinstance(cell, str):
            return
        readings = _read(cell.rstrip().removesuffix("%"))
        if not readings or (len(readings) == 1 and Decimals.AUTO in readings):
            return
        if len(readings) > 1:
            self._unsure = self._unsure or (row, column, cell)
        else:
            self._seen.setdefault(next(iter(readings)), (row, column, cell))

    @property
    def decimals(self) -> Decimals:
        """What all the numbers agree on; AUTO where none tells, or they disagree."""
        if self._told is not Decimals.AUTO:
            return self._told
        return next(iter(self._seen)) if len(self._seen) == 1 else Decimals.AUTO

    def fault(self) -> Fault | None:
        """What is wrong when the whole file has been seen: both ways, or a number that could be two."""
        if len(self._seen) > 1:
            (first, column, comma), (second, _, point) = (
                self._seen[Decimals.COMMA],
                self._seen[Decimals.POINT],
            )
            return Fault(
                f"Tal skrivs på två sätt i filen: ”{shown(comma)}” på rad {first} och ”{shown(point)}” på rad {second}.",
                "Skriv alla tal på samma sätt, till exempel 1234,5.",
                tuple(sorted({first, second})),
                column,
                shown(comma),
                len({first, second}),
            )
        if self._unsure and not self._seen and self._told is Decimals.AUTO:
            row, column, text = self._unsure
            return Fault(
                f"”{shown(text)}” kan vara ett tal med tusental eller med tre decimaler, och inget annat tal avgör det.",
                "Ange decimaltecken i källprofilen, eller skriv talen utan tecken mellan tusentalen.",
                (row,),
                column,
                shown(text),
                1,
            )
        return None


def _read(text: str) -> _Readings:
    """What a text means: {AUTO: n} where there is nothing to decide, else n for each style that it can be."""
    return _readings(text) if len(text) <= LONGEST_NUMBER else {}


@lru_cache(maxsize=65_536)
def _readings(text: str) -> _Readings:
    text = _DASHES.sub("-", _SPACES.sub(" ", text)).strip()
    readings: _Readings = {}
    if found := _PLAIN.fullmatch(text):
        sign, whole, separator, rest = found.groups()
        value = _exact(sign, whole.replace(" ", ""), rest)
        if value is not None:
            readings[
                Decimals.COMMA if separator == "," else Decimals.POINT if separator else Decimals.AUTO
            ] = value
    if found := _GROUPED.fullmatch(text):
        sign, whole, group, separator, rest = found.groups()
        value = _exact(sign, whole.replace(group, ""), rest)
        # No number begins with the group 0: «0,250» is a quarter.
        if value is not None and not whole.startswith("0"):
            readings[Decimals.POINT if group == "," else Decimals.COMMA] = value
    return readings


def _exact(sign: str, whole: str, rest: str | None) -> Fraction | None:
    if len(whole) + len(rest or "") > MOST_DIGITS:
        return None
    return Fraction(f"{sign}{whole}.{rest or 0}")


_SEXES: Final = {
    Sex.ALL: "t tot totalt total alla samtliga båda all both|båda könen|kvinnor och män|män och kvinnor|k+m|m+k",
    Sex.WOMEN: "k kv kvinna kvinnor f w female females woman women",
    Sex.MEN: "m man män male males men",
}
_SEX: Final = {
    word: sex
    for sex, words in _SEXES.items()
    for word in [*words.split("|")[0].split(), *words.split("|")[1:]]
}


def parse_cell_sex(cell: Cell) -> Sex | None:
    """«Totalt», «T», «alla», «Kvinnor», «K», «Män», «M» …; None for anything else, and for nothing."""
    return _SEX.get(plain(cell)) if isinstance(cell, str) else None
