"""A figure with what its rows are about: where they lead, and what who takes it must be permitted to see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hsf_kpi.access.rights import Rights
from hsf_kpi.access.taking import may_take
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.role import Permission


@dataclass(frozen=True, eq=False)
class Composed:
    """`units` or `measures`: what the row of the table leads to, an id for each row ("" for none); () for no links.

    `opens`: instead of these, the page's own choices that the row leads to, as (name, code), everything else as it is.
    `groups`: a heading for each row; rows of one heading stand together in a table of their own. `named`: units that the
    rows name without leading to them; who takes a file must be permitted to take them too. `keys`: the measures that the
    figure stands on, where its rows lead to none. One is compared by identity: the same question gives the same one.
    """

    figure: Figure
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    opens: tuple[tuple[tuple[str, str], ...], ...] = ()

    def tells_of_units(self, chosen: str) -> frozenset[str]:
        """Every unit that the figure can tell of: the chosen one, its own (of its context), and those of its rows."""
        return frozenset({chosen, self.figure.context.unit_id, *filter(None, self.units), *self.named})

    def tells_of_measures(self, default: str | None) -> tuple[str, ...]:
        """Every measure that the figure can tell of; `default` (the page's) where it does not say. (): it may be any."""
        return self.keys or self.measures or ((default,) if default else ())

    def may_be_taken(
        self, rights: Rights, takes: Permission, chosen: str, default: str | None, every: Collection[str]
    ) -> bool:
        """For all that the figure can hold: its units, and its measures or `every` one where it does not say."""
        measures = self.tells_of_measures(default) or tuple(every)
        return may_take(rights, takes, self.tells_of_units(chosen), measures)
