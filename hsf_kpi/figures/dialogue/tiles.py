"""Three tiles about the year's result: the own forecast, the ledger's latest, and the budget."""

from __future__ import annotations

from hsf_kpi.analysis.handed_in import UnitHandIn
from hsf_kpi.figures.dialogue.words import signed
from hsf_kpi.figures.economy.words import mnkr, mnkr_text, shown
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.swedish.dates import date_text

NONE = "–"


def forecast_tiles(found: UnitHandIn) -> tuple[WordsTile, ...]:
    """Own forecast, lämnad prognos, årets budget: never mixed, each held against the others in words."""
    return (_own(found), _latest(found), _budget(found))


def _own(found: UnitHandIn) -> WordsTile:
    id_, name, one = "egen-prognos", "Egen prognos", found.forecast
    if one is None:
        return WordsTile(id_, name, NONE, "", ("Ingen egen prognos är lämnad för månaden.",))
    lines = (
        _against(one.result, None if found.budget is None else found.budget.result, "årets budget"),
        _against(one.result, None if found.latest is None else found.latest.result, "lämnad prognos")
        if found.moved is not None
        else "",
        signed(one.written),
    )
    return _tile(id_, f"{name} {one.year}", one.result, *lines)


def _latest(found: UnitHandIn) -> WordsTile:
    id_, name, one = "lamnad-prognos", "Lämnad prognos", found.latest
    if one is None:
        return WordsTile(id_, name, NONE, "", ("Ingen prognos är lämnad i huvudboken.",))
    whole = one.units >= one.expected
    lines = (
        "" if whole else f"* {one.units} av {one.expected} verksamheter har lämnat",
        _against(one.result, found.budget.result, "årets budget")
        if found.budget is not None and whole
        else "",
        f"Ur huvudboken, {date_text(one.made)}",
    )
    return _tile(id_, f"{name} {one.year}", one.result, *lines, star="" if whole else "*")


def _budget(found: UnitHandIn) -> WordsTile:
    id_, name, one = "arsbudget", "Årets budget, resultat", found.budget
    if one is None:
        return WordsTile(id_, name, NONE, "", ("Budget saknas.",))
    provision = f"varav underskottsposten {mnkr_text(one.provision, sign=True)}" if one.provision else ""
    return _tile(id_, name, one.result, provision)


def _tile(id_: str, name: str, kronor: int, *lines: str, star: str = "") -> WordsTile:
    return WordsTile(id_, name, f"{mnkr(kronor)}{star}", "mnkr", tuple(line for line in lines if line))


def _against(kronor: int, other: int | None, what: str) -> str:
    """«54,6 mnkr sämre än årets budget», «Lika med årets budget»: the difference of the two as they are shown."""
    if other is None:
        return ""
    apart = shown(kronor) - shown(other)
    if not apart:
        return f"Lika med {what}"
    return f"{mnkr_text(abs(apart))} {'bättre' if apart > 0 else 'sämre'} än {what}"
