"""Intern kontroll (intern_kontroll.toml): the plan's risks, and that their numbers hold together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.controls_shapes import ControlsShape, RiskShape
from hsf_kpi.ingest.definitions.words import told_twice, unknown_unit
from hsf_kpi.model.control import ControlPlan, Risk
from hsf_kpi.model.problems import Problem

FILE = "intern_kontroll.toml"


def build_controls(shape: ControlsShape) -> ControlPlan:
    """In the order of the file. Whether it holds together: see `check_controls`."""
    return ControlPlan(
        source=shape.source,
        risks=tuple(
            Risk(
                one.id,
                one.name,
                one.level,
                one.text,
                one.area,
                one.policy,
                one.likelihood,
                one.consequence,
                one.value,
                one.method,
                one.responsible,
                one.unit or "",
            )
            for one in shape.risk
        ),
        notes=tuple(shape.notes),
    )


def check_controls(shape: ControlsShape, file: str, around: Around) -> list[Problem]:
    """Everything that is wrong with it."""
    return [
        *told_twice(file, "risk", [one.id for one in shape.risk]),
        *chain.from_iterable(_check_risk(one, f"{file}: risk[{one.id}]", around) for one in shape.risk),
    ]


def _check_risk(risk: RiskShape, where: str, around: Around) -> Iterator[Problem]:
    product = risk.likelihood * risk.consequence
    if product != risk.value:
        yield Problem(
            f"Risktalet är {risk.value}, men {risk.likelihood} × {risk.consequence} är {product}.",
            f"{where}.value",
            "Rätta likelihood, consequence eller value efter källan.",
        )
    if risk.unit is None:
        return
    if not risk.responsible:
        yield Problem(
            "Risken har en verksamhet men ingen ansvarig.",
            f"{where}.responsible",
            "Ange den ansvariga funktionen, eller ta bort unit.",
        )
    yield from unknown_unit(risk.unit, around.units, f"{where}.unit")
