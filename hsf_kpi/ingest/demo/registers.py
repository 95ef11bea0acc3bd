"""The demo's registers: decided moves of staff, and improvement activities, as registers.toml gives them."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.ingest.demo.registers_settings import Registers
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.register import Improvement, Move, MovePart

_FILE = "demo/registers.toml"


def moves_of(registers: Registers) -> tuple[Move, ...]:
    return tuple(
        Move(
            one.id, one.month, one.reference, one.financed,
            tuple(MovePart(unit, persons) for unit, persons in one.parts.items()), one.note,
        )
        for one in registers.move
    )  # fmt: skip


def improvements_of(registers: Registers) -> tuple[Improvement, ...]:
    return tuple(
        Improvement(
            unit=one.unit,
            what=one.what,
            effect=one.effect,
            expected=one.expected,
            start=one.start,
            end=one.end,
            responsible=one.responsible,
            status=one.status,
            realised={Month.parse(text): amount for text, amount in one.realised.items()},
        )
        for one in registers.improvement
    )


def register_problems(registers: Registers, organisation: Organisation, last: Month) -> Iterator[Problem]:
    """Units that do not exist (in the month), months that do not, amounts realised when there could be none."""
    seen: set[str] = set()
    for i, move in enumerate(registers.move, 1):
        if move.id in seen:
            yield Problem(
                f"Omflyttningen ”{move.id}” finns två gånger.",
                f"{_FILE}, fältet move[{i}].id",
                "Byt namn på en.",
            )
        seen.add(move.id)
        for unit in move.parts:
            yield from _unit(organisation, unit, move.month, f"move[{i}].parts")
    for i, one in enumerate(registers.improvement, 1):
        yield from _unit(organisation, one.unit, one.start, f"improvement[{i}].unit")
        for text in one.realised:
            yield from _realised(text, one.start, one.end or last, last, f"improvement[{i}].realised.{text}")


def _unit(organisation: Organisation, unit: str, month: Month, field: str) -> Iterator[Problem]:
    where = f"{_FILE}, fältet {field}"
    if unit not in organisation.units:
        yield Problem(f"Verksamheten ”{unit}” finns inte.", where, "Rätta namnet eller ta bort det.")
    elif not organisation.units[unit].exists_at(month):
        yield Problem(
            f"Verksamheten ”{unit}” finns inte {month}.", where, "Rätta verksamheten eller månaden."
        )


def _realised(text: str, start: Month, end: Month, last: Month, field: str) -> Iterator[Problem]:
    where = f"{_FILE}, fältet {field}"
    try:
        month = Month.parse(text)
    except ValueError:
        yield Problem(f"”{text}” är ingen månad.", where, "Skriv till exempel ”2023-10”.")
        return
    if not start <= month <= min(end, last):
        yield Problem(
            f"Effekten i {month} ligger utanför aktivitetens tid eller demons månader.",
            where,
            "Rätta eller ta bort månaden.",
        )
