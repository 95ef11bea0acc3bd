"""The icons of variation and assurance beside their words: the word tells what the icon shows, so the icon is silent."""

from __future__ import annotations

from hsf_kpi.analysis.spc.types import NoLimits, Process
from hsf_kpi.figures.spc_words import tile_words
from hsf_kpi.render.icons import icon_data_uri
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.ui.text import plain

Found = Process | NoLimits


def variation_icon(found: Found, *, dark: bool) -> str:
    """Markdown; "" where the month has not been judged."""
    if isinstance(found, NoLimits) or found.latest is None or found.latest.mean is None:
        return ""
    return f"![]({icon_data_uri(found.latest.variation, found.latest.side, dark=dark)})"


def assurance_icon(found: Found, *, dark: bool) -> str:
    if isinstance(found, NoLimits) or found.assurance is None:
        return ""
    return f"![]({icon_data_uri(found.assurance, dark=dark)})"


def marks(found: Found, *, dark: bool) -> tuple[str, ...]:
    """Both icons, each with its short words, for a tile; () without limits."""
    words = tile_words(found)
    icons = (variation_icon(found, dark=dark), assurance_icon(found, dark=dark))
    return tuple(
        f"{icon}{SPACE}:small[{plain(text).replace(' ', SPACE)}]"
        for icon, text in zip(icons, words, strict=True)
        if icon and text
    )
