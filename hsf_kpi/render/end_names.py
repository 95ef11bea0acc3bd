"""Names at the right edge, each at the end of its line: moved apart, and joined to it by a thin rule.

A name has other lines of words on a narrow screen, and so another place there: `dy` is how many pixels farther down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import altair as alt

from hsf_kpi.render import layers
from hsf_kpi.render.frame import Row
from hsf_kpi.render.layout import spread_sized
from hsf_kpi.render.page import wrap
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, REGULAR, SEMIBOLD, Colours
from hsf_kpi.render.trend_labels import LINE_HEIGHT

REACH = 10
"""Pixels from a line's end to its name."""
WIDE_NAME, NARROW_NAME = 250, 126
"""Pixels that a line of words has."""
LINE = 16
"""Pixels between the lines of one name."""
LAYERS = ("reach", "end")
_HERE = alt.ExprRef("narrow ? datum.dy : 0")


@dataclass(frozen=True, slots=True)
class End:
    """at: the value that the name belongs to. short: its words on a narrow screen, where \n begins a line. tone: «data» and
    «plum» are bold.
    """

    at: float
    text: str
    short: str
    tone: str = "muted"


def end_rows(ends: Sequence[End], low: float, high: float, height: float) -> Iterator[Row]:
    """A name and its rule for each. low < high: the ends of the value axis. height: pixels between them."""
    scale = height / (high - low)
    at = [(end.at - low) * scale for end in ends]
    wide, narrow = _both(ends)
    places = zip(
        ends,
        wide,
        _places(at, _sizes(wide), height),
        narrow,
        _places(at, _sizes(narrow), height),
        strict=True,
    )
    for end, words, place, short, small in places:
        yield Row("reach", y=end.at, y2=low + place / scale, dy=place - small)
        first, first_small = place + _above(words), small + _above(short)
        yield Row(
            "end",
            y=low + first / scale,
            dx=REACH + 5,
            dy=first - first_small,
            text="\n".join(words),
            short="\n".join(short),
            tone=end.tone,
        )


def room(ends: Sequence[End]) -> float:
    """Pixels that the names need under each other, on the screen where they need the most."""
    return max(sum(_sizes(words)) for words in _both(ends))


def _both(ends: Iterable[End]) -> tuple[list[list[str]], list[list[str]]]:
    """The lines of each name, on a wide screen and on a narrow one."""
    found = [
        (
            wrap(end.text, WIDE_NAME, NAME_SIZE, SEMIBOLD),
            [line for part in end.short.split("\n") for line in wrap(part, NARROW_NAME, NAME_SIZE, SEMIBOLD)],
        )
        for end in ends
    ]
    return [wide for wide, _ in found], [narrow for _, narrow in found]


def _sizes(names: Iterable[Sequence[str]]) -> list[float]:
    """The height of each in pixels."""
    return [LINE_HEIGHT + LINE * (len(words) - 1.0) for words in names]


def _places(at: Sequence[float], sizes: Sequence[float], height: float) -> list[float]:
    """The names' middles. A name of one line may stand half outside the plot; one of several no farther out."""
    order = sorted(range(len(at)), key=lambda i: at[i])
    over = [(sizes[i] - LINE_HEIGHT) / 2 for i in (*order[:1], *order[-1:])] or [0.0]
    return spread_sized(at, sizes, over[0], height - over[-1])


def _above(words: Sequence[str]) -> float:
    """Pixels from the middle of a name up to that of its first line, which the chart library places."""
    return LINE * (len(words) - 1) / 2


def reach(y: alt.Y, c: Colours) -> alt.Chart:
    mark = layers.only("reach").mark_rule(
        color=c.axis, strokeWidth=1, opacity=layers.SEEN, aria=False, y2Offset=_HERE
    )
    end = alt.X2Value(alt.ExprRef(f"width + {REACH}"))  # type: ignore[no-untyped-call]
    return layers.drawn(mark, x=layers.EDGE, x2=end, y=y, y2="y2")


def names(y: alt.Y, c: Colours) -> alt.Chart:
    """The words, each in its tone's colour."""
    bold = "datum.tone === 'data' || datum.tone === 'plum'"
    mark = layers.only("end").mark_text(
        text=alt.ExprRef("narrow ? datum.short : datum.text"), align="left", baseline="middle", lineBreak="\n",
        lineHeight=LINE, dx=alt.ExprRef("datum.dx"), dy=_HERE, aria=False,
        fontSize=alt.ExprRef(f"{bold} ? {NAME_SIZE} : {NOTE_SIZE}"),
        fontWeight=alt.ExprRef(f"{bold} ? {SEMIBOLD} : {REGULAR}"),
    )  # fmt: skip
    return layers.drawn(mark, x=layers.EDGE, y=y, color=layers.inked(c))
