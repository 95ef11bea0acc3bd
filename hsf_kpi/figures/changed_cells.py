"""Two makings of one figure held against each other, row by row and column by column, as people read them."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

from hsf_kpi.figures.changed_decimals import apart_in_text
from hsf_kpi.figures.economy.cells import UNKNOWN
from hsf_kpi.figures.figure import Column, Figure, Role, Value
from hsf_kpi.figures.shape import day_read, keys, unique
from hsf_kpi.swedish.numbers import number

TOLERANCE: Final = 1e-9
"""Of the larger of two numbers, and at least so much: what adding in another order makes of the same values."""
_NAMING: Final = (Role.LABEL, Role.TIME, Role.SERIES)
_READ: Final = "_text"

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """row, column: in the words that the figure has for them. then, now: as people read them, «–» for nothing."""

    row: str
    column: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """gone: what was there then and is not now; new: the other way round. In the figures' own words."""

    cells: tuple[CellChange, ...] = ()
    gone_rows: tuple[str, ...] = ()
    new_rows: tuple[str, ...] = ()
    gone_columns: tuple[str, ...] = ()
    new_columns: tuple[str, ...] = ()


def table_change(then: Figure, now: Figure) -> TableChange:
    """Rows are the same where the columns that name them say the same, and one of several alike by its place among them.

    Compared are the columns that people see, each with the number that it is written from. Where these say the same of a
    row, the numbers that its file holds are compared too.
    """
    naming = _naming(then, now)
    before, after = _rows(then, naming), _rows(now, naming)
    both = [key for key in before if key in after]
    return TableChange(
        cells=tuple(
            CellChange(_name(then, now, naming, key, before[key]), column, *texts)
            for key in both
            for column, texts in _changed(then, now, before[key], after[key])
        ),
        gone_rows=tuple(_name(then, now, naming, key, before[key]) for key in before if key not in after),
        new_rows=tuple(_name(now, then, naming, key, after[key]) for key in after if key not in before),
        gone_columns=_only(then, now),
        new_columns=_only(now, then),
    )


def same(then: Value, now: Value) -> bool:
    """Whether they say the same; numbers within TOLERANCE, however they are kept."""
    if isinstance(then, int | float) and isinstance(now, int | float):
        return math.isclose(then, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or (
            math.isnan(then) and math.isnan(now)
        )
    return then == now


# Which rows are the same


def _naming(then: Figure, now: Figure) -> tuple[str, ...]:
    """The columns that name the rows: label, time and series, and as many other words as it takes to tell rows apart."""
    in_both = [c for c in then.columns if c.key in _at(now)]
    found = tuple(
        c.key for c in in_both if c.role in _NAMING and not (_numeric(then, c.key) or _numeric(now, c.key))
    )
    for column in in_both:
        told = [_told_apart(figure, found) for figure in (then, now)]
        if told == [len(then.rows), len(now.rows)]:
            break
        if column.role is not Role.TEXT or _number_of(column.key, _at(then)) is not None:
            continue
        more = (*found, column.key)
        if [_told_apart(figure, more) for figure in (then, now)] > told:
            found = more
    return found


def _numeric(figure: Figure, key: str) -> bool:
    """The series of an index are columns of numbers, which name nothing."""
    at = _at(figure)[key]
    return any(isinstance(row[at], int | float) for row in figure.rows)


def _told_apart(figure: Figure, naming: Sequence[str]) -> int:
    return len({key for key, _ in _rows(figure, naming)})


def _rows(figure: Figure, naming: Sequence[str]) -> dict[tuple[Row, int], Row]:
    """(what names it, its place among those alike) → row."""
    at = _at(figure)
    met: Counter[Row] = Counter()
    found = {}
    for row in figure.rows:
        name = tuple(row[at[key]] for key in naming)
        found[name, met[name]] = row
        met[name] += 1
    return found


def _name(figure: Figure, other: Figure, naming: Sequence[str], key: tuple[Row, int], row: Row) -> str:
    """«Kirurgkliniken», «2023, januari 2023»: what names the row among what people see."""
    at, seen = _at(figure), {*keys(figure, "shown"), *keys(other, "shown")}
    words = [name for name in naming if name in seen and figure.columns[at[name]].role is not Role.TIME]
    chosen = words or [name for name in naming if name in seen] or naming
    texts = unique(_words(row[at[name]], figure.columns[at[name]]) for name in chosen)
    name = ", ".join(text for text in texts if text != UNKNOWN)
    if not name:
        return f"rad {key[1] + 1}"
    return f"{name} ({key[1] + 1})" if key[1] else name


# Which cells differ


def _changed(then: Figure, now: Figure, before: Row, after: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    """(column, texts then and now) of each that differs."""
    at_then, at_now = _at(then), _at(now)
    shown = [key for key in _both(then, now, "shown") if key in at_then and key in at_now]
    told, found = set(shown), False
    for key in shown:
        column = now.columns[at_now[key]]
        pairs = [(before[at_then[key]], after[at_now[key]])]
        behind = _number_of(key, at_now)
        if behind is not None and behind in at_then:
            told.add(behind)
            pairs.append((before[at_then[behind]], after[at_now[behind]]))
        if all(same(*pair) for pair in pairs):
            continue
        found = True
        yield column.title, _texts(pairs, column if behind is None else now.columns[at_now[behind]])
    if found:
        return
    for key in _both(then, now, "file"):
        if key in told or key not in at_then or key not in at_now:
            continue
        pair = before[at_then[key]], after[at_now[key]]
        if any(isinstance(value, int | float) for value in pair) and not same(*pair):
            column = now.columns[at_now[key]]
            yield column.title, _texts([pair], column)


def _texts(pairs: Sequence[tuple[Value, Value]], column: Column) -> tuple[str, str]:
    """The first pair in words, or the number behind it where only that differs. column: of the number."""
    (then, now), numbers = pairs[0], pairs[-1]
    texts = _words(then, column), _words(now, column)
    if texts[0] != texts[1]:
        return texts
    if _is_finite(numbers[0]) and _is_finite(numbers[1]):
        return apart_in_text(texts[0], numbers[0], numbers[1], column.decimals)
    return _words(numbers[0], column), _words(numbers[1], column)


def _words(value: Value, column: Column) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, int | float):
        return number(value, column.decimals) if _is_finite(value) else UNKNOWN
    return day_read(value, column) if isinstance(value, dt.date) else value


def _is_finite(value: Value) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value)


# Columns


def _at(figure: Figure) -> Mapping[str, int]:
    return {column.key: place for place, column in enumerate(figure.columns)}


def _both(then: Figure, now: Figure, option: str) -> list[str]:
    return unique((*keys(now, option), *keys(then, option)))


def _only(figure: Figure, other: Figure) -> tuple[str, ...]:
    """The columns that people see in the one and that the other does not have."""
    at, there = _at(figure), _at(other)
    return tuple(figure.columns[at[key]].title for key in keys(figure, "shown") if key not in there)


def _number_of(key: str, at: Iterable[str]) -> str | None:
    """«outcome» behind «outcome_text», «hyrpersonal_value» behind «hyrpersonal_text»."""
    start = key.removesuffix(_READ)
    if start == key:
        return None
    return next((name for name in (start, f"{start}_value") if name in at), None)
