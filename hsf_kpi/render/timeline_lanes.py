"""A timeline's bars in their lanes, and which of a lane's bars stand under each other; for the screen and for files."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.figures.figure import Figure, Role, Value
from hsf_kpi.figures.timelines import STATE_TEXT, time_words
from hsf_kpi.model.follow_up import Stage
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import STAGE_SHAPE, STAGE_WORD

YEARS = "years"
"""The option that holds the years of a part of a timeline."""
POINT = "◆"
"""The sign of what happens on a day, and has no status."""


@dataclass(frozen=True, slots=True)
class Span:
    """A bar. start, end: in years, the end that of its last day. Both are None where no time is given. word: of its state,
    where that is not the status' own.
    """

    start: float | None
    end: float | None
    time: str
    status: Stage | None
    note: str
    is_point: bool = False
    word: str = ""

    @property
    def sign(self) -> str:
        """The shape of its status, of a point without one its own; "" for a plain bar."""
        if self.status is not None:
            return STAGE_SHAPE[self.status]
        return POINT if self.is_point else ""

    @property
    def label(self) -> str:
        """The words at its end, with what no bar shows: the status of a point, and of what has no time, and a word that is
        not the status' own.
        """
        if self.start is None:
            told = f"{self.sign}{SPACE}{self.state}" if self.state else ""
            return ", ".join(text for text in (told, self.note) if text)
        told = ", ".join(text for text in (self.note, self.word) if text)
        return f"{self.sign}{SPACE}{told}".rstrip() if self.is_point and self.state else told

    @property
    def state(self) -> str:
        return self.word or ("" if self.status is None else STAGE_WORD[self.status])


@dataclass(frozen=True, slots=True)
class Lane:
    """group: the heading that it stands under, "" for none."""

    name: str
    group: str
    spans: tuple[Span, ...]


def year_at(date: dt.date) -> float:
    """The beginning of the day in years: 1 January 2023 → 2023.0."""
    days = 366 if calendar.isleap(date.year) else 365
    return date.year + (date.timetuple().tm_yday - 1) / days


def lanes(figure: Figure) -> list[Lane]:
    """In the order of their first rows, group by group."""
    groups: dict[str, dict[str, list[Span]]] = {}
    for row in figure.rows:
        cells = _Cells(figure, row)
        lane = groups.setdefault(cells.text(Role.SERIES), {}).setdefault(cells.text(Role.LABEL), [])
        lane.append(_span(cells))
    return [
        Lane(name, group, tuple(spans)) for group, found in groups.items() for name, spans in found.items()
    ]


def cell_words(value: Value) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Cells:
    figure: Figure
    row: Sequence[Value]

    def of(self, role: Role) -> Value:
        at = self.figure.column(role)
        return None if at is None else self.row[at]

    def text(self, role: Role) -> str:
        return cell_words(self.of(role))

    def word(self, status: Stage | None) -> str:
        """Of the state as the figure says it; "" where that is the status' own."""
        at = next((i for i, column in enumerate(self.figure.columns) if column.key == STATE_TEXT), None)
        if status is None or at is None:
            return ""
        said = cell_words(self.row[at]).removeprefix(STAGE_SHAPE[status]).strip()
        return "" if said == STAGE_WORD[status] else said


def _span(cells: _Cells) -> Span:
    first, last = cells.of(Role.FIRST), cells.of(Role.LAST)
    code, note = cells.text(Role.STATUS), cells.text(Role.NOTE)
    status = Stage(code) if code else None
    word = cells.word(status)
    if not (isinstance(first, dt.date) and isinstance(last, dt.date)):
        return Span(None, None, "", status, note, word=word)
    if first == last:
        at = year_at(first)
        return Span(at, at, time_words(first, last), status, note, is_point=True, word=word)
    days = 366 if calendar.isleap(last.year) else 365
    return Span(year_at(first), year_at(last) + 1 / days, time_words(first, last), status, note, word=word)


def years(figure: Figure, found: Sequence[Lane]) -> tuple[int, int]:
    """The first year and the one after the last, with the marks'; (0, 1) without any time. Those that the option YEARS says,
    «2023,2026», where it does.
    """
    if said := figure.options.get(YEARS, ""):
        low, _, high = said.partition(",")
        return int(low), int(high)
    ends = [at for lane in found for span in lane.spans for at in (span.start, span.end) if at is not None]
    ends += [year_at(mark.at) for mark in figure.marks if mark.at is not None]
    if not ends:
        return 0, 1
    first = int(min(ends))
    return first, max(first + 1, -int(-max(ends) // 1))


def stacked(reaches: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Which stand in each row, so that none stands on another: each in the first row that is free, the earliest first.
    reaches: (from, to) of what each takes.
    """
    rows: list[list[int]] = []
    for k in sorted(range(len(reaches)), key=lambda k: reaches[k]):
        start = reaches[k][0]
        free = next((row for row in rows if reaches[row[-1]][1] <= start), None)
        if free is None:
            rows.append([k])
        else:
            free.append(k)
    return rows


def told(lane: Lane, span: Span) -> str:
    """«A. Omställning: 2023–2025, pågår, NV, POU», for a pointer and a screen reader."""
    return f"{lane.name}: {', '.join(_parts(span))}" if span.time or span.note or span.state else lane.name


def _parts(span: Span) -> Iterator[str]:
    yield from (text for text in (span.time, span.state, span.note) if text)
