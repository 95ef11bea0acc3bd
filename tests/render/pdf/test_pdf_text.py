"""What a reader sees: everything that was said, in order, whole, as text. Read by pypdf."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Comment
from hsf_kpi.figures.report import LeftOut
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.pdf import report_pdf
from hsf_kpi.render.pdf.signs import Signs
from hsf_kpi.render.stamp import filter_line
from tests.render.pdf.pdf_samples import (
    ACTION,
    ANALYSIS,
    EDITION,
    EMPTY,
    MADE,
    PUBLISHED,
    curve,
    flat,
    matrix,
    report,
    rows,
    text_of,
    with_left_out,
)

HOSTILE = '#let x = 1; $a^2$ *fet* [Länk](http://x.se) @nyckel <etikett> <script>alert(1)</script> "a" \\ `k` // = #sys'


def test_all_is_said_in_order():
    drawn = curve(help="Så läses figuren.", definition="Andel sjuka timmar.", comments=(ANALYSIS, ACTION))
    drawn = replace(drawn, options={**drawn.options, "totals": "Summa 5,1."})
    whole = with_left_out(report(drawn, PUBLISHED, EMPTY), LeftOut("Tratten", "Antalet saknas."))
    text = flat(text_of(report_pdf(whole)))
    said = [
        whole.title, whole.meeting, "Verksamhet", "Period", "oktober 2023, preliminärt", "20 november 2023", "Inte fryst",
        "Sammanfattning", *whole.findings, "En del är utelämnad", "Innehåll",
        "Så står det till.", drawn.caption, "Summa 5,1.", drawn.help, drawn.definition, drawn.source,
        filter_line(drawn, MADE), "Analys, Verksamhetschef, 14 november 2023", "Fler är sjuka än i våras.",
        "Vi ser över schemat.", "Åtgärd, Vårdenhetschef, 15 november 2023, om september 2023", ACTION.text,
        PUBLISHED.title, PUBLISHED.caption, "Nära vård", PUBLISHED.source, EMPTY.title, EMPTY.empty,
        "Utelämnat", "Tratten: Antalet saknas.", "Om rapporten", "Källor", "kan inte bedömas", "Tillgänglighet",
        "Bilaga: figurernas tabeller", drawn.title, "september 2023", "5,2",
    ]  # fmt: skip
    at = 0
    for words in said:
        found = text.find(flat(words), at)
        assert found >= 0, words
        at = found


def test_every_page_says_which_report_and_page_it_is_and_origins_are_told_apart():
    whole = report(curve(), PUBLISHED, edition=EDITION)
    pages = pypdf.PdfReader(io.BytesIO(report_pdf(whole))).pages
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"sida {number} av {len(pages)}" in text
        assert f"Utgåva {EDITION.id}" in text
        assert "Publicerat, Demodata" in text
        assert number == 1 or flat(whole.title) in flat(text)
    first = flat(pages[0].extract_text())
    assert flat("Ur planer, årsredovisningar") in first
    assert flat("Påhittade uppgifter") in first
    assert flat("egna system") not in first
    assert flat("21 november 2023 kl. 00.30 av Controller") in first  # the day in Sweden
    assert EDITION.hash in first


def test_the_same_report_is_the_same_bytes_and_another_day_is_not():
    whole = report(curve(comments=(ANALYSIS,)), rows("A"), edition=EDITION)
    assert report_pdf(whole) == report_pdf(whole)
    assert report_pdf(whole) != report_pdf(replace(whole, made=MADE.replace(day=21)))


def test_it_tells_how_far_it_has_come_and_can_be_stopped():
    told = []
    report_pdf(report(rows("A"), EMPTY, rows("B")), lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    class Gone(Exception):
        pass

    def leave(done: int, _of: int) -> None:
        if done == 2:
            raise Gone

    with pytest.raises(Gone):
        report_pdf(report(rows("A"), EMPTY, rows("B")), leave)


def test_a_report_without_figures_says_what_was_left_out():
    empty = with_left_out(
        report(findings=()), LeftOut("Målen", "Inga mål är satta."), LeftOut("Vägen", "Ingen budget.")
    )
    text = flat(text_of(report_pdf(empty)))
    for words in (
        "Målen: Inga mål är satta.",
        "Två delar är utelämnade.",
        "Rapporten har inga figurer.",
        "inga fynd",
    ):
        assert flat(words) in text
    assert "Bilaga:" not in text


def test_markup_is_shown_as_it_was_written():
    text = text_of(
        report_pdf(report(rows(HOSTILE, title=HOSTILE, comments=(Comment("Analys", HOSTILE, HOSTILE, ""),))))
    )
    assert flat(text).count(flat(HOSTILE)) >= 4  # contents, heading, row, comment and who


def test_a_long_comment_is_whole_and_within_the_margins():
    words = " ".join(f"ord{k}" for k in range(1400))[:10_000]
    endless = "x" * 3_000
    said = (Comment("Analys", words, "", ""), Comment("Åtgärd", endless, "", ""))
    whole = report(rows("A", comments=said))
    text = text_of(report_pdf(whole))
    margins = rf"{flat(whole.title)}oktober2023,preliminärt|Framtagen20231120,intefrystDemodatasida\d+av\d+"
    assert flat(words) in re.sub(margins, "", flat(text))
    assert text.count("x") >= 3_000
    assert max(len(run) for run in re.findall("x+", text)) < 130


def test_signs_without_a_shape_are_marked_and_told():
    party, chart = "Bra 😀 jobbat 漢", curve("6,0% 😀", title="Nu 😀")
    text = flat(
        text_of(report_pdf(report(chart, rows("Enhet 😀", comments=(Comment("Analys", party, "", ""),)))))
    )
    assert flat("Bra □ jobbat □") in text
    assert flat("Enhet □") in text
    assert flat("tecken som rapportens typsnitt saknar: U+1F600, U+6F22.") in text


def test_a_wide_matrix_is_neither_cut_nor_without_its_row_names():
    for columns, text in ((12, "1,0"), (30, "1 234,5 mnkr")):
        file = report_pdf(report(rows("A"), matrix(columns, 4, text)))
        pages = pypdf.PdfReader(io.BytesIO(file)).pages
        turned = [page for page in pages if page.mediabox.width > page.mediabox.height]
        said = flat(text_of(file))
        assert all(flat(f"Kolumn {k}") in said for k in range(columns))
        assert said.count(flat(text)) >= 4 * columns
        if columns == 30:
            assert len(turned) == 1
            assert flat(turned[0].extract_text()).count("Enhet3") == 2  # a part of the columns each
        for page in pages:
            places: list[float] = []
            page.extract_text(
                visitor_text=lambda t, c, tm, _f, _s, at=places: (
                    at.append(_across(c, tm)) if t.strip() else None
                )
            )
            assert min(places) > 50
            assert max(places) < float(page.mediabox.width) - 56


def _across(page: list[float], line: list[float]) -> float:
    """Points from the page's left edge to where a text begins."""
    return page[0] * line[4] + page[2] * line[5] + page[4]


def test_long_words_are_hyphenated_in_swedish():
    narrow = matrix(9, 2, "sjukskrivningsförebyggande rehabiliteringssamordningen arbetsplatsförlagda")
    text = text_of(report_pdf(report(narrow)))
    broken = [line for line in text.splitlines() if line.endswith(("\N{SOFT HYPHEN}", "-", "\N{HYPHEN}"))]
    assert len(broken) >= 18  # each of the row's nine cells, twice


def test_a_chart_with_much_to_say_breaks_over_pages_but_is_not_cut():
    text = flat(text_of(report_pdf(report(curve(help=" ".join(f"hjälp{k}" for k in range(1500)))))))
    assert "hjälp1499" in text


def test_origins_decide_the_demo_mark():
    real = replace(
        rows("A"),
        origins=frozenset({Origin.LOADED}),
        source="Källa: inläst (a.xlsx; b.xlsx); Förvaltningsplan.",
    )
    text = text_of(report_pdf(report(real)))
    assert "Demodata\n" not in text
    assert flat("•Inläst (a.xlsx; b.xlsx)") in flat(text)
    assert flat("•Förvaltningsplan") in flat(text)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.text(min_size=1, max_size=40), max_size=25),
    st.text(st.characters(codec="latin-1"), max_size=60),
)
def test_any_text_can_be_said_and_is_found(texts, name):
    comments = tuple(Comment("Analys", text, name, "") for text in texts)
    text = flat(text_of(report_pdf(report(rows("A", title=name, caption=name, comments=comments)))))
    signs = Signs()
    for told in (name, *texts):
        for line in signs.shown(told).split("\n"):
            assert flat(line) in text
