"""Icons of a control chart's two answers, drawn as SVG: is the change real, and will the target be met.

Variation is a filled mark with a stroke in it (common cause a ring with a wave), assurance an outline with its answer
in it (by chance: half filled).
Circle, square and diamond mean what they mean in every status, so each icon is read in grey as well.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from hsf_kpi.figures.spc_words import assurance_word, variation_word
from hsf_kpi.model.variation import Assurance, Side, Variation
from hsf_kpi.render.page import clean
from hsf_kpi.render.theme import Colours, colours

SIZE = 24
"""Of the view box; an icon is drawn at 20 pixels or more."""

_WAVE = "M5.5 12 C7.2 8.6 9.3 8.6 12 12 S16.8 15.4 18.5 12"
_RISING = "M6.8 15.2 L10.6 12.2 L13 13.6 L17.2 8.6"
_FALLING = "M6.8 8.8 L10.6 11.8 L13 10.4 L17.2 15.4"
_LEVEL = "M7 12 H17"
_STROKE = {Side.HIGH: _RISING, Side.LOW: _FALLING, None: _LEVEL}
_WORDS = {Side.HIGH: "högre värden", Side.LOW: "lägre värden"}


def icon_word(kind: Variation | Assurance, side: Side | None = None) -> str:
    """The text alternative: «Verklig förbättring, lägre värden», «Målet nås inte med dagens arbetssätt»."""
    if isinstance(kind, Assurance):
        return assurance_word(kind)
    if kind is Variation.COMMON:
        return variation_word(kind)
    name = f"Verklig {variation_word(kind).lower()}"
    return f"{name}, {_WORDS[side]}" if side is not None else name


@lru_cache(maxsize=64)
def icon_svg(kind: Variation | Assurance, side: Side | None = None, *, dark: bool = False) -> str:
    """A whole SVG element, 24 × 24, with role, language and title. side: the side of the mean, or the way of the trend."""
    c = colours(dark)
    drawn = _assurance(kind, c) if isinstance(kind, Assurance) else _variation(kind, side, c)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}"'
        f' role="img" lang="sv"><title>{clean(icon_word(kind, side))}</title>{drawn}</svg>'
    )


def icon_data_uri(kind: Variation | Assurance, side: Side | None = None, *, dark: bool = False) -> str:
    """The same as the address of a picture."""
    return f"data:image/svg+xml;base64,{b64encode(icon_svg(kind, side, dark=dark).encode()).decode()}"


def _variation(kind: Variation, side: Side | None, c: Colours) -> str:
    if kind is Variation.COMMON:
        return _outline('circle cx="12" cy="12" r="10"', c.grey) + _path(_WAVE, c.grey)
    shape, colour = {
        Variation.BETTER: ('circle cx="12" cy="12" r="11"', c.blue),
        Variation.WORSE: ('rect x="1.5" y="1.5" width="21" height="21"', c.orange),
        Variation.NEITHER: ('path d="M12 0 L24 12 L12 24 L0 12 Z"', c.data),
    }[kind]
    return f'<{shape} fill="{colour}"/>' + _path(_STROKE[side], c.background)


def _assurance(kind: Assurance, c: Colours) -> str:
    if kind is Assurance.PASSES:
        ring = _outline('circle cx="12" cy="12" r="10.8"', c.blue)
        return ring + _path("M6.8 11.6 L10.8 15.6 L17.4 8.2", c.blue, 2.6)
    if kind is Assurance.FAILS:
        square = _outline('rect x="2" y="2" width="20" height="20"', c.orange)
        return square + _path("M7.5 7.5 L16.5 16.5 M16.5 7.5 L7.5 16.5", c.orange, 2.6)
    half = f'<path d="M12 1.2 A10.8 10.8 0 0 0 12 22.8 Z" fill="{c.grey}"/>'
    return _outline('circle cx="12" cy="12" r="10.8"', c.grey) + half


def _outline(shape: str, colour: str) -> str:
    return f'<{shape} fill="none" stroke="{colour}" stroke-width="2"/>'


def _path(d: str, colour: str, width: float = 2.2) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"'
        ' stroke-linejoin="round"/>'
    )
