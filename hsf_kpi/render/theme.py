"""Colours, font and number format of every chart, light and dark: the table of the look, once.

Each colour means one thing: data = utfall and totals, blue = better, orange = worse, plum = what somebody has
decided (targets), grey = nära and what is not the finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hsf_kpi.swedish.dates import month_name_short
from hsf_kpi.swedish.numbers import COMMA, GROUP, MINUS, SPACE

FONT = "Source Sans, Source Sans Pro, Segoe UI, Arial, sans-serif"
"""Streamlit ships «Source Sans»; the files for images are the same typeface under its former name.

Its later name «Source Sans 3» can't be used: the image library neither draws nor measures a family
with a digit in its name.
"""

NAME_SIZE = 14
NOTE_SIZE = 13
REGULAR, SEMIBOLD = 400, 600


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Contrasts with `background` are measured in the tests."""

    background: str
    secondary: str
    text: str
    muted: str
    hairline: str
    grid: str
    axis: str
    data: str
    data2: str
    grey: str
    blue: str
    orange: str
    orange_text: str
    plum: str


LIGHT = Colours(
    background="#FFFFFF",
    secondary="#F3F6F8",
    text="#0D1822",
    muted="#52606C",
    hairline="#D3DBE1",
    grid="#E7ECF0",
    axis="#83909C",
    data="#1E3140",
    data2="#8494A2",
    grey="#6B7884",
    blue="#125C9A",
    orange="#D1600A",
    orange_text="#9A3F00",
    plum="#8A2F6E",
)
DARK = Colours(
    background="#101820",
    secondary="#1B2630",
    text="#EAF0F4",
    muted="#A9B6C1",
    hairline="#33424F",
    grid="#26333E",
    axis="#738493",
    data="#DCE6EE",
    data2="#8FA1B0",
    grey="#98A6B2",
    blue="#86C2F4",
    orange="#E5802F",
    orange_text="#FFB27A",
    plum="#DC8BC0",
)
PETROL = "#0B6470"
"""Of what can be clicked. No chart has it: there it would mean nothing."""
DEMO_TEXT, DEMO_GROUND = "#6B5200", "#FBF2CC"
"""The only yellow: what says that figures are of demo. On the screen both are in `.streamlit/config.toml`, as petrol is."""


def colours(dark: bool) -> Colours:
    return DARK if dark else LIGHT


_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_DAYS = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"]
SHORT_MONTHS = [month_name_short(number) for number in range(1, 13)]

LOCALE: dict[str, Any] = {
    "number": {
        "decimal": COMMA,
        "thousands": GROUP,
        "grouping": [3],
        "currency": ["", f"{SPACE}kr"],
        "minus": MINUS,
        "percent": f"{SPACE}%",
    },
    "time": {
        "dateTime": "%A den %d %B %Y %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["fm", "em"],
        "days": _DAYS,
        "shortDays": [day[:3] for day in _DAYS],
        "months": _MONTHS,
        "shortMonths": SHORT_MONTHS,
    },
}
"""Swedish numbers and dates for Vega. It belongs in `config.locale`: Streamlit ignores other places."""


def config(dark: bool) -> dict[str, Any]:
    """The Vega-Lite config that every chart carries: nothing is left to a medium's own theme."""
    c = colours(dark)
    return {
        "background": c.background,
        "font": FONT,
        "locale": LOCALE,
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT,
            "labelFontSize": NOTE_SIZE,
            "labelFontWeight": REGULAR,
            "labelColor": c.muted,
            "titleColor": c.muted,
            "domain": False,
            "ticks": False,
            "tickColor": c.axis,
            "gridColor": c.grid,
            "gridWidth": 1,
            "labelPadding": 6,
        },
        "text": {"font": FONT, "fontSize": NOTE_SIZE, "color": c.muted},
    }
