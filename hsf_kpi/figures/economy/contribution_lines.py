"""The rows of a contribution: each unit's part and the provision, which of them make the finding, as shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hsf_kpi.analysis.economy.types import Contribution
from hsf_kpi.figures.economy.shares import Makers, makers
from hsf_kpi.figures.economy.words import OTHERS, PROVISION_ROW, adding_up, shown, told

WORST, BEST, OTHER, APART, OWN = "worst", "best", "other", "apart", "own"
"""What a row is to the finding: one of those that make it (worse or better), any other, the provision, or who is asked
about.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Kronor. amount None where it is not known; told: as shown."""

    name: str
    unit: str
    actual: int | None
    against: int | None
    amount: int | None
    told: int | None = None
    mark: str = OTHER
    starred: bool = False

    @property
    def text(self) -> str:
        """«−61,4», «−61,4*» where something is missing in it, «saknas»."""
        return told(self.told, sign=True, starred=self.starred) or "saknas"


def lines_of(contribution: Contribution, names: Mapping[str, str]) -> tuple[list[Line], Makers | None]:
    """Worst first, those that can't be compared after them, «Övriga verksamheter», the provision; and who makes it."""
    units = sorted(_units(contribution, names), key=lambda u: (not u.unit, u.amount is None, u.amount or 0))
    lines = [*units, *_provision(contribution)]
    found = _makers(contribution, lines)
    return _told(_marked(lines, found, contribution), contribution), found


def _units(contribution: Contribution, names: Mapping[str, str]) -> Iterator[Line]:
    """The units' own parts, the provision taken out of the one that carries it."""
    for row in contribution.rows:
        d, part = row.deviation, row.provision
        name = OTHERS if row.unit is None else names.get(row.unit, row.unit)
        against = None if d.against is None else d.against + part
        amount = None if d.amount is None else d.amount - part
        yield Line(name, row.unit or "", d.actual, against, amount, starred=not d.complete)


def _provision(contribution: Contribution) -> Iterator[Line]:
    part = sum(row.provision for row in contribution.rows)
    if part:
        carrier = next(row.unit for row in contribution.rows if row.provision)
        yield Line(PROVISION_ROW, carrier or "", None, -part, part, mark=APART)


def apart(lines: Sequence[Line]) -> int:
    """The provision's part of the deviation, kronor."""
    return sum(line.amount or 0 for line in lines if line.mark == APART)


def _makers(contribution: Contribution, lines: Sequence[Line]) -> Makers | None:
    whole = contribution.whole
    if whole.amount is None or not whole.complete:
        return None
    rest = whole.amount - apart(lines)
    if not shown(rest):
        return None
    way = 1 if rest > 0 else -1
    named = sorted((line.amount or 0) * way for line in lines if line.unit and line.mark != APART)
    return makers(named[::-1], rest * way)


def _marked(lines: Sequence[Line], found: Makers | None, contribution: Contribution) -> list[Line]:
    """The rows that the title is about: those that make the deviation, or the one that deviates most."""
    whole = contribution.whole.amount
    if whole is None or not contribution.whole.complete:
        return list(lines)
    better = whole - apart(lines) > 0
    own = [i for i, line in enumerate(lines) if line.unit and line.mark != APART and line.amount]
    own.sort(key=lambda i: (lines[i].amount or 0) * (-1 if better else 1))
    chosen = set(own[: found.count if found else 1])
    mark = BEST if better else WORST
    return [
        replace(line, mark=mark) if i in chosen and ((line.amount or 0) > 0) == better else line
        for i, line in enumerate(lines)
    ]


def _told(lines: Sequence[Line], contribution: Contribution) -> list[Line]:
    """The amounts as shown, adding up to the whole as shown; what the title names keeps its own rounding."""
    known = [i for i, line in enumerate(lines) if line.amount is not None]
    amounts = [lines[i].amount or 0 for i in known]
    whole = contribution.whole.amount
    kept = {k for k, i in enumerate(known) if lines[i].mark != OTHER}
    if whole is None or sum(amounts) != whole:
        rounded: Sequence[int] = [shown(amount) for amount in amounts]
    else:
        rounded = adding_up(amounts, shown(whole), kept=kept)
    by = dict(zip(known, rounded, strict=True))
    return [replace(line, told=by.get(i)) for i, line in enumerate(lines)]
