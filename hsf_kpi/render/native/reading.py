"""The figure's reading help in the words of what an office program draws, where that differs from the screen.

Sizes stand for the screen's rings and hollow dots: not every program draws an edge around a symbol, so that a hollow one
could be white on white.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render.native.ranking import OWN_SIGN

_WORDS: Mapping[FigureKind, Mapping[str, str]] = {
    FigureKind.PEERS: {
        "Ringad punkt: ": "Störst: ",
        "; fylld: ": "; stor: ",
        "; ofylld: ": "; liten: ",
    },
    FigureKind.DISTRIBUTION: {"Ofylld: ": "Liten: ", "Stor fylld: ": "Störst: "},
    FigureKind.FUNNEL: {"Ringad: ": "Störst: ", "ihålig mellan ": "mindre mellan "},
    FigureKind.RANKING: {
        "Ringad: ": OWN_SIGN,
        "ofylld: ": "–: ",
        "Ofylld: ": "–: ",
        "Punkt utan linje: ": "Stapel utan linje: ",
    },
}


def reading_help(figure: Figure) -> str:
    """`figure.help`, to be written beside the native chart: «Störst: Kirurgkliniken» for «Ringad: Kirurgkliniken»."""
    words = figure.help
    for seen, drawn in _WORDS.get(figure.kind, {}).items():
        words = words.replace(seen, drawn)
    return words


def retold(figure: Figure) -> Figure:
    """The same figure, with that help: for a medium whose charts are native."""
    return replace(figure, help=reading_help(figure))
