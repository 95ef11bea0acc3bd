"""Months of compliance, written as short texts, for the tests of the economy's tables and small pictures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hsf_kpi.analysis.economy.compliance import Known, headcount, hired
from hsf_kpi.analysis.economy.types import Compliance
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month

DEMO = frozenset({Origin.DEMO})
SOURCE = "Källa: Demodata."
START = 400
NAMES = {
    "hsf": "Hela förvaltningen",
    "ron": "Röntgenkliniken",
    "med": "Medicinkliniken",
    "ost": "Närsjukvård Öst",
    "val": "Vårdval",
}


def months(count: int) -> tuple[Month, ...]:
    return tuple(Month.of(2023, number) for number in range(1, count + 1))


def knowns(text: str, scale: int = 1) -> tuple[dict[Month, Known], dict[Month, int]]:
    """«+1 0 -2 ? m6»: the change of each month from December's START; ? unknown, m by a decided move, * incomplete."""
    value = Fraction(START * scale)
    found, moved = {Month.of(2022, 12): Known(value)}, {}
    for month, word in zip(months(12), text.split(), strict=False):
        if word == "?":
            found[month] = Known(None, "inte rapporterat")
            continue
        if word.startswith("m"):
            moved[month] = int(word[1:])
        value += int(word.strip("m*")) * scale
        found[month] = Known(value, starred=word.endswith("*"))
    return found, moved


def persons(whole: str, **units: str) -> Compliance:
    parts = {unit: knowns(text) for unit, text in units.items()}
    moved = {unit: moves for unit, (_, moves) in parts.items()}
    return headcount(
        "hsf", knowns(whole)[0], {unit: known for unit, (known, _) in parts.items()},
        months(len(whole.split())), moved, falls=True,
    )  # fmt: skip


def agency(whole: str, units: Mapping[str, str], scale: int = 1000) -> Compliance:
    """Kronor, in steps of `scale`."""
    parts = {unit: knowns(text, scale)[0] for unit, text in units.items()}
    return hired("hsf", knowns(whole, scale)[0], parts, months(len(whole.split())))
