"""The icons of the handbook: their names in its links, the same pictures as on the tiles."""

from __future__ import annotations

from collections.abc import Mapping

from hsf_kpi.model.variation import Assurance, Side, Variation
from hsf_kpi.render.icons import icon_data_uri, icon_svg

ICON_NAMES: Mapping[str, tuple[Variation | Assurance, Side | None]] = {
    "vanlig-variation": (Variation.COMMON, None),
    "forbattring-hogre": (Variation.BETTER, Side.HIGH),
    "forbattring-lagre": (Variation.BETTER, Side.LOW),
    "forsamring-hogre": (Variation.WORSE, Side.HIGH),
    "forsamring-lagre": (Variation.WORSE, Side.LOW),
    "forandring-hogre": (Variation.NEITHER, Side.HIGH),
    "forandring-lagre": (Variation.NEITHER, Side.LOW),
    "malet-nas": (Assurance.PASSES, None),
    "malet-nas-inte": (Assurance.FAILS, None),
    "malet-nas-ibland": (Assurance.EITHER, None),
}
"""File name in docs/pictures/ikoner, without its ending → what it is the icon of."""


def icon_file(name: str) -> str:
    """The SVG of docs/pictures/ikoner."""
    return icon_svg(*ICON_NAMES[name]) + "\n"


def icon_address(name: str, *, dark: bool) -> str:
    """The picture as an address, in the reader's theme."""
    return icon_data_uri(*ICON_NAMES[name], dark=dark)
