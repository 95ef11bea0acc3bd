"""Omvärlden (omvarld.toml): the public key figures that regions are compared on, and another region's plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.surroundings_shapes import (
    DecisionShape,
    KeyFigureShape,
    OtherPlanShape,
    SurroundingsShape,
)
from hsf_kpi.ingest.definitions.words import named_twice, told_twice
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.surroundings import (
    Decision,
    KeyFigure,
    OtherAction,
    OtherPlan,
    Part,
    PlanArea,
    Surroundings,
)

FILE = "omvarld.toml"
LIST = "published/kolada_indicators.csv"


def build_surroundings(shape: SurroundingsShape) -> Surroundings:
    """In the order of the file. Whether it holds together: see `check_surroundings`."""
    return Surroundings(
        source=shape.source,
        home=shape.home,
        fields={one.id: one.name for one in shape.field},
        figures=tuple(_figure(one) for one in shape.figure),
        plan=None if shape.plan is None else _plan(shape.plan),
    )


def _figure(one: KeyFigureShape) -> KeyFigure:
    return KeyFigure(
        one.id,
        one.name,
        one.short_name,
        one.register_,
        one.unit,
        one.decimals,
        one.direction,
        one.field,
        one.unit_read,
        one.most,
        one.note,
        tuple(one.wrong_years),
    )


def _plan(shape: OtherPlanShape) -> OtherPlan:
    return OtherPlan(
        region=shape.region,
        name=shape.name,
        short_name=shape.short_name,
        title=shape.title,
        source=shape.source,
        adopted=shape.adopted,
        years=shape.years,
        total=shape.total,
        total_wording=shape.total_wording,
        areas=tuple(PlanArea(one.id, one.text, tuple(one.reading)) for one in shape.area),
        actions=tuple(OtherAction(one.text, one.area or "", tuple(one.reading)) for one in shape.action),
        decisions=tuple(_decision(one) for one in shape.decision),
        funding={int(year): amount for year, amount in sorted(shape.funding.items())},
        notes=tuple(shape.notes),
    )


def _decision(one: DecisionShape) -> Decision:
    return Decision(one.what, one.wording, one.amount, tuple(Part(p.amount, p.text) for p in one.part))


def check_surroundings(shape: SurroundingsShape, file: str, around: Around) -> list[Problem]:
    """Everything that is wrong with it."""
    return [
        *told_twice(file, "field", [one.id for one in shape.field]),
        *told_twice(file, "figure", [one.id for one in shape.figure]),
        *_check_series(shape, file, around.series),
        *chain.from_iterable(_check_figure(one, shape, file) for one in shape.figure),
        *([] if shape.plan is None else _check_plan(shape.plan, file, around)),
    ]


def _check_series(shape: SurroundingsShape, file: str, series: Collection[str]) -> Iterator[Problem]:
    """Every series is defined, and nothing else. A list that could not be read is told elsewhere."""
    if not series:
        return
    defined = [one.id for one in shape.figure]
    for unknown in dict.fromkeys(one for one in defined if one not in series):
        yield Problem(
            f"Serien ”{unknown}” finns inte i {LIST}.",
            f"{file}: figure[{unknown}].id",
            "Rätta id, ta bort nyckeltalet eller lägg till serien i listan.",
        )
    for missing in sorted(set(series) - set(defined)):
        yield Problem(
            f"Serien ”{missing}” i {LIST} är inte definierad.",
            f"{file}: figure",
            "Lägg till en [[figure]] med seriens id.",
        )


def _check_figure(one: KeyFigureShape, shape: SurroundingsShape, file: str) -> Iterator[Problem]:
    where = f"{file}: figure[{one.id}]"
    if one.field not in {known.id for known in shape.field}:
        yield Problem(f"Området ”{one.field}” finns inte.", f"{where}.field", "Ange id för en [[field]].")
    if one.direction is Direction.BAND:
        yield Problem(
            "Ett intervall kan inte ordna regioner.", f"{where}.direction", "Ange up, down eller none."
        )
    if one.wrong_years and not one.note:
        yield Problem(
            "År som är fel i källan utelämnas utan att det sägs varför.",
            f"{where}.wrong_years",
            "Skriv varför i note, eller ta bort åren.",
        )


def _check_plan(shape: OtherPlanShape, file: str, around: Around) -> Iterator[Problem]:
    yield from told_twice(file, "plan.area", [one.id for one in shape.area])
    yield from named_twice(file, "plan.area", "text", [one.text for one in shape.area])
    yield from _check_sum(list(shape.funding.values()), shape.total, f"{file}: plan.total")
    for decision in shape.decision:
        if decision.part:
            amounts = [part.amount for part in decision.part]
            yield from _check_sum(amounts, decision.amount, f"{file}: plan.decision[{decision.what}].amount")
    areas = {one.id for one in shape.area}
    for action in shape.action:
        if action.area is not None and action.area not in areas:
            yield Problem(
                f"Planens område ”{action.area}” finns inte.",
                f"{file}: plan.action[{action.text}].area",
                "Ange id för en [[plan.area]], eller utelämna fältet när källan inte säger vilket.",
            )
    if around.focus_areas is None:
        return
    for where, reading in (
        *((f"plan.area[{one.id}]", one.reading) for one in shape.area),
        *((f"plan.action[{one.text}]", one.reading) for one in shape.action),
    ):
        yield from _check_reading(reading, around.focus_areas, f"{file}: {where}.reading")


def _check_sum(amounts: Sequence[Decimal], total: Decimal | None, where: str) -> Iterator[Problem]:
    if sum(amounts) != total:
        told = " + ".join(str(amount) for amount in amounts)
        yield Problem(
            f"Delarna {told} är inte {'någon summa' if total is None else total}.",
            where,
            "Rätta beloppen eller summan.",
        )


def _check_reading(reading: Sequence[str], known: Collection[str], where: str) -> Iterator[Problem]:
    for area in reading:
        if area not in known:
            yield Problem(
                f"Insatsområdet ”{area}” finns inte.", where, "Ange id för en [[focus_area]] i uppdrag.toml."
            )
