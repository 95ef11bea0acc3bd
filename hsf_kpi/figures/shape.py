"""How the figures of this package use a Figure's columns and options, so that every renderer can rely on it.

A number has two columns: the value («outcome», a float in the unit of measure) and what people read
(«outcome_text», "6,6 %*"), since only the text knows about stars, masking and the decimals that tell a value
from its target.

Options (all optional, plain strings):
 shown     keys of the columns people see in a table, comma-separated, in order
 file      keys of the columns that go into a file, where numbers are numbers
 month     "2023-10", the latest month that the figure stands on, for file names
 cadence   "months" (a curve) or "periods" (dots; yearly measures and delår)
 resets    "yes" where the curve starts again each January (accumulated view)
 zero      "yes" where the axis must hold zero (amounts and counts)
 latest    the words of the latest period in a label ("oktober", "jan–okt")
 limits    "yes" where a curve has control limits and signals
 scale     "levels" where small pictures show values, and no changes from a start at zero
 drawn     how many small pictures are drawn at the most
 curve     the limits of a funnel over all sizes (figures.compare.funnel)
 size      what the sizes of a funnel count ("Antal patienter")
 better    "up" or "down", the way that is better along a value axis
 grain     "tertial" or "year", the steps of a timeline
 totals    one line of totals in words, shown above the picture
 rows, columns, row_notes, row_title, column_title   of a grid (figures.grids)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeVar

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.figure import Column, Figure, Role, Value
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import date_text, month_text

Item = TypeVar("Item")


def keys(figure: Figure, option: str) -> tuple[str, ...]:
    """The column keys that `options[option]` names («shown», «file»), or all columns."""
    named = figure.options.get(option, "")
    return tuple(named.split(",")) if named else tuple(c.key for c in figure.columns)


def records(figure: Figure) -> Iterator[dict[str, Value]]:
    """The rows as dictionaries by column key."""
    names = [column.key for column in figure.columns]
    for row in figure.rows:
        yield dict(zip(names, row, strict=True))


def day_read(date: dt.date, column: Column) -> str:
    """As people read it: «maj 2023» of what begins or ends, which is planned by months; another day as 2023-10-31."""
    if column.role in (Role.FIRST, Role.LAST):
        return month_text(Month(date.year * 12 + date.month - 1))
    return date_text(date)


def slug(text: str) -> str:
    """«vardgaranti.besok» → «vardgaranti-besok»: lower case, a–z, 0–9 and hyphens, fit for a file name."""
    plain = text.lower().translate(str.maketrans("åäöé", "aaoe"))
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in plain)
    return "-".join(part for part in kept.split("-") if part)


def origins_of(outcomes: Iterable[Outcome]) -> frozenset[Origin]:
    return frozenset(o.origin for o in outcomes if o.origin is not None)


def latest_month(assessments: Iterable[Assessment]) -> str:
    """The latest month that any of the outcomes ends in, "2023-10"; "" without outcomes."""
    ends = [a.outcome.period.end for a in assessments]
    return max(ends).iso if ends else ""


def as_float(outcome: Outcome | None) -> float | None:
    return None if outcome is None or outcome.value is None else float(outcome.value)


def unique(items: Iterable[Item]) -> list[Item]:
    """Without repetitions, in the order first met."""
    return list(dict.fromkeys(items))
