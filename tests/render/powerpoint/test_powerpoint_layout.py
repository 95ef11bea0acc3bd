"""What stands where on a slide: nothing covers anything, no type is too small, no slide is taken for two lines more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render.native.types import NativeChart, NativeSeries, Shape
from hsf_kpi.render.powerpoint import pptx, report_pptx
from hsf_kpi.render.powerpoint.chart import Room, broken_names, chart_xml
from hsf_kpi.render.powerpoint.columns import Shown, column_widths
from hsf_kpi.render.powerpoint.workbook import sheet_of
from tests.figures import report_samples
from tests.figures.report_samples import report
from tests.render.excel.workbooks import KINDS
from tests.render.powerpoint.opened import NS, Element, Opened, texts

DAY = dt.date(2023, 11, 14)
EMU = 12700
LEAST = 11
TITLE, CAPTION, BODY = (36.0, 25.2, 888.0, 68.4), (36.0, 96.5, 888.0, 20.0), (36.0, 112.0, 888.0, 372.0)
"""Boxes of the layouts, in points."""
Box = tuple[float, float, float, float]
FIGURES = [make() for make in KINDS.values()]
LONG = "Vårdgaranti specialistsjukvård: besök inom 90 dagar, procent, efter antal patienter. " * 2


def sample(**changes) -> Figure:
    """A small table."""
    return report_samples.figure(kind=FigureKind.TABLE, comments=(), **changes)


def boxes(slide: Element) -> list[Box]:
    """(left, top, width, height) in points of what stands on it, but for the number of the slide."""
    layout = {"title": TITLE, "10": CAPTION, "1": BODY}
    found = []
    for shape in slide.xpath("//p:sp[not(.//p:ph[@type='sldNum'])] | //p:graphicFrame", namespaces=NS):
        at = shape.xpath(".//a:xfrm | ./p:xfrm", namespaces=NS)
        if at:
            off, ext = at[0].find("a:off", NS), at[0].find("a:ext", NS)
            found.append(
                tuple(int(n) / EMU for n in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy")))
            )
        else:
            place = shape.find(".//p:ph", NS)
            found.append(layout[place.get("idx") or place.get("type")])
    return found


def covered(one: Box, other: Box) -> bool:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > 1 and down > 1.5


@pytest.mark.parametrize("change", [{}, {"caption": LONG, "help": LONG, "source": f"Källa: {LONG}"}])
def test_nothing_covers_anything_and_all_of_it_is_on_the_slide(change):
    for figure in FIGURES:
        for slide in Opened(pptx(replace(figure, **change), taken=DAY)).slides:
            found = boxes(slide)
            assert not [(a, b) for i, a in enumerate(found) for b in found[:i] if covered(a, b)]
            assert all(x >= 0 and y >= 0 and x + w <= 960.1 and y + h <= 540.1 for x, y, w, h in found)


def test_no_type_is_smaller_than_eleven_points():
    for figure in FIGURES:
        deck = Opened(pptx(figure, taken=DAY))
        roots = [*deck.slides, *(chart.root for chart in deck.charts)]
        sizes = [int(size) / 100 for root in roots for size in root.xpath("//a:*/@sz", namespaces=NS)]
        assert min(sizes) >= LEAST


def test_a_caption_that_needs_two_lines_has_them_whole_under_a_lower_title():
    (slide,) = Opened(pptx(sample(caption=LONG), taken=DAY)).slides
    (caption,) = slide.xpath("//p:sp[.//p:ph[@idx='10']]", namespaces=NS)
    assert texts(caption) == [LONG.strip()]
    title, under, *_ = boxes(slide)
    assert title[1] + title[3] <= under[1]
    assert under[1] + under[3] == pytest.approx(CAPTION[1] + CAPTION[3])


@pytest.mark.parametrize(("words", "size"), [(8, 2600), (9, 2200), (13, 2600), (18, 2200)])
def test_a_title_has_one_line_where_a_smaller_type_lets_it_else_the_largest_that_fits(words, size):
    (slide,) = Opened(pptx(sample(title="Vårdens " * words), taken=DAY)).slides
    (title,) = slide.xpath("//p:sp[.//p:ph[@type='title']]//a:rPr/@sz", namespaces=NS)
    assert int(title) == size


def test_a_summary_that_a_smaller_type_has_room_for_stands_on_one_slide():
    finding = (
        "Nyckeltal nummer {} är över målet i oktober och har varit det varje månad sedan januari i fjol."
    )
    sizes = {}
    for count in (3, 9, 40):
        deck = Opened(report_pptx(report(sample(), findings=tuple(map(finding.format, range(count))))))
        summary = [
            slide for slide, title in zip(deck.slides, deck.titles(), strict=True) if "Sammanf" in title
        ]
        found = summary[0].xpath("//p:sp[.//p:ph[@idx='1']]//a:rPr/@sz", namespaces=NS)
        sizes[count] = (len(summary), int(found[0]))
    assert sizes[3] == (1, 2000)
    assert sizes[9][0] == 1
    assert 1600 <= sizes[9][1] < 2000
    assert sizes[40][0] > 1


def test_a_section_tells_what_its_figures_say_as_far_as_there_is_room():
    def section(*figures: Figure) -> list[str]:
        deck = Opened(report_pptx(report(*figures)))
        return texts(deck.slides[deck.titles().index("Nyckeltal")])

    few = section(sample(title="Ett går ner"), sample(title="Två går upp"), sample(title="Ett går ner"))
    assert few[few.index("I avsnittet") :][1:3] == ["Ett går ner", "Två går upp"]
    many = section(*(sample(title=f"Nyckeltal {i}") for i in range(26)))
    shown = [text for text in many if text.startswith("Nyckeltal ")]
    assert f"och {26 - len(shown)} till" in many
    assert len(shown) > 8


def test_a_column_of_long_texts_gets_the_room_that_short_ones_can_do_without():
    texts = (
        "Ta fram en plan för hur verksamheten ska minska beroendet av inhyrd personal till våren " * 2,
    ) * 6
    short = tuple(f"HSD ({i}), NV ({i}), POU" for i in range(6))
    columns = [Shown("a", "Uppdrag", texts), *(Shown(key, "Ansvarig", short) for key in "bcdef")]
    first, *others = column_widths(columns, 12.0, 888.0)
    assert first + sum(others) == pytest.approx(888.0, abs=1)
    assert first > 2 * max(others)
    assert all(wide >= column.word(12.0) for wide, column in zip((first, *others), columns, strict=True))


def test_long_names_of_bars_are_broken_in_chart_and_workbook_alike():
    name = "Anställda i statsbidragsfinansierad pågående verksamhet, löneöversyn och ökade sociala avgifter"
    chart = broken_names(
        NativeChart(Shape.BAR, (NativeSeries("Belopp", (1.0, 2.0)),), (name, "Kort")), Room(600.0, 300.0)
    )
    assert chart.categories[0].split() == name.split()
    assert "\n" in chart.categories[0]
    assert chart.categories[1] == "Kort"
    assert sheet_of(chart).columns[0].cells == chart.categories


@pytest.mark.parametrize(("count", "between"), [(4, "between"), (36, "midCat")])
def test_few_points_stand_inside_the_plot_and_many_reach_its_edges(count, between):
    series = NativeSeries("Utfall", tuple(map(float, range(count))), labels={count - 1: "35 oktober"})
    chart = NativeChart(Shape.LINE, (series,), tuple(f"mån {i}" for i in range(count)))
    assert f'<c:crossBetween val="{between}"/>' in chart_xml(chart, sheet_of(chart), Room(800, 300)).decode()


def test_words_under_a_point_are_said_to_be_there():
    series = NativeSeries("Utfall", (1.0, 2.0, 3.0), labels={0: "över", 1: "under"}, under=frozenset({1}))
    chart = NativeChart(Shape.LINE, (series,), ("a", "b", "c"))
    drawn = chart_xml(chart, sheet_of(chart), Room(800, 300)).decode()
    assert drawn.index('<c:dLblPos val="t"/>') < drawn.index('<c:dLblPos val="b"/>')
