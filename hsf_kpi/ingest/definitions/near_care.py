"""Nära vård (nara_vard.toml): the forecast, the programme, and the public figures of the population beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.near_care_shapes import HistoryShape, NearCareShape, PopulationShape
from hsf_kpi.ingest.definitions.words import told_twice
from hsf_kpi.model.near_care import (
    AgeCount,
    AgeForecast,
    Contract,
    FactSeries,
    HistoryEvent,
    HistoryPart,
    NearCare,
    Population,
    Project,
    TargetArea,
)
from hsf_kpi.model.problems import Problem

FILE = "nara_vard.toml"
_NUMBER = re.compile(r"\d+")


def build_near_care(shape: NearCareShape) -> NearCare:
    """In the order of the file, its public series still without values. Whether it holds together: see `check_near_care`."""
    return NearCare(
        source=shape.source,
        area=shape.area,
        members=tuple(shape.members),
        member_notes=tuple(shape.member_notes),
        forecasts=tuple(
            AgeForecast(one.age, one.percent, one.years, one.until, one.text) for one in shape.forecast
        ),
        count=None if shape.count is None else AgeCount(**shape.count.model_dump()),
        forecast_source=shape.forecast_source or shape.source,
        forecast_notes=tuple(shape.forecast_notes),
        populations=tuple(_population(one) for one in shape.population),
        purpose=shape.purpose,
        target_areas=tuple(
            TargetArea(one.id, one.name, one.aim, tuple(Project(p.name, p.state) for p in one.project))
            for one in shape.target_area
        ),
        contract=None if shape.contract is None else Contract(**shape.contract.model_dump()),
        nodes=tuple(shape.nodes),
        programme_notes=tuple(shape.programme_notes),
        history=tuple(
            HistoryPart(
                part.first,
                None if part.onwards else part.last or part.first,
                tuple(HistoryEvent(event.name or event.text, event.text) for event in part.event),
            )
            for part in shape.history
        ),
        phases=tuple(shape.phases),
        history_notes=tuple(shape.history_notes),
        plan_years=shape.plan_years,
        plan=tuple(shape.plan),
        now=tuple(shape.now),
        plan_notes=tuple(shape.plan_notes),
    )


def with_series(built: NearCare, around: Around) -> NearCare:
    """The same with the values of the public series."""

    def filled(series: FactSeries) -> FactSeries:
        return around.facts.series(series.indicator, series.scope, "")[0]

    found = (replace(one, own=filled(one.own), national=filled(one.national)) for one in built.populations)
    return replace(built, populations=tuple(found))


def check_near_care(shape: NearCareShape, file: str, around: Around) -> list[Problem]:
    """Everything that is wrong with it, and with the public series that it names."""
    return [
        *told_twice(file, "population", [one.id for one in shape.population]),
        *told_twice(file, "target_area", [one.id for one in shape.target_area]),
        *_check_forecasts(shape, file),
        *_check_history(shape.history, file),
        # A fault of the whole file of public figures is told once, not for each series.
        *dict.fromkeys(chain.from_iterable(_check_series(one, file, around) for one in shape.population)),
    ]


def _population(one: PopulationShape) -> Population:
    own, national = (FactSeries(one.indicator, scope) for scope in (one.own, one.national))
    return Population(one.id, one.name, one.subject, one.what, one.unit, one.decimals, own, national)


def _check_series(one: PopulationShape, file: str, around: Around) -> Iterator[Problem]:
    for field in ("own", "national"):
        where = f"{file}: population[{one.id}].{field}"
        yield from around.facts.series(one.indicator, getattr(one, field), where)[1]


def _check_forecasts(shape: NearCareShape, file: str) -> Iterator[Problem]:
    """That the numbers stand in the source's words, which are shown beside them."""
    for one in shape.forecast:
        told = (one.percent, *((one.until,) if one.until else ()))
        yield from _check_told(told, one.text, f"{file}: forecast[{one.age}].text")
    if (count := shape.count) is None:
        return
    told = (count.first_year, count.first, count.last_year, count.last)
    yield from _check_told(told, count.text, f"{file}: count.text")
    if count.last_year <= count.first_year:
        yield Problem(
            f"Det sista året är {count.last_year}, det första {count.first_year}.",
            f"{file}: count.last_year",
            "Ange ett senare år.",
        )


def _check_told(numbers: Iterable[int], text: str, where: str) -> Iterator[Problem]:
    found = set(map(int, _NUMBER.findall(text)))
    for number in numbers:
        if abs(number) not in found:
            yield Problem(
                f"Talet {number} står inte i källans ord.", where, "Rätta talet eller orden efter källan."
            )


def _check_history(history: list[HistoryShape], file: str) -> Iterator[Problem]:
    for part in history:
        where = f"{file}: history[{part.first}].last"
        if part.onwards and part.last is not None:
            yield Problem("Det som fortsätter har inget sista år.", where, "Ta bort last eller onwards.")
        elif part.last is not None and part.last < part.first:
            yield Problem(
                f"Slutar {part.last} men börjar {part.first}.", where, "Skriv det första året först."
            )
    for before, part in pairwise(history):
        if part.first <= (before.last or before.first):
            yield Problem(
                f"{part.first} kommer efter {before.last or before.first}.",
                f"{file}: history[{part.first}].first",
                "Skriv åren i ordning, utan att de går i varandra.",
            )
