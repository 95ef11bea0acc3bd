"""A figure as a picture that stands alone: title, caption, chart or table, and the source printed inside."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import Any

import vl_convert

from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render.alt import alternative_text, readable
from hsf_kpi.render.comments import comments_text, drawn_comments
from hsf_kpi.render.page import FONTS, Page
from hsf_kpi.render.picture_table import draw_table
from hsf_kpi.render.screen import data, spec
from hsf_kpi.render.stamp import filter_line
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, SEMIBOLD, colours

VEGA_LITE = "6.4"
WIDTH = 960
MARGIN = 28
SCALE = 2
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"[^>]*>', re.S)


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def svg(figure: Figure, *, taken: dt.date | None = None, dark: bool = False) -> str:
    """A whole SVG document, 960 pixels wide, as high as it needs. `taken`: the day it is made, else today."""
    _register_fonts()
    c = colours(dark)
    page = Page(WIDTH, MARGIN, c, y=MARGIN)
    page.text(figure.title, 22, c.text, SEMIBOLD)
    page.skip(2)
    page.text(figure.caption, NAME_SIZE, c.muted)
    page.skip(10)
    page.text(figure.options.get("totals", ""), NAME_SIZE + 1, c.text)
    page.skip(10)
    if figure.empty:
        page.text(figure.empty, NAME_SIZE + 2, c.text)
    elif figure.kind is FigureKind.TABLE:
        draw_table(page, figure)
    else:
        page.picture(*_chart(figure, dark, page.inner))
    page.skip(14)
    page.text(figure.help, NOTE_SIZE, c.muted)
    _draw_comments(page, figure)
    for line in (in_words(figure.source), filter_line(figure, taken or dt.date.today())):
        page.text(line, NOTE_SIZE, c.muted)
    told = " ".join(part for part in (alternative_text(figure), comments_text(figure)) if part)
    return page.svg(readable(figure.title), told)


def png(figure: Figure, *, taken: dt.date | None = None, dark: bool = False) -> bytes:
    """The same picture as PNG, twice as many pixels (1920 wide)."""
    drawn = svg(figure, taken=taken, dark=dark)
    return bytes(vl_convert.svg_to_png(drawn, scale=SCALE))


def _draw_comments(page: Page, figure: Figure) -> None:
    """What has been said of the figure, each under who said it and when, between the reading help and the source."""
    found = drawn_comments(figure)
    for head, text in found:
        page.skip(8)
        page.text(head, NOTE_SIZE, page.colours.text, SEMIBOLD)
        page.text(text, NOTE_SIZE, page.colours.text)
    page.skip(8 if found else 0)


def chart_svg(figure: Figure, width: float, *, dark: bool = False) -> str:
    """The chart alone as a whole SVG document, `width` pixels wide (a spark keeps its own). ValueError for a table."""
    _register_fonts()
    rows = json.loads(data(figure).to_json(orient="records"))
    whole = _without_links(spec(figure, dark)) | {"data": {"name": "source", "values": rows}}
    if figure.kind is not FigureKind.SPARK:
        whole["width"] = width
    return str(vl_convert.vegalite_to_svg(whole, vl_version=VEGA_LITE))


def chart_size(drawn: str) -> tuple[float, float]:
    """(width, height) in pixels of what `chart_svg` has drawn. ValueError when it says none."""
    size = _outer(drawn)
    return float(size[1]), float(size[2])


def _chart(figure: Figure, dark: bool, width: float) -> tuple[str, float]:
    """(SVG markup without its outer element, height) of the chart itself."""
    drawn = chart_svg(figure, width, dark=dark)
    size = _outer(drawn)
    return drawn[size.end() : drawn.rindex("</svg>")], float(size[2])


def _outer(drawn: str) -> re.Match[str]:
    """The first tag, with its size."""
    size = _SIZE.search(drawn)
    if size is None:
        raise ValueError("the chart has no size")
    return size


def _without_links(chart: dict[str, Any]) -> dict[str, Any]:
    """The spec with no mark that leads anywhere: a picture stands alone."""
    found = {name: part for name, part in chart.items() if name != "encoding"}
    if "encoding" in chart:
        found["encoding"] = {channel: of for channel, of in chart["encoding"].items() if channel != "href"}
    if "layer" in chart:
        found["layer"] = [_without_links(part) for part in chart["layer"]]
    return found
