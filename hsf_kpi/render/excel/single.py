"""A workbook of one figure."""

from __future__ import annotations

import datetime as dt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.excel.about import write_about
from hsf_kpi.render.excel.blocks import Blocks
from hsf_kpi.render.excel.book import Book
from hsf_kpi.render.excel.figure_sheet import write_figure
from hsf_kpi.render.native.reading import retold
from hsf_kpi.render.stamp import told_lines

FIGURE, DATA, ABOUT = "Figur", "Data", "Om"


def xlsx(figure: Figure, *, taken: dt.date | None = None) -> bytes:
    """Sheets «Figur» with the chart, «Data» with its table (a figure that is a table has it on «Figur»), «Diagramdata» with
    what else the chart is drawn from, where there is any, and «Om». `taken`: the day it is made, today when not given.
    """
    day = taken or dt.date.today()
    c = figure.context
    book = Book(
        figure.title, f"{c.unit} {c.period}".strip(), day, source=figure.source, edition=c.edition_words
    )
    blocks = Blocks()
    write_figure(book, blocks, figure, FIGURE, day, data=DATA)
    blocks.write(book)
    write_about(book, ABOUT, "Om figuren", told_lines(retold(figure), day))
    return book.bytes()
