"""From Kolada's rows to the values that are kept: one a series, region and year, for women and men together."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from hsf_kpi.ingest.kolada.answers import WAIT, Row, Unfit
from hsf_kpi.ingest.kolada.request import KoladaRequest
from hsf_kpi.model.problems import Problem
from hsf_kpi.swedish.numbers import number

COLUMNS: Final = ("kolada_id", "municipality_id", "region", "year", "value")
STEP: Final = Decimal("0.0001")
"""As finely as values are stored."""
BOUND: Final = Decimal(10) ** 12

Key = tuple[str, str, int]


class Values:
    """What has been found so far, and how much was left out and why."""

    def __init__(self, request: KoladaRequest) -> None:
        self.found: dict[Key, Decimal] = {}
        self._request = request
        self._asked = (frozenset(request.kpis), frozenset(request.regions), frozenset(request.years))
        self._left: Counter[str] = Counter()

    def take(self, rows: Iterable[Row], where: str) -> None:
        """Unfit for what was not asked for, what can't be stored, and two different values of the same."""
        problems = [problem for row in rows for problem in self._take(row, where)]
        if problems:
            raise Unfit(problems[:10])

    def notes(self) -> tuple[str, ...]:
        """Swedish sentences about what was left out or changed."""
        told = [
            text.format(count=number(self._left[why], 0)) for why, text in _NOTES.items() if self._left[why]
        ]
        with_values = {kpi for kpi, _, _ in self.found}
        empty = [kpi for kpi in self._request.kpis if kpi not in with_values]
        if empty:
            told.append(f"Inga värden i Kolada för {', '.join(empty)}.")
        return tuple(told)

    def _take(self, row: Row, where: str) -> Iterator[Problem]:
        if len(row.period) != 4:
            self._left["month"] += 1
            return
        key = (row.kpi, row.region, int(row.period))
        if not all(part in asked for part, asked in zip(key, self._asked, strict=True)):
            yield Problem("Kolada svarade på något annat än det som frågades.", where, WAIT)
            return
        for given in row.values:
            why = _left_out(given.sex, given.value, given.deleted, given.status)
            if why:
                self._left[why] += 1
                continue
            assert given.value is not None
            if abs(given.value) >= BOUND:
                yield Problem(f"{_name(key)} är ett för stort tal.", where, WAIT)
                continue
            value = given.value.quantize(STEP, ROUND_HALF_UP)
            self._left["rounded"] += value != given.value
            if self.found.setdefault(key, value) != value:
                yield Problem(f"{_name(key)} har två olika värden.", where, WAIT)

    def csv(self, names: Mapping[str, str]) -> bytes:
        """The file as the format describes it: in order of series, region and year. names: region id → name."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for (kpi, region, year), value in sorted(self.found.items()):
            writer.writerow((kpi, region, names[region], year, plain(value)))
        return out.getvalue().encode()


_NOTES: Final[Mapping[str, str]] = {
    "sex": "Värden för kvinnor eller män som hoppades över, bara alla tillsammans läses in: {count}.",
    "month": "Rader för månader som hoppades över, bara år läses in: {count}.",
    "deleted": "Värden som är borttagna i Kolada och hoppades över: {count}.",
    "status": "Värden som saknas, är sekretesskyddade eller har annan anmärkning och hoppades över: {count}.",
    "rounded": "Värden som avrundades till fyra decimaler: {count}.",
}


def plain(value: Decimal) -> str:
    """«12.5», «100», «0»: no exponent, no zeros at the end, no minus before zero."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _left_out(sex: str, value: Decimal | None, deleted: bool, status: str) -> str:
    if sex != "T":
        return "sex"
    if deleted or status.casefold() == "deleted":
        return "deleted"
    return "status" if value is None or status else ""


def _name(key: Key) -> str:
    return f"{key[0]} för region {key[1]} år {key[2]}"
