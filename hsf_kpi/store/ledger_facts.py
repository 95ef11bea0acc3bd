"""What a whole ledger is: its months, and which loads the figures of each unit come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Origin
from hsf_kpi.model.period import Month
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORIGIN_OF
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.state import read_meta, state_of


@dataclass(frozen=True)
class LedgerFacts:
    """months: from the first to the last with a sum, following on each other. loads: the unit of an entry → the loads
    that its live entries came with. texts, origins: by load.
    """

    version: int
    fingerprint: str
    months: tuple[Month, ...]
    paths: Mapping[OrgView, Mapping[str, frozenset[int]]]
    texts: Mapping[int, str]
    origins: Mapping[int, Origin]

    def sources(self, unit: str, org: OrgView) -> tuple[str, ...]:
        """The sources of a unit's ledger, in the order they were loaded, each once."""
        return tuple(dict.fromkeys(self.texts[load] for load in sorted(self._loads(unit, org))))

    def origins_of(self, unit: str, org: OrgView) -> frozenset[Origin]:
        return frozenset(self.origins[load] for load in self._loads(unit, org))

    def _loads(self, unit: str, org: OrgView) -> frozenset[int]:
        return self.paths[org].get(unit, frozenset())


def read_facts(connection: Connection, catalogue: Catalogue) -> LedgerFacts:
    meta = read_meta(connection)
    today = state_of(meta).today
    t, load = tables.ledger_entry.c, tables.load.c
    spans = connection.execute(
        select(t.unit, t.load_id, func.min(t.month), func.max(t.month))
        .where(t.superseded_by.is_(None))
        .group_by(t.unit, t.load_id)
    ).all()
    keys = {number: key for key, number in ids_of(connection, tables.unit).items()}
    organisation = catalogue.organisation
    found: dict[OrgView, dict[str, set[int]]] = {view: {} for view in OrgView}
    for number, load_id, first, last in spans:
        unit = organisation.units.get(keys[number])
        if unit is None:  # no definition gives it a place; the next load refuses to go on without
            continue
        starts = [p.first for p in unit.placements if p.first is not None and first <= p.first.index <= last]
        for view in OrgView:
            for month in (Month(first), *starts, Month(last)):
                for above in organisation.ancestors(unit.id, month, view, today):
                    found[view].setdefault(above, set()).add(load_id)
    loads = connection.execute(select(load.id, load.source, load.origin)).all()
    months = (min(span[2] for span in spans), max(span[3] for span in spans) + 1) if spans else (0, 0)
    return LedgerFacts(
        int(meta["data_version"]),
        catalogue.fingerprint,
        tuple(Month(index) for index in range(*months)),
        {view: {unit: frozenset(ids) for unit, ids in by.items()} for view, by in found.items()},
        {number: text for number, text, _ in loads},
        {number: ORIGIN_OF[code] for number, _, code in loads},
    )
