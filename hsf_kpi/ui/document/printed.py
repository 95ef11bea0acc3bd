"""The dark theme's colours on paper: each is printed as the light theme's colour of the same meaning.

The charts and the tints come coloured from the server, and there is no time to ask for others when a page is printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from hsf_kpi import ROOT
from hsf_kpi.render.theme import DARK, LIGHT
from hsf_kpi.render.trajectory_chart import FAN

CONFIG = ROOT / ".streamlit" / "config.toml"


def printed_colours() -> str:
    """The rules, for the head of the document."""
    rules = [
        f'svg.marks [{channel}="{dark}" i] {{ {channel}: {light}; }}'
        for dark, light in chart_colours().items()
        for channel in ("fill", "stroke")
    ]
    rules += [
        f'[style*="{name}: {_rgb(dark)}"] {{ {name}: {light} !important; }}'
        for name, pairs in tint_colours().items()
        for dark, light in pairs.items()
    ]
    return f"@media print {{ {' '.join(rules)} }}"


def chart_colours() -> Mapping[str, str]:
    """Dark → light, of the charts."""
    roles = asdict(LIGHT)
    found = {colour: roles[role] for role, colour in asdict(DARK).items()}
    return found | dict(zip(FAN[True], FAN[False], strict=True))


def tint_colours() -> Mapping[str, Mapping[str, str]]:
    """Property → dark → light, of the words that stand on a tint or in a colour."""
    themes = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
    return {
        name: dict(_options(themes, end))
        for name, end in (("background-color", "BackgroundColor"), ("color", "TextColor"))
    }


def _options(themes: Mapping[str, Mapping[str, str]], end: str) -> Iterator[tuple[str, str]]:
    for option, dark in themes["dark"].items():
        if option.endswith(end) and option in themes["light"]:
            yield dark, themes["light"][option]


def _rgb(colour: str) -> str:
    """As a browser tells it in a style."""
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"
