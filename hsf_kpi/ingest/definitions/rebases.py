"""Where control limits begin anew, and why (trend.toml): step changes and base periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from hsf_kpi.ingest.definitions.fields import Id, Key, MonthText, Text
from hsf_kpi.ingest.definitions.shapes import MeasureShape, Shape
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import Window
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.rebase import Rebase


class RebaseShape(Shape):
    measure: Key
    unit: Id
    first: MonthText
    last: MonthText | None = None
    below: bool = False
    reason: Text
    source: Text


class TrendShape(Shape):
    rebase: list[RebaseShape] = Field(default=[])


def build_rebases(shape: TrendShape) -> tuple[Rebase, ...]:
    """In the order of the file. Whether they hold together: see `check_rebases`."""
    return tuple(
        Rebase(
            measure=one.measure,
            unit=one.unit,
            first=one.first,
            reason=one.reason,
            source=one.source,
            last=one.last,
            below=one.below,
        )
        for one in shape.rebase
    )


def check_rebases(
    shape: TrendShape,
    file: str,
    *,
    measures: Mapping[str, MeasureShape] | None,
    units: Mapping[str, Unit] | None,
) -> list[Problem]:
    """Everything that is wrong with them. measures, units: None where some could not be read."""
    problems: list[Problem] = []
    for at, one in enumerate(shape.rebase):
        where = f"{file}: {_name(one)}"
        problems += _check_months(one, shape.rebase[:at], where)
        if measures is not None:
            problems += _check_measure(one, measures, where)
        if units is not None and one.unit not in units:
            problems.append(
                Problem(
                    f"Verksamheten ”{one.unit}” finns inte.",
                    f"{where}.unit",
                    "Rätta id eller lägg till enheten i organisation.toml.",
                )
            )
    return problems


def _name(one: RebaseShape) -> str:
    return f"rebase[{one.measure}, {one.unit}, {one.first.iso}]"


def _check_months(one: RebaseShape, earlier: Sequence[RebaseShape], where: str) -> Iterator[Problem]:
    """The months in order, and none that another entry of the same measure and unit has taken."""
    if one.last is not None and one.last < one.first:
        yield Problem(
            f"Basperioden slutar {one.last.iso} men börjar {one.first.iso}.",
            f"{where}.last",
            "Ange en månad som inte är före first.",
        )
    for other in earlier:
        if (other.measure, other.unit) == (one.measure, one.unit) and _overlap(one, other):
            yield Problem(
                f"Posten överlappar {_name(other)}.",
                f"{where}.first",
                "Låt en post börja efter att den andras basperiod har slutat, eller ta bort den ena.",
            )


def _overlap(one: RebaseShape, other: RebaseShape) -> bool:
    """A step change takes its own month, a base period all of its months."""
    return one.first <= (other.last or other.first) and other.first <= (one.last or one.first)


def _check_measure(one: RebaseShape, measures: Mapping[str, MeasureShape], where: str) -> Iterator[Problem]:
    shape = measures.get(one.measure)
    if shape is None:
        yield Problem(
            f"Nyckeltalet ”{one.measure}” finns inte.",
            f"{where}.measure",
            "Ange nyckeln för ett nyckeltal i indicators/.",
        )
    elif Window.MONTH not in shape.measured:
        yield Problem(
            f"Nyckeltalet ”{one.measure}” mäts inte varje månad och har inga styrgränser.",
            f"{where}.measure",
            "Ange ett nyckeltal som mäts varje månad, eller ta bort posten.",
        )
