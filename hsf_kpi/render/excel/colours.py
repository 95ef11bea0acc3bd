"""Colours as the writing library wants them: slots of the workbook's theme, and a shade of each."""

from __future__ import annotations

from xlsxwriter.color import Color

from hsf_kpi.render.native.types import Ink
from hsf_kpi.render.office import INKS, Paint

_SLOTS = ("bg1", "tx1", "bg2", "tx2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""In the library's order."""
_SHADES = {(100, 100): 0, (20, 100): 1, (40, 100): 2, (60, 100): 3, (100, 75): 4, (100, 50): 5}
"""(light, dark) of an accent → the library's number; it has no others."""


def colour(paint: Paint) -> Color:
    """KeyError for a shade that the library does not have."""
    return Color((_SLOTS.index(paint.slot), _SHADES[paint.light, paint.dark]))


def ink_colour(ink: Ink) -> Color:
    """Of any ink but `Ink.NONE`."""
    return colour(INKS[ink])
