"""How the submitted forecasts of each year moved: a line a year, by the month of submission, and where the year ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import (
    as_mnkr,
    estimate_decimals,
    goal_words,
    listed,
    mnkr,
    mnkr_text,
    shown,
    source_line,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.model.codes import Origin, Sex, UnitOfMeasure
from hsf_kpi.model.ledger import Submitted
from hsf_kpi.swedish.dates import month_name, month_text
from hsf_kpi.swedish.words import SEX_WORD

SLUG = "prognoser"
OUTCOME = "utfall"
"""What the last point of a finished year is called in the place of a month."""


@dataclass(frozen=True, slots=True)
class _Point:
    """One forecast, kronor against the year's budget (or the result itself)."""

    submitted: Submitted
    amount: int

    @property
    def complete(self) -> bool:
        return self.submitted.units >= self.submitted.expected


def forecast_history(
    submitted: Sequence[Submitted],
    outcomes: Mapping[int, int | None],
    provisions: Mapping[int, int],
    *,
    context: Context,
    origins: frozenset[Origin],
    source: str,
) -> Figure:
    """submitted: of several years, oldest first; the last year among them is this year's.

    outcomes: year → the year's result as deviation against its budget, kronor, of finished years. provisions: year → the
    budgeted deficit, kronor (−800 mnkr). Both are the same quantity as `Submitted.deviation`. Where this year has no
    budget, the forecasts are shown as results, and no outcome or provision beside them.
    """
    year = max((one.year for one in submitted), default=0)
    as_result = any(one.year == year and one.deviation is None for one in submitted)
    points = [
        _Point(one, one.result if as_result or one.deviation is None else one.deviation)
        for one in submitted
        if as_result or one.deviation is not None
    ]
    left_out = sorted({one.year for one in submitted} - {point.submitted.year for point in points})
    ends = {} if as_result else {y: amount for y, amount in outcomes.items() if amount is not None}
    ends = {y: amount for y, amount in ends.items() if any(point.submitted.year == y for point in points)}
    provision = None if as_result else provisions.get(year) or None
    this = [point for point in points if point.submitted.year == year]
    # A forecast of a small result keeps its decimal, also against a budget of hundreds of mnkr.
    amounts = [*(point.amount for point in points), *(point.submitted.result for point in this)]
    places = estimate_decimals([*amounts, *ends.values(), provision or 0])
    unit = UnitOfMeasure.MNKR
    what = "Prognos för årets resultat" if as_result else "Prognos för helåret mot budget"
    years = listed([str(y) for y in sorted({point.submitted.year for point in points})])
    return Figure(
        kind=FigureKind.HISTORY,
        slug=SLUG,
        title=fitting(_titles(this, year, places, as_result)),
        caption=sentences(
            f"{what}, mnkr, efter den månad då den lämnades.", f"{context.unit}, {years}." if years else ""
        ),
        context=replace(context, sex=SEX_WORD[Sex.ALL], view=""),
        columns=(
            Column("year", "År", Role.SERIES),
            Column("made", "Lämnad", Role.TIME),
            Column("month", "Månad", Role.LABEL),
            Column("value", what, Role.FORECAST, unit, places),
            Column("value_text", what, Role.TEXT),
            Column("change", "Ändring", Role.CHANGE, unit, places),
            Column("change_text", "Ändring", Role.TEXT),
            Column("author", "Lämnad av", Role.NOTE),
        ),
        rows=tuple(_rows(points, ends, places)),
        sentence=_sentence(this, year, ends, places, context),
        source=source_line(source),
        origins=origins,
        marks=tuple(_marks(provision, year, as_result)),
        help=_help(points, ends, left_out),
        unit=unit,
        decimals=places,
        empty="" if points else "Ingen prognos är lämnad.",
        options={
            "shown": "year,month,value_text,change_text,author",
            "file": "year,made,month,value,change,author",
            "month": this[-1].submitted.month.iso if this else "",
            "year": str(year) if year else "",
        },
    )


def _rows(points: Sequence[_Point], ends: Mapping[int, int], places: int) -> Iterator[tuple[Value, ...]]:
    """Each year's forecasts in order of submission, its outcome after them."""
    before: dict[int, _Point] = {}
    years = sorted({point.submitted.year for point in points})
    for year in years:
        for point in (p for p in points if p.submitted.year == year):
            one, last = point.submitted, before.get(year)
            change = None if last is None else shown(point.amount, places) - shown(last.amount, places)
            star = "" if point.complete else "*"
            yield (
                str(year), one.made, month_text(one.month), as_mnkr(point.amount),
                f"{mnkr(point.amount, places)}{star}", as_mnkr(change),
                "" if change is None else mnkr(change, places, sign=True), one.author,
            )  # fmt: skip
            before[year] = point
        if year in ends:
            yield (str(year), None, OUTCOME, as_mnkr(ends[year]), mnkr(ends[year], places), None, "", "")


def _titles(this: Sequence[_Point], year: int, places: int, as_result: bool) -> Iterator[str]:
    """«Prognosen har försämrats med 178 mnkr sedan januari»"""
    against = "" if as_result else " mot budget"
    known = [point for point in this if point.complete]
    if not this:
        yield "Ingen prognos är lämnad"
    elif not known:
        yield f"Prognosen för {year} är ofullständig"
    elif len(known) == 1:
        amount = mnkr_text(known[0].amount, places, sign=not as_result)
        yield f"Den första prognosen för {year} är {amount}{against}"
        yield f"Den första prognosen är {amount}"
    else:
        first, last = known[0], known[-1]
        moved = shown(last.amount, places) - shown(first.amount, places)
        since = month_name(first.submitted.month)
        if first.submitted.month.year != year:
            since = month_text(first.submitted.month)
        if not moved:
            same = all(point.amount == first.amount for point in known)
            yield (
                f"Prognosen är oförändrad sedan {since}" if same else f"Prognosen är lika stor som i {since}"
            )
        yield (
            f"Prognosen har {'förbättrats' if moved > 0 else 'försämrats'} med"
            f" {mnkr_text(abs(moved), places)} sedan {since}"
        )


def _marks(provision: int | None, year: int, as_result: bool) -> Iterator[Mark]:
    zero = "0" if as_result else "0 budget"
    yield Mark(Role.BUDGET, zero, 0.0, 0.0)
    if provision is not None:
        at = as_mnkr(provision)
        yield Mark(Role.TARGET_LOW, f"{goal_words(provision)} underskottspost {year}", at, at)


def _help(points: Sequence[_Point], ends: Mapping[int, int], left_out: Sequence[int]) -> str:
    starred = any(not point.complete for point in points)
    return sentences(
        "Stark linje: årets prognoser. Grå linjer: tidigare år."
        if len({p.submitted.year for p in points}) > 1
        else "",
        "Punkten längst till höger är årets utfall." if ends else "",
        f"Utan budget, och därför inte med: {listed([str(year) for year in left_out])}." if left_out else "",
        "* Någon verksamhet har inte lämnat sin prognos." if starred else "",
    )


def _sentence(
    this: Sequence[_Point], year: int, ends: Mapping[int, int], places: int, context: Context
) -> str:
    start = f"Linjediagram. Lämnade prognoser, mnkr, {context.unit}."
    if not this:
        return start
    course = "; ".join(f"{month_name(p.submitted.month)} {mnkr(p.amount, places)}" for p in this)
    ended = "; ".join(f"{y} {mnkr(amount, places)}" for y, amount in sorted(ends.items()))
    return sentences(start, f"{year}: {course}.", f"Utfall tidigare år: {ended}." if ended else "")
