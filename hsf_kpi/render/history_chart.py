"""To be written."""

from __future__ import annotations

import altair as alt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.frame import Row


def history_rows(figure: Figure) -> list[Row]:
    raise NotImplementedError


def history_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    raise NotImplementedError
