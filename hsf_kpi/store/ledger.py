"""What may be asked of the ledger. Every question takes a scope first, for the measure that the ledger is seen with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import CostCentreLine, Submitted, UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.engine import reading
from hsf_kpi.store.ledger_facts import LedgerFacts, read_facts
from hsf_kpi.store.ledger_read import read_cost_centres, read_ledgers, read_submitted


class LedgerStore:
    """One for a store. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._facts: LedgerFacts | None = None

    def read(
        self, scope: Scope, catalogue: Catalogue, units: Sequence[str], org: OrgView, year: int | None = None
    ) -> dict[str, UnitLedger]:
        """The ledger of each unit, with no outcome after the last month that the scope allows there: all months, or those
        of one year.

        NotPermitted when one of the units is outside the scope.
        """
        ends = _ends(scope, catalogue, units)
        with reading(self._engine) as connection:
            facts = self._facts_of(connection, catalogue)
            found = read_ledgers(connection, catalogue.ledger_accounts, units, org, facts, year)
        return {unit: ledger.until(ends[unit]) for unit, ledger in found.items()}

    def submitted(
        self, scope: Scope, catalogue: Catalogue, units: Sequence[str], org: OrgView
    ) -> dict[str, tuple[Submitted, ...]]:
        """The forecasts submitted at each unit, oldest first, none submitted after the last month that the scope allows
        there. NotPermitted when one of the units is outside the scope.
        """
        ends = _ends(scope, catalogue, units)
        with reading(self._engine) as connection:
            found = read_submitted(connection, catalogue.ledger_accounts, units, org)
        return {
            unit: tuple(one for one in submitted if (end := ends[unit]) is None or one.month <= end)
            for unit, submitted in found.items()
        }

    def cost_centres(
        self, scope: Scope, catalogue: Catalogue, unit: str, first: Month, last: Month
    ) -> tuple[CostCentreLine, ...]:
        """The unit's own kostnadsställen over the months, by account. NotPermitted outside the scope."""
        through = _ends(scope, catalogue, (unit,))[unit]
        with reading(self._engine) as connection:
            return read_cost_centres(connection, catalogue.ledger_accounts, unit, first, last, through)

    def _facts_of(self, connection: Connection, catalogue: Catalogue) -> LedgerFacts:
        """Kept as long as nothing is loaded: finding them takes a walk through every entry."""
        meta = tables.meta.c
        version = connection.execute(select(meta.value).where(meta.key == "data_version")).scalar_one()
        known = self._facts
        if known is None or (known.version, known.fingerprint) != (int(version), catalogue.fingerprint):
            known = self._facts = read_facts(connection, catalogue)
        return known


def _ends(scope: Scope, catalogue: Catalogue, units: Sequence[str]) -> dict[str, Month | None]:
    """The last month that may be seen of each unit's ledger. NotPermitted when one is outside the scope."""
    key = catalogue.ledger_seen_with
    for unit in units:
        scope.demand_measure(unit, key)
    return {unit: scope.through(unit, key) for unit in units}
