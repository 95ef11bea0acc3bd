"""Bars over time: what is to be done when, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.followed import state_text
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.follow_up import Stage
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import date_text, day_words, month_short
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import STAGE_SHAPE

TERTIAL, YEAR = "tertial", "year"
GRAINS = (TERTIAL, YEAR)
STATE_TEXT = "state_text"
"""The key of the column that says the state in words."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the lane of its label, under the heading of its group («» for none), through its last day; the same first
    and last day is a point in time. state: a value of `Stage`, «» where nothing is said. note: words at its end. more:
    cells of the figure's further columns. when: its time in words, where it is not that of its days. word: of its state,
    where another than the state's own says what is known («tidplanen passerad», which nobody has told is late).
    """

    label: str
    group: str
    first: dt.date
    last: dt.date
    state: str
    note: str
    more: tuple[Value, ...] = ()
    when: str = ""
    word: str = ""


def timeline_figure(
    *,
    slug: str,
    title: str,
    caption: str,
    context: Context,
    bars: Sequence[Bar],
    sentence: str,
    source: str,
    origins: Collection[Origin],
    now: dt.date | None = None,
    grain: str = TERTIAL,
    help: str = "",
    definition: str = "",
    empty: str = "",
    label_title: str = "Vad",
    group_title: str = "Grupp",
    note_title: str = "Ansvarig",
    more_columns: Sequence[Column] = (),
) -> Figure:
    """A row for each bar, in the order given. now: where the upright line stands, named by its month. more_columns: shown in
    the table after the others, a cell of each bar's `more` for each. ValueError for a bar that ends before it begins, for a
    state or a grain that is none, and for the wrong number of further cells.
    """
    if grain not in GRAINS:
        raise ValueError(f"no grain {grain!r}: one of {', '.join(GRAINS)}")
    shown = ["label", "when", STATE_TEXT, "note", *(column.key for column in more_columns)]
    if any(bar.group for bar in bars):
        shown.insert(0, "group")
    if not any(bar.state for bar in bars):
        shown.remove(STATE_TEXT)
    if not any(bar.note for bar in bars):
        shown.remove("note")
    at = ["when", "first", "last"]
    return Figure(
        kind=FigureKind.TIMELINE,
        slug=slug,
        title=title,
        caption=caption,
        context=context,
        columns=(
            Column("group", group_title, Role.SERIES),
            Column("label", label_title, Role.LABEL),
            Column("first", "Från och med", Role.FIRST),
            Column("last", "Till och med", Role.LAST),
            Column("when", "Tid", Role.TEXT),
            Column("state", "Läge", Role.STATUS),
            Column(STATE_TEXT, "Status", Role.TEXT),
            Column("note", note_title, Role.NOTE),
            *more_columns,
        ),
        rows=tuple(_row(bar, len(more_columns)) for bar in bars),
        sentence=sentence,
        source=source,
        origins=frozenset(origins),
        marks=() if now is None else (Mark(Role.TIME, month_short(Month.of(now.year, now.month)), at=now),),
        help=help,
        empty="" if bars else empty or "Det finns inget att visa på en tidslinje.",
        options={
            "shown": ",".join(shown),
            "file": ",".join(part for key in shown for part in (at if key == "when" else [key])),
            "grain": grain,
        },
        definition=definition,
    )


def time_words(first: dt.date, last: dt.date) -> str:
    """«2023–2025», «T1 2023», «T2 2023–T1 2024», «okt 2023–jan 2024» for whole ones; else days. Through the last day."""
    if first == last:
        return day_words(first)
    after = last + dt.timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return f"{date_text(first)}–{date_text(last)}"
    if first.month == 1 and last.month == 12:
        begins, ends = str(first.year), str(last.year)
    elif first.month % 4 == 1 and last.month % 4 == 0:
        begins, ends = (f"T{(day.month + 3) // 4}{SPACE}{day.year}" for day in (first, last))
    else:
        begins, ends = (month_short(Month.of(day.year, day.month)) for day in (first, last))
    return begins if begins == ends else f"{begins}–{ends}"


def _row(bar: Bar, more: int) -> tuple[Value, ...]:
    if bar.last < bar.first:
        raise ValueError(f"«{bar.label}» ends {bar.last}, before it begins {bar.first}")
    if len(bar.more) != more:
        raise ValueError(f"«{bar.label}» has {len(bar.more)} further cells, not {more}")
    return (
        bar.group,
        bar.label,
        bar.first,
        bar.last,
        bar.when or time_words(bar.first, bar.last),
        bar.state,
        _state_words(bar),
        bar.note,
        *bar.more,
    )


def _state_words(bar: Bar) -> str:
    """«● klar»; "" for none. ValueError for what is no `Stage`."""
    if not bar.state:
        return ""
    progress = Stage(bar.state)
    return f"{STAGE_SHAPE[progress]}{SPACE}{bar.word}" if bar.word else state_text(progress)
