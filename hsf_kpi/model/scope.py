"""What a person may see. Every query of the store takes one; without a rule nothing is seen."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.model.problems import NotPermitted, Problem


@dataclass(frozen=True, slots=True)
class Scope:
    """`units` are all unit ids that may be seen (subtrees already unfolded). An empty scope sees nothing.

    `key` identifies the scope in cache keys and the audit log; two scopes with one key see the same.
    """

    units: frozenset[str]

    @property
    def key(self) -> int:
        return hash(self.units)

    def sees(self, unit_id: str) -> bool:
        return unit_id in self.units

    def demand(self, unit_id: str) -> None:
        """NotPermitted unless the unit may be seen, in the words used for a unit that does not exist."""
        if unit_id not in self.units:
            raise NotPermitted(
                Problem(
                    f"Verksamheten ”{unit_id}” finns inte eller ingår inte i din behörighet.",
                    "enhet",
                    "Välj en verksamhet i listan.",
                )
            )


NOTHING = Scope(frozenset())
