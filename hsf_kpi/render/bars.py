"""Horizontal bars with names to the left and numbers in a right-aligned column: what a bridge and a ranking share.

Everything stands at pixels from above that the rows know, one set for a wide and one for a narrow screen, where names
break into more lines. The chart is the same for any number of rows but for its height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from hsf_kpi.render import layers
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD, Colours, colours

NAME_WIDTH, NARROW_NAME = 270.0, 124.0
"""Pixels of a line of a name."""
LONG_WORD = 160.0
"""Pixels that a line on a narrow screen may take for the sake of a long word."""
LINE_HEIGHT = 16
GAP, NARROW_GAP = 16, 8
"""Pixels between the name, the number and the bars."""
APART = 14
"""Pixels over a row that stands apart."""
HALF = 9
TOP = 8
LAYERS = ("bar", "link", "zero", "zero_name", "name", "number", "told")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line. start, end: in the unit of measure, None for no bar. tone: of `layers.INKS`. apart: a gap over it.

    goes: the unit that a click goes down to, "" for none.
    """

    name: str
    number: str
    start: float | None
    end: float | None
    tone: str
    apart: bool = False
    goes: str = ""


def bar_rows(
    bars: Sequence[Bar], *, step: int, zero: str, linked: bool = False, unit: str = "mnkr"
) -> list[Row]:
    """unit: said after a number that is pointed at.

    step: pixels of a line at the least. zero: the name of the zero line. linked: a thin line from bar to bar.

    x, x2 of bars in the unit of measure; of words pixels left of the bars (wide, narrow). y, y2: pixels from above.
    """
    ends = [value for bar in bars for value in (bar.start, bar.end) if value is not None]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    high = high if high > low else low + 1.0
    rows = [Row("corner", low, 0.0), Row("corner", high, 0.0)]
    widths = NAME_WIDTH, _narrow_width(bars)
    (wide, tall), (narrow, narrow_tall) = (_places(bars, step, width) for width in widths)
    numbers = max((text_width(bar.number, NAME_SIZE, SEMIBOLD) for bar in bars), default=0.0)
    name, short_name = (
        -(2 * gap + numbers + _widest(bars, width))
        for gap, width in zip((GAP, NARROW_GAP), widths, strict=True)
    )
    for i, (bar, y, y2) in enumerate(zip(bars, wide, narrow, strict=True)):
        lines, short = (_lines(bar.name, width) for width in widths)
        up, narrow_up = ((len(found) - 1) / 2 * LINE_HEIGHT for found in (lines, short))
        rows.append(
            Row(
                "name",
                name,
                y,
                y2,
                short_name,
                -up,
                -narrow_up,
                text="\n".join(lines),
                short="\n".join(short),
                tone="text",
                goes=bar.goes,
            )
        )
        rows.append(Row("number", -GAP, y, y2, -NARROW_GAP, text=bar.number, short=bar.number, tone="data"))
        middle = 0.0
        if bar.start is not None and bar.end is not None:
            rows.append(Row("bar", bar.start, y, y2, bar.end, tone=bar.tone, goes=bar.goes))
            middle = (bar.start + bar.end) / 2
            if linked and i + 1 < len(bars):
                below, narrow_below = wide[i + 1] - HALF, narrow[i + 1] - HALF
                rows.append(Row("link", bar.end, y + HALF, below, dx=y2 + HALF, dy=narrow_below))
        tip = f"{bar.name}: {bar.number} {unit}".rstrip()
        rows.append(Row("told", middle, y, y2, tip=tip, size=300, goes=bar.goes))
    rows.append(Row("zero", 0.0, TOP - 2, tall, dx=TOP - 2, dy=narrow_tall))
    align = "right" if -low > 4 * high else "left" if high > -4 * low else "center"
    rows.append(Row("zero_name", 0.0, -4, -4, text=zero, short=zero, tone="muted", align=align))
    return [*rows, *layers.unseen(rows, LAYERS, 0.0, 0.0)]


def _lines(name: str, width: float) -> list[str]:
    return wrap(name, width, NAME_SIZE)


def _narrow_width(bars: Sequence[Bar]) -> float:
    words = (word for bar in bars for word in bar.name.split(" "))
    longest = max((text_width(word, NAME_SIZE) for word in words), default=0.0)
    return max(NARROW_NAME, min(longest + 1, LONG_WORD))


def _widest(bars: Sequence[Bar], width: float) -> float:
    return max((text_width(line, NAME_SIZE) for bar in bars for line in _lines(bar.name, width)), default=0.0)


def _places(bars: Sequence[Bar], step: int, width: float) -> tuple[list[float], float]:
    """The middle of each line in pixels from above, and where the last one ends."""
    middles, below = [], float(TOP)
    for bar in bars:
        below += APART if bar.apart else 0
        high = max(step, len(_lines(bar.name, width)) * LINE_HEIGHT + 8)
        middles.append(below + high / 2)
        below += high
    return middles, below


def bars_chart(lines: int, step: int, dark: bool, *, clicked: bool = False) -> alt.LayerChart:
    """`lines` decides the height; names of several lines and rows apart take what they need below it. clicked: names and
    bars lead to the address in the column `href`, which the page adds.
    """
    c = colours(dark)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=1))
    y = alt.Y("down:Q", axis=None, scale=None)
    parts = [
        layers.drawn(layers.only("corner").mark_point(opacity=0, aria=False), x=x),
        leading(_bars(x, c), clicked),
        upright("link", x, c.axis, 1),
        upright("zero", x, c.text, 1.5),
        *_above(x, y, c),
        *(leading(part, clicked) for part in column_words("name", "left", y, c)),
        *column_words("number", "right", y, c),
        leading(layers.told(x, y).transform_calculate(down=DOWN), clicked),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=TOP + lines * step,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 4, "right": 6, "bottom": 4},
    )


def leading(part: alt.Chart, clicked: bool) -> alt.Chart:
    """The part with its marks leading to the address in the column `href`, where they are to be clicked."""
    return layers.drawn(part, href=alt.Href("href:N")) if clicked else part


DOWN = "narrow ? datum.y2 : datum.y"
"""Where a row stands in pixels from above."""


def _bars(x: alt.X, c: Colours) -> alt.Chart:
    placed = layers.only("bar").transform_calculate(top=f"({DOWN}) - {HALF}", low=f"({DOWN}) + {HALF}")
    mark = placed.mark_rect(opacity=layers.SEEN, aria=False)
    y = alt.Y("top:Q", axis=None, scale=None)
    return layers.drawn(mark, x=x, x2="x2", y=y, y2="low", color=layers.inked(c))


def upright(layer: str, x: alt.X, colour: str, width: float, dash: list[int] | None = None) -> alt.Chart:
    """Vertical: from y to y2 on a wide screen, from dx to dy on a narrow one."""
    look: dict[str, Any] = {} if dash is None else {"strokeDash": dash}
    placed = layers.only(layer).transform_calculate(
        top="narrow ? datum.dx : datum.y", low="narrow ? datum.dy : datum.y2"
    )
    mark = placed.mark_rule(color=colour, strokeWidth=width, opacity=layers.SEEN, aria=False, **look)
    return layers.drawn(mark, x=x, y=alt.Y("top:Q", axis=None, scale=None), y2="low")


def field(layer: str, x: alt.X, colour: str, opacity: float) -> alt.Chart:
    """From x to x2, and down as `upright`."""
    placed = layers.only(layer).transform_calculate(
        top="narrow ? datum.dx : datum.y", low="narrow ? datum.dy : datum.y2"
    )
    seen = alt.ExprRef(f"datum.tone === '{UNSEEN}' ? 0 : {opacity:g}")
    mark = placed.mark_rect(color=colour, opacity=seen, aria=False)
    return layers.drawn(mark, x=x, x2="x2", y=alt.Y("top:Q", axis=None, scale=None), y2="low")


def _above(x: alt.X, y: alt.Y, c: Colours) -> list[alt.Chart]:
    return [part.transform_calculate(down=DOWN) for part in layers.words("zero_name", x, y, c)]


def column_words(layer: str, align: str, y: alt.Y, c: Colours, *, halo: bool = False) -> list[alt.Chart]:
    """A column of words left of the bars; dx of a row lifts a name of several lines (dy on a narrow screen)."""
    written = layers.words(
        layer,
        alt.XValue(0),  # type: ignore[no-untyped-call]
        y,
        c,
        halo=halo,
        align=align,
        dx=alt.ExprRef("narrow ? datum.x2 : datum.x"),
        dy=alt.ExprRef("narrow ? datum.dy : datum.dx"),
        lineHeight=LINE_HEIGHT,
    )
    return [part.transform_calculate(down=DOWN) for part in written]
