"""How a table of the economy writes its cells: kronor as mnkr or tkr, signs, what is unknown, and which rows are sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.figures.economy import words
from hsf_kpi.figures.figure import Context
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_name_short, month_short
from hsf_kpi.swedish.numbers import MOST_DECIMALS, SPACE, number

UNKNOWN = "–"
TKR = 1000

SUM_END = SPACE
"""A cell that ends so belongs to a sum: the page writes it bold. It is seen nowhere and copied as a space."""


def mnkr(
    kronor: int | Fraction | None, *, sign: bool = False, decimals: int = 1, unknown: str = UNKNOWN
) -> str:
    """−194 300 000 → «−194,3»; `unknown` for None."""
    return unknown if kronor is None else words.mnkr(kronor, decimals, sign=sign)


def with_mnkr(kronor: int | Fraction, *, sign: bool = False) -> str:
    """«−194,3 mnkr»; a difference below 50 000 kronor in tkr, so that it does not read as zero."""
    exact = Fraction(kronor)
    if exact and abs(exact) < MNKR // 20:
        return f"{told(exact / TKR, 0, sign=sign)}{SPACE}tkr"
    return f"{mnkr(kronor, sign=sign)}{SPACE}mnkr"


def told(value: Fraction, decimals: int, *, sign: bool = False) -> str:
    """A number that is not zero does not read as zero: it gets the decimals it needs, at most four."""
    while value and decimals < MOST_DECIMALS and number(value, decimals) == number(0, decimals):
        decimals += 1
    return number(value, decimals, sign=sign)


def percent(share: Fraction | None) -> str:
    """«−2,9 %», signed; a dash without a base."""
    return UNKNOWN if share is None else f"{number(share, 1, sign=True)}{SPACE}%"


def as_sum(text: str) -> str:
    """The text of a cell in a row that is a sum."""
    return f"{text}{SUM_END}" if text else text


def span(months: Sequence[Month]) -> str:
    """«jan–okt 2023», «okt 2023», «nov 2022–jan 2023»; "" without months."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first == last:
        return month_short(last)
    if first.year == last.year:
        return f"{month_name_short(first.number)}–{month_short(last)}"
    return f"{month_short(first)}–{month_short(last)}"


def over(context: Context, months: Sequence[Month], view: str = "") -> Context:
    """The page's context with the months that a figure itself shows."""
    return replace(context, period=span(months) or context.period, view=view)


def joined(names: Sequence[str]) -> str:
    """«a», «a och b», «a, b och c»"""
    return " och ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
