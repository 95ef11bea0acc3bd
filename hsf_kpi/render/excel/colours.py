"""Colours as the writing library wants them: slots of the workbook's theme where there are any."""

from __future__ import annotations

from xlsxwriter.color import Color

from hsf_kpi.render.native.types import Ink
from hsf_kpi.render.office import INKS, Paint
from hsf_kpi.render.theme import LIGHT

_SLOTS = ("bg1", "tx1", "bg2", "tx2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""In the library's order."""
WHITE = Paint(LIGHT.background, "bg1")
PALE = Paint(LIGHT.secondary, "bg2")
MUTED = Paint(LIGHT.muted)


def colour(paint: Paint) -> Color:
    return Color((_SLOTS.index(paint.slot), 0)) if paint.slot else Color(paint.hex)


def ink_colour(ink: Ink) -> Color:
    """Of any ink but `Ink.NONE`."""
    return colour(INKS[ink])
