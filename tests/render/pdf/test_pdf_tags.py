"""What a screen reader is told: tags, language, title, alternatives, headings, bookmarks. Read by pikepdf."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import pikepdf
import pytest
import typst

from hsf_kpi.model.problems import RenderError
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.pdf import content, report_pdf
from tests.render.pdf.pdf_samples import ACTION, ANALYSIS, EMPTY, MADE, curve, kinds, report, rows, tags

SECOND = curve(title="Sjukfrånvaron är högre än i fjol", sentence="En linje som stiger.")
REPORT = report(curve(comments=(ANALYSIS, ACTION)), rows("Nära vård", "Akutsjukvård"), SECOND, EMPTY)


@pytest.fixture(scope="module")
def file():
    with pikepdf.open(io.BytesIO(report_pdf(REPORT))) as opened:
        yield opened


def test_it_says_that_it_is_tagged_swedish_and_what_it_is_called(file):
    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "sv-SE"
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert str(file.docinfo.Title) == REPORT.title
    with file.open_metadata() as told:
        assert told["dc:title"] == REPORT.title
        assert told["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        assert told["xmp:CreateDate"].startswith(MADE.isoformat())


def test_every_page_is_tagged_and_read_in_that_order(file):
    assert all(str(page.Tabs) == "/S" and "/StructParents" in page for page in file.pages)


def test_every_chart_has_its_own_alternative(file):
    told = [str(tag.Alt) for tag in tags(file) if str(tag.S) == "/Figure"]
    assert told == [
        alternative_text(part.figure)
        for part in REPORT.parts()
        if part.figure.title in (REPORT.sections[0].parts[0].figure.title, SECOND.title)
    ]


def test_tables_have_header_cells_with_their_scope(file):
    heads = [tag for tag in tags(file) if str(tag.S) == "/TH"]
    found = kinds(file)
    assert found.count("/Table") == found.count("/THead") == 3  # the table, and the two curves' values
    assert heads
    assert all(str(head.A[0].Scope) == "/Column" for head in heads)
    cells = [tag for tag in tags(file) if str(tag.S) == "/TD"]
    assert all(len(cell.A[0].Headers) == 1 for cell in cells)


def test_headings_follow_each_other_without_a_leap(file):
    levels = [int(kind[2]) for kind in kinds(file) if kind[:2] == "/H" and kind[2:].isdecimal()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_bookmarks_are_the_sections_and_their_figures(file):
    with file.open_outline() as outline:
        found = {item.title: [below.title for below in item.children] for item in outline.root}
    titles = [part.figure.title for part in REPORT.parts()]
    assert list(found) == ["Sammanfattning", "Medarbetare", "Om rapporten", "Bilaga: figurernas tabeller"]
    assert found["Medarbetare"] == titles
    assert found["Bilaga: figurernas tabeller"] == [titles[0], SECOND.title]


def test_links_say_where_they_lead_and_lead_only_within_the_file(file):
    links = [a for page in file.pages for a in page.get("/Annots", ()) if str(a.Subtype) == "/Link"]
    assert links
    assert all("/Dest" in link and str(link.Contents) for link in links)


def test_margins_are_not_read_aloud(file):
    assert all(b"/Artifact" in page.Contents.read_bytes() for page in file.pages)


@pytest.mark.parametrize("alt", ["", " \n", "\x00"])
def test_a_chart_without_an_alternative_is_refused_by_the_compiler(monkeypatch, alt):
    monkeypatch.setattr(content, "alternative_text", lambda _figure: alt)
    with pytest.raises(RenderError, match="en figur saknar textalternativ") as told:
        report_pdf(report(SECOND))
    assert isinstance(told.value.__cause__, typst.TypstError)
    assert "missing alt text" in told.value.__cause__.message
    assert SECOND.caption in str(told.value)


def test_what_else_the_compiler_refuses_is_told_in_swedish(monkeypatch):
    monkeypatch.setattr(content.Signs, "shown", lambda _signs, text: text)
    with pytest.raises(RenderError, match="Rapporten kan inte göras som PDF") as told:
        report_pdf(report(rows("Vård 😀")))
    assert "textalternativ" not in str(told.value)


def test_a_chart_that_cannot_be_drawn_is_named(monkeypatch):
    def refuse(*_args: object) -> str:
        raise ValueError("no")

    monkeypatch.setattr(content, "chart_svg", refuse)
    with pytest.raises(RenderError, match="kan inte ritas") as told:
        report_pdf(replace(REPORT))
    assert REPORT.sections[0].parts[0].figure.title in str(told.value)
