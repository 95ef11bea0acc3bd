"""The headline tiles of Översikt and Min verksamhet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsf_kpi.composing import overview
from hsf_kpi.composing.choices import ROAD
from hsf_kpi.composing.overview import FORECAST, RESULT, HeadlineTile
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.icons import marks
from hsf_kpi.ui.tiles import tile

IN_A_ROW = 4
ON_THE_ROAD = (RESULT, FORECAST)


def headline_tiles(entry: Entry) -> None:
    measure_tiles(entry, overview.tiles(entry.ask))


def measure_tiles(entry: Entry, found: Sequence[HeadlineTile], *, part: str = "") -> None:
    """Four in a row. part: of the page, where the same measures may have tiles in another one."""
    for start in range(0, len(found), IN_A_ROW):
        columns = st.columns(IN_A_ROW, gap="small")
        for column, one in zip(columns, found[start : start + IN_A_ROW], strict=False):
            with column:
                href = _leads_to(entry, one.assessment.measure.key)
                shown = marks(one.process, dark=entry.dark)
                tile(entry, one.assessment, one.spark, one.change, marks=shown, href=href, part=part)


def _leads_to(entry: Entry, key: str) -> str:
    """The road to −800 for result and forecast, where the ledger may be seen; else the measure's own page."""
    if key not in ON_THE_ROAD or not entry.ask.economy.may_see(entry.scope, entry.selection.unit):
        return ""
    return entry.page_href(ROAD)
