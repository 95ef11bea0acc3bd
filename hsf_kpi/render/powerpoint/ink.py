"""Colours and lines as DrawingML writes them, by what they mean; all are colours of the deck's own theme."""

from __future__ import annotations

from collections.abc import Mapping

from hsf_kpi.render.native.types import Dash, Ink

EMU = 12700
"""Of a point."""


def scheme(name: str, light: int | None = None, dark: int | None = None) -> str:
    """A colour of the theme. light: per cent of it that is left, white for the rest; dark: the same, black for the rest."""
    if light is not None:
        return f'<a:schemeClr val="{name}"><a:lumMod val="{light}000"/><a:lumOff val="{100 - light}000"/></a:schemeClr>'
    if dark is not None:
        return f'<a:schemeClr val="{name}"><a:lumMod val="{dark}000"/></a:schemeClr>'
    return f'<a:schemeClr val="{name}"/>'


TEXT = scheme("tx1")
MUTED = scheme("accent6", dark=75)
AXIS = scheme("accent5")
HAIRLINE = scheme("accent5", light=35)
GRID = scheme("accent5", light=20)
NONE = "<a:noFill/>"

COLOUR: Mapping[Ink, str] = {
    Ink.DATA: scheme("tx2"),
    Ink.DATA2: scheme("accent5"),
    Ink.GREY: scheme("accent6"),
    Ink.AXIS: AXIS,
    Ink.BAND: scheme("accent5", light=40),
    Ink.BETTER: scheme("accent1"),
    Ink.WORSE: scheme("accent2"),
    Ink.DECIDED: scheme("accent3"),
    Ink.TEXT: TEXT,
}
WORDS: Mapping[Ink, str] = {
    **COLOUR,
    Ink.DATA2: MUTED,
    Ink.GREY: MUTED,
    Ink.AXIS: MUTED,
    Ink.BAND: MUTED,
    Ink.WORSE: scheme("accent2", dark=75),
    Ink.NONE: TEXT,
}
"""The colour of words about a thing in that ink: darker where the thing itself is too pale to be read."""
_DASH: Mapping[Dash, str] = {
    Dash.SOLID: "solid",
    Dash.DASH: "dash",
    Dash.SHORT: "sysDash",
    Dash.DOT: "sysDot",
}


def solid(colour: str) -> str:
    return f"<a:solidFill>{colour}</a:solidFill>"


def fill(ink: Ink) -> str:
    return NONE if ink is Ink.NONE else solid(COLOUR[ink])


def pale(ink: Ink) -> str:
    """The ground of a hollow mark, inside its line: not white, since not every program draws the line."""
    colour = COLOUR[ink]
    return (
        f'{colour[:-2]}><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr>'
        if colour.endswith("/>")
        else colour
    )


def line(ink: Ink, width: float, dash: Dash = Dash.SOLID) -> str:
    """`width` in points; 0, or no ink, is no line."""
    if not width or ink is Ink.NONE:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(width * EMU)}" cap="flat">{fill(ink)}<a:prstDash val="{_DASH[dash]}"/><a:round/></a:ln>'


def rule(colour: str, width: float) -> str:
    """A solid line of an axis or of a grid."""
    return f'<a:ln w="{round(width * EMU)}" cap="flat">{solid(colour)}<a:prstDash val="solid"/></a:ln>'
