"""Measures, outcomes and assessments for the tests of figures and renderers: plain values, no store."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.figure import Context
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Direction, Missing, Origin, Persons, Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import Definition, ExternalSeries, Measure, Tolerance
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import Baseline, Target, TargetKind

PLAN = "Förvaltningsplan 2023–2025, avsnitt 7"
OCTOBER = Month.of(2023, 10)

CONTEXT = Context(
    unit_id="hsf",
    unit="Hälso- och sjukvårdsförvaltningen",
    path="Hälso- och sjukvårdsförvaltningen",
    period="oktober 2023",
    view="månad",
    sex="alla",
    organisation="dagens organisation",
    state="preliminärt",
)


def measure(
    name: str = "Sjukfrånvaro",
    *,
    key: str = "sjukfranvaro",
    unit: UnitOfMeasure = UnitOfMeasure.PERCENT,
    direction: Direction = Direction.DOWN,
    aggregation: Aggregation = Aggregation.RATIO,
    decimals: int = 1,
    measured: tuple[Window, ...] = (Window.MONTH,),
    tolerance: Tolerance | None = None,
    short_name: str = "",
    baselines: tuple[Baseline, ...] = (),
    external: tuple[ExternalSeries, ...] = (),
    targets: tuple[Target, ...] = (),
    subject: str = "",
    goal: str = "Förvaltningen ska vara en attraktiv arbetsgivare",
) -> Measure:
    return Measure(
        key=key,
        indicator=key.partition(".")[0],
        part=key.partition(".")[2],
        name=name,
        short_name=short_name or name,
        row=1,
        goal_area="medarbetare",
        goal=goal,
        definition=Definition("Vad det mäter.", "Varför det spelar roll."),
        unit_of_measure=unit,
        direction=direction,
        aggregation=aggregation,
        scale=Fraction(100),
        decimals=decimals,
        by_sex=True,
        applies_to=("hsf",),
        measured_at=("tag:personal",),
        reporting="Månad, Delår, År",
        measured=measured,
        due_day=20,
        persons=Persons.NEITHER,
        threshold=5,
        tolerance=tolerance or Tolerance(Decimal("1.0"), relative=False),
        source=PLAN,
        targets=targets,
        baselines=baselines,
        external=external,
        subject=subject,
    )


def cell(origin: Origin = Origin.DEMO, source: str = "") -> Cell:
    return Cell(1, 1, None, 1, 1, 1, 1, 0.0, False, origin, source)


def outcome(
    m: Measure,
    value: float | str | Fraction | None,
    period: Period | None = None,
    *,
    missing: Missing | None = None,
    note: str = "",
    origin: Origin = Origin.DEMO,
    unit: str = "hsf",
    source: str = "",
) -> Outcome:
    """`value` as a decimal text or number; None with `missing` (not reported when not given)."""
    exact = None if value is None else value if isinstance(value, Fraction) else Fraction(str(value))
    if exact is None and missing is None:
        missing = Missing.NOT_REPORTED
    at = period or Period(OCTOBER, Window.MONTH)
    return Outcome(
        m, unit, Sex.ALL, at, exact, missing, note, None if exact is None else cell(origin, source)
    )


def target(
    kind: TargetKind,
    wording: str,
    low: str | None = None,
    high: str | None = None,
    fixed_year: int | None = None,
) -> Target:
    return Target(
        2023,
        kind,
        wording,
        PLAN,
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        fixed_year,
    )


def assessment(
    o: Outcome,
    goal: Target | None = None,
    status: Status = Status.NOT_ASSESSABLE,
    *,
    bound: float | str | None = None,
    last: float | str | None = None,
    inherited: str | None = None,
    reason: str = "Därför.",
) -> Assessment:
    """An assessment whose gap and change follow from the values given."""
    limit = None if bound is None else Fraction(str(bound))
    before = outcome(o.measure, last, o.period.a_year_before())
    change = None if o.value is None or before.value is None else o.value - before.value
    gap = None if o.value is None or limit is None else o.value - limit
    return Assessment(o.measure, o, goal, inherited, status, gap, reason, before, change, limit)


def months(
    m: Measure,
    values: list[float | str | None],
    *,
    last: Month = OCTOBER,
    window: Window = Window.MONTH,
    missing: Missing = Missing.NOT_REPORTED,
    notes: dict[int, str] | None = None,
) -> list[Outcome]:
    """One outcome a month, the last one in `last`."""
    first = last - (len(values) - 1)
    return [
        outcome(
            m,
            value,
            Period(first + i, window),
            missing=None if value is not None else missing,
            note=(notes or {}).get(i, "") if value is not None else "",
        )
        for i, value in enumerate(values)
    ]


def years(
    m: Measure, values: dict[int, float | str | None], origin: Origin = Origin.PUBLISHED
) -> list[Outcome]:
    return [
        outcome(m, value, Period(Month.of(year, 12), Window.YEAR), origin=origin)
        for year, value in values.items()
    ]
