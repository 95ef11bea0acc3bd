"""A figure made ready for the screen once: chart data, alternative text and table cells are kept with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import pyarrow as pa

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render import screen
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.table import table
from hsf_kpi.ui.badges import tinted
from hsf_kpi.ui.links import ONE_MEASURE, Place
from hsf_kpi.ui.text import link, plain

PLACES = 64
GROUP_COLUMN = "Hör till målet"


@dataclass(frozen=True, eq=False)
class Prepared:
    """`units` or `measures`: what the row of the table leads to, an id for each row; () for no links.

    `groups`: a heading for each row; rows of one heading stand together in a table of their own.
    """

    figure: Figure
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    _linked: dict[Place, pd.DataFrame] = field(default_factory=dict)

    @cached_property
    def data(self) -> pa.Table:
        """As an Arrow table: a pandas frame would be converted at every rerun."""
        return pa.Table.from_pandas(screen.data(self.figure), preserve_index=False)

    @cached_property
    def alt(self) -> str:
        return alternative_text(self.figure)

    def cells(self, place: Place) -> pd.DataFrame:
        """The table as Markdown cells: text as text, statuses on their tint, first a link. Empty columns left out."""
        if place not in self._linked:
            if len(self._linked) >= PLACES:
                self._linked.clear()
            self._linked[place] = self._cells(place)
        return self._linked[place]

    def grouped(self, place: Place) -> list[tuple[str, pd.DataFrame]]:
        """(heading, its rows) in the order met; the column that repeats the heading is left out."""
        frame = self.cells(place)
        found = dict.fromkeys(self.groups)
        rows = {g: [i for i, group in enumerate(self.groups) if group == g] for g in found}
        kept = [name for name in frame.columns if name != GROUP_COLUMN]
        return [(group, frame.iloc[rows[group]][kept]) for group in found]

    def _cells(self, place: Place) -> pd.DataFrame:
        frame = table(self.figure)
        first = frame.columns[0]
        columns = {first: [self._first(i, str(text), place) for i, text in enumerate(frame[first])]}
        for name in frame.columns[1:]:
            texts = [str(text) for text in frame[name]]
            if any(texts) or self.groups:
                columns[name] = [tinted(text) for text in texts]
        return pd.DataFrame(columns)

    def _first(self, row: int, text: str, place: Place) -> str:
        if self.units:
            return link(text, place.at(unit=self.units[row]).href())
        if self.measures:
            return link(text, Place(ONE_MEASURE, place.selection, self.measures[row], place.role).href())
        return plain(text)
