"""The words of Vägen till −800: the sentence that answers the page's question, and its four tiles."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.analysis.economy.types import (
    NoForecast,
    RunRate,
    StatisticalForecast,
    TargetPath,
    Trajectory,
    Yardstick,
)
from hsf_kpi.figures.economy.words import estimate_decimals, goal_words, listed, mnkr, mnkr_text, shown
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.ledger import Submitted
from hsf_kpi.model.period import Period, Window
from hsf_kpi.swedish.dates import date_text, month_name, period_text
from hsf_kpi.swedish.numbers import SPACE

OWN_BUDGET = "den egna budgeten"
FEW = 3
"""Missing months that are named in a tile; more of them are counted."""


def road_finding(found: Trajectory, *, own_budget: bool) -> str:
    """«Resten av året krävs ett plus på 30,5 mnkr i månaden för att nå −800», or why that can't be said."""
    year = found.year
    if found.to_date is None:
        return f"Inget resultat är bokfört för {year} till och med {month_name(found.month)}"
    path = found.target(Yardstick.PROVISION)
    if path is None:
        if not found.judged:
            return f"Underlaget för {year} är inte helt, och budget saknas"
        return f"Resultatet är {mnkr_text(found.to_date)} till och med {month_name(found.month)}; budget saknas för {year}"
    goal = _goal(path, own_budget)
    if not found.judged:
        return f"Underlaget för {year} är inte helt, så vägen till {goal} kan inte bedömas"
    rate = _rate(found, Yardstick.PROVISION)
    if rate is None or rate.needed is None:
        return f"Året slutade {_distance(found.to_date, path.year_end, 1)} {goal}"
    when, each = ("I december", "") if rate.months_left == 1 else ("Resten av året", " i månaden")
    if not shown(rate.needed):
        return f"{when} krävs ett nollresultat för att nå {goal}"
    amount = f"{mnkr_text(abs(rate.needed))}{each}"
    if rate.needed < 0:
        return f"{when} får minuset vara högst {amount} för att nå {goal}"
    return f"{when} krävs ett plus på {amount} för att nå {goal}"


def needed_words(found: Trajectory) -> str:
    """«Krävs +30,5 mnkr i månaden för −800», for a tile; "" where nothing can be required."""
    rate, path = _rate(found, Yardstick.PROVISION), found.target(Yardstick.PROVISION)
    if rate is None or path is None or rate.needed is None:
        return ""
    own = len(found.targets) < 2
    when = "i december" if rate.months_left == 1 else "i månaden"
    return f"Krävs {mnkr_text(rate.needed, sign=True)} {when} för {_goal(path, own)}"


def road_tiles(found: Trajectory, yardstick: Yardstick, *, own_budget: bool) -> tuple[WordsTile, ...]:
    """Result to date, forecast, and what each month left must give: for −800 and for 0, or for the own budget."""
    tiles = [_result(found, yardstick, own_budget), _forecast(found, own_budget)]
    tiles += [_needed(found, rate, own_budget) for rate in reversed(found.run_rates)]
    if len(found.run_rates) < 2:
        tiles.append(_average(found))
    return tuple(tiles)


def _result(found: Trajectory, yardstick: Yardstick, own_budget: bool) -> WordsTile:
    name = f"{'Periodresultat' if _held_to_zero(found) else 'Resultat'} {period_text(Period(found.month, Window.YTD))}"
    if found.to_date is None:
        return WordsTile("resultat", name, "–", "", ("Inget resultat är bokfört.",))
    return WordsTile(
        "resultat",
        name,
        f"{mnkr(found.to_date)}{_star(found)}",
        "mnkr",
        tuple(_held(found, yardstick, own_budget)),
    )


def _held(found: Trajectory, yardstick: Yardstick, own_budget: bool) -> Iterator[str]:
    """What the result is held against: the chosen yardstick first, the other ones after."""
    assert found.to_date is not None
    if not found.judged:
        yield _why_starred(found)
        return
    if not found.targets:
        yield "Budget saknas"
    at = found.month.number - 1
    lines = {
        path.yardstick: f"{_compare(found.to_date - path.accumulated[at])} {_road(path, own_budget)}"
        f"{', periodresultatet' if own_budget else ''}"
        for path in found.targets
    }
    before = f"samma period {found.year - 1}"
    if found.last_year_to_date is not None:
        lines[Yardstick.LAST_YEAR] = f"{_compare(found.to_date - found.last_year_to_date)} {before}"
    elif yardstick is Yardstick.LAST_YEAR:
        yield f"Resultatet {before} är inte känt"
    yield from (lines[one] for one in sorted(lines, key=lambda one: one is not yardstick))


def _why_starred(found: Trajectory) -> str:
    """«* utan maj, bedöms inte»"""
    if len(found.gaps) > FEW:
        return f"* utan {how_many(len(found.gaps))} av årets månader, bedöms inte"
    if found.gaps:
        return f"* utan {listed([month_name(month) for month in found.gaps])}, bedöms inte"
    return "* någon verksamhet saknas, bedöms inte"


def _road(path: TargetPath, own_budget: bool) -> str:
    if own_budget:
        return OWN_BUDGET
    goal = goal_words(path.year_end)
    return f"vägen till {goal}" if path.yardstick is Yardstick.PROVISION else f"budgeten ({goal})"


def _held_to_zero(found: Trajectory) -> bool:
    """Whether the budget's result is 0, so that the result is the plan's «periodresultat», the deviation from budget. Of
    every other unit the two are different numbers, and never share a name.
    """
    path = found.target(Yardstick.BUDGET)
    return path is not None and not path.year_end


def _forecast(found: Trajectory, own_budget: bool) -> WordsTile:
    latest = found.latest
    name = f"{'Helårsprognos' if _held_to_zero(found) else 'Prognos för resultatet'} {found.year}"
    if latest is None:
        none = ("Ingen prognos är lämnad.", _statistical(found.statistical))
        return WordsTile("prognos", name, "–", "", tuple(filter(None, none)))
    whole = latest.units >= latest.expected
    decimals = estimate_decimals([latest.result, *(path.year_end for path in found.targets)])
    if whole:
        held = ", ".join(
            f"{_distance(latest.result, path.year_end, decimals)} {_goal(path, own_budget)}"
            for path in reversed(found.targets)
        )
        if own_budget and found.targets:
            held = f"{held} (helårsprognosen)"
    else:
        held = f"* {latest.units} av {latest.expected} verksamheter har lämnat, bedöms inte"
    lines = (held, _handed_in(latest, found), _statistical(found.statistical))
    value = f"{mnkr(latest.result, decimals)}{'' if whole else '*'}"
    return WordsTile("prognos", name, value, "mnkr", tuple(filter(None, lines)))


def _statistical(found: StatisticalForecast | NoForecast) -> str:
    """«Statistisk prognos: −1 031 till −932 mnkr (80 %)»; "" without one."""
    if isinstance(found, NoForecast) or not found.middle:
        return ""
    low, high = found.low80[-1], found.high80[-1]
    places = estimate_decimals([low, high])
    return f"Statistisk prognos: {mnkr(low, places)} till {mnkr_text(high, places)} (80{SPACE}%)"


def _handed_in(latest: Submitted, found: Trajectory) -> str:
    """«Lämnad 2023-10-20, 28 mnkr sämre än i september»; sums of not the same units are not compared."""
    words = f"Lämnad {date_text(latest.made)}"
    before = found.submitted[-2] if len(found.submitted) > 1 else None
    if before is None or before.units < before.expected or latest.units < latest.expected:
        return words
    decimals = estimate_decimals([latest.result, before.result])
    moved = shown(latest.result, decimals) - shown(before.result, decimals)
    month = month_name(before.month)
    if not moved:
        return f"{words}, oförändrad sedan {month}"
    return f"{words}, {mnkr_text(abs(moved), decimals)} {'bättre' if moved > 0 else 'sämre'} än i {month}"


def _needed(found: Trajectory, rate: RunRate, own_budget: bool) -> WordsTile:
    path = found.target(rate.yardstick)
    goal = _goal(path, own_budget) if path is not None else "målet"
    name = f"Krävs per månad för {goal}"
    id_ = f"krav-{rate.yardstick.value}"
    if rate.needed is None:
        return WordsTile(id_, name, "–", "", (_why_none_needed(found, rate),))
    # Where there is one line only, the mean so far has a tile of its own.
    lines = (f"i {_counted(rate.months_left)}", _so_far(found) if len(found.run_rates) > 1 else "")
    return WordsTile(id_, name, mnkr(rate.needed, sign=True), "mnkr", tuple(filter(None, lines)))


def _why_none_needed(found: Trajectory, rate: RunRate) -> str:
    if not rate.months_left:
        return "Året är slut: inga månader är kvar."
    return "Inget resultat är bokfört." if found.to_date is None else "Underlaget är inte helt."


def _counted(left: int) -> str:
    """«december», «november och december», «de nio månader som är kvar»"""
    if left == 1:
        return "december"
    return "november och december" if left == 2 else f"de {how_many(left)} månader som är kvar"


def _average(found: Trajectory) -> WordsTile:
    name = "Hittills i snitt per månad"
    if found.average is None:
        return WordsTile("snitt", name, "–", "", ("Inget resultat är bokfört.",))
    lines = (f"till och med {month_name(found.month)}",) if found.judged else (_why_starred(found),)
    return WordsTile("snitt", name, f"{mnkr(found.average, sign=True)}{_star(found)}", "mnkr", lines)


def _so_far(found: Trajectory) -> str:
    return "" if found.average is None else f"Hittills i snitt {mnkr_text(found.average, sign=True)}"


def _star(found: Trajectory) -> str:
    return "" if found.judged else "*"


def _rate(found: Trajectory, yardstick: Yardstick) -> RunRate | None:
    by = {rate.yardstick: rate for rate in found.run_rates}
    return by.get(yardstick) or by.get(Yardstick.BUDGET)


def _goal(path: TargetPath, own_budget: bool) -> str:
    return OWN_BUDGET if own_budget else goal_words(path.year_end)


def _distance(amount: int, target: int, decimals: int) -> str:
    """«178 mnkr under», «12 mnkr över», «precis på»: the difference between the two as they are shown."""
    apart = shown(amount, decimals) - shown(target, decimals)
    if not apart:
        return "precis på"
    return f"{mnkr_text(abs(apart), decimals)} {'över' if apart > 0 else 'under'}"


def _compare(amount: int) -> str:
    if not shown(amount):
        return "Lika med"
    return f"{mnkr_text(abs(amount))} {'bättre' if amount > 0 else 'sämre'} än"
