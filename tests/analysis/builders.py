"""Small measures, series and settings for the tests, shaped as the catalogue's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hsf_kpi.analysis.types import Setting
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell, MeasureSeries
from hsf_kpi.model.codes import Direction, OrgView, Origin, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Definition, Measure, Tolerance
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, View, Window
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.target import Target, TargetKind

OCTOBER = Month.of(2023, 10)
ONE_POINT = Tolerance(Decimal("1.0"), relative=False)
FIVE_PERCENT = Tolerance(Decimal("0.05"), relative=True)

_AGGREGATION = {
    UnitOfMeasure.MNKR: Aggregation.AMOUNT,
    UnitOfMeasure.COUNT: Aggregation.COUNT,
    UnitOfMeasure.FTE: Aggregation.FTE,
    UnitOfMeasure.MINUTES: Aggregation.WEIGHTED_MEAN,
    UnitOfMeasure.KR_PER_HOUR: Aggregation.WEIGHTED_MEAN,
    UnitOfMeasure.INDEX: Aggregation.SURVEY,
}


def a_measure(unit: UnitOfMeasure = UnitOfMeasure.PERCENT, **fields: Any) -> Measure:
    """A measure of that unit; every field can be given. Ready values fit it, whatever its aggregation."""
    whole = unit in (UnitOfMeasure.COUNT, UnitOfMeasure.FTE, UnitOfMeasure.KR_PER_HOUR)
    known: dict[str, Any] = {
        "key": "matt",
        "indicator": "matt",
        "part": "",
        "name": "Ett mått",
        "short_name": "Mått",
        "row": 1,
        "goal_area": "effektiv",
        "goal": "Ett mål",
        "definition": Definition("Vad", "Varför"),
        "unit_of_measure": unit,
        "direction": Direction.UP,
        "aggregation": _AGGREGATION.get(unit, Aggregation.RATIO),
        "scale": Fraction(1),
        "decimals": 0 if whole else 1,
        "by_sex": True,
        "applies_to": ("hsf",),
        "measured_at": ("tag:personal",),
        "reporting": "Månad",
        "measured": (Window.MONTH,),
        "due_day": 15,
        "persons": Persons.NEITHER,
        "threshold": 5,
        "tolerance": None,
        "source": "Planen",
    }
    return Measure(**(known | fields))


def a_target(kind: TargetKind, number: str | None = None, high: str | None = None, **fields: Any) -> Target:
    """A 2023 target; one number goes to the bound that its kind needs, two make a band."""
    low = number if kind.needs_low else None
    top = high if high is not None else number if kind.needs_high else None
    return Target(
        2023,
        kind,
        fields.pop("wording", "planens ord"),
        "Planen",
        low=Decimal(low) if low is not None else None,
        high=Decimal(top) if top is not None else None,
        **fields,
    )


def a_cell(value: str | int | Fraction | None = None, **fields: Any) -> Cell:
    """A complete cell with a ready value (in the unit of measure), or with the components given."""
    ready = None if value is None else int(Fraction(value) * FIXED)
    known: dict[str, Any] = {
        "numerator": None,
        "denominator": None,
        "ready": ready,
        "months": 1,
        "months_expected": 1,
        "reported": 1,
        "expected": 1,
        "missing_share": 0.0,
        "masked": False,
        "origin": Origin.DEMO,
    }
    return Cell(**(known | fields))


MASKED = a_cell(masked=True)


def a_series(cells: Mapping[tuple[Window, str], Cell], unit: str = "hsf") -> MeasureSeries:
    """(window, "2023-10") → cell."""
    found: dict[Window, dict[Month, Cell]] = {}
    for (window, end), cell in cells.items():
        found.setdefault(window, {})[Month.parse(end)] = cell
    return MeasureSeries("matt", unit, Sex.ALL, OrgView.TODAY, found)


def ytd(now: Any = None, last_year: Any = None, **more: Cell) -> MeasureSeries:
    """An accumulated series with October 2023 and October 2022; values become complete cells."""
    cells = dict(more)
    for end, value in (("2023-10", now), ("2022-10", last_year)):
        if value is not None:
            cells[end] = value if isinstance(value, Cell) else a_cell(value)
    return a_series({(Window.YTD, end): cell for end, cell in cells.items()})


def an_organisation() -> Organisation:
    """A root with two områden; «gammal» closed at the end of 2022 and was taken over by «ny»."""
    last, first = Month.of(2022, 12), Month.of(2023, 1)
    units = [
        Unit("hsf", "Hälso- och sjukvårdsförvaltningen", "förvaltning", (Placement(None),)),
        Unit("nara", "Nära vård", "område", (Placement("hsf"),)),
        Unit("akut", "Akutsjukvård", "område", (Placement("hsf"),)),
        Unit(
            "vardval", "Vårdval", "klinik", (Placement("nara"),), tags=frozenset({"personal", "primarvard"})
        ),
        Unit("kirurg", "Kirurgkliniken", "klinik", (Placement("akut"),), tags=frozenset({"personal"})),
        Unit(
            "gammal",
            "Gamla enheten",
            "klinik",
            (Placement("akut", None, last),),
            successor="ny",
            tags=frozenset({"primarvard"}),
        ),
        Unit("ny", "Nya enheten", "klinik", (Placement("nara", first, None),), tags=frozenset({"personal"})),
    ]
    return Organisation({unit.id: unit for unit in units})


def a_setting(as_of: dt.date = dt.date(2023, 11, 20), **national: Mapping[int, Fraction]) -> Setting:
    return Setting(an_organisation(), national, as_of, OCTOBER)


def a_selection(unit: str = "hsf", view: View = View.YTD, **fields: Any) -> Selection:
    return Selection(unit, fields.pop("month", OCTOBER), view, **fields)


def around(measure: Measure, series: MeasureSeries | None, **fields: Any) -> dict[str, Any]:
    """The keyword arguments of assess, outcome_for and curve, with what is not given filled in."""
    return {
        "selection": fields.pop("selection", None) or a_selection(),
        "setting": fields.pop("setting", None) or a_setting(),
        "measured_here": fields.pop("measured_here", True),
    } | fields
