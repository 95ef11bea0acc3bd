"""What a full månadsuppföljning costs, against the libraries alone drawing as much, and what it costs somebody else's click.

`python -m bench.reports`. The floor draws the same charts (as many series and points, in the same shapes) and the same table
cells, a slide or sheet for each figure, with nothing said about looks, notes, alternative texts, contents or tags.
"""

from __future__ import annotations

import gc
import io
import json
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pptx
import typst
import xlsxwriter
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from bench.client import Session
from bench.pages import build
from bench.servers import serve
from hsf_kpi.cli.loading import command_line_rights
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.figures.report import Report
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.period import Month
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.image import chart_svg
from hsf_kpi.render.native import native
from hsf_kpi.render.native.types import NativeChart, Shape
from hsf_kpi.render.table import text_columns
from hsf_kpi.reporting.compose import compose
from hsf_kpi.reporting.making import MEDIA, make
from hsf_kpi.reporting.order import Order
from hsf_kpi.reporting.templates import template_of
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

ROUNDS = 3
UNITS = ("kirurgkliniken", "hsf")
CLICKS = 150
THINK = 0.15
CLICKED = ("hsf", "akutsjukvard", "nara-vard", "kirurgkliniken", "medicinkliniken", "vuxenpsykiatri")
REPORTED = ("medicinkliniken", "vuxenpsykiatri", "akutsjukvard", "hsf", "kirurgkliniken", "rontgenkliniken")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = build(Path(folder), 1)
        workspace = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": url}))
        for unit in UNITS:
            cost_of(workspace, unit)
        workspace.store.close()
        clicks(url)


def cost_of(workspace: Workspace, unit: str) -> None:
    template = template_of(workspace, "manadsuppfoljning")
    order = Order(template, Selection(unit, Month.parse("2023-10"), template.view))
    rights = command_line_rights(workspace)
    started = time.perf_counter()
    report = compose(workspace, rights, order)
    first = time.perf_counter() - started
    started = time.perf_counter()
    compose(workspace, rights, order)
    again = time.perf_counter() - started
    figures = [part.figure for part in report.parts()]
    drawn = sum(figure.kind is not FigureKind.TABLE for figure in figures)
    print(
        f"\n{report.title}: {len(figures)} figures, {drawn} of them drawn; composed in {first:.2f} s, again {again:.2f} s"
    )
    floors: dict[str, Callable[[Report], bytes]] = {"pptx": floor_pptx, "pdf": floor_pdf, "xlsx": floor_xlsx}
    for medium, floor in floors.items():
        ours, bare, size = [], [], 0
        make(report, medium)
        floor(report)
        for _ in range(ROUNDS):
            gc.collect()
            taken, content = timed(lambda m=medium: make(report, m))  # type: ignore[misc]
            ours.append(taken)
            size = len(content)
            gc.collect()
            bare.append(timed(lambda f=floor: f(report))[0])  # type: ignore[misc]
        mine, theirs = median(ours), median(bare)
        print(
            f"  {MEDIA[medium].name:10} {mine:5.2f} s, {mine / len(figures) * 1000:4.0f} ms a figure; "
            f"the library alone {theirs:5.2f} s: {mine / theirs:.2f} ×   ({size / 1e6:.1f} MB)"
        )


def timed(made: Callable[[], bytes]) -> tuple[float, bytes]:
    started = time.perf_counter()
    content = made()
    return time.perf_counter() - started, content


def floor_pptx(report: Report) -> bytes:
    deck = pptx.Presentation()
    blank = deck.slide_layouts[6]
    for part in report.parts():
        slide = deck.slides.add_slide(blank)
        for chart in native(part.figure):
            kind, data = chart_data(chart)
            slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(8), Inches(5), data)
        if part.figure.kind is FigureKind.TABLE:
            columns = text_columns(part.figure)
            rows = len(part.figure.rows)
            table = slide.shapes.add_table(
                rows + 1, len(columns), Inches(1), Inches(1), Inches(8), Inches(5)
            ).table
            for j, (heading, texts) in enumerate(columns):
                for i, text in enumerate([heading, *texts]):
                    table.cell(i, j).text = text
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def chart_data(chart: NativeChart) -> tuple[XL_CHART_TYPE, CategoryChartData | XyChartData]:
    if chart.shape is Shape.SCATTER:
        points = XyChartData()
        for series in chart.series:
            added = points.add_series(series.name)
            for x, y in zip(series.xs, series.values, strict=True):
                if x is not None and y is not None:
                    added.add_data_point(x, y)
        return XL_CHART_TYPE.XY_SCATTER, points
    data = CategoryChartData()
    data.categories = list(chart.categories)
    for series in chart.series:
        data.add_series(series.name, series.values)
    if chart.shape is Shape.LINE:
        return XL_CHART_TYPE.LINE_MARKERS, data
    return XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED, data


def floor_xlsx(report: Report) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number, part in enumerate(report.parts()):
        name = str(number)
        sheet = book.add_worksheet(name)
        _cells(sheet, part.figure)
        for chart in native(part.figure):
            _draw(book, sheet, name, chart)
    book.close()
    return out.getvalue()


def _cells(sheet: xlsxwriter.worksheet.Worksheet, figure: Figure) -> None:
    for j, key in enumerate(keys(figure, "file")):
        sheet.write_string(0, j, key)
    for i, record in enumerate(records(figure), 1):
        for j, key in enumerate(keys(figure, "file")):
            value = record[key]
            if isinstance(value, int | float):
                sheet.write_number(i, j, value)
            elif value is not None:
                sheet.write_string(i, j, str(value))


def _draw(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, name: str, chart: NativeChart
) -> None:
    kinds = {Shape.LINE: "line", Shape.BAR: "bar", Shape.SCATTER: "scatter"}
    drawn = book.add_chart({"type": kinds[chart.shape]})
    assert drawn is not None
    for j, series in enumerate(chart.series):
        column = 30 + 2 * j
        for i, value in enumerate(series.values):
            if value is not None:
                sheet.write_number(i, column, value)
        for i, at in enumerate(series.xs or chart.categories):
            if at is not None:
                sheet.write(i, column + 1, at)
        rows = max(len(series.values) - 1, 0)
        drawn.add_series(
            {
                "name": series.name,
                "values": [name, 0, column, rows, column],
                "categories": [name, 0, column + 1, rows, column + 1],
            }
        )
    sheet.insert_chart(20, 1, drawn)


FLOOR = """#set document(title: "golv")
#set text(lang: "sv")
#let data = json(bytes(sys.inputs.data))
#for part in data {
  if part.svg != none { figure(image(bytes(part.svg), format: "svg", alt: "x", width: 100%)) } else {
    table(columns: part.columns, table.header(..part.cells.slice(0, part.columns)), ..part.cells.slice(part.columns))
  }
}
"""


def floor_pdf(report: Report) -> bytes:
    found: list[dict[str, object]] = []
    for part in report.parts():
        figure = part.figure
        if figure.kind is FigureKind.TABLE:
            columns = text_columns(figure)
            cells = [heading for heading, _ in columns]
            for i in range(len(figure.rows)):
                cells += [texts[i] for _, texts in columns]
            found.append({"svg": None, "columns": len(columns), "cells": cells})
        else:
            svg = chart_svg(figure, 900)
            found.append({"svg": svg, "columns": 0, "cells": []})
    return bytes(
        typst.compile(FLOOR.encode(), sys_inputs={"data": json.dumps(found)}, pdf_standards=["ua-1"])
    )


def clicks(url: str) -> None:
    """Somebody changes unit on three pages, again and again; then the same while somebody else's reports are made."""
    with (
        serve("app.py", 8970, HSF_KPI_DATABASE_URL=url) as server,
        Session(server.url) as reader,
        Session(server.url) as maker,
    ):
        for unit in CLICKED:
            for page in ("", "nyckeltal", "vagen"):
                reader.rerun(page, _query(unit))
        maker.rerun("rapport", _query(REPORTED[0]))
        maker.rerun("rapport", _query(REPORTED[0]), press="Gör filerna")
        alone = _clicked(reader)
        made: list[float] = []
        ended = threading.Event()
        making = threading.Thread(target=_make, args=(maker, made, ended))
        making.start()
        meanwhile = _clicked(reader)
        ended.set()
        making.join()
    print("\nSomebody else's click, ms (median, 95th percentile):")
    for name, found in (("alone", alone), ("while reports are made", meanwhile)):
        print(f"  {name:24} {median(found):5.0f} {_p95(found):6.0f}")
    print(
        f"  ratio                    {median(meanwhile) / median(alone):5.2f} {_p95(meanwhile) / _p95(alone):6.2f} ×"
    )
    print(f"  {len(made)} reports of three files were made meanwhile, {median(made) / 1000:.1f} s each")


def _clicked(reader: Session) -> list[float]:
    found = []
    for number in range(CLICKS):
        page = ("", "nyckeltal", "vagen")[number % 3]
        found.append(reader.rerun(page, _query(CLICKED[number % len(CLICKED)])))
        time.sleep(THINK)
    return found


def _make(maker: Session, made: list[float], ended: threading.Event) -> None:
    """One report after another, the units in turn: composed anew for each that is new."""
    number = 0
    while not ended.is_set():
        unit = REPORTED[number % len(REPORTED)]
        maker.rerun("rapport", _query(unit))
        made.append(maker.rerun("rapport", _query(unit), press="Gör filerna"))
        number += 1


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _query(unit: str) -> str:
    return f"enhet={unit}&manad=2023-10&vy=ack&kon=alla&org=idag&roll=ledning"


if __name__ == "__main__":
    main()
