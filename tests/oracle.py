"""A slow, plain second implementation of the sums, straight from the observations: the judge of the store.

Written from the semantics and not from the store's code. It shares with it the model only: what an
observation is, and how the organisation looks in a month.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Window

STRENGTH = [Origin.LOADED, Origin.PUBLISHED, Origin.DEMO]
HAS_DENOMINATOR = {"ratio", "snapshot_ratio", "flow_per_stock", "fte", "weighted_mean", "growth"}


@dataclass(frozen=True)
class Answer:
    """What a cell should say. `value` is exact, in the measure's unit; None for a zero denominator.

    masked: a finished value of too few respondents, whose numbers the cell must not show. (Sums are masked by rules
    that have tests of their own; a measure that masks them is not for this judge.)
    """

    numerator: int | None
    denominator: int | None
    ready: int | None
    months: int
    months_expected: int
    reported: int
    expected: int
    missing_share: Fraction
    origin: Origin
    value: Fraction | None
    source: str
    masked: bool = False


class Oracle:
    """Answers about one measure. `today` is the month whose organisation is today's."""

    def __init__(
        self, observations: Iterable[Observation], organisation: Organisation, measure: Measure, today: Month
    ) -> None:
        self.organisation, self.measure, self.today = organisation, measure, today
        self.parts: dict[tuple[Window, Sex, str, Month], Observation] = {}
        self.ready: dict[tuple[Window, Sex, str, Month], Observation] = {}
        for observation in observations:
            if observation.measure != measure.key:
                continue
            place = (observation.window, observation.sex, observation.unit, observation.end)
            book = self.parts if observation.ready is None else self.ready
            other = book.get(place)
            if other is None or STRENGTH.index(observation.origin) <= STRENGTH.index(other.origin):
                book[place] = observation
        if measure.aggregation is Aggregation.SURVEY:
            self.parts = {}
        self.above: dict[tuple[str, Month, OrgView], tuple[str, ...]] = {}
        self.counting: dict[tuple[Window, Sex, str, OrgView], list[tuple[str, Month]]] = {}
        self.horizon = {w: max(m for v, _, _, m in self.parts if v is w) for w, _, _, _ in self.parts}
        self.due = {
            key: self._due_months(*key)
            for key in {(window, sex, unit) for window, sex, unit, _ in self.parts}
        }

    def _due_months(self, window: Window, sex: Sex, unit: str) -> list[Month]:
        """The months (or last months of a measured window) in which a value is to be expected of the unit
        itself.
        """
        reported = sorted(m for w, s, u, m in self.parts if (w, s, u) == (window, sex, unit))
        horizon = self.horizon[window]
        step = {Window.MONTH: 1, Window.TWO_YEARS: 24}.get(window, 12)
        first, until = reported[0], reported[-1]
        lives = self.organisation.units[unit].exists_at
        if horizon.index - until.index <= max(step, 12) and lives(horizon):
            until = horizon
        due = []
        month = first
        while month <= until:
            if (month.index - first.index) % step == 0 and lives(month):
                due.append(month)
            month = month + 1
        return sorted({*due, *reported})

    def _counts_in(self, unit: str, leaf: str, month: Month, org: OrgView) -> bool:
        place = (leaf, month, org)
        if place not in self.above:
            self.above[place] = self.organisation.ancestors(leaf, month, org, self.today)
        return unit in self.above[place]

    def _counting(self, window: Window, sex: Sex, unit: str, org: OrgView) -> list[tuple[str, Month]]:
        """Every unit and month of its own that counts in the unit, whenever that is."""
        asked = (window, sex, unit, org)
        if asked not in self.counting:
            self.counting[asked] = [
                (leaf, month)
                for (w, s, leaf), due in self.due.items()
                if w is window and s is sex
                for month in due
                if self._counts_in(unit, leaf, month, org)
            ]
        return self.counting[asked]

    def _months(self, window: Window, end: Month) -> list[Month]:
        if window is Window.YTD:
            return [Month.of(end.year, number) for number in range(1, end.number + 1)]
        if window is Window.R12:
            return [end - back for back in range(11, -1, -1)]
        return [end]

    def answer(self, unit: str, sex: Sex, window: Window, end: Month, org: OrgView) -> Answer | None:
        """None where there should be no cell."""
        computed = self._computed(unit, sex, window, end, org)
        ready = self.ready.get((window, sex, unit, end))
        if ready is not None and org is OrgView.TODAY and self.organisation.heir(unit, self.today) != unit:
            ready = None
        if ready is None:
            return computed
        if computed and STRENGTH.index(computed.origin) < STRENGTH.index(ready.origin):
            return computed
        assert ready.ready is not None
        value = Fraction(ready.ready, 10_000)
        few = self.measure.threshold
        if sex is not Sex.ALL and self.measure.threshold_by_sex is not None:
            few = self.measure.threshold_by_sex
        counted = self.measure.persons.value in ("denominator", "both") and ready.denominator is not None
        masked = counted and Fraction(ready.denominator or 0, 10_000) < few
        return Answer(
            None,
            ready.denominator,
            ready.ready,
            1,
            1,
            1,
            1,
            Fraction(0),
            ready.origin,
            value,
            ready.source,
            masked,
        )

    def _computed(self, unit: str, sex: Sex, window: Window, end: Month, org: OrgView) -> Answer | None:
        kind = self.measure.aggregation
        base = Window.MONTH if window in (Window.MONTH, Window.YTD, Window.R12) else window
        if base not in self.horizon or end > self.horizon[base]:
            return None
        latest_only = (
            window is Window.YTD and kind.value in ("snapshot_ratio", "stock", "latest_amount")
        ) or (window is Window.R12 and kind.value in ("snapshot_ratio", "latest_amount"))
        inside = {month.index for month in self._months(window, end)}
        wanted = {
            (leaf, month) for leaf, month in self._counting(base, sex, unit, org) if month.index in inside
        }
        if window is Window.R12 and len({month for _, month in wanted}) < 12:
            return None
        if latest_only:
            wanted = {(leaf, month) for leaf, month in wanted if month == end}
        found = {
            (leaf, month): self.parts[base, sex, leaf, month]
            for leaf, month in wanted
            if (base, sex, leaf, month) in self.parts
        }
        if not found:
            return None
        numerator = sum(o.numerator or 0 for o in found.values())
        denominator: int | None = None
        if kind.value == "fte":
            norms = {
                month: max(o.denominator or 0 for (_, m), o in found.items() if m == month)
                for _, month in found
            }
            denominator = sum(norms.values())
        elif kind.value in HAS_DENOMINATOR:
            denominator = sum(o.denominator or 0 for o in found.values())
        if kind.value == "growth":
            by_month: dict[Month, int] = {}
            for (_, month), o in found.items():
                by_month[month] = by_month.get(month, 0) + (o.denominator or 0)
            if 0 in by_month.values():
                denominator = 0
        sources = {o.source for o in found.values()}
        with_value = len({month for _, month in found})
        leaves = {leaf for leaf, _ in wanted}
        whole = {leaf for leaf in leaves if all((x, m) in found for x, m in wanted if x == leaf)}
        return Answer(
            numerator=numerator,
            denominator=denominator,
            ready=None,
            months=with_value,
            months_expected=len({month for _, month in wanted}),
            reported=len(whole),
            expected=len(leaves),
            missing_share=self._missing_share(base, sex, wanted, set(found)),
            origin=max((o.origin for o in found.values()), key=STRENGTH.index),
            value=self._value(numerator, denominator, with_value),
            source=sources.pop() if len(sources) == 1 else "",
        )

    def _missing_share(
        self, window: Window, sex: Sex, wanted: set[tuple[str, Month]], found: set[tuple[str, Month]]
    ) -> Fraction:
        back = 24 if window is Window.TWO_YEARS else 12
        by_denominator = self.measure.aggregation.value in HAS_DENOMINATOR - {"fte"}

        def last_year(leaf: str, month: Month) -> int | None:
            o = self.parts.get((window, sex, leaf, month - back))
            if o is None:
                return None
            return abs((o.denominator if by_denominator else o.numerator) or 0)

        lacking = [last_year(*place) for place in wanted - found]
        total = sum(last_year(*place) or 0 for place in wanted)
        if not lacking:
            return Fraction(0)
        if None in lacking or total == 0:
            return Fraction(1)
        return Fraction(sum(x or 0 for x in lacking), total)

    def _value(self, numerator: int, denominator: int | None, months: int) -> Fraction | None:
        kind, scale = self.measure.aggregation.value, self.measure.scale
        if kind in HAS_DENOMINATOR:
            if not denominator:
                return None
            if kind == "flow_per_stock":
                return Fraction(numerator) / (Fraction(denominator) / months) * scale
            if kind == "growth":
                return Fraction(numerator - denominator, denominator) * scale
            return Fraction(numerator, denominator) * scale
        plain = Fraction(numerator, 10_000) * scale
        return plain / months if kind in ("monthly_mean", "stock") else plain


def answer(
    observations: Iterable[Observation],
    organisation: Organisation,
    measure: Measure,
    *,
    unit: str,
    sex: Sex,
    window: Window,
    end: Month,
    org: OrgView,
    today: Month,
) -> Answer | None:
    """One cell, straight from the observations (which are current: none is superseded by another)."""
    return Oracle(observations, organisation, measure, today).answer(unit, sex, window, end, org)
