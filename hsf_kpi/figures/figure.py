"""A Figure: what a picture says, whatever it is drawn with. Every medium renders the same one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.swedish.dates import day_words

Value = str | float | int | dt.date | None
FINAL, PRELIMINARY = "slutligt", "preliminärt"
"""What is said of a month that has been released, and of one that has not."""


class FigureKind(StrEnum):
    TREND = "trend"
    SPARK = "spark"
    GOALS = "goals"
    PEERS = "peers"
    TRAJECTORY = "trajectory"
    HISTORY = "history"
    BRIDGE = "bridge"
    CONTRIBUTION = "contribution"
    MULTIPLES = "multiples"
    INDEX = "index"
    RANKING = "ranking"
    FUNNEL = "funnel"
    DISTRIBUTION = "distribution"
    TIMELINE = "timeline"
    """Bars over time, one lane for each label: what is to be done when, and how far it has come."""
    GRID = "grid"
    """Rows against columns with a mark in some cells: sannolikhet × konsekvens, met year by year."""
    LINES = "lines"
    """Several series over years, one of them the own: regions beside each other, a population."""
    TABLE = "table"


class Role(StrEnum):
    """What a column holds; the renderers decide from it how it is drawn."""

    LABEL = "label"
    TIME = "time"
    OUTCOME = "outcome"
    LAST_YEAR = "last_year"
    TARGET_LOW = "target_low"
    TARGET_HIGH = "target_high"
    NATIONAL = "national"
    MEDIAN = "median"
    CHANGE = "change"
    STATUS = "status"
    COUNT = "count"
    BUDGET = "budget"
    FORECAST = "forecast"
    LOW = "low"
    HIGH = "high"
    MEAN = "mean"
    LIMIT_LOW = "limit_low"
    LIMIT_HIGH = "limit_high"
    SIGNAL = "signal"
    """What a point shows: «better», «worse», «neither», or "" for common cause."""
    SIZE = "size"
    FIRST = "first"
    """The day that something begins."""
    LAST = "last"
    """The day that it ends; the same as the first for what happens on a day."""
    SERIES = "series"
    """Which of several lines (or small pictures) a row belongs to."""
    NOTE = "note"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the tidy data: key, Swedish heading, role, and how its numbers are written."""

    key: str
    title: str
    role: Role
    unit: UnitOfMeasure | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference line or band named in the picture: target, national value, baseline, a reorganisation.

    A line has `low` = `high`; an open bound is None. `at` places a vertical mark in time instead. `since`: the
    row from which it holds, since a target is not drawn back over years that it is not set for; None for all.
    """

    role: Role
    label: str
    low: float | None = None
    high: float | None = None
    at: dt.date | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the figure shows, in Swedish words, for the caption and for every exported file.

    `period` ends with the chosen month's year («jan–okt 2023»).
    """

    unit_id: str
    unit: str
    path: str
    period: str
    view: str
    sex: str
    organisation: str
    state: str
    """preliminärt or slutligt; "" where neither can be said (published values), and nothing is then printed"""
    known: dt.date | None = None
    """The earlier day whose knowledge it shows; None for what is known now."""
    edition: str = ""
    """The frozen report that it stands in, «rapport 2023-10-hsf-7c1f20ab»; "" where it is in none."""
    month_edition: int = 0
    """Which release of the chosen month it shows, 1 for the first; 0 where the month is not released."""

    @property
    def edition_words(self) -> str:
        """«månadens utgåva 2, rapport 2023-10-hsf-7c1f20ab»; the month's only where the values are of it."""
        month = f"månadens utgåva {self.month_edition}" if self.month_edition and self.state == FINAL else ""
        return ", ".join(part for part in (month, self.edition) if part)

    @property
    def as_known(self) -> str:
        """«uppgifter per 15 november 2023»; "" for what is known now."""
        return "" if self.known is None else f"uppgifter per {day_words(self.known)}"

    @property
    def year(self) -> str:
        """The chosen month's year, «2023»; "" where the period names none."""
        last = self.period.rpartition(" ")[2]
        return last if len(last) == 4 and last.isdecimal() else ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody responsible has said of the figure, shown with it and in every file. kind: «Analys», «Åtgärd»,
    «Helårsbedömning», «Egen prognos». who: name or function. when: «14 november 2023». period: the month that it was
    handed in for, in words. here: whether it is written in a report, and handed in nowhere.
    """

    kind: str
    text: str
    who: str
    when: str
    period: str = ""
    here: bool = False


@dataclass(frozen=True)
class Figure:
    """title: the finding. caption: measure, unit of measure, unit, period, view.

    rows: one tuple per row, as `columns`. `sentence` says what is seen, for a screen reader. `help` is the
    reading help under the picture. `source` begins with «Källa:» and names the origin. `slug` is the start of
    every file name.
    """

    kind: FigureKind
    slug: str
    title: str
    caption: str
    context: Context
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    sentence: str
    source: str
    origins: frozenset[Origin]
    marks: tuple[Mark, ...] = ()
    help: str = ""
    unit: UnitOfMeasure | None = None
    decimals: int = 0
    empty: str = ""
    """Why there is nothing to draw, as a sentence; "" when there is."""
    options: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    definition: str = ""
    """What the measure counts, for files that are read without the page; "" where the figure is of several."""

    def column(self, role: Role) -> int | None:
        """The index of the first column with that role."""
        return next((i for i, c in enumerate(self.columns) if c.role is role), None)
