"""To be written."""

from __future__ import annotations

import altair as alt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.frame import Row


def bridge_rows(figure: Figure) -> list[Row]:
    raise NotImplementedError


def bridge_chart(lines: int, dark: bool) -> alt.LayerChart:
    raise NotImplementedError
