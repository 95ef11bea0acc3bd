"""A composed figure made ready for the screen once: chart data, alternative text and table cells are kept while it lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

import pyarrow as pa

from hsf_kpi.composing.choices import ONE_MEASURE
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.figure import Figure
from hsf_kpi.render import screen
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.numeric import is_numbers
from hsf_kpi.render.room import least_height
from hsf_kpi.render.table import text_columns
from hsf_kpi.swedish.numbers import DASH
from hsf_kpi.ui.badges import tinted
from hsf_kpi.ui.links import Place, opened
from hsf_kpi.ui.tables import number_places
from hsf_kpi.ui.text import link, plain
from hsf_kpi.ui.together import together

PLACES = 64
GROUP_COLUMN = "Hör till målet"


_lock = Lock()
_kept: WeakKeyDictionary[Composed, Prepared] = WeakKeyDictionary()


def prepared(composed: Composed) -> Prepared:
    """The same one for the same composed figure, whichever thread asks."""
    with _lock:
        found = _kept.get(composed)
        if found is None:
            # Nothing in it may lead back to its key, or neither would ever be let go.
            found = _kept[composed] = Prepared(
                composed.figure, composed.units, composed.measures, composed.groups, composed.opens
            )
    return found


@dataclass(frozen=True, eq=False)
class Prepared:
    """`units`, `measures`, `groups` and `opens` as in `Composed`."""

    figure: Figure
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    opens: tuple[tuple[tuple[str, str], ...], ...] = ()
    _linked: dict[Place, list[tuple[str, pa.Table]]] = field(default_factory=dict)

    @cached_property
    def data(self) -> pa.Table:
        return screen.arrow_data(self.figure)

    @cached_property
    def goes(self) -> list[str | None]:
        """The unit that a click on each mark goes down to; [] where there is none."""
        units = self.data.column("goes").to_pylist()
        return units if any(units) else []

    def led(self, place: Place) -> pa.Table:
        """The chart's data with an address for each mark that a click goes down from; as they are where there is none."""
        if not self.goes:
            return self.data
        hrefs = [place.at(unit=unit).href() if unit else None for unit in self.goes]
        return self.data.append_column("href", pa.array(hrefs, pa.string()))

    @cached_property
    def place(self) -> str:
        """The key of the picture's place on the page, with the height that is kept for it (document/room.js)."""
        return f"plats-{self.figure.slug}-h{self.least_height}"

    @cached_property
    def least_height(self) -> int:
        """Pixels of the picture; ValueError for a figure that is a table."""
        return least_height(self.figure, self.data)

    @cached_property
    def alt(self) -> str:
        return alternative_text(self.figure)

    def tables(self, place: Place) -> list[tuple[str, pa.Table]]:
        """(heading, table of Markdown cells), one without a heading where there are no groups.

        Text as text, statuses on their tint, the first cell a link. Empty columns are left out, and of groups the column
        that repeats the heading.
        """
        if place not in self._linked:
            if len(self._linked) >= PLACES:
                self._linked.clear()
            self._linked[place] = self._tables(place)
        return self._linked[place]

    def _tables(self, place: Place) -> list[tuple[str, pa.Table]]:
        columns = self._columns(place)
        if not self.groups:
            return [("", pa.table(columns))]
        rows: dict[str, list[int]] = {}
        for i, group in enumerate(self.groups):
            rows.setdefault(group, []).append(i)
        return [
            (group, pa.table({name: [cells[i] for i in chosen] for name, cells in columns.items()}))
            for group, chosen in rows.items()
        ]

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The places of the columns of numbers, the first column being 1: the same in all the groups' tables."""
        return number_places(texts for _, texts in self._shown)

    @cached_property
    def _shown(self) -> list[tuple[str, list[str]]]:
        """(heading, texts) of the columns that are shown."""
        first, *rest = ((heading, _dashed(texts)) for heading, texts in text_columns(self.figure))
        if self.groups:
            return [first, *(column for column in rest if column[0] != GROUP_COLUMN)]
        return [first, *(column for column in rest if any(column[1]))]

    def _columns(self, place: Place) -> dict[str, list[str]]:
        first, *rest = self._shown
        columns = {together(first[0]): [self._first(i, text, place) for i, text in enumerate(first[1])]}
        return columns | {together(name): [tinted(text) for text in texts] for name, texts in rest}

    def _first(self, row: int, text: str, place: Place) -> str:
        if self.units and self.units[row]:
            return link(text, place.at(unit=self.units[row]).href())
        if self.measures:
            return link(text, place.on(ONE_MEASURE, self.measures[row]).href())
        if self.opens and self.opens[row]:
            to = place.on(place.page, place.measure, **dict(self.opens[row])).href()
            return link(text, f"{to}#{opened(self.opens[row][0][0])}")
        return tinted(text) if self.units else plain(text)


def _dashed(texts: list[str]) -> list[str]:
    """One sign for no value: in a column of numbers, or where a dash stands already, an empty cell has it too. A column
    without a value stays empty, and is left out.
    """
    if not any(texts) or not (is_numbers(texts) or DASH in texts):
        return texts
    return [text if text.strip() else DASH for text in texts]
