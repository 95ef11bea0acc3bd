"""To be written."""

from __future__ import annotations

import altair as alt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.frame import Row


def multiples_rows(figure: Figure) -> list[Row]:
    raise NotImplementedError


def multiples_chart(pictures: int, dark: bool) -> alt.LayerChart:
    raise NotImplementedError
