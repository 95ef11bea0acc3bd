"""What a person may see. Every query of the store takes one; without a rule nothing is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotPermitted, Problem


@dataclass(frozen=True, slots=True)
class Reach:
    """`units` (subtrees already unfolded) × `measures` (keys; None: all) up to and with the month `through`
    (None: without end).
    """

    units: frozenset[str]
    measures: frozenset[str] | None = None
    through: Month | None = None

    def has(self, unit_id: str, measure: str) -> bool:
        return unit_id in self.units and (self.measures is None or measure in self.measures)


@dataclass(frozen=True, slots=True)
class Scope:
    """The union of its reaches. An empty scope sees nothing. Two equal scopes see the same, so a scope serves as
    (part of) a cache key.
    """

    reaches: frozenset[Reach] = frozenset()

    @classmethod
    def of(cls, units: Iterable[str]) -> Scope:
        """All measures and months of the units."""
        return cls(frozenset({Reach(frozenset(units))}))

    @property
    def units(self) -> frozenset[str]:
        """Every unit of which anything may be seen."""
        return frozenset().union(*(reach.units for reach in self.reaches))

    @property
    def key(self) -> int:
        return hash(self.reaches)

    def sees(self, unit_id: str) -> bool:
        """Whether anything of the unit may be seen."""
        return any(unit_id in reach.units for reach in self.reaches)

    def allows(self, unit_id: str, measure: str) -> bool:
        """Whether the measure may be seen at the unit, in any month."""
        return any(reach.has(unit_id, measure) for reach in self.reaches)

    def reaches_month(self, unit_id: str, measure: str, month: Month) -> bool:
        return any(
            (reach.through is None or month <= reach.through)
            for reach in self.reaches
            if reach.has(unit_id, measure)
        )

    def through(self, unit_id: str, measure: str) -> Month | None:
        """The last month that may be seen; None without end. NotPermitted where nothing may be seen."""
        ends = [reach.through for reach in self.reaches if reach.has(unit_id, measure)]
        if not ends:
            raise NotPermitted(_not_this_measure(measure))
        return None if None in ends else max(end for end in ends if end is not None)

    def horizon(self) -> Month | None:
        """The last month of which anything may be seen; None without end."""
        ends = [reach.through for reach in self.reaches]
        return None if None in ends or not ends else max(end for end in ends if end is not None)

    def until(self, unit_id: str) -> Month | None:
        """The last month of which anything of a unit that is seen may be seen; None without end."""
        ends = [reach.through for reach in self.reaches if unit_id in reach.units]
        return None if None in ends else max(end for end in ends if end is not None)

    def demand(self, unit_id: str) -> None:
        """NotPermitted unless the unit may be seen, in the words used for a unit that does not exist."""
        if not self.sees(unit_id):
            raise NotPermitted(
                Problem(
                    f"Verksamheten ”{unit_id}” finns inte eller ingår inte i din behörighet.",
                    "enhet",
                    "Välj en verksamhet i listan.",
                )
            )

    def demand_measure(self, unit_id: str, measure: str) -> None:
        """NotPermitted unless the measure may be seen at the unit."""
        self.demand(unit_id)
        if not self.allows(unit_id, measure):
            raise NotPermitted(_not_this_measure(measure))


def _not_this_measure(measure: str) -> Problem:
    return Problem(
        f"Nyckeltalet ”{measure}” ingår inte i din behörighet för den här verksamheten.",
        "nyckeltal",
        "Välj ett nyckeltal i listan.",
    )


NOTHING = Scope()
