"""The accumulated series behind another view, for targets that judge the year so far in every view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, Window


def with_year_to_date(measure: Measure, series: MeasureSeries, period: Period) -> MeasureSeries | None:
    """A series that holds `period` (year to date): the given one, or its months added up. None where neither
    can be.

    Only amounts are added up; their months are all that a year to date consists of.
    """
    if series.cell(period) is not None:
        return series
    months = series.cells.get(Window.MONTH, {})
    if measure.aggregation is not Aggregation.AMOUNT or not months:
        return None
    cell = _summed(months, period)
    return replace(series, cells={Window.YTD: {period.end: cell}}) if cell is not None else None


def _summed(months: Mapping[Month, Cell], period: Period) -> Cell | None:
    wanted = [Month(i) for i in range(period.start.index, period.end.index + 1)]
    cells = [months[month] for month in wanted if month in months]
    if not cells:
        return None
    masked = any(cell.masked for cell in cells)
    parts = [cell.numerator for cell in cells if cell.numerator is not None]
    return Cell(
        numerator=None if masked else sum(parts),
        denominator=None,
        ready=None,
        months=len(parts),
        months_expected=len(wanted),
        reported=min(cell.reported for cell in cells),
        expected=max(cell.expected for cell in cells),
        missing_share=max(cell.missing_share for cell in cells),
        masked=masked,
        origin=cells[-1].origin,
    )
