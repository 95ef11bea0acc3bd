"""A whole report as a workbook: a summary that leads to a sheet for each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.report import Report, Section
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.excel.about import write_about
from hsf_kpi.render.excel.blocks import NAME as DIAGRAM_DATA
from hsf_kpi.render.excel.blocks import Blocks
from hsf_kpi.render.excel.book import Book
from hsf_kpi.render.excel.fields import Field
from hsf_kpi.render.excel.figure_sheet import Around, write_figure
from hsf_kpi.render.excel.leaf import Leaf, internal
from hsf_kpi.render.excel.tables import widths, write_table
from hsf_kpi.render.excel.texts import cell_text, sheet_name
from hsf_kpi.render.progress import Progress, unheard
from hsf_kpi.render.report_words import (
    ABOUT,
    LEFT_OUT,
    SUMMARY,
    edition_line,
    facts,
    origin_names,
    origins,
    place,
    sources,
)
from hsf_kpi.swedish.words import ORIGIN_WORD, UNIT_CAPTION, sentence_start


def report_xlsx(report: Report, told: Progress = unheard) -> bytes:
    """Sheets «Sammanfattning», one for each figure («3 Hyrpersonal»), «Utelämnat» where anything is, «Diagramdata» and
    «Om rapporten». `told` hears of every figure, and stops the making by raising.
    """
    c = report.context
    subject = f"{c.unit} {c.period}".strip()
    edition = f"Utgåva {report.edition.id}" if report.edition else ""
    book = Book(report.title, subject, report.made, source=origin_names(report), edition=edition)
    names = sheet_names([part.figure for part in report.parts()])
    blocks = Blocks()
    _summary(book, report, names)
    for number, (section, first, figure) in enumerate(_in_order(report)):
        around = Around(section.title, section.intro if first else (), SUMMARY)
        write_figure(book, blocks, figure, names[number], report.made, around=around)
        told(number + 1, len(names))
    _left_out(book, report)
    blocks.write(book)
    write_about(book, ABOUT, ABOUT, _about(report))
    return book.bytes()


def sheet_names(figures: Sequence[Figure]) -> list[str]:
    """«3 Hyrpersonal»: the number of the figure and what its caption begins with, each unlike the others."""
    return [sheet_name(number, _measure(figure)) for number, figure in enumerate(figures, 1)]


def _measure(figure: Figure) -> str:
    """The measure: the caption's first sentence without its unit, and without what is said before a colon."""
    first = " ".join(figure.caption.split()).partition(". ")[0].rstrip(".")
    for caption in UNIT_CAPTION.values():
        first = first.removesuffix(f", {caption}")
    _, _, after = first.partition(": ")
    return sentence_start(after) or first or figure.title


def _in_order(report: Report) -> Iterator[tuple[Section, bool, Figure]]:
    """(section, whether the figure is its first, figure)."""
    for section in report.sections:
        for i, part in enumerate(section.parts):
            yield section, i == 0, part.figure


def _summary(book: Book, report: Report, names: Sequence[str]) -> None:
    leaf = Leaf(book, SUMMARY, [230])
    leaf.sheet.hide_gridlines(2)
    leaf.text(report.title, "title")
    leaf.text(place(report), "muted")
    leaf.text(report.meeting, "muted")
    leaf.text(edition_line(report), "muted")
    if Origin.DEMO in report.origins:
        leaf.text(ORIGIN_WORD[Origin.DEMO], "demo")
    if report.findings:
        leaf.skip()
        leaf.text("Det viktigaste", "heading")
    for i, finding in enumerate(report.findings):
        leaf.text(finding, "text" if i else "strong")
    leaf.skip()
    leaf.text("Innehåll", "heading")
    rest = iter(names)
    for section in report.sections:
        leaf.text(section.title, "strong")
        if not section.parts:
            for sentence in section.intro:
                leaf.text(sentence)
        for part in section.parts:
            _entry(leaf, next(rest), part.figure.title)
    others = [LEFT_OUT] if report.left_out else []
    for name in (*others, ABOUT):
        leaf.link(name, name)


def _entry(leaf: Leaf, name: str, title: str) -> None:
    """A line of the contents: the sheet, which leads there, and what its figure says."""
    leaf.sheet.write_url(leaf.row, 0, internal(name), leaf.book.format("link"), name)
    leaf.sheet.write_string(leaf.row, 1, cell_text(title), leaf.book.format("text"))
    leaf.skip()


def _left_out(book: Book, report: Report) -> None:
    if not report.left_out:
        return
    found = unique(report.left_out)
    columns = [
        Field("Vad", tuple(cell_text(one.what) for one in found)),
        Field("Varför", tuple(cell_text(one.why) for one in found)),
    ]
    wide = widths(columns)
    leaf = Leaf(book, LEFT_OUT, wide)
    leaf.text(LEFT_OUT, "title")
    leaf.text("Det här ingår i mallen men finns inte i rapporten.", "muted")
    leaf.link(f"Till {SUMMARY}", SUMMARY)
    write_table(leaf, columns, wide, LEFT_OUT)


def _about(report: Report) -> Iterator[tuple[str, str]]:
    yield "Rubrik", report.title
    yield from facts(report)
    for name, means in origins(report):
        yield "Ursprung", f"{name}: {means}"
    for source in sources(report):
        yield "Källa", source
    yield "Diagram", f"Ritas av figurernas tabeller och av fliken {DIAGRAM_DATA}, och kan redigeras."
