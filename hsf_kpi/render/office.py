"""The look of the office files: colours and fonts as their theme part holds them, and which of these a thing is drawn in.

Whoever opens the file finds our colours in the program's own palette, and changing the theme changes every chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hsf_kpi.render.native.types import Dash, Ink, Symbol
from hsf_kpi.render.theme import LIGHT, PETROL

NAME = "HSF nyckeltal"
"""Of the theme, and the author of every file."""
FONT = "Arial"
"""Stands on every machine that opens an office file."""
LANGUAGE = "sv-SE"

SCHEME: Mapping[str, str] = MappingProxyType(
    {
        "dk1": LIGHT.text,
        "lt1": LIGHT.background,
        "dk2": LIGHT.data,
        "lt2": LIGHT.secondary,
        "accent1": LIGHT.blue,
        "accent2": LIGHT.orange,
        "accent3": LIGHT.plum,
        "accent4": PETROL,
        "accent5": LIGHT.data2,
        "accent6": LIGHT.grey,
        "hlink": PETROL,
        "folHlink": PETROL,
    }
)
"""Slot of the theme → «#RRGGBB», in the order of the theme part."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour of the theme. slot: what a chart calls it («tx1», «accent1»). light: per cent of it that is left, the rest
    white; dark: the same, the rest black; 100 is the colour itself.
    """

    slot: str
    light: int = 100
    dark: int = 100

    @property
    def xml(self) -> str:
        """As DrawingML writes it."""
        if self.light < 100:
            inside = f'<a:lumMod val="{self.light}000"/><a:lumOff val="{100 - self.light}000"/>'
        elif self.dark < 100:
            inside = f'<a:lumMod val="{self.dark}000"/>'
        else:
            return f'<a:schemeClr val="{self.slot}"/>'
        return f'<a:schemeClr val="{self.slot}">{inside}</a:schemeClr>'


TEXT = Paint("tx1")
WHITE, PALE = Paint("bg1"), Paint("bg2")
MUTED = Paint("accent6", dark=75)
GRID = Paint("accent5", light=20)

INKS: Mapping[Ink, Paint] = MappingProxyType(
    {
        Ink.DATA: Paint("tx2"),
        Ink.DATA2: Paint("accent5"),
        Ink.GREY: Paint("accent6"),
        Ink.AXIS: Paint("accent5"),
        Ink.BAND: Paint("accent5", light=40),
        Ink.BETTER: Paint("accent1"),
        Ink.WORSE: Paint("accent2"),
        Ink.DECIDED: Paint("accent3"),
        Ink.TEXT: TEXT,
    }
)
"""Every ink but `Ink.NONE`, which is no colour."""
WORDS: Mapping[Ink, Paint] = MappingProxyType(
    {
        **INKS,
        Ink.DATA2: MUTED,
        Ink.GREY: MUTED,
        Ink.AXIS: MUTED,
        Ink.BAND: MUTED,
        Ink.WORSE: Paint("accent2", dark=75),
        Ink.NONE: TEXT,
    }
)
"""Of words about a thing in that ink: darker where the thing itself is too pale to be read."""
ON_DARK = frozenset((Ink.DATA, Ink.GREY, Ink.BETTER, Ink.WORSE, Ink.DECIDED, Ink.TEXT))
"""Bars whose words, inside them, are white."""

DASHES: Mapping[Dash, str] = MappingProxyType(
    {Dash.SOLID: "solid", Dash.DASH: "dash", Dash.SHORT: "sysDash", Dash.DOT: "sysDot"}
)
SYMBOLS: Mapping[Symbol, str] = MappingProxyType(
    {
        Symbol.NONE: "none",
        Symbol.CIRCLE: "circle",
        Symbol.RING: "circle",
        Symbol.SQUARE: "square",
        Symbol.DIAMOND: "diamond",
        Symbol.HOLLOW_DIAMOND: "diamond",
        Symbol.BAR: "none",
    }
)
"""As DrawingML names them. It has no upright stroke: that is drawn as an error bar."""
HOLLOW = frozenset((Symbol.RING, Symbol.HOLLOW_DIAMOND))
"""Not filled, rather than filled with white: LibreOffice draws no edge, and then fills them with the edge's colour."""
STROKE = 0.3
"""Half the height of an upright stroke among points, in steps between the rows of a lying axis."""
STROKE_LENGTH = 0.0005
"""Of the axis: how long an error bar is of which only the ends are wanted, an upright stroke at the end of an unseen bar."""


@cache
def theme_xml() -> str:
    """The whole theme part (DrawingML), the same for PowerPoint and Excel: flat fills, no shadows."""
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{colour.removeprefix("#")}"/></a:{slot}>'
        for slot, colour in SCHEME.items()
    )
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{width}">{fill}<a:prstDash val="solid"/></a:ln>' for width in (9525, 19050, 28575)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{NAME}"><a:themeElements>'
        f'<a:clrScheme name="{NAME}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{NAME}"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="{NAME}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
