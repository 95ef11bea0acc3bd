"""The judge of masking: what somebody who adds, subtracts and knows that persons are not negative can work out.

A linear programme over the observations: all shown sums are equations, all unknowns at least zero. Written from
the semantics and the organisation, not from the code that it judges; several versions of the data may be known at
once, and what did not change between them is one unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from hsf_kpi.access.masking import Component, components, few_by_component, is_share
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import OrgView, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Window

MONTHLY = (Window.MONTH, Window.YTD, Window.R12)


@dataclass(frozen=True)
class Sum:
    """A computed sum as the store has it: place, components in the stored scale, and whether it is masked."""

    unit: str
    org: OrgView
    window: Window
    sex: Sex
    end: Month
    numerator: int
    denominator: int | None
    months: int
    masked: bool


@dataclass(frozen=True)
class Version:
    """The data at one time: observations (none superseded), the sums made of them, and the month that is today."""

    observations: tuple[Observation, ...]
    sums: tuple[Sum, ...]
    today: Month


Place = tuple[str, Month, str]
"""An unknown: unit, month, and «women», «men» or «rest» (what the total has besides them)."""
Stated = tuple[int, int | None]
"""Numerator and denominator: an observation of which either changed is a new unknown in both."""


class Judge:
    """What can be worked out about one measure and one base window from all of `versions` together."""

    def __init__(
        self, measure: Measure, organisation: Organisation, versions: Sequence[Version], base: Window
    ) -> None:
        self.measure, self.organisation, self.base = measure, organisation, base
        self.above: dict[tuple[str, Month, OrgView, Month], frozenset[str]] = {}
        self.unknowns: dict[tuple[Place, int], int] = {}
        self.truth: dict[Component, list[float]] = {c: [] for c in self._kinds()}
        self.rows: list[tuple[int, Sum, list[int]]] = []
        held: dict[Place, tuple[Stated, int]] = {}
        for number, version in enumerate(versions):
            held = self._read(number, version, held)

    def _kinds(self) -> tuple[Component, ...]:
        """The independent amounts that the unknowns have. A share is its numerator and its complement."""
        if self._split():
            return (Component.NUMERATOR, Component.COMPLEMENT)
        return components(self.measure)

    def _split(self) -> bool:
        return is_share(self.measure) or (
            self.measure.unit_of_measure is UnitOfMeasure.PERCENT
            and self.measure.aggregation is Aggregation.RATIO
        )

    def _amounts(self, numerator: int, denominator: int | None) -> tuple[int, ...]:
        by_kind = {Component.NUMERATOR: numerator, Component.DENOMINATOR: denominator or 0}
        by_kind[Component.COMPLEMENT] = (denominator or 0) - numerator
        return tuple(by_kind[kind] for kind in self._kinds())

    def _read(
        self, number: int, version: Version, before: dict[Place, tuple[Stated, int]]
    ) -> dict[Place, tuple[Stated, int]]:
        given: dict[tuple[str, Month], dict[Sex, tuple[tuple[int, ...], Stated]]] = {}
        for o in version.observations:
            if o.ready is None and o.window is self.base:
                assert o.numerator is not None
                amounts = self._amounts(o.numerator, o.denominator)
                given.setdefault((o.unit, o.end), {})[o.sex] = (amounts, (o.numerator, o.denominator))
        held: dict[Place, tuple[Stated, int]] = {}
        parts: dict[tuple[str, Month, Sex], list[int]] = {}
        for (unit, month), by_sex in given.items():
            atoms = {sex.value: by_sex[sex] for sex in (Sex.WOMEN, Sex.MEN) if sex in by_sex}
            if Sex.ALL in by_sex and not (Sex.WOMEN in by_sex and Sex.MEN in by_sex):
                # «otherwise the total is its own unknown»
                atoms["rest"] = by_sex[Sex.ALL]
            numbers = {}
            for name, (amounts, stated) in atoms.items():
                place = (unit, month, name)
                old = before.get(place)
                since = old[1] if old is not None and old[0] == stated else number
                held[place] = (stated, since)
                key = (place, since)
                if key not in self.unknowns:
                    self.unknowns[key] = len(self.unknowns)
                    for kind, amount in zip(self._kinds(), amounts, strict=True):
                        self.truth[kind].append(amount / FIXED)
                numbers[name] = self.unknowns[key]
            for sex in by_sex:
                whole = ["rest"] if "rest" in numbers else ["women", "men"]
                own = whole if sex is Sex.ALL else [sex.value]
                parts[unit, month, sex] = [numbers[name] for name in own]
        by_place: dict[tuple[Sex, Month], list[tuple[str, list[int]]]] = {}
        for (unit, month, sex), indexes in parts.items():
            by_place.setdefault((sex, month), []).append((unit, indexes))
        windows = MONTHLY if self.base is Window.MONTH else (self.base,)
        for one in version.sums:
            if one.window not in windows:
                continue
            indexes = [
                index
                for month in self._months(one)
                for unit, own in by_place.get((one.sex, month), ())
                if one.unit in self._above(unit, month, one.org, version.today)
                for index in own
            ]
            self.rows.append((number, one, indexes))
        return held

    def _months(self, one: Sum) -> list[Month]:
        latest = self.measure.aggregation.takes_latest
        if one.window is Window.YTD and not latest:
            return [Month.of(one.end.year, n) for n in range(1, one.end.number + 1)]
        if one.window is Window.R12 and (not latest or self.measure.aggregation is Aggregation.STOCK):
            return [one.end - back for back in range(12)]
        return [one.end]

    def _above(self, unit: str, month: Month, org: OrgView, today: Month) -> frozenset[str]:
        key = (unit, month, org, today)
        if key not in self.above:
            self.above[key] = frozenset(self.organisation.ancestors(unit, month, org, today))
        return self.above[key]

    def found_out(self) -> list[tuple[int, Sum, Component]]:
        """(version, sum, component): masked sums that can be worked out. Of those with few persons in a component
        that component counts; of the others it is enough that one component is open.
        """
        open_in = {kind: self._open(kind) for kind in self._kinds()}
        told = []
        for number, (version, one, _) in enumerate(self.rows):
            if not one.masked:
                continue
            few = few_by_component(self.measure, one.numerator, one.denominator, one.months, one.sex)
            primary = [c for c, is_few in few.items() if is_few]
            for component in primary or [None]:
                if not any(number in open_in[kind] for kind in self._kinds_of(component)):
                    told.append((version, one, component or self._kinds()[0]))
        return told

    def _kinds_of(self, component: Component | None) -> tuple[Component, ...]:
        """The amounts of which one that is open leaves the component open; None: leaves the value open."""
        if component is None or (component is Component.DENOMINATOR and self._split()):
            return self._kinds()
        return (component,)

    def _open(self, kind: Component) -> set[int]:
        """The rows whose amount has more than one possible value."""
        truth = np.array(self.truth[kind])
        rows = [r for _, _, r in self.rows]
        flat = [i for r in rows for i in r]
        starts = np.cumsum([0, *(len(r) for r in rows)])
        every = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(rows), len(truth)))
        value = every @ truth
        masked = np.array([one.masked for _, one, _ in self.rows], dtype=bool)
        for number, (_, one, _) in enumerate(self.rows):
            amount = dict(zip(self._kinds(), self._amounts(one.numerator, one.denominator), strict=True))[
                kind
            ]
            assert abs(value[number] - amount / FIXED) < 1e-6, ("not a sum of its parts", one)
        known, known_value = _distinct(every[~masked], value[~masked])
        wanted = np.flatnonzero(masked)
        upper = truth.sum() * 2 + 1000
        chance = np.random.default_rng(0)
        low, high = value.copy(), value.copy()

        def ask(cost: np.ndarray) -> None:
            answer = linprog(cost, A_eq=known, b_eq=known_value, bounds=(0, upper), method="highs")
            assert answer.status == 0, answer.message
            found = every @ answer.x
            np.minimum(low, found, out=low)
            np.maximum(high, found, out=high)

        for _ in range(4):
            ask(chance.normal(size=len(truth)))
        for number in wanted:
            for sign in (1, -1):
                if high[number] - low[number] <= 1e-5:
                    ask(sign * every[number].toarray().ravel())
        return {int(number) for number in wanted if high[number] - low[number] > 1e-5}


def _distinct(matrix: csr_matrix, value: np.ndarray) -> tuple[csr_matrix | None, np.ndarray | None]:
    """Equal equations once; None where there is none."""
    if matrix.shape[0] == 0:
        return None, None
    matrix.sort_indices()
    seen: dict[bytes, int] = {}
    for i in range(matrix.shape[0]):
        seen.setdefault(matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]].tobytes(), i)
    kept = sorted(seen.values())
    return matrix[kept], value[kept]


def judged(
    measure: Measure, organisation: Organisation, versions: Sequence[Version]
) -> list[tuple[int, Sum, Component]]:
    """All that can be worked out, over every base window that the measure has."""
    bases: Iterable[Window] = dict.fromkeys(o.window for v in versions for o in v.observations)
    return [x for base in bases for x in Judge(measure, organisation, versions, base).found_out()]
