"""The key of several small charts: once for all of them, in words that have the colour of what they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsf_kpi.render.native.types import Dash, NativeChart, NativeSeries, Symbol
from hsf_kpi.render.powerpoint.chart import keyed
from hsf_kpi.render.powerpoint.ink import COLOUR, MUTED
from hsf_kpi.render.powerpoint.text import run, space

SIZE = 12.0
_LINE: Mapping[Dash, str] = {Dash.SOLID: "—", Dash.DASH: "– –", Dash.SHORT: "- - -", Dash.DOT: "· · ·"}
_SIGN: Mapping[Symbol, str] = {
    Symbol.CIRCLE: "●",
    Symbol.SQUARE: "■",
    Symbol.DIAMOND: "◆",
    Symbol.RING: "○",
    Symbol.HOLLOW_DIAMOND: "◇",
}


def key(charts: Sequence[NativeChart]) -> list[str]:
    """Runs of text, «— Utfall   – – Mål»; none for one chart, or where the charts name their series themselves."""
    if len(charts) < 2:
        return []
    found: dict[str, NativeSeries] = {}
    for chart in charts:
        if chart.title:
            found |= {series.name: series for series in keyed(chart) if series.name not in found}
    runs: list[str] = []
    for name, series in found.items():
        sign = _LINE[series.dash] if series.width else _SIGN.get(series.symbol, "■")
        runs += [
            run(sign, size=SIZE, bold=True, colour=COLOUR.get(series.ink, MUTED)),
            space(1),
            run(name, size=SIZE, colour=MUTED),
            space(5),
        ]
    return runs
