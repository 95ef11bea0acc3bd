"""Generated organisations and small counts, and the real sums made of them, for the judge of masking."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import Origin, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, Window
from hsf_kpi.store.ancestry import Ancestry, ancestry
from hsf_kpi.store.codes import ORG, ORIGIN, SEX, SEX_OF, WINDOW, WINDOW_OF, Form
from hsf_kpi.store.grid import Leaves
from hsf_kpi.store.rollup import Rows, rollup
from hsf_kpi.store.suppressed_before import Before
from tests.store.builders import HAS_DENOMINATOR, m, measure
from tests.suppression_judge import Sum, Version

A, P = Aggregation, Persons
START = m("2021-10")
SEXES = (Sex.ALL, Sex.WOMEN, Sex.MEN)
ORG_OF = {code: org for org, code in ORG.items()}


def kinds() -> dict[str, Measure]:
    """The kinds of measures that count persons."""
    month, year = (Window.MONTH,), (Window.TERTIAL_1, Window.YEAR)
    made = {
        "count": (A.COUNT, P.NUMERATOR, UnitOfMeasure.COUNT, month),
        "share": (A.RATIO, P.BOTH, UnitOfMeasure.PERCENT, month),
        "share-numerator": (A.RATIO, P.NUMERATOR, UnitOfMeasure.PERCENT, month),
        "rate": (A.RATIO, P.NUMERATOR, UnitOfMeasure.PER_100, month),
        "group": (A.RATIO, P.DENOMINATOR, UnitOfMeasure.PERCENT, month),
        "mean": (A.WEIGHTED_MEAN, P.DENOMINATOR, UnitOfMeasure.MINUTES, month),
        "stock": (A.STOCK, P.NUMERATOR, UnitOfMeasure.COUNT, month),
        "snapshot": (A.SNAPSHOT_RATIO, P.BOTH, UnitOfMeasure.PERCENT, month),
        "flow": (A.FLOW_PER_STOCK, P.BOTH, UnitOfMeasure.PERCENT, month),
        "yearly": (A.RATIO, P.BOTH, UnitOfMeasure.PERCENT, year),
    }
    return {
        key: measure(key, kind, persons=persons, unit_of_measure=unit, measured=windows, by_sex=True)
        for key, (kind, persons, unit, windows) in made.items()
    }


KINDS = kinds()


@dataclass(frozen=True)
class World:
    """An organisation, its stored numbers, and the months from `START` that have data."""

    organisation: Organisation
    ids: dict[str, int]
    length: int

    @property
    def today(self) -> Month:
        return START + (self.length - 1)

    def ancestry(self, first: Month, last: Month) -> Ancestry:
        return ancestry(self.organisation, self.ids, self.today, first, last)


def world(chance: random.Random) -> World:
    """Two to four levels; some units move, begin, or end and are succeeded."""
    length = chance.choice([3, 5, 9, 14])
    depth = chance.choice([2, 2, 3, 4])
    levels = [["u0"]]
    units = [Unit("u0", "u0", "nivå", (Placement(None),))]
    for _ in range(depth - 1):
        above, here = levels[-1], []
        for parent in above:
            for _ in range(chance.choice([1, 2, 3]) if len(units) < 9 else chance.choice([0, 1])):
                key = f"u{len(units)}"
                units.append(Unit(key, key, "nivå", _placements(chance, parent, above, length)))
                here.append(key)
        levels.append(here or above)
    units = [_succeeded(chance, unit, units) for unit in units]
    found = Organisation({unit.id: unit for unit in units})
    return World(found, {key: i for i, key in enumerate(found.units, start=1)}, length)


def _placements(
    chance: random.Random, parent: str, above: Sequence[str], length: int
) -> tuple[Placement, ...]:
    when = START + chance.randrange(1, length)
    how = chance.choice(["stays"] * 5 + ["moves", "moves", "begins", "ends"])
    if how == "moves":
        return (Placement(parent, None, when - 1), Placement(chance.choice(above), when))
    if how == "begins":
        return (Placement(parent, when),)
    return (Placement(parent, None, when - 1),) if how == "ends" else (Placement(parent),)


def _succeeded(chance: random.Random, unit: Unit, units: Sequence[Unit]) -> Unit:
    """A unit that ended may be followed by a later one."""
    later = [u.id for u in units if int(u.id[1:]) > int(unit.id[1:]) and u.last is None]
    if unit.last is None or not later or chance.random() < 0.3:
        return unit
    return Unit(unit.id, unit.name, unit.level, unit.placements, successor=chance.choice(later))


def observations(
    chance: random.Random, one: Measure, where: World, last: int | None = None
) -> list[Observation]:
    """Small numbers with many zeros; here and there a unit or a sex is not reported."""
    parents = {p.parent for u in where.organisation.units.values() for p in u.placements}
    large = chance.choice([3, 8, 30])
    by_sex = chance.choice([(Sex.ALL,), SEXES, SEXES, (Sex.ALL, Sex.WOMEN), (Sex.WOMEN, Sex.MEN)])
    found = []
    for key, unit in where.organisation.units.items():
        if key in parents and chance.random() < 0.8:
            continue
        own = large * chance.choice([0, 1, 1, 5])
        for index in range(last or where.length):
            month = START + index
            for window in one.measured:
                ends = {Window.TERTIAL_1: 4, Window.YEAR: 12}.get(window, month.number)
                if unit.exists_at(month) and month.number == ends and chance.random() < 0.95:
                    sexes = by_sex if chance.random() < 0.97 else (Sex.ALL,)
                    found += _at(chance, one, key, month, window, sexes, own)
    return found


def _at(
    chance: random.Random,
    one: Measure,
    unit: str,
    month: Month,
    window: Window,
    sexes: Iterable[Sex],
    large: int,
) -> list[Observation]:
    def some() -> int:
        return 0 if chance.random() < 0.35 else chance.randrange(0, large + 1)

    women, men = (some(), some()), (some(), some())
    if one.aggregation is A.WEIGHTED_MEAN:
        women, men = ((7 * one_sex[0], one_sex[1]) for one_sex in (women, men))
    both = (women[0] + men[0], women[1] + men[1])
    out = []
    for sex in sexes:
        few, rest = {Sex.ALL: both, Sex.WOMEN: women, Sex.MEN: men}[sex]
        below = (rest if one.aggregation is A.WEIGHTED_MEAN else few + rest) * FIXED
        denominator = below if one.aggregation in HAS_DENOMINATOR else None
        out.append(
            Observation(one.key, unit, window, month, sex, Origin.DEMO, "", few * FIXED, denominator, None)
        )
    return out


def leaves(found: Iterable[Observation], ids: dict[str, int]) -> Leaves:
    rows = [
        (WINDOW[o.window], SEX[o.sex], ids[o.unit], o.end.index, ORIGIN[o.origin],
         Form.PARTS if o.ready is None else Form.READY, o.numerator or 0, o.denominator or 0, o.ready or 0, 1)
        for o in found
    ]  # fmt: skip
    return Leaves.of(np.array(rows, dtype=np.int64).reshape(-1, 10))


def made(one: Measure, where: World, found: Sequence[Observation], before: Before | None = None) -> Rows:
    """The real sums."""
    return rollup(one, leaves(found, where.ids), where.ancestry(*ends(found)), before)


def ends(found: Sequence[Observation]) -> tuple[Month, Month]:
    """The first and the last month."""
    months = [o.end for o in found]
    return min(months), max(months)


def before(where: World, found: Sequence[Observation], rows: Rows) -> Before:
    rows = rows.take(np.flatnonzero(~rows.is_ready))
    return Before(
        rows.unit,
        rows.org,
        rows.window,
        rows.sex,
        rows.month,
        rows.numerator,
        rows.denominator,
        rows.months,
        rows.masked,
        leaves(found, where.ids),
        where.ancestry(*ends(found)),
    )


def version(one: Measure, where: World, found: Sequence[Observation], rows: Rows) -> Version:
    names = {number: key for key, number in where.ids.items()}
    rows = rows.take(np.flatnonzero(~rows.is_ready))
    below = one.aggregation.has_denominator
    sums = tuple(
        Sum(names[int(unit)], ORG_OF[int(org)], WINDOW_OF[int(window)], SEX_OF[int(sex)], Month(int(month)),
            int(n), int(d) if below else None, int(months), bool(masked))
        for unit, org, window, sex, month, n, d, months, masked in zip(
            rows.unit, rows.org, rows.window, rows.sex, rows.month, rows.numerator, rows.denominator, rows.months,
            rows.masked, strict=True)
    )  # fmt: skip
    return Version(tuple(found), sums, where.today)


def corrected(
    chance: random.Random, one: Measure, where: World, found: Sequence[Observation]
) -> list[Observation]:
    """The same data a load later: new months, and here and there another number."""
    places = {(o.unit, o.end, o.window): [] for o in found}
    for o in found:
        places[o.unit, o.end, o.window].append(o)
    share = chance.choice([0.0, 0.05, 0.3])
    out = []
    for (unit, month, window), old in places.items():
        if chance.random() < share:
            out += _at(chance, one, unit, month, window, [o.sex for o in old], chance.choice([3, 8, 30]))
        else:
            out += old
    return out
