"""The region's transformation of its health care (hos2029.toml): activities, target picture, what is known on the way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.transformation_shapes import (
    ActivityShape,
    KnownShape,
    TransformationShape,
)
from hsf_kpi.ingest.definitions.words import named_twice, told_twice, unknown_unit
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.transformation import Activity, Known, Statement, TransformationPlan

FILE = "hos2029.toml"


def build_transformation(shape: TransformationShape) -> TransformationPlan:
    """In the order of the file, the events by time. Whether it holds together: see `check_transformation`."""
    return TransformationPlan(
        source=shape.source,
        decided=shape.decided,
        last_year=shape.last_year,
        picture=tuple(Statement(one.text, one.source) for one in shape.picture),
        events=tuple(
            sorted(
                (
                    Known(one.text, one.time, one.first, one.last or one.first, one.source)
                    for one in shape.event
                ),
                key=lambda one: (one.first, one.last),
            )
        ),
        activities=tuple(
            Activity(one.id, one.name, one.text, one.function, one.unit or "") for one in shape.activity
        ),
        measure=shape.measure or "",
        notes=tuple(shape.notes),
    )


def check_transformation(shape: TransformationShape, file: str, around: Around) -> list[Problem]:
    """Everything that is wrong with it."""
    return [
        *told_twice(file, "activity", [one.id for one in shape.activity]),
        *named_twice(file, "activity", "name", [one.name for one in shape.activity]),
        *told_twice(file, "event", [one.id for one in shape.event]),
        *_check_years(shape, file),
        *chain.from_iterable(_check_event(one, file) for one in shape.event),
        *chain.from_iterable(_check_unit(one, file, around) for one in shape.activity),
        *_check_measure(shape, file, around),
    ]


def _check_years(shape: TransformationShape, file: str) -> Iterator[Problem]:
    if shape.last_year < shape.decided.year:
        yield Problem(
            f"Målåret {shape.last_year} är före beslutet {shape.decided.iso}.",
            f"{file}: last_year",
            "Rätta året eller månaden.",
        )


def _check_event(one: KnownShape, file: str) -> Iterator[Problem]:
    if one.last is not None and one.last < one.first:
        yield Problem(
            f"Händelsen slutar {one.last.iso} men börjar {one.first.iso}.",
            f"{file}: event[{one.id}].last",
            "Skriv den första månaden först.",
        )


def _check_unit(one: ActivityShape, file: str, around: Around) -> Iterator[Problem]:
    where = f"{file}: activity[{one.id}]"
    if one.unit is None:
        return
    if not one.function.strip():
        yield Problem(
            "Det står en enhet men ingen funktion.",
            f"{where}.function",
            "Skriv vilken funktion som ansvarar.",
        )
    yield from unknown_unit(one.unit, around.units, f"{where}.unit")


def _check_measure(shape: TransformationShape, file: str, around: Around) -> Iterator[Problem]:
    known = around.measures
    if shape.measure is not None and known is not None and shape.measure not in known:
        yield Problem(
            f"Nyckeltalet ”{shape.measure}” finns inte.",
            f"{file}: measure",
            "Rätta id eller lägg till nyckeltalet.",
        )
