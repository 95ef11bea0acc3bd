"""The words of Produktion och bemanning: what more årsarbetare gave, and the page's tiles."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.analysis.economy.production import AGREED, COST, STAFF, TOTAL_STAFF, Production, SinceBase
from hsf_kpi.figures.economy.production_titles import STILL
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.swedish.numbers import SPACE, number
from hsf_kpi.swedish.words import sentence_start


def production_finding(found: Production) -> str:
    """«Årsarbetarna är 6,3 % fler än 2019, besöken 1,2 % fler», as far as each is known."""
    since = {one.key: one for one in found.since}
    staff = since.get(STAFF)
    made = [(one, one.percent) for one in found.since if one.key in AGREED and one.percent is not None]
    year = found.base_year
    if staff is None or staff.percent is None:
        if not made:
            return f"Varken produktion eller bemanning kan jämföras med {year} här"
        first, percent = made[0]
        than = _than(percent, year)
        return f"{sentence_start(_the(first))} är {_more(percent)} {than}; bemanningen kan inte jämföras"
    start = f"Årsarbetarna är {_more(staff.percent)} {_than(staff.percent, year)}"
    if not made:
        return f"{start}; produktionen kan inte jämföras"
    told = [f"{_the(one)} {_more(percent)}" for one, percent in made[:2]]
    whole = f"{start}, {' och '.join(told)}"
    return whole if len(whole) <= 100 else f"{start}, {told[0]}"


def production_tiles(found: Production) -> tuple[WordsTile, ...]:
    """Staff, then what it produced, then what it cost: change against the base year, and against last year."""
    by = {one.key: one for one in found.since}
    order = [STAFF, TOTAL_STAFF, *(key for key in AGREED if key in by), COST]
    shown = [by[key] for key in order if key in by]
    # What nothing can be said of is told in the table below; the tiles are for what can.
    known = [one for one in shown if one.percent is not None] or shown
    return tuple(_tile(one) for one in known[:4])


def _tile(one: SinceBase) -> WordsTile:
    if one.percent is None:
        return WordsTile(one.key, one.title, "–", "", (one.why_none or "Kan inte jämföras.",))
    last = one.percent_last_year
    lines = [f"mot samma månader {one.base_year}"]
    if last is not None:
        lines.append(f"{number(last, 1, sign=True)}{SPACE}% mot samma månader förra året")
    return WordsTile(one.key, one.title, number(one.percent, 1, sign=True), "%", tuple(lines))


def _more(percent: Fraction) -> str:
    if abs(percent) < STILL:
        return "ungefär lika många"
    return f"{number(abs(percent), 1)}{SPACE}% {'fler' if percent > 0 else 'färre'}"


def _than(percent: Fraction, year: int) -> str:
    """«lika många som», «fler än»"""
    return f"{'som' if abs(percent) < STILL else 'än'} {year}"


def _the(one: SinceBase) -> str:
    return _THE.get(one.key, one.title.lower())


_THE = {
    "besok": "besöken",
    "vardtillfallen": "vårdtillfällena",
    "operationer": "operationerna",
    "drg-per-arsarbetare": "DRG-poängen",
}
