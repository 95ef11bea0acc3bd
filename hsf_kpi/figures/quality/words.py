"""How the pages about the data write a load, a file's row, a stored number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from hsf_kpi.figures.figure import Context
from hsf_kpi.model.aggregation import FIXED, from_fixed
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month
from hsf_kpi.model.provenance import Came
from hsf_kpi.swedish.dates import date_text, month_text
from hsf_kpi.swedish.numbers import MOST_DECIMALS, number
from hsf_kpi.swedish.words import ORIGIN_WORD

MASKED = "maskerat"
UNKNOWN = "–"
_HERE = ZoneInfo("Europe/Stockholm")
_FEW = 3
_SERIES = re.compile(r"^(Kolada) [A-Z]\d+.*$")


def stored(value: int | None, *, unknown: str = "") -> str:
    """A number on the stored scale with the decimals that it has: 1234500 → «123,45»."""
    if value is None:
        return unknown
    decimals, rest = 0, abs(value) % FIXED
    while rest and decimals < MOST_DECIMALS:
        rest = rest * 10 % FIXED
        decimals += 1
    return number(from_fixed(value), decimals)


def day_of(at: dt.datetime) -> str:
    """The day of a moment, in Sweden: «2023-11-15»."""
    return date_text(at.astimezone(_HERE).date() if at.tzinfo else at.date())


def from_words(came: Came) -> str:
    """The file, or what the source states of itself: «sjukfranvaro.xlsx», «Kolada U70446», «Demodata»."""
    if came.origin is Origin.DEMO:
        return ORIGIN_WORD[Origin.DEMO]
    return came.file or came.source


def register_of(source: str) -> str:
    """The register that a series belongs to («Kolada» of «Kolada U70446, Hälso- och …»); else the source itself."""
    return _SERIES.sub(r"\1", source)


def load_words(came: Came) -> str:
    """«nr 12, 2023-11-15»"""
    return f"nr {number(came.load, 0)}, {day_of(came.at)}"


def sources_line(origins: Iterable[tuple[Origin, str]]) -> str:
    """«Källa: inläst (sjukfranvaro.xlsx); Demodata.»: each register once, few of a kind by name."""
    named: dict[Origin, list[str]] = {}
    for origin, source in origins:
        name = register_of(source)
        names = named.setdefault(origin, [])
        if name not in names:
            names.append(name)
    words = []
    for origin in Origin:
        if origin not in named:
            continue
        names = [name for name in named[origin] if name and origin is not Origin.DEMO]
        rest = f" och {len(names) - _FEW} till" if len(names) > _FEW else ""
        told = f" ({'; '.join(names[:_FEW])}{rest})" if names else ""
        words.append(f"{ORIGIN_WORD[origin]}{told}")
    return f"Källa: {'; '.join(words) or 'inga värden'}."


def about_data(context: Context, month: Month, *, state: str | None = None) -> Context:
    """The page's context for a figure about a month's data: in no view, and not by sex."""
    told = context.state if state is None else state
    return replace(context, period=month_text(month), view="", sex="", state=told)


def names_of(names: Sequence[str], few: int = 4) -> str:
    """«a, b och 3 till»; "" for none."""
    rest = len(names) - few
    return f"{', '.join(names[:few])} och {rest} till" if rest > 0 else ", ".join(names)
