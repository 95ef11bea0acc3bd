"""A report as a deck: which slides, in which order, and how the making is told and stopped."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.report import EditionMark, LeftOut, Section
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.powerpoint import report_pptx
from tests.figures.report_samples import figure, report
from tests.render.powerpoint.opened import NS, Opened, texts

TABLE = figure(kind=FigureKind.TABLE, comments=())
EMPTY = figure(title="Inget att visa i oktober", empty="Inga värden än.", rows=(), comments=())
MARK = EditionMark(
    "2023-10-hsf-7c1f20ab", "7c" * 32, dt.datetime(2023, 11, 20, 8, 15, tzinfo=dt.UTC), "Controller", 41
)


def opened(found) -> Opened:
    return Opened(report_pptx(found))


def test_the_slides_stand_in_the_order_of_the_report():
    deck = opened(report(TABLE, EMPTY))
    assert deck.titles() == [
        "Månadsuppföljning oktober 2023",
        "Sammanfattning",
        "Nyckeltal",
        TABLE.title,
        EMPTY.title,
        "Utelämnat",
        "Om rapporten",
    ]


def test_the_title_slide_tells_unit_period_state_meeting_and_that_figures_are_of_demo():
    (first, *_) = opened(report(TABLE, edition=MARK)).slides
    words = texts(first)
    assert "Innehåller Demodata" in words
    assert "Hälso- och sjukvårdsförvaltningen" in words
    assert "oktober 2023, preliminärt" in words
    assert "Månadens uppföljning." in words
    assert "Utgåva 2023-10-hsf-7c1f20ab, fryst 20 november 2023 kl. 09.15" in words
    assert "Ursprung: Demodata" in words
    loaded = replace(TABLE, origins=frozenset({Origin.LOADED}))
    assert "Innehåller Demodata" not in texts(opened(report(loaded)).slides[0])


def test_the_summary_has_every_finding_and_goes_on_where_they_are_many():
    findings = tuple(
        f"Nyckeltal {i} är över målet i oktober och har varit det sedan januari." for i in range(40)
    )
    deck = opened(report(TABLE, findings=findings))
    summary = [i for i, title in enumerate(deck.titles()) if title.startswith("Sammanfattning")]
    assert summary == list(range(1, 1 + len(summary)))
    assert len(summary) > 2
    bodies = [deck.slides[i].xpath("//p:sp[.//p:ph[@idx='1']]", namespaces=NS)[0] for i in summary]
    assert [text for body in bodies for text in texts(body)] == list(findings)


def test_a_section_has_a_slide_where_it_says_something_or_has_no_figures():
    plain = report(TABLE).sections[0]
    sections = (
        replace(plain, id="a", title="Utan inledning", intro=(), left_out=()),
        Section("b", "x", "Utan figurer", (), (), (LeftOut("Trattdiagram", "För få verksamheter."),)),
    )
    deck = opened(report(sections=sections))
    titles = deck.titles()
    assert "Utan inledning" not in titles
    assert "Utan figurer" in titles
    assert "Trattdiagram: För få verksamheter." in texts(deck.slides[titles.index("Utan figurer")])


def test_what_is_left_out_is_told_last_but_one_and_nothing_where_nothing_is():
    deck = opened(report(TABLE))
    assert "Vikt: Saknas." in texts(deck.slides[-2])
    plain = report(TABLE).sections[0]
    assert "Utelämnat" not in opened(report(sections=(replace(plain, left_out=()),))).titles()


def test_the_last_slide_tells_sources_origins_and_the_edition():
    words = texts(opened(report(TABLE, edition=MARK)).slides[-1])
    assert "Fryst: 20 november 2023 kl. 09.15 av Controller" in words
    assert f"Kontrollsumma (SHA-256): {'7c' * 32}" in words
    assert words.count("Demodata") == 1, "the source"
    assert any(line.startswith("Demodata: påhittade uppgifter") for line in words)


def test_progress_is_told_after_each_figure():
    heard: list[tuple[int, int]] = []
    report_pptx(report(TABLE, EMPTY, TABLE), lambda done, of: heard.append((done, of)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_what_progress_raises_stops_the_making():
    def gone(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        report_pptx(report(TABLE, EMPTY), gone)


def test_the_same_report_gives_the_same_bytes():
    found = report(TABLE, EMPTY, edition=MARK)
    assert report_pptx(found) == report_pptx(found)
    core = opened(found).archive.read("docProps/core.xml").decode()
    assert "2023-11-20T00:00:00Z" in core


def test_every_slide_has_one_title_and_no_two_the_same():
    titles = opened(report(TABLE, EMPTY)).titles()
    assert all(titles)
    assert len(set(titles)) == len(titles)
