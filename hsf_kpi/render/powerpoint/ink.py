"""Colours and lines as DrawingML writes them, by what they mean; all are colours of the deck's own theme."""

from __future__ import annotations

from hsf_kpi.render import office
from hsf_kpi.render.native.types import Dash, Ink
from hsf_kpi.render.office import DASHES, INKS, Paint

EMU = 12700
"""Of a point."""
TEXT, MUTED, GRID = office.TEXT.xml, office.MUTED.xml, office.GRID.xml
AXIS = INKS[Ink.AXIS].xml
HAIRLINE = Paint("accent5", light=35).xml
NONE = "<a:noFill/>"


def solid(colour: str) -> str:
    return f"<a:solidFill>{colour}</a:solidFill>"


def fill(ink: Ink) -> str:
    return NONE if ink is Ink.NONE else solid(INKS[ink].xml)


def line(ink: Ink, width: float, dash: Dash = Dash.SOLID) -> str:
    """`width` in points; 0, or no ink, is no line."""
    if not width or ink is Ink.NONE:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(width * EMU)}" cap="flat">{fill(ink)}<a:prstDash val="{DASHES[dash]}"/><a:round/></a:ln>'


def rule(colour: str, width: float) -> str:
    """A solid line of an axis or of a grid."""
    return f'<a:ln w="{round(width * EMU)}" cap="flat">{solid(colour)}<a:prstDash val="solid"/></a:ln>'
