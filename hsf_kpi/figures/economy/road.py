"""The words of Vägen till −800: the sentence that answers the page's question, and its four tiles."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hsf_kpi.analysis.economy.types import NoForecast, RunRate, TargetPath, Trajectory, Yardstick
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.ledger import MNKR, Submitted
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.swedish.dates import date_text, month_name, month_short, period_text
from hsf_kpi.swedish.numbers import SPACE, number

OWN_BUDGET, ZERO = "den egna budgeten", "0"


def road_finding(found: Trajectory, *, own_budget: bool) -> str:
    """«Resten av året krävs ett plus på 30,5 mnkr i månaden för att nå −800», or why that can't be said."""
    year = found.year
    if found.to_date is None:
        return f"Inget utfall är bokfört för {year} än"
    path = found.target(Yardstick.PROVISION)
    if path is None:
        return f"Resultatet är {_mnkr(found.to_date)} till och med {month_name(found.month)}; budget saknas för {year}"
    goal = _goal(path, own_budget)
    if not found.judged:
        return f"Underlaget för {year} är inte helt, så vägen till {goal} kan inte bedömas"
    if found.month.number == 12:
        distance = found.to_date - path.year_end
        return f"Året slutade {_distance(distance)} {goal}"
    rate = _rate(found, Yardstick.PROVISION)
    assert rate is not None
    assert rate.needed is not None
    sign = "ett plus" if rate.needed > 0 else "högst ett minus"
    if not rate.needed:
        return f"Resten av året krävs ett nollresultat för att nå {goal}"
    return f"Resten av året krävs {sign} på {_mnkr(abs(rate.needed))} i månaden för att nå {goal}"


def needed_words(found: Trajectory) -> str:
    """«Krävs +30,5 mnkr i månaden för −800», for a tile; "" where nothing can be required."""
    rate, path = _rate(found, Yardstick.PROVISION), found.target(Yardstick.PROVISION)
    if rate is None or path is None or rate.needed is None:
        return ""
    own = len(found.targets) < 2
    return f"Krävs {_mnkr(rate.needed, sign=True)} i månaden för {_goal(path, own)}"


def road_tiles(found: Trajectory, yardstick: Yardstick, *, own_budget: bool) -> tuple[WordsTile, ...]:
    """Result to date, forecast, and what each month left must give: for −800 and for 0, or for the own budget."""
    tiles = [_result(found, yardstick, own_budget), _forecast(found, own_budget)]
    tiles += [_needed(found, rate, own_budget) for rate in reversed(found.run_rates)]
    if len(found.run_rates) < 2:
        tiles.append(_average(found))
    return tuple(tiles)


def _result(found: Trajectory, yardstick: Yardstick, own_budget: bool) -> WordsTile:
    name = f"Periodresultat {period_text(Period(found.month, Window.YTD))}"
    if found.to_date is None:
        return WordsTile("resultat", name, "–", "", ("Inget utfall är bokfört.",))
    star = "" if found.judged else "*"
    return WordsTile(
        "resultat", name, f"{_bare(found.to_date)}{star}", "mnkr", tuple(_held(found, yardstick, own_budget))
    )


def _held(found: Trajectory, yardstick: Yardstick, own_budget: bool) -> Iterator[str]:
    """What the result is held against: the chosen yardstick first, the other ones after."""
    assert found.to_date is not None
    if found.gaps:
        yield f"* utan {', '.join(month_short(month) for month in found.gaps)}, bedöms inte"
        return
    if found.partial:
        yield "* någon verksamhet saknas, bedöms inte"
        return
    held = {path.yardstick: path for path in found.targets}
    if not held:
        yield "Budget saknas"
    order = sorted(held, key=lambda one: one is not yardstick)
    at = found.month.number - 1
    for one in order:
        against = held[one].accumulated[at]
        yield f"{_compare(found.to_date - against)} {_road(held[one], own_budget)}"
    if found.last_year_to_date is not None:
        line = f"{_compare(found.to_date - found.last_year_to_date)} samma period {found.year - 1}"
        yield line


def _road(path: TargetPath, own_budget: bool) -> str:
    if own_budget:
        return "den egna budgeten"
    if path.yardstick is Yardstick.PROVISION:
        return f"vägen till {_whole(path.year_end)}"
    return "budgeten (0)" if not path.year_end else f"budgeten ({_whole(path.year_end)})"


def _forecast(found: Trajectory, own_budget: bool) -> WordsTile:
    latest, lines = found.latest, []
    statistical = found.statistical
    said = (
        ""
        if isinstance(statistical, NoForecast)
        else (
            f"Statistisk prognos: {_whole(statistical.low80[-1])} till {_whole(statistical.high80[-1])} mnkr (80{SPACE}%)"
        )
    )
    if latest is None:
        return WordsTile(
            "prognos",
            f"Helårsprognos {found.year}",
            "–",
            "",
            tuple(filter(None, ("Ingen prognos är lämnad.", said))),
        )
    path = found.target(Yardstick.PROVISION)
    if path is not None:
        lines.append(f"{_distance(latest.result - path.year_end)} {_goal(path, own_budget)}")
    zero = found.target(Yardstick.BUDGET)
    if zero is not None and zero is not path:
        lines.append(f"{_distance(latest.result - zero.year_end)} {_goal(zero, own_budget)}")
    lines.append(_handed_in(latest, found))
    if said:
        lines.append(said)
    return WordsTile("prognos", f"Helårsprognos {found.year}", _whole(latest.result), "mnkr", tuple(lines))


def _handed_in(latest: Submitted, found: Trajectory) -> str:
    """«Lämnad 2023-10-20, 28 mnkr sämre än i september»; how many have, where not all."""
    words = f"Lämnad {date_text(latest.made)}"
    if latest.units < latest.expected:
        words += f" av {latest.units} av {latest.expected} verksamheter"
    before = found.submitted[-2] if len(found.submitted) > 1 else None
    if before is None:
        return words
    moved = latest.result - before.result
    month = month_name(before.month)
    if not round(Fraction(moved, MNKR)):
        return f"{words}, oförändrad sedan {month}"
    return f"{words}, {_whole(abs(moved))} mnkr {'bättre' if moved > 0 else 'sämre'} än i {month}"


def _needed(found: Trajectory, rate: RunRate, own_budget: bool) -> WordsTile:
    path = found.target(rate.yardstick)
    goal = _goal(path, own_budget) if path is not None else "målet"
    name = f"Krävs per månad för {goal}"
    id_ = f"krav-{rate.yardstick.value}"
    if rate.needed is None:
        why = "Året är slut: inga månader är kvar." if not rate.months_left else "Underlaget är inte helt."
        return WordsTile(id_, name, "–", "", (why,))
    left = f"i {_counted(rate.months_left, found.month)}"
    return WordsTile(id_, name, _bare(rate.needed, sign=True), "mnkr", (left, _so_far(found)))


def _counted(left: int, month: Month) -> str:
    """«november och december», «de 9 månader som är kvar»"""
    if left == 1:
        return "december"
    return "november och december" if left == 2 else f"de {left} månader som är kvar"


def _average(found: Trajectory) -> WordsTile:
    value = "–" if found.average is None else _bare(found.average, sign=True)
    return WordsTile(
        "snitt", "Hittills i snitt per månad", value, "mnkr" if found.average is not None else "", ()
    )


def _so_far(found: Trajectory) -> str:
    return "" if found.average is None else f"Hittills i snitt {_mnkr(found.average, sign=True)}"


def _rate(found: Trajectory, yardstick: Yardstick) -> RunRate | None:
    by = {rate.yardstick: rate for rate in found.run_rates}
    return by.get(yardstick) or by.get(Yardstick.BUDGET)


def _goal(path: TargetPath, own_budget: bool) -> str:
    return OWN_BUDGET if own_budget else _whole(path.year_end) if path.year_end else ZERO


def _distance(amount: int) -> str:
    """«178 mnkr under», «12 mnkr över», «precis på»"""
    if not round(Fraction(amount, MNKR)):
        return "precis på"
    return f"{_whole(abs(amount))} mnkr {'över' if amount > 0 else 'under'}"


def _compare(amount: int) -> str:
    if not round(Fraction(amount * 10, MNKR)):
        return "Lika med"
    return f"{_mnkr(abs(amount))} {'bättre' if amount > 0 else 'sämre'} än"


def _mnkr(amount: int | Fraction, *, sign: bool = False) -> str:
    return f"{_bare(amount, sign=sign)}{SPACE}mnkr"


def _bare(amount: int | Fraction, *, sign: bool = False) -> str:
    return number(Fraction(amount, MNKR), 1, sign=sign)


def _whole(amount: int | Fraction) -> str:
    return number(Fraction(amount, MNKR), 0)
