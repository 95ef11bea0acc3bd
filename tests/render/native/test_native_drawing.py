"""What both office programs find out of a native chart, and that both do: keys, reaches, hollow marks, unwritten axes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.excel import xlsx
from hsf_kpi.render.native import native
from hsf_kpi.render.native.drawing import keyed, reaches
from hsf_kpi.render.native.types import Ink, NativeChart, NativeSeries, Shape
from hsf_kpi.render.office import HOLLOW
from hsf_kpi.render.powerpoint import pptx
from tests.render.compare_drawn import OUTSIDE, spread
from tests.render.native.test_native_roads import history
from tests.render.native.test_native_scatters import own_place

NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
ONE, OTHER = NativeSeries("Kvinnor", (1.0, 2.0)), NativeSeries("Män", (2.0, 3.0))
NAMED, UNSEEN = replace(ONE, name="Alla", labels={1: "Alla"}), NativeSeries("Fot", (0, 0), ink=Ink.NONE)


def charts(file: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = [name for name in archive.namelist() if "/charts/chart" in name and name.endswith(".xml")]
        return [etree.fromstring(archive.read(name)) for name in names]


def all_text(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))


@pytest.mark.parametrize(
    ("series", "title", "found"),
    [
        ((ONE, OTHER), "", (0, 1)),
        ((UNSEEN, ONE, NAMED, OTHER), "", (1, 3)),
        ((ONE,), "", ()),
        ((ONE, NAMED), "", ()),
        ((ONE, OTHER), "Kirurgkliniken", ()),
        ((ONE, OTHER, replace(UNSEEN, labels={0: "3 av 4"})), "", ()),
    ],
)
def test_only_what_nothing_else_names_needs_a_key(series, title, found):
    assert keyed(NativeChart(Shape.LINE, series, ("a", "b"), title=title)) == found


def test_bounds_reach_down_and_up_and_never_the_wrong_way():
    series = NativeSeries(
        "Utfall",
        (5.0, None, float("nan"), 5.0),
        bounds=((4.0, 7.0), (1.0, 2.0), (1.0, 2.0), (6.0, None)),
    )
    assert reaches(series) == ((1.0, None, None, 0.0), (2.0, None, None, None))
    assert reaches(ONE) == ((), ())


@pytest.mark.parametrize("made", [pptx, xlsx])
def test_the_reading_help_is_of_what_is_drawn(made):
    figure = own_place(named=2, unnamed=5)
    assert "Ringad punkt: " in figure.help
    words = all_text(made(figure)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Störst: Kirurgkliniken" in words
    assert "Ringad" not in words


@pytest.mark.parametrize("made", [pptx, xlsx])
def test_an_axis_without_numbers_has_no_lines_and_the_other_has_them(made):
    figure: Figure = spread(OUTSIDE)
    (chart,) = native(figure)
    assert not chart.value.is_written
    (drawn,) = charts(made(figure))
    across, up = sorted(
        drawn.iterfind(".//c:valAx", NS), key=lambda axis: axis.find("c:axPos", NS).get("val")
    )
    assert across.find("c:majorGridlines", NS) is not None
    assert up.find("c:majorGridlines", NS) is None


@pytest.mark.parametrize("made", [pptx, xlsx])
def test_a_hollow_mark_is_not_filled_and_has_an_edge(made):
    figure = history()
    (chart,) = native(figure)
    (drawn,) = charts(made(figure))
    hollow = [i for i, series in enumerate(chart.series) if series.symbol in HOLLOW]
    assert hollow
    for i in hollow:
        look = drawn.findall(".//c:ser", NS)[i].find("c:marker/c:spPr", NS)
        assert look.find("a:noFill", NS) is not None
        assert look.find("a:ln/a:solidFill", NS) is not None
