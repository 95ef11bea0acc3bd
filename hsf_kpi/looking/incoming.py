"""The preview of a file: what it would change, held against what its units and the totals above them have had before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from hsf_kpi.analysis.incoming.jumps import heaviest, is_judged, jumps
from hsf_kpi.analysis.incoming.totals import by_unit, held, ordered
from hsf_kpi.analysis.measured import measured_units
from hsf_kpi.analysis.signals.lean import outcomes_from
from hsf_kpi.analysis.spc.rebases import rebases_for
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.incoming import Progress
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.point import Point
from hsf_kpi.model.preview import Jump, Preview, TotalMove
from hsf_kpi.model.profile import Profile
from hsf_kpi.model.rebase import Rebase
from hsf_kpi.model.scope import Scope
from hsf_kpi.store.preview import Arriving, Comparison
from hsf_kpi.workspace import Workspace

UNITS_AT_ONCE = 25
"""Units whose earlier months are in memory at a time."""

_Values = Mapping[int, Fraction]


class Incoming(Protocol):
    """A file that has been read and checked."""

    @property
    def profile(self) -> Profile: ...
    def slices(self) -> Iterator[Arriving]: ...


def _silent(_what: str, _share: float) -> None: ...


def preview_of(
    workspace: Workspace, scope: Scope, incoming: Incoming, origin: Origin, tell: Progress = _silent
) -> Preview:
    """NotPermitted when a unit, a measure or a month of the file is outside the scope. Nothing is written."""
    tell("Jämför med det som finns", 0.0)
    comparison = workspace.store.preview.compare(scope, workspace.catalogue, incoming.slices(), origin)
    before = _Before(workspace, scope, comparison)
    found = before.jumps(tell)
    totals, more_totals = ordered(before.totals())
    outside, more_jumps = heaviest(found.jumps)
    vanished, more_vanished = by_unit(comparison.vanished)
    released = comparison.released
    tell("Jämförelsen är klar", 1.0)
    return Preview(
        holds=incoming.profile.holds,
        unit=comparison.unit,
        new=comparison.new,
        changed=comparison.changed,
        same=comparison.same,
        gone=comparison.gone,
        months=comparison.months,
        released=tuple(sorted(m for m in comparison.touched if released is not None and m <= released)),
        changes=comparison.changes,
        totals=totals,
        more_totals=more_totals,
        jumps=outside,
        more_jumps=more_jumps,
        vanished=vanished,
        more_vanished=more_vanished,
        judged=found.judged,
        unjudged=found.unjudged,
        version=comparison.version,
    )


@dataclass
class _Found:
    jumps: list[Jump] = field(default_factory=list)
    judged: int = 0
    unjudged: int = 0


class _Before:
    """What the file's series and totals are held against."""

    def __init__(self, workspace: Workspace, scope: Scope, comparison: Comparison) -> None:
        self._workspace, self._scope, self._comparison = workspace, scope, comparison
        self._catalogue, self._organisation = workspace.catalogue, workspace.catalogue.organisation

    def jumps(self, tell: Progress) -> _Found:
        found = _Found()
        units = self._comparison.arrivals.units()
        for start in range(0, len(units), UNITS_AT_ONCE):
            some = units[start : start + UNITS_AT_ONCE]
            tell("Letar efter värden som sticker ut", start / len(units))
            arriving = {unit: dict(series) for unit, series in self._comparison.arrivals.of(some)}
            keys = sorted({key for series in arriving.values() for key in series})
            points = self._points(some, [key for key in keys if is_judged(self._catalogue.measures[key])])
            for unit, series in arriving.items():
                for key, months in series.items():
                    measure = self._catalogue.measures[key]
                    if not is_judged(measure) or not self._is_own(measure, unit):
                        continue
                    known = self._values(measure, unit, points[unit].get(key, ()))
                    one = jumps(
                        measure,
                        unit,
                        known,
                        {m.month: m.value for m in months if m.value is not None},
                        [m.month for m in months if m.news and m.value is not None],
                        {m.month: m.row for m in months},
                        self._rebases(measure, unit),
                    )
                    found.jumps += one.jumps
                    found.judged += one.judged
                    found.unjudged += not one.judged
        return found

    def totals(self) -> Iterator[TotalMove]:
        """Each with the bounds that it lies outside of, those of the file's other months taken as they will be."""
        totals, unit = self._comparison.totals, self._comparison.unit
        keys = {t.key for t in totals if t.kind is None and is_judged(self._catalogue.measures[t.key])}
        points = self._points((unit,), sorted(keys)).get(unit, {}) if keys and unit else {}
        series: dict[tuple[AmountKind | None, str], dict[int, Fraction]] = {
            key: dict(months) for key, months in self._comparison.earlier.items()
        }
        for key in keys:
            series[None, key] = self._values(self._catalogue.measures[key], unit, points.get(key, ()))
        for total in totals:
            if total.after is not None and total.whole and (total.kind, total.key) in series:
                series[total.kind, total.key][total.period.end.index] = total.after
        for total in totals:
            its = series.get((total.kind, total.key))
            if its is None or total.kind is AmountKind.BUDGET:
                yield total
            else:
                measure = self._catalogue.measures.get(total.key) if total.kind is None else None
                incomplete = measure is not None and measure.aggregation.judged_when_incomplete
                rebases = self._rebases(measure, unit) if measure is not None else ()
                yield held(total, its, incomplete=incomplete, rebases=rebases)

    def _points(
        self, units: Sequence[str], keys: Sequence[str]
    ) -> Mapping[str, Mapping[str, Sequence[Point]]]:
        last = self._comparison.months[-1]
        return self._workspace.store.series.points(
            self._scope, self._catalogue, units, keys, Sex.ALL, OrgView.TODAY, last
        )

    def _values(self, measure: Measure, unit: str, points: Sequence[Point]) -> dict[int, Fraction]:
        outcomes = outcomes_from(measure, unit, Sex.ALL, points, self._comparison.months[-1])
        return {one.period.end.index: one.value for one in outcomes if one.value is not None}

    @cached_property
    def _tree(self) -> Month:
        return self._workspace.state().today

    def _is_own(self, measure: Measure, unit: str) -> bool:
        """Whether the unit's series is what it reports itself: nothing below it reports."""
        if not measure.aggregation.sums_over_units:
            return True
        below = set(self._organisation.below(unit, self._tree)) - {unit}
        return below.isdisjoint(measured_units(measure, self._organisation))

    def _rebases(self, measure: Measure, unit: str) -> tuple[Rebase, ...]:
        if not self._catalogue.rebases:
            return ()
        path = self._organisation.path(unit, self._tree)
        return rebases_for(self._catalogue.rebases, measure.key, unit, path)
