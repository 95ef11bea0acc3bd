"""A funnel: points by size and value, the limits of chance as curves that are named at their ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from hsf_kpi.figures.compare.funnel import LINE
from hsf_kpi.figures.compare.words import BETTER, NEITHER, WORSE
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.peers import OWN
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import layers
from hsf_kpi.render.bars import leading
from hsf_kpi.render.frame import Row
from hsf_kpi.render.funnel_names import Placed, Wanted, place_names
from hsf_kpi.render.layout import spread, value_range
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import Colours, colours
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from hsf_kpi.render.trend_spec import value_axis
from hsf_kpi.swedish.numbers import SPACE

HEIGHT = 340
WIDE_PLOT, NARROW_PLOT = 760.0, 244.0
"""Pixels of the plot that names are placed for, about; no wider screen has less."""
NAME_WIDTH, NARROW_NAME = 220.0, 130.0
"""Pixels of a line of a name."""
AWAY, RING_AWAY = 10.0, 16.0
"""Pixels from a point, and from the ringed one, to its name."""
BESIDE = 12
"""Pixels of the plot before the smallest and after the largest."""
REACH = 10
"""Pixels from a curve's end to its name, bridged by a thin rule."""
INSIDE, OUTSIDE, OWN_SIZE = 70.0, 95.0, 340.0
LIMIT_DASH = [5, 3]
LAYERS = (
    "limit_95",
    "limit_998",
    "centre",
    "inside",
    "near",
    "far",
    "own_ring",
    "label",
    "reach",
    "end",
    "told",
)
_TONES = {BETTER: "better", WORSE: "worse", NEITHER: "data"}
_SHAPE = alt.ExprRef("datum.tone === 'worse' ? 'square' : datum.tone === 'data' ? 'diamond' : 'circle'")
_ENDS = (
    ("high_998", f"99,8{SPACE}%-gräns", f"99,8{SPACE}%"),
    ("high_95", f"95{SPACE}%-gräns", f"95{SPACE}%"),
)


def funnel_rows(figure: Figure) -> list[Row]:
    """x: what the denominator counts; y: the value. A label's dx and dy are pixels on a wide screen, x2 and y2 of its row
    those on a narrow one.
    """
    points = list(records(figure))
    curve = funnel_curve(figure)
    centre = next((mark.low for mark in figure.marks if mark.low is not None), 0.0)
    values = [number(point["value"]) or 0.0 for point in points]
    bounds = [at[key] for at in curve for key in LINE[1:]]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    low, high = value_range([*values, *bounds, centre], zero=False, ceiling=ceiling)
    sizes = [at["size"] for at in curve] or [0.0, 1.0]
    first, last = sizes[0], max(sizes[-1], sizes[0] + 1e-9)
    rows = [Row("corner", first, low), Row("corner", last, high), Row("centre", y=centre)]
    for at in curve:
        for key in LINE[1:]:
            rows.append(Row(f"limit_{key.partition('_')[2]}", at["size"], at[key], segment=key))
    for point, value in zip(points, values, strict=True):
        rows += _point(point, value)
    rows += _labels(points, curve, (first, last), (low, high))
    rows += _ends(figure, curve, low, high)
    return [*rows, *layers.unseen(rows, LAYERS, first, low)]


def funnel_curve(figure: Figure) -> list[dict[str, float]]:
    """The limits over all sizes, from the option «curve»: the numbers of `LINE` by name."""
    told = figure.options.get("curve", "")
    return [dict(zip(LINE, map(float, at.split(",")), strict=True)) for at in told.split(";") if at]


def _point(point: Record, value: float) -> Iterator[Row]:
    size, way = number(point["size"]) or 0.0, str(point["side"])
    tone, goes = _TONES.get(way, "grey"), str(point["unit"])
    layer = "inside" if not way else "far" if point["zone"] == "outside_998" else "near"
    yield Row(layer, size, value, size=OUTSIDE if way else INSIDE, tone=tone, goes=goes)
    if point["whose"] == OWN:
        yield Row("own_ring", size, value, size=OWN_SIZE, tone="data")
    tip = f"{point['name']}: {point['value_text']} av {point['size_text']}, {_plain(str(point['zone_text']))}"
    yield Row("told", size, value, tip=tip, size=300, goes=goes)


def _plain(zone: str) -> str:
    """The zone without the shape before it, which is not read aloud."""
    return zone.partition(SPACE)[2] if zone[:1] in "●■◆" else zone


def _labels(
    points: Sequence[Record],
    curve: Sequence[dict[str, float]],
    xs: tuple[float, float],
    ys: tuple[float, float],
) -> Iterator[Row]:
    """The own name always, and one that is alone outside 99,8 %; several there as there is room, on a wide and on a narrow
    screen each by itself.
    """
    named = [i for i, point in enumerate(points) if point["whose"] == OWN or point["zone"] == "outside_998"]
    alone = sum(point["zone"] == "outside_998" for point in points) == 1
    values = [(number(point["size"]) or 0.0, number(point["value"]) or 0.0) for point in points]
    limits = [(at["size"], at[key]) for at in curve for key in LINE[1:]]
    for narrow in (False, True):
        width = NARROW_PLOT if narrow else WIDE_PLOT
        at, lines = (
            [
                (
                    BESIDE + (x - xs[0]) / (xs[1] - xs[0]) * (width - 2 * BESIDE),
                    (ys[1] - y) / (ys[1] - ys[0]) * HEIGHT,
                )
                for x, y in found
            ]
            for found in (values, limits)
        )
        owns = [points[i]["whose"] == OWN for i in named]
        wanted = [
            Wanted(*at[i], str(points[i]["name"]), RING_AWAY if own else AWAY, own or alone)
            for i, own in zip(named, owns, strict=True)
        ]
        line = NARROW_NAME if narrow else NAME_WIDTH
        found = place_names(wanted, at, (width, HEIGHT), line, lines=lines)
        for i, placed in zip(named, found, strict=True):
            if placed is not None:
                yield _label(points[i], *values[i], placed, narrow)


def _label(point: Record, size: float, value: float, placed: Placed, narrow: bool) -> Row:
    words = "\n".join(placed.lines)
    return Row(
        "label",
        size,
        value,
        dx=placed.dx,
        dy=placed.dy,
        text="" if narrow else words,
        short=words if narrow else "",
        tone="data" if point["whose"] == OWN else "text",
        align=placed.align,
        goes=str(point["unit"]),
    )


def _ends(figure: Figure, curve: Sequence[dict[str, float]], low: float, high: float) -> Iterator[Row]:
    """The names of the upper limits and of the centre at the right edge, moved apart; the lower limits look the same."""
    ends = [(curve[-1][key], text, short) for key, text, short in _ENDS] if curve else []
    for mark in figure.marks:
        if mark.role is Role.MEAN and mark.low is not None:
            ends.append((mark.low, mark.label, mark.label.partition(" ")[2]))
    scale = HEIGHT / (high - low)
    at = spread([(value - low) * scale for value, _, _ in ends], LINE_HEIGHT, 0, HEIGHT)
    for (value, text, short), place in zip(ends, at, strict=True):
        y = low + place / scale
        yield Row("reach", curve[-1]["size"] if curve else None, value, y2=y)
        yield Row("end", y=y, dx=REACH + 5, text=text, short=short)
    yield Row("size_name", text=figure.options.get("size", ""), short=figure.options.get("size", ""))


def funnel_chart(unit: UnitOfMeasure | None, dark: bool) -> alt.LayerChart:
    """The height is fixed, the width follows the container."""
    c = colours(dark)
    axis = alt.Axis(
        grid=False,
        ticks=True,
        tickSize=4,
        tickCount=alt.ExprRef("narrow ? 3 : 7"),
        labelExpr="format(datum.value, ',.4~f')",
        description="Storleksaxel",
    )
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=BESIDE))
    y = alt.Y("y:Q", title=None, axis=value_axis(unit), scale=alt.Scale(zero=False, nice=False))
    parts = [
        layers.corners(x, y),
        layers.line("limit_95", x, y, c.axis, 1.25, LIMIT_DASH),
        layers.line("limit_998", x, y, c.axis, 1),
        layers.level("centre", y, c.grey, 1.5),
        leading(_inside(x, y, c), clicked=True),
        leading(_outside("near", x, y, c), clicked=True),
        leading(_outside("far", x, y, c), clicked=True),
        _ring(x, y, c),
        *(leading(part, clicked=True) for part in layers.words("label", x, y, c, halo=True)),
        _reach(x, y, c),
        *layers.words("end", layers.EDGE, y, c),
        *_below(c),
        leading(layers.told(x, y), clicked=True),
    ]
    chart = layers.stack(parts).add_params(layers.narrow())
    return chart.properties(
        width="container",
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 8, "right": 4, "bottom": 4},
    )


def _inside(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("inside").mark_point(
        shape="circle",
        filled=True,
        color=c.grey,
        opacity=layers.SEEN,
        aria=False,
        size=alt.ExprRef("datum.size"),
    )
    return layers.drawn(mark, x=x, y=y)


def _outside(layer: str, x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    """Hollow between the limits, filled outside both, in the shape of its side."""
    look: dict[str, Any] = {"fill": c.background} if layer == "near" else {}
    mark = layers.only(layer).mark_point(
        shape=_SHAPE, filled=layer == "far", strokeWidth=2.25, opacity=layers.SEEN, aria=False,
        size=alt.ExprRef("datum.size"), **look,
    )  # fmt: skip
    channel = alt.Color if layer == "far" else alt.Stroke
    name = "color" if layer == "far" else "stroke"
    return layers.drawn(mark, x=x, y=y, **{name: layers.inked(c, channel)})


def _ring(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("own_ring").mark_point(
        shape="circle", filled=False, stroke=c.data, strokeWidth=2, opacity=layers.SEEN, aria=False,
        size=alt.ExprRef("datum.size"),
    )  # fmt: skip
    return layers.drawn(mark, x=x, y=y)


def _reach(x: alt.X, y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("reach").mark_rule(color=c.axis, strokeWidth=1, opacity=layers.SEEN, aria=False)
    end = alt.X2Value(alt.ExprRef(f"width + {REACH}"))  # type: ignore[no-untyped-call]
    return layers.drawn(mark, x=x, x2=end, y=y, y2="y2")


def _below(c: Colours) -> list[alt.Chart]:
    """What the sizes count, under the numbers of the axis."""
    left = alt.XValue(0)  # type: ignore[no-untyped-call]
    bottom = alt.YValue(HEIGHT + 36)  # type: ignore[no-untyped-call]
    return layers.words("size_name", left, bottom, c)
