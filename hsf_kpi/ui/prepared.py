"""A figure made ready for the screen once: chart data, alternative text and table cells are kept with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render import screen
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.table import text_columns
from hsf_kpi.ui.badges import tinted
from hsf_kpi.ui.links import ONE_MEASURE, Place
from hsf_kpi.ui.text import link, plain

PLACES = 64
GROUP_COLUMN = "Hör till målet"


@dataclass(frozen=True, eq=False)
class Prepared:
    """`units` or `measures`: what the row of the table leads to, an id for each row ("" for none); () for no links.

    `groups`: a heading for each row; rows of one heading stand together in a table of their own. `named`: units that the
    rows name without leading to them; who takes a file must be permitted to take them too. `keys`: the measures that the
    figure stands on, where its rows lead to none.
    """

    figure: Figure
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    _linked: dict[Place, list[tuple[str, pa.Table]]] = field(default_factory=dict)

    @cached_property
    def data(self) -> pa.Table:
        return screen.arrow_data(self.figure)

    def led(self, place: Place) -> pa.Table:
        """The chart's data with an address for each mark that a click goes down from; as they are where there is none."""
        goes = self.data.column("goes").to_pylist()
        if not any(goes):
            return self.data
        hrefs = [place.at(unit=unit).href() if unit else None for unit in goes]
        return self.data.append_column("href", pa.array(hrefs, pa.string()))

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
        columns.pop(GROUP_COLUMN, None)
        rows: dict[str, list[int]] = {}
        for i, group in enumerate(self.groups):
            rows.setdefault(group, []).append(i)
        return [
            (group, pa.table({name: [cells[i] for i in chosen] for name, cells in columns.items()}))
            for group, chosen in rows.items()
        ]

    def _columns(self, place: Place) -> dict[str, list[str]]:
        first, *rest = text_columns(self.figure)
        columns = {first[0]: [self._first(i, text, place) for i, text in enumerate(first[1])]}
        for name, texts in rest:
            if any(texts) or self.groups:
                columns[name] = [tinted(text) for text in texts]
        return columns

    def _first(self, row: int, text: str, place: Place) -> str:
        if self.units and self.units[row]:
            return link(text, place.at(unit=self.units[row]).href())
        if self.measures:
            return link(text, place.on(ONE_MEASURE, self.measures[row]).href())
        return tinted(text) if self.units else plain(text)
