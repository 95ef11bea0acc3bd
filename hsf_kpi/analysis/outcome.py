"""The outcome of a measure: one value for its own period, or the reason why there is none."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from hsf_kpi.analysis.measured import applies_to
from hsf_kpi.analysis.periods import own_period
from hsf_kpi.analysis.types import Outcome, Setting
from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.codes import Missing, OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.selection import Selection
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.periods import is_moment

DOES_NOT_APPLY = "Nyckeltalet gäller inte den här verksamheten"

_STARTED = re.compile(r"påbörjad\s*(\d{4})?", re.IGNORECASE)


def outcome_for(
    measure: Measure,
    series: MeasureSeries | None,
    *,
    selection: Selection,
    setting: Setting,
    measured_here: bool,
) -> Outcome:
    """The outcome for the period that the chosen month and view stand for; see `periods.own_period`."""
    period = own_period(measure, series, selection.month, selection.view)
    return outcome_at(
        measure, series, period, selection=selection, setting=setting, measured_here=measured_here
    )


def outcome_at(
    measure: Measure,
    series: MeasureSeries | None,
    period: Period,
    *,
    selection: Selection,
    setting: Setting,
    measured_here: bool,
) -> Outcome:
    """The outcome for `period`: its value with the count of what is missing in it, or the kind of missing."""
    cell = series.cell(period) if series is not None else None
    value, missing, note, why = None, None, "", ""
    if not measured_here:
        missing = Missing.NOT_MEASURED_HERE
        if not _applies(measure, selection, setting):
            missing, why = Missing.NOT_APPLICABLE, DOES_NOT_APPLY
    elif selection.sex is not Sex.ALL and not measure.by_sex:
        missing = Missing.NOT_BY_SEX
    elif cell is not None and cell.masked:
        missing = Missing.MASKED
    elif cell is None or (cell.ready is None and cell.numerator is None):
        missing = _absent(measure, series, period, selection, setting)
    else:
        value = cell.value(measure)
        if value is None:
            missing = Missing.ZERO_DENOMINATOR
        elif _too_short(measure, period, cell):
            value, missing = None, Missing.TOO_SHORT
        else:
            note = incomplete_note(cell)
    shown = cell if missing in (None, Missing.MASKED, Missing.ZERO_DENOMINATOR) else None
    return Outcome(measure, selection.unit, selection.sex, period, value, missing, note, shown, why)


def incomplete_note(cell: Cell) -> str:
    """«10 av 11 verksamheter» or, for a unit of its own, «9 av 10 månader»; "" for a complete cell."""
    if cell.complete:
        return ""
    if cell.reported < cell.expected and (cell.expected > 1 or cell.months >= cell.months_expected):
        units = "verksamhet" if cell.expected == 1 else "verksamheter"
        return f"{number(cell.reported, 0)} av {number(cell.expected, 0)} {units}"
    return f"{cell.months} av {cell.months_expected} {'månad' if cell.months_expected == 1 else 'månader'}"


def due_date(measure: Measure, end: Month) -> dt.date:
    """The last day for reporting a period that ends in `end`: the measure's due day in the month after."""
    after = end + 1
    days = calendar.monthrange(after.year, after.number)[1]
    return dt.date(after.year, after.number, min(measure.due_day, days))


def _applies(measure: Measure, selection: Selection, setting: Setting) -> bool:
    where = (selection.unit, setting.organisation, selection.month, selection.org)
    return applies_to(measure, *where, today=setting.today)


def _needs_twelve(measure: Measure, period: Period) -> bool:
    return period.window is Window.R12 and not is_moment(measure, period.window)


def _too_short(measure: Measure, period: Period, cell: Cell) -> bool:
    """A rolling twelve that reaches back before the series began. A month missing in it is another matter."""
    return _needs_twelve(measure, period) and cell.months_expected < Window.R12.length


def _begins_inside(
    measure: Measure, series: MeasureSeries | None, period: Period, unit: Unit | None, org: OrgView
) -> bool:
    """Whether a rolling twelve without a cell reaches back before the unit, or its series, began."""
    if not _needs_twelve(measure, period):
        return False
    if org is OrgView.AS_WAS and unit is not None and unit.first is not None and unit.first > period.start:
        return True
    first = min(series.cells.get(Window.R12, ()), default=None) if series is not None else None
    return first is not None and period.end < first < period.end + Window.R12.length


def _absent(
    measure: Measure,
    series: MeasureSeries | None,
    period: Period,
    selection: Selection,
    setting: Setting,
) -> Missing:
    """Why nothing stands for a period of a measure that is kept here."""
    if series is not None and series.through is not None and period.end > series.through:
        return Missing.NOT_RELEASED
    unit = setting.organisation.units.get(selection.unit)
    month = period.end if selection.org is OrgView.AS_WAS else setting.today
    if unit is not None and not unit.exists_at(month):
        return Missing.NOT_APPLICABLE
    cells = series.cells if series is not None else {}
    anything = any(end <= selection.month for window in cells.values() for end in window)
    if not anything and _has_started(measure, period.end.year):
        return Missing.MEASURING_STARTED
    if _begins_inside(measure, series, period, unit, selection.org):
        return Missing.TOO_SHORT
    if setting.as_of <= due_date(measure, period.end):
        return Missing.NOT_YET_REPORTED
    known = [end for end in cells.get(period.window, ()) if end <= selection.month]
    if not known or period.end < min(known) or _only_the_plans(measure, known, period.window, selection.sex):
        return Missing.NOT_REPORTED
    return Missing.LATE


def _only_the_plans(measure: Measure, known: list[Month], window: Window, sex: Sex) -> bool:
    """Whether all that is known of a sex are the plan's own nuvärden: nobody promised a series of them."""
    if sex is Sex.ALL:
        return False
    stated = {b.period for b in measure.baselines if b.sex is sex and b.period is not None}
    return all(Period(end, window) in stated for end in known)


def _has_started(measure: Measure, year: int) -> bool:
    """The plan names no value, and its own word in the place of one is «Påbörjad», from the year it states."""
    if any(b.value is not None for b in measure.baselines):
        return False
    words = " ".join([measure.sources_note, *(b.wording for b in measure.baselines)])
    started = _STARTED.search(words)
    return started is not None and (started[1] is None or int(started[1]) <= year)
