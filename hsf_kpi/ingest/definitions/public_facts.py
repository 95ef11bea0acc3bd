"""Yearly series out of published/public_facts.csv, for the definitions that name them: no number is written twice."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hsf_kpi.model.near_care import FactSeries
from hsf_kpi.model.problems import Problem

FILE = "published/public_facts.csv"
COLUMNS = ("indicator", "unit_scope", "period", "sex", "value", "kind", "source_url", "note", "unit")
_YEAR = re.compile(r"\d{4}", re.ASCII)
_VALUE = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_OUTCOME, _BOTH_SEXES = "utfall", "T"


@dataclass(frozen=True)
class PublicFacts:
    """The file as it was read. text: None where there is none, a problem where it can't be read. label: its name."""

    text: str | Problem | None
    label: str

    def series(self, indicator: str, scope: str, where: str) -> tuple[FactSeries, list[Problem]]:
        """The outcomes of both sexes by year. where: the field that names the series. With a problem the series is empty.

        Two sources may tell the same year when they say the same; both are then named. A series has one unit.
        """
        if (fault := self._fault()) is not None:
            return FactSeries(indicator, scope), [fault]
        values: dict[int, Fraction] = {}
        sources: dict[str, None] = {}
        units: dict[str, None] = {}
        problems: list[Problem] = []
        for line, row in self._rows(indicator, scope):
            units[row["unit"].strip()] = None
            year, told = int(row["period"]), row["value"].strip()
            if not _VALUE.fullmatch(told):
                problems.append(
                    Problem(f"”{told}” är inget tal.", f"{self.label}: rad {line}", "Rätta värdet i filen.")
                )
            elif values.setdefault(year, Fraction(told)) != Fraction(told):
                problems.append(
                    Problem(
                        f"{indicator} för {scope} {year} har två olika värden.",
                        f"{self.label}: rad {line}",
                        "Behåll den rad som gäller.",
                    )
                )
            else:
                sources[_source(row)] = None
        if len(units) > 1:
            problems.append(
                Problem(
                    f"{indicator} för {scope} har olika enheter: {', '.join(f'”{unit}”' for unit in units)}.",
                    self.label,
                    "Ge alla seriens rader samma enhet.",
                )
            )
        if not values and not problems:
            problems.append(
                Problem(
                    f"Serien ”{indicator}” för ”{scope}” finns inte i {self.label}.",
                    where,
                    "Ange en indicator och ett område som har utfall per år där.",
                )
            )
        if problems:
            return FactSeries(indicator, scope), problems
        return FactSeries(indicator, scope, dict(sorted(values.items())), tuple(sources)), []

    def _fault(self) -> Problem | None:
        """What is wrong with the whole file: it is not there, can't be read, or has not the columns."""
        if isinstance(self.text, Problem):
            return self.text
        if self.text is None:
            return Problem("Filen saknas.", self.label, "Återställ filen eller skapa den.")
        missing = [name for name in COLUMNS if name not in _header(self.text)]
        if not missing:
            return None
        return Problem(
            f"Filen saknar kolumnerna {', '.join(missing)}.",
            f"{self.label}: rad 1",
            "Återställ rubrikraden, med komma mellan kolumnerna.",
        )

    def _rows(self, indicator: str, scope: str) -> Sequence[tuple[int, Mapping[str, str]]]:
        """The rows of the series with their lines in the file."""
        assert isinstance(self.text, str)  # else there is a fault
        return _by_series(self.text).get((indicator, scope), ())


def _header(text: str) -> Sequence[str]:
    return _reader(text).fieldnames or ()


def _reader(text: str) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(text, newline=""))


@lru_cache(maxsize=2)  # many series are taken out of the one file
def _by_series(text: str) -> Mapping[tuple[str, str], Sequence[tuple[int, Mapping[str, str]]]]:
    """The yearly outcomes of both sexes, with their lines, by what is told and of whom. The text has all columns."""
    found = defaultdict(list)
    reader = _reader(text)
    for row in reader:
        told = {column: row[column] or "" for column in COLUMNS}
        if (told["kind"], told["sex"]) == (_OUTCOME, _BOTH_SEXES) and _YEAR.fullmatch(told["period"]):
            found[told["indicator"], told["unit_scope"]].append((reader.line_num, told))
    return found


NO_FACTS = PublicFacts(None, FILE)


def _source(row: Mapping[str, str]) -> str:
    """«SCB BE0101; …, https://…»"""
    note, address = row["note"].strip().rstrip("."), row["source_url"].strip()
    return ", ".join(part for part in (note, address) if part)
