"""A whole report as a workbook: a summary that leads to a sheet for each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.month import moment_words
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
from hsf_kpi.swedish.dates import date_text, day_words
from hsf_kpi.swedish.words import ORIGIN_WORD, UNIT_CAPTION, sentence_start

SUMMARY, LEFT_OUT, ABOUT = "Sammanfattning", "Utelämnat", "Om rapporten"


def report_xlsx(report: Report, told: Progress = unheard) -> bytes:
    """Sheets «Sammanfattning», one for each figure («3 Hyrpersonal»), «Utelämnat» where anything is, «Diagramdata» and
    «Om rapporten». `told` hears of every figure, and stops the making by raising.
    """
    c = report.context
    subject = f"{c.unit} {c.period}".strip()
    book = Book(report.title, subject, report.made, source=_origins(report), edition=_edition(report))
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
    c = report.context
    leaf = Leaf(book, SUMMARY, [230])
    leaf.sheet.hide_gridlines(2)
    leaf.text(report.title, "title")
    leaf.text(" · ".join(part for part in (c.path or c.unit, _period(report), c.as_known) if part), "muted")
    leaf.text(report.meeting, "muted")
    leaf.text(_edition(report), "muted")
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
    columns = [
        Field("Vad", tuple(cell_text(one.what) for one in report.left_out)),
        Field("Varför", tuple(cell_text(one.why) for one in report.left_out)),
    ]
    wide = widths(columns)
    leaf = Leaf(book, LEFT_OUT, wide)
    leaf.text(LEFT_OUT, "title")
    leaf.text("Det här ingår i mallen men finns inte i rapporten.", "muted")
    leaf.link(f"Till {SUMMARY}", SUMMARY)
    write_table(leaf, columns, wide, LEFT_OUT)


def _about(report: Report) -> Iterator[tuple[str, str]]:
    c, edition = report.context, report.edition
    lines = [
        ("Rubrik", report.title),
        ("Rapport", report.name),
        ("Till för", report.meeting),
        ("Verksamhet", c.path or c.unit),
        ("Period", _period(report)),
        ("Uppgifter per", day_words(c.known) if c.known else ""),
        ("Utgåva", _edition(report)),
        ("Vy", c.view),
        ("Kön", c.sex),
        ("Organisation", c.organisation),
    ]
    if edition is not None:
        lines += [
            ("Utgåvans id", edition.id),
            ("Kontrollsumma", f"SHA-256 {edition.hash}"),
            ("Fryst", f"{moment_words(edition.at)} av {edition.by}"),
            ("Dataversion", f"inläsning {edition.data}"),
        ]
    sources = unique(part.figure.source.removeprefix("Källa: ") for part in report.parts())
    lines += [("Källa", source) for source in sources]
    lines += [
        ("Ursprung", _origins(report)),
        ("Diagram", f"Ritas av figurernas tabeller och av fliken {DIAGRAM_DATA}, och kan redigeras."),
        ("Datum uttaget", date_text(report.made)),
    ]
    return ((name, text) for name, text in lines if text)


def _period(report: Report) -> str:
    c = report.context
    return f"{c.period} ({c.state})" if c.state else c.period


def _edition(report: Report) -> str:
    words = report.context.edition_words
    return words if words or report.edition is None else f"rapport {report.edition.id}"


def _origins(report: Report) -> str:
    return ", ".join(sorted(ORIGIN_WORD[origin] for origin in report.origins))
