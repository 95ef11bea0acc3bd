"""What a resource is made of, as data: one list of parameters and one of fields serve reading, answering and describing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import View

if TYPE_CHECKING:
    from hsf_kpi.api.asking import Question
    from hsf_kpi.api.lists import Listed
    from hsf_kpi.composing.composed import Composed

Value = str | float | int | bool | None
Row = Mapping[str, Value]


class Kind(StrEnum):
    """What a field or a parameter holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    MONTH = "month"
    """«2023-10»."""
    DAY = "day"
    """«2023-10-31»."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the rows of an answer. `about` is Swedish. `codes`: the values that it can have; () for any."""

    name: str
    kind: Kind
    about: str
    codes: tuple[str, ...] = ()
    empty: bool = False
    """Whether it may be without a value."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a query. `first`: what it is when left out; "" where it has no such value. `low`, `high`: of a whole
    number.
    """

    name: str
    kind: Kind
    about: str
    codes: tuple[str, ...] = ()
    first: str = ""
    many: bool = False
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Resource:
    """An address below /api/v1/. `lists` gives rows of `fields`; `figure` gives one figure, as its own shape."""

    path: str
    title: str
    params: tuple[Param, ...]
    fields: tuple[Field, ...] = ()
    lists: Callable[[Question], Listed] | None = None
    figure: Callable[[Question], Composed] | None = None
    choices: bool = False
    """Whether the page's own choices are parameters too."""


JSON, CSV = "json", "csv"
FIRST_LIMIT, MOST_ROWS, MOST_NAMES = 1000, 5000, 200
"""Rows of an answer when nothing is said, and at the most; names of one parameter at the most."""

FORMAT = Param("format", Kind.TEXT, "Svarets format; annars avgör huvudet Accept.", (JSON, CSV), JSON)
LIMIT = Param(
    "limit", Kind.WHOLE, "Så många rader svaret högst har.", first=str(FIRST_LIMIT), low=1, high=MOST_ROWS
)
OFFSET = Param("offset", Kind.WHOLE, "Så många rader hoppas över först.", first="0", low=0, high=10_000_000)
UNIT = Param("unit", Kind.TEXT, "Verksamhetens id.")
MONTH = Param("month", Kind.MONTH, "Månaden; annars den senaste som får ses.")
VIEW = Param(
    "view", Kind.TEXT, "Månad, ackumulerat eller rullande tolv.", tuple(v.value for v in View), View.YTD.value
)
SEX = Param("sex", Kind.TEXT, "Alla, kvinnor eller män.", tuple(s.value for s in Sex), Sex.ALL.value)
ORG = Param(
    "org",
    Kind.TEXT,
    "Dagens organisation, eller den som gällde varje månad.",
    tuple(o.value for o in OrgView),
    OrgView.TODAY.value,
)
PAGED = (LIMIT, OFFSET, FORMAT)
EDITION_FIELDS = (
    Field("data_version", Kind.WHOLE, "Uppgifternas version; varje inläsning ger en ny."),
    Field("retrieved", Kind.DAY, "Dagen då svaret hämtades."),
)
"""What every row of a CSV ends with, and every JSON answer says once."""
