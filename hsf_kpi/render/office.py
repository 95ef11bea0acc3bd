"""The look of the office files: colours and fonts as their theme part holds them, and which of these an ink is.

Whoever opens the file finds our colours in the program's own palette, and changing the theme changes every chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hsf_kpi.render.native.types import Ink
from hsf_kpi.render.theme import LIGHT

NAME = "HSF nyckeltal"
"""Of the theme, and the author of every file."""
FONT = "Arial"
"""Stands on every machine that opens an office file."""

_PETROL = "#0B6470"
SCHEME: Mapping[str, str] = MappingProxyType(
    {
        "dk1": LIGHT.text,
        "lt1": LIGHT.background,
        "dk2": LIGHT.data,
        "lt2": LIGHT.secondary,
        "accent1": LIGHT.blue,
        "accent2": LIGHT.orange,
        "accent3": LIGHT.plum,
        "accent4": _PETROL,
        "accent5": LIGHT.data2,
        "accent6": LIGHT.grey,
        "hlink": _PETROL,
        "folHlink": _PETROL,
    }
)
"""Slot of the theme → «#RRGGBB», in the order of the theme part."""


@dataclass(frozen=True, slots=True)
class Paint:
    """hex: «#RRGGBB». slot: what a chart calls it in the theme («tx1», «accent1»), "" for a colour that no slot holds."""

    hex: str
    slot: str = ""


INKS: Mapping[Ink, Paint] = MappingProxyType(
    {
        Ink.DATA: Paint(LIGHT.data, "tx2"),
        Ink.DATA2: Paint(LIGHT.data2, "accent5"),
        Ink.GREY: Paint(LIGHT.grey, "accent6"),
        Ink.AXIS: Paint(LIGHT.axis),
        Ink.BAND: Paint(LIGHT.hairline),
        Ink.BETTER: Paint(LIGHT.blue, "accent1"),
        Ink.WORSE: Paint(LIGHT.orange, "accent2"),
        Ink.DECIDED: Paint(LIGHT.plum, "accent3"),
        Ink.TEXT: Paint(LIGHT.text, "tx1"),
    }
)
"""Every ink but `Ink.NONE`, which is no colour."""


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
