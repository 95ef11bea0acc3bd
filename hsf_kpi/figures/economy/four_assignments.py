"""The four assignments of one unit, a tile each: its own month, and whether it did as the assignment says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hsf_kpi.analysis.economy.improvements import ImprovementTotals
from hsf_kpi.analysis.economy.restriktivitet import Restriktivitet
from hsf_kpi.analysis.economy.types import Compliance, ComplianceRow, Verdict
from hsf_kpi.figures.economy.assignments import compliance_tiles, improvements_tiles, restriktivitet_tiles
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Status
from hsf_kpi.swedish.words import STATUS_SHAPE

_VERDICT = {
    Verdict.COMPLIED: f"{STATUS_SHAPE[Status.MET]} Följs",
    Verdict.MOVED: f"{STATUS_SHAPE[Status.MET]} Följs, beslutad omflyttning",
    Verdict.BROKE: f"{STATUS_SHAPE[Status.MISSED]} Följs inte",
    Verdict.UNKNOWN: f"{STATUS_SHAPE[Status.NOT_ASSESSABLE]} Kan inte bedömas",
}


def four_assignments(
    spending: Restriktivitet | None,
    staff: Compliance | None,
    hired: Compliance | None,
    improvements: ImprovementTotals | None,
) -> tuple[WordsTile, ...]:
    """In the order of the assignments; one that may not be seen is left out."""
    names: Mapping[str, str] = {}
    tiles: list[WordsTile] = []
    if spending is not None:
        tiles.append(_spending(spending, restriktivitet_tiles(spending)[0]))
    for found, name in ((staff, "Antal medarbetare"), (hired, "Hyrpersonal")):
        if found is not None:
            tile = compliance_tiles(found, names, ())[0]
            tiles.append(_named(tile, f"u-{found.assignment}", name, _verdict_line(found.whole)))
    if improvements is not None:
        tile = improvements_tiles(improvements)[0]
        tiles.append(replace(tile, id="u-forbattring", name="Förbättringsarbete"))
    return tuple(tiles)


def _named(tile: WordsTile, id_: str, name: str, verdict: str) -> WordsTile:
    return replace(tile, id=id_, name=name, lines=(verdict, *tile.lines[:2]))


def _verdict_line(row: ComplianceRow) -> str:
    """«■ Följs inte, 3 månader i rad»"""
    verdict = row.cells[-1].verdict
    run = row.broke_in_row if verdict is Verdict.BROKE else row.in_row
    words = _VERDICT[verdict]
    return words if verdict is Verdict.UNKNOWN or run < 2 else f"{words}, {run} månader i rad"


def _spending(found: Restriktivitet, tile: WordsTile) -> WordsTile:
    cost = found.whole.to_date
    # The cost is to fall; nothing after nothing complies, as for hired staff.
    follows = cost.fell or cost.now == cost.last_year == 0
    verdict = Verdict.UNKNOWN if cost.fell is None else Verdict.COMPLIED if follows else Verdict.BROKE
    return _named(tile, "u-restriktivitet", "Restriktivitet", _VERDICT[verdict])
