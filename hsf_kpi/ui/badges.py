"""A status as people see it: shape and word on the status's tint, in tiles and in table cells alike."""

from __future__ import annotations

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.economy.cells import SUM_END
from hsf_kpi.figures.economy.compliance import GREW, MOVED
from hsf_kpi.figures.phrases import verdict_word
from hsf_kpi.model.codes import Status
from hsf_kpi.swedish.words import STATUS_SHAPE, sentence_start
from hsf_kpi.ui.text import plain

_TINT = {Status.MET: "blue", Status.NEAR: "gray", Status.MISSED: "orange"}
_BY_SHAPE = {STATUS_SHAPE[status]: tint for status, tint in _TINT.items()}


def status_badge(assessment: Assessment) -> str:
    """«● Uppnått», or a frame's «● Inom ram»; «kan inte bedömas» has no tint."""
    return tinted(f"{STATUS_SHAPE[assessment.status]} {sentence_start(verdict_word(assessment))}")


def coloured(text: str) -> str:
    """Text as text, with every status shape in it in its status's colour (the shape tells it without the colour)."""
    shown = plain(text)
    for shape, tint in _BY_SHAPE.items():
        shown = shown.replace(shape, f":{tint}[{shape}]")
    return shown


def tinted(text: str) -> str:
    """Text as text; when it begins with a status shape, on that status's tint; a shape further in has its colour.

    In the tables of the economy: what grew against an assignment bold on orange, a decided move in the colour of
    decisions, and what belongs to a sum bold.
    """
    if text[:1] == GREW:
        return f":orange-badge[**{plain(text.rstrip(SUM_END))}**]"
    if text[:1] == MOVED:
        return f":violet[{plain(text)}]"
    tint = _BY_SHAPE.get(text[:1])
    if tint:
        return f":{tint}-badge[{plain(text)}]"
    return f"**{plain(text.rstrip(SUM_END))}**" if text.endswith(SUM_END) and text.strip() else coloured(text)
