"""What the figures of production find: more or fewer since the base year, and how much of what was agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.production import COST, STAFF, TOTAL_STAFF, AgainstAgreed, SinceBase
from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.swedish.numbers import SPACE, number

BASE = Fraction(100)
STILL = Fraction(1, 2)
"""Percent: less than this either way is told as unchanged (our convention)."""
SINGULAR = frozenset({TOTAL_STAFF, COST})
_PLAIN: Mapping[str, str] = {
    "besok": "besöken",
    "vardtillfallen": "vårdtillfällena",
    "operationer": "operationerna",
}


def changes_of(since: Sequence[SinceBase]) -> dict[str, tuple[str, Fraction]]:
    """Key → title and change in percent, of the chosen months."""
    return {one.key: (one.title, one.percent) for one in since if one.percent is not None}


def latest_of(drawn: Sequence[IndexSeries]) -> dict[str, tuple[str, Fraction]]:
    """The same of the index's last month, as the picture shows it."""
    found = {one.key: (one.title, one.values[-1]) for one in drawn}
    return {key: (title, value - BASE) for key, (title, value) in found.items() if value is not None}


def since_titles(changes: Mapping[str, tuple[str, Fraction]], strong: str, base: str) -> Iterator[str]:
    """«4,2 % fler årsarbetare än jan–okt 2019; besöken 1,6 % fler», and shorter ones. base: the period compared with."""
    others = [key for key in _PLAIN if key in changes]
    if strong not in changes:
        if not changes:
            yield "Index kan inte räknas"
            return
        key, (title, change) = next(iter(changes.items()))
        yield f"{title} är {_more(key, change)} {base}" if _share(change) else f"{title} är som {base}"
        return
    title, change = changes[strong]
    start = (
        f"{_more(strong, change, title.lower())} {base}"
        if strong == STAFF
        else f"{title} är {_more(strong, change)} {base}"
    )
    for key in others[:1]:
        other = changes[key][1]
        more = f"{_share(other)} {'fler' if other > 0 else 'färre'}" if _share(other) else "lika många"
        yield f"{start}; {_PLAIN[key]} {more}"
    yield start


def _share(change: Fraction) -> str:
    """«4,3 %», as the heading and the tiles say it; "" for less than half a percent."""
    return f"{number(abs(change), 1)}{SPACE}%" if abs(change) >= STILL else ""


def _more(key: str, change: Fraction, what: str = "") -> str:
    """«4,2 % fler årsarbetare än», «lika många årsarbetare som», «4,2 % högre än»"""
    counted = key not in SINGULAR
    word = ("fler" if change > 0 else "färre") if counted else ("högre" if change > 0 else "lägre")
    words = f"{_share(change)} {word}" if _share(change) else "Lika många" if counted else "lika hög"
    return f"{words}{f' {what}' if what else ''} {'än' if _share(change) else 'som'}"


def agreed_titles(against: Sequence[AgainstAgreed]) -> Iterator[str]:
    known = [(one, share) for one in against if (share := one.percent) is not None]
    if not known:
        yield "Produktionen kan inte jämföras med något överenskommet"
        return
    worst, share = min(known, key=lambda pair: pair[1])
    reached = sum(percent_ >= 100 for _, percent_ in known)
    if reached == len(known):
        yield "All produktion når det överenskomna"
        return
    # 99,7 % is not reached, and does not read as 100.
    decimals = 0 if number(share, 0) != number(100, 0) else 1
    yield f"{worst.title} når {number(share, decimals)}{SPACE}% av det överenskomna"
    yield f"{how_many(reached, capital=True)} av {how_many(len(known))} slag av produktion når det överenskomna"
