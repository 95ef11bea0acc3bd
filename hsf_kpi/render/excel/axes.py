"""What is around a chart's series: axes, a legend where words don't do, and the room that the plot leaves for words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hsf_kpi.render.excel.colours import colour, ink_colour
from hsf_kpi.render.excel.marks import SIZE, beside_the_end
from hsf_kpi.render.excel.texts import chart_title
from hsf_kpi.render.native.drawing import keyed
from hsf_kpi.render.native.types import Ink, NativeAxis, NativeChart, Shape
from hsf_kpi.render.office import GRID, MUTED
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import SEMIBOLD

_LEVEL = 1
"""Rotation of the months' names, in 60,000ths of a degree: with none at all LibreOffice breaks them and writes every one."""
_NAMES = 0.34
"""Of the chart's breadth, at the most, for the names of bars; longer ones are broken."""
_PIXELS = SIZE * 4 / 3 * 1.1
"""Height of the chart's letters; Arial is that much wider than the measured font."""


def set_axes(made: Any, chart: NativeChart) -> None:
    font = {"size": SIZE, "color": colour(MUTED)}
    hair = {"color": colour(GRID), "width": 0.75}
    quiet = {"color": ink_colour(Ink.AXIS), "width": 0.75}
    rows = {"visible": chart.value.is_written, "line": hair}
    value = _ends(chart.value) | {
        "num_font": font,
        "line": {"none": True},
        "major_tick_mark": "none",
        "major_gridlines": rows,
        "label_position": "low",
    }
    if chart.shape is Shape.SCATTER:
        made.set_y_axis(value)
        made.set_x_axis(
            _ends(chart.across)
            | {
                "num_font": font,
                "line": quiet,
                "major_gridlines": {"visible": not chart.value.is_written, "line": hair},
                "label_position": "low",
            }
        )
        return
    names = {
        "num_font": font,
        "line": quiet,
        "major_tick_mark": "none",
        "label_position": "low",
        "interval_unit": chart.every,
        "interval_tick": chart.every,
        "text_axis": True,
    }
    if chart.shape is Shape.BAR:
        made.set_x_axis(value | {"label_position": "next_to"})
        made.set_y_axis(names | {"reverse": True, "crossing": "max"})
        return
    made.set_y_axis(value)
    made.set_x_axis(names)
    made.x_axis["num_font"]["rotation"] = _LEVEL


def _ends(axis: NativeAxis) -> dict[str, Any]:
    answer: dict[str, Any] = {"num_format": axis.format, "num_format_linked": False}
    if axis.low is not None:
        answer["min"] = axis.low
    if axis.high is not None:
        answer["max"] = axis.high
    if axis.years:
        answer["major_unit"] = axis.years
    if axis.title:
        answer["name"] = chart_title(axis.title)
        answer["name_font"] = {"size": SIZE, "bold": False, "color": colour(MUTED)}
    return answer


def set_legend(made: Any, chart: NativeChart) -> bool:
    """At the foot, of those that have no words of their own; whether there is any."""
    found = keyed(chart)
    if not found:
        made.set_legend({"none": True})
        return False
    rest = [i for i in range(len(chart.series)) if i not in found]
    font = {"size": SIZE, "color": colour(MUTED)}
    made.set_legend({"position": "bottom", "font": font, "delete_series": rest})
    return True


def plot_room(chart: NativeChart, size: tuple[int, int], legend: bool) -> dict[str, float]:
    """The plot's place in the chart, where names beside it need room that no program gives them; else {}."""
    width, height = size
    foot = 34.0 + (26.0 if legend else 0.0) + (20.0 if chart.value.title else 0.0)
    if chart.shape is Shape.BAR:
        left, right, top = min(_widest(chart.categories) + 20, width * _NAMES), 16.0, 8.0
    elif lines := beside_the_end(chart):
        left, right = 56.0, min(_widest(lines) + 14, width * 0.4)
        top = 34.0 if chart.title else 16.0
    else:
        return {}
    return {
        "x": left / width,
        "y": top / height,
        "width": (width - left - right) / width,
        "height": (height - top - foot) / height,
    }


def _widest(lines: Iterable[str]) -> float:
    """Pixels of the longest line."""
    return text_width(max(lines, key=len, default=""), _PIXELS, SEMIBOLD)
