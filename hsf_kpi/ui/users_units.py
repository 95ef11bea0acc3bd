"""The units of today's organisation as a list to choose from, for those who hand out roles: names, no figures."""

from __future__ import annotations

from hsf_kpi.workspace import Workspace


def unit_paths(workspace: Workspace) -> dict[str, str]:
    """Unit id → «AS › Kirurgkliniken», depth first in the organisation's order, the root first."""
    organisation, today = workspace.catalogue.organisation, workspace.state().today
    found = {}
    for unit_id in organisation.below(organisation.root, today):
        *above, own = [organisation.units[u] for u in organisation.path(unit_id, today)]
        names = [unit.short_name or unit.name for unit in above[1:]]
        found[unit_id] = " › ".join((*names, own.name)) if above else "Hela förvaltningen"
    return found
