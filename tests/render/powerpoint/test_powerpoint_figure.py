"""A deck of one figure: what every slide holds, long titles and comments, nothing to draw, hostile words, the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import zipfile
from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import Comment, Figure, FigureKind
from hsf_kpi.figures.spark import spark
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Status
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.native import native
from hsf_kpi.render.native.types import Ink, NativeChart, NativeSeries, Shape
from hsf_kpi.render.powerpoint import figure_slides, pptx
from hsf_kpi.render.stamp import told_lines
from hsf_kpi.render.theme import LIGHT, PETROL
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, target
from tests.figures.report_samples import figure as sample
from tests.render.powerpoint.opened import NS, Opened, texts

DAY = dt.date(2023, 11, 14)
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
EMU = 12700
LONG = "Sjukfrånvaron bland undersköterskor på akutmottagningen är 1,8 procentenheter högre än målet " * 6
SCRIPT = "<script>alert('x')</script> & </a:t> 😀 =1+1"


def curve(**changes) -> Figure:
    found = months(measure(), ["6.4", None, "5.123456789", "5.1"])
    plain = trend(assessment(found[-1], GOAL, Status.MET, bound="6.0", last="5.5"), found, context=CONTEXT)
    return replace(plain, **changes)


def opened(figure: Figure) -> Opened:
    return Opened(pptx(figure, taken=DAY))


def runs(deck: Opened):
    names = [
        n
        for n in deck.names
        if re.match(r"ppt/(slides|notesSlides|charts|slideLayouts|slideMasters)/\w+\.xml", n)
    ]
    for name in names:
        yield from deck.xml(name).iter(f"{{{NS['a']}}}r")


def test_a_trend_is_one_slide_with_a_native_chart_and_no_picture():
    deck = opened(curve())
    assert len(deck.slides) == len(deck.charts) == 1
    assert not [n for n in deck.names if "media" in n or n.endswith((".png", ".jpeg", ".emf", ".bin"))]
    assert deck.slides[0].xpath("//p:pic", namespaces=NS) == []
    assert deck.slides[0].xpath("//a:graphicData/@uri", namespaces=NS) == [NS["c"]]


def test_the_chart_holds_the_figures_values():
    figure = curve()
    (chart,) = deck_charts = opened(figure).charts
    assert len(deck_charts) == len(native(figure))
    for series, told in zip(chart.series, native(figure)[0].series, strict=True):
        assert chart.cells(series, "val") == pytest.approx(list(told.values))
        assert chart.cells(series, "tx") == [told.name]
    assert 5.123456789 in chart.cells(chart.series[0], "val")


def test_title_caption_and_source_are_in_the_layouts_own_places():
    figure = curve()
    deck = opened(figure)
    (slide,) = deck.slides
    assert deck.titles() == [figure.title]
    caption, foot = (
        texts(slide.xpath(f"//p:sp[.//p:ph[@idx='{idx}']]", namespaces=NS)[0]) for idx in ("10", "11")
    )
    assert caption == [figure.caption]
    assert foot[0] == figure.source
    assert foot[1].endswith("uttaget 2023-11-14")
    assert slide.xpath("//a:fld/@type", namespaces=NS) == ["slidenum"]


def test_the_slide_is_wide():
    size = opened(curve()).xml("ppt/presentation.xml").find("p:sldSz", NS)
    assert (int(size.get("cx")), int(size.get("cy"))) == (960 * EMU, 540 * EMU)


def test_the_chart_has_the_figures_text_alternative():
    figure = curve()
    assert opened(figure).told(0) == [alternative_text(figure)]


def test_the_notes_tell_all_that_follows_a_figure():
    figure = curve(comments=(Comment("Analys", "Fler\nvikarier.", "Verksamhetschef", "14 november 2023"),))
    notes = opened(figure).notes(0)
    assert notes == [f"{name}: {text}" for name, text in told_lines(figure, DAY)]
    assert any(line.startswith("Definition: ") for line in notes) or not figure.definition


def test_every_run_is_swedish():
    found = list(runs(opened(curve(comments=(Comment("Analys", "Text.", "Chef", "i dag"),)))))
    assert len(found) > 10
    assert {run.find("a:rPr", NS).get("lang") for run in found} == {"sv-SE"}


def test_the_theme_has_our_colours_and_a_font_that_everybody_has():
    theme = opened(curve()).xml("ppt/theme/theme1.xml")
    (scheme,) = theme.xpath("//a:clrScheme", namespaces=NS)
    colours = {c.tag.rpartition("}")[2]: "#" + c[0].get("val") for c in scheme}
    assert scheme.get("name") == "HSF nyckeltal"
    wanted = {
        "dk1": LIGHT.text,
        "lt1": LIGHT.background,
        "dk2": LIGHT.data,
        "lt2": LIGHT.secondary,
        "accent1": LIGHT.blue,
        "accent2": LIGHT.orange,
        "accent3": LIGHT.plum,
        "accent4": PETROL,
        "accent5": LIGHT.data2,
        "accent6": LIGHT.grey,
        "hlink": PETROL,
        "folHlink": PETROL,
    }
    assert colours == wanted
    assert (
        theme.xpath("//a:majorFont/a:latin/@typeface | //a:minorFont/a:latin/@typeface", namespaces=NS)
        == ["Arial"] * 2
    )


def test_the_files_properties_name_the_figure_and_no_person():
    core = opened(curve()).archive.read("docProps/core.xml").decode()
    assert re.findall(r"<dc:title>(.*?)</dc:title>", core) == [curve().title]
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", core) == ["HSF nyckeltal"]
    assert re.findall(r"<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", core) == ["HSF nyckeltal"]
    assert re.findall(r"<dc:language>(.*?)</dc:language>", core) == ["sv-SE"]
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2023-11-14T00:00:00Z"}


def test_the_same_figure_and_day_give_the_same_bytes(monkeypatch):
    first = pptx(curve(), taken=DAY)
    later = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert pptx(curve(), taken=DAY) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [archive.read(n) for n in archive.namelist() if n.endswith(".xlsx")]
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_title_too_long_is_smaller_then_cut_and_whole_in_the_notes():
    short, long = opened(curve(title=LONG[:130])), opened(curve(title=LONG))
    sizes = [int(d.title(d.slides[0]).xpath(".//a:rPr/@sz", namespaces=NS)[0]) for d in (short, long)]
    assert short.titles() == [LONG[:130].strip()]
    assert sizes[0] in range(1900, 2600)
    assert sizes[1] == 1800
    assert long.titles()[0].endswith("…")
    assert LONG.startswith(long.titles()[0].removesuffix("…"))
    assert f"Rubrik: {LONG}".strip() in long.notes(0)


def test_an_endless_word_in_a_title_is_cut():
    (title,) = opened(curve(title="x" * 3000)).titles()
    assert title.endswith("…")
    assert len(title) < 400


def test_short_comments_stand_beside_the_chart():
    comments = (Comment("Analys", "Fler vikarier.", "Verksamhetschef", "14 november 2023"),)
    deck = opened(curve(comments=comments))
    (slide,) = deck.slides
    (frame,) = slide.xpath("//p:graphicFrame", namespaces=NS)
    (box,) = slide.xpath("//p:sp[.//p:cNvPr[@name='Kommentarer']]", namespaces=NS)
    assert texts(box) == ["Analys, Verksamhetschef, 14 november 2023", "Fler vikarier."]
    end = int(frame.find("p:xfrm/a:off", NS).get("x")) + int(frame.find("p:xfrm/a:ext", NS).get("cx"))
    assert end <= int(box.find(".//a:off", NS).get("x"))


def test_long_comments_have_slides_of_their_own_and_are_whole():
    words = [f"ord{i}" for i in range(1500)]
    text = "\n".join(" ".join(words[i : i + 300]) for i in range(0, 1500, 300))
    assert len(text) > 10_000
    deck = opened(
        curve(
            comments=(Comment("Åtgärd", text, "Chef", "i dag"), Comment("Analys", "Slut.", "Chef", "i dag"))
        )
    )
    titles = deck.titles()
    assert len(titles) > 3
    assert titles[1].startswith("Kommentarer: ")
    assert titles[2].endswith(f"(forts.\u00a02\u00a0av\u00a0{len(titles) - 1})")
    assert len(set(titles)) == len(titles)
    bodies = [
        text
        for slide in deck.slides[1:]
        for text in texts(slide.xpath("//p:sp[.//p:ph[@idx='1']]", namespaces=NS)[0])
    ]
    assert (
        " ".join(bodies).split() == f"Åtgärd, Chef, i dag {' '.join(words)} Analys, Chef, i dag Slut.".split()
    )


def test_an_endless_word_in_a_comment_is_whole():
    deck = opened(curve(comments=(Comment("Analys", "å" * 10_000, "", ""),)))
    assert deck.words().count("å") >= 10_000


def test_nothing_to_draw_is_said_in_large_words():
    deck = opened(curve(empty="Inga utfall är rapporterade än.", rows=()))
    (slide,) = deck.slides
    (box,) = slide.xpath("//p:sp[.//p:cNvPr[@name='Inget att visa']]", namespaces=NS)
    assert texts(box) == ["Inga utfall är rapporterade än."]
    assert int(box.xpath(".//a:rPr/@sz", namespaces=NS)[0]) >= 1800
    assert deck.charts == []


def test_a_line_of_totals_stands_over_the_chart():
    figure = curve()
    deck = opened(replace(figure, options={**figure.options, "totals": "● 3 uppnått · ■ 1 ej uppnått"}))
    (slide,) = deck.slides
    (box,) = slide.xpath("//p:sp[.//p:cNvPr[@name='Summering']]", namespaces=NS)
    assert texts(box) == ["● 3 uppnått · ■ 1 ej uppnått"]
    (frame,) = slide.xpath("//p:graphicFrame/p:xfrm/a:off/@y", namespaces=NS)
    assert int(box.find(".//a:off", NS).get("y")) + int(box.find(".//a:ext", NS).get("cy")) <= int(frame)


def test_hostile_words_are_text_everywhere():
    hostile = f"{SCRIPT}\x00\x08\u202e"
    context = replace(CONTEXT, path=hostile, unit=hostile)
    figure = curve(
        title=hostile, caption=hostile, source=hostile, help=hostile, sentence=hostile, context=context,
        comments=(Comment("Analys", hostile, hostile, hostile),),
    )  # fmt: skip
    deck = opened(figure)
    assert deck.titles() == [SCRIPT]
    assert deck.words().count(SCRIPT) >= 6
    assert SCRIPT in deck.told(0)[0]
    assert "\u202e" not in deck.words()
    assert f"Visar: {SCRIPT}" in deck.notes(0)


def test_a_small_picture_and_every_place_of_a_slide_is_inside_it():
    found = months(measure(), ["6.4", "5.1"])
    deck = opened(
        spark(assessment(found[-1], GOAL, Status.MET, bound="6.0", last="5.5"), found, context=CONTEXT)
    )
    assert len(deck.charts) == 1
    for slide in deck.slides:
        for place in slide.xpath("//a:xfrm[a:ext/@cx>0] | //p:xfrm", namespaces=NS):
            off, ext = place.find("a:off", NS), place.find("a:ext", NS)
            assert 0 <= int(off.get("x")) <= int(off.get("x")) + int(ext.get("cx")) <= 960 * EMU
            assert 0 <= int(off.get("y")) <= int(off.get("y")) + int(ext.get("cy")) <= 540 * EMU


@pytest.mark.parametrize("kind", list(FigureKind))
def test_a_figure_of_any_kind_with_nothing_to_draw_is_a_slide(kind):
    deck = opened(sample(kind=kind, rows=(), empty="Inget att visa än."))
    assert "Inget att visa än." in deck.words()


def test_ids_of_shapes_are_told_once_on_a_slide():
    deck = opened(curve(comments=(Comment("Analys", "Text.", "Chef", "i dag"),), help="Läs så här."))
    ids = deck.slides[0].xpath("//p:cNvPr/@id", namespaces=NS)
    assert len(ids) == len(set(ids))


def test_many_small_charts_are_shared_among_slides_with_their_own_alternatives(monkeypatch):
    charts = tuple(
        NativeChart(
            Shape.LINE,
            (NativeSeries("Utfall", (1.0, float(i))), NativeSeries("Mål", (2.0, 2.0), ink=Ink.DECIDED)),
            ("jan", "feb"),
            title=f"Enhet {i}",
            alt=f"Enhet {i} slutar på {i}.",
        )
        for i in range(14)
    )
    monkeypatch.setattr(figure_slides, "native", lambda _figure: charts)
    deck = opened(curve())
    assert [len(deck.told(i)) for i in range(len(deck.slides))] == [7, 7]
    assert deck.told(1)[-2:] == ["Enhet 12 slutar på 12.", "Enhet 13 slutar på 13."]
    assert deck.titles()[1].endswith(" (forts.\u00a02\u00a0av\u00a02)")
    assert all(chart.find("//c:legend") == [] for chart in deck.charts)
    assert deck.charts[3].find("//c:chart/c:title//a:t/text()") == ["Enhet 3"]
