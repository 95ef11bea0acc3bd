"""The organisation as a tree that changes over time. Nothing here knows the number, names or depth of the levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, Problem


@dataclass(frozen=True, slots=True)
class Placement:
    """Under which parent a unit stands, from its first to its last month (both included; None is open)."""

    parent: str | None
    first: Month | None = None
    last: Month | None = None

    def holds(self, month: Month) -> bool:
        return (self.first is None or self.first <= month) and (self.last is None or month <= self.last)


@dataclass(frozen=True, slots=True)
class Unit:
    """A node in the organisation (verksamhet). `level` is the region's own word for it (förvaltning, område, klinik …).

    `assumed` marks what is inferred and not stated in a source. `successor` takes over its history in today's view.
    """

    id: str
    name: str
    level: str
    placements: tuple[Placement, ...]
    short_name: str = ""
    successor: str | None = None
    tags: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)
    assumed: bool = False
    note: str = ""
    source: str = ""

    @property
    def first(self) -> Month | None:
        starts = [p.first for p in self.placements]
        return None if None in starts else min(s for s in starts if s is not None)

    @property
    def last(self) -> Month | None:
        ends = [p.last for p in self.placements]
        return None if None in ends else max(e for e in ends if e is not None)

    def parent_at(self, month: Month) -> str | None:
        placement = next((p for p in self.placements if p.holds(month)), None)
        return placement.parent if placement else None

    def exists_at(self, month: Month) -> bool:
        return any(p.holds(month) for p in self.placements)


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """A change to tell on the time axis of the units that it touches."""

    month: Month
    text: str
    units: frozenset[str]
    source: str


@dataclass(frozen=True)
class Organisation:
    """All units that have ever existed, in the order of the definition file (which is the order shown)."""

    units: Mapping[str, Unit]
    reorganisations: tuple[Reorganisation, ...] = ()

    @cached_property
    def root(self) -> str:
        return next(u.id for u in self.units.values() if all(p.parent is None for p in u.placements))

    def get(self, unit_id: str) -> Unit:
        try:
            return self.units[unit_id]
        except KeyError:
            raise NotFound(
                Problem(
                    f"Verksamheten ”{unit_id}” finns inte eller ingår inte i din behörighet.",
                    "enhet",
                    "Välj en verksamhet i listan.",
                )
            ) from None

    def parent(self, unit_id: str, month: Month) -> str | None:
        """The parent in `month`; before the unit began its first placement, after it ended its last."""
        unit = self.units[unit_id]
        if unit.exists_at(month):
            return unit.parent_at(month)
        started = unit.first is None or unit.first <= month
        return unit.placements[-1 if started else 0].parent

    def path(self, unit_id: str, month: Month) -> tuple[str, ...]:
        """Ids from the root down to and with the unit."""
        path: list[str] = []
        at: str | None = unit_id
        while at is not None:
            path.append(at)
            at = self.parent(at, month)
        return tuple(reversed(path))

    def children(self, unit_id: str, month: Month) -> tuple[str, ...]:
        return self._children_at(month).get(unit_id, ())

    def below(self, unit_id: str, month: Month) -> Iterator[str]:
        """The unit itself and everything under it in `month`, depth first, in the order shown."""
        yield unit_id
        for child in self.children(unit_id, month):
            yield from self.below(child, month)

    def _children_at(self, month: Month) -> Mapping[str, tuple[str, ...]]:
        cache = self.__dict__.setdefault("_children_cache", {})
        if month not in cache:
            found: dict[str, list[str]] = {}
            for unit in self.units.values():
                if unit.exists_at(month) and (parent := unit.parent_at(month)) is not None:
                    found.setdefault(parent, []).append(unit.id)
            cache[month] = {parent: tuple(ids) for parent, ids in found.items()}
        return cache[month]  # type: ignore[no-any-return]

    def heir(self, unit_id: str, today: Month) -> str:
        """The unit that carries this unit's history today: itself, or the end of its chain of successors."""
        unit = self.units[unit_id]
        while not unit.exists_at(today) and unit.successor is not None:
            unit = self.units[unit.successor]
        return unit.id

    def ancestors(self, unit_id: str, month: Month, view: OrgView, today: Month) -> tuple[str, ...]:
        """Root … unit that an observation of `unit_id` for `month` counts in, in that view of the organisation."""
        if view is OrgView.TODAY:
            return self.path(self.heir(unit_id, today), today)
        return self.path(unit_id, month)

    def touched(self, today: Month, months: Iterable[Month]) -> frozenset[str]:
        """The units whose figures differ between the two views of the organisation in any of the months."""
        months = tuple(months)
        found: set[str] = set()
        for unit in self.units.values():
            now = set(self.ancestors(unit.id, today, OrgView.TODAY, today))
            for month in months:
                if unit.exists_at(month):
                    found |= now ^ set(self.ancestors(unit.id, month, OrgView.AS_WAS, today))
        return frozenset(found)
