"""A workbook as other libraries than the one that wrote it read it, and small figures and reports to write."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

from hsf_kpi.figures.economy.bridge import bridge_figure
from hsf_kpi.figures.economy.contribution import contribution_figure
from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.report import EditionMark, LeftOut, Part, Report, Section
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Status
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, outcome, target
from tests.figures.spc_samples import SHIFT, judged
from tests.render.compare_drawn import EVERY, small
from tests.render.economy_samples import DEMO, HSF, NAMES, SOURCE, bridge, contribution
from tests.render.timeline_samples import timeline

DAY = dt.date(2023, 11, 20)
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
ANALYSIS = Comment(
    "Analys", "Fler är sjuka än i våras.\n\nVi ser över schemat.", "Verksamhetschef", "14 november 2023"
)


class Opened:
    """sheets: name → rows of cell values, without empty cells at the end."""

    def __init__(self, data: bytes) -> None:
        self.parts = zipfile.ZipFile(io.BytesIO(data))
        self.book: Any = openpyxl.load_workbook(io.BytesIO(data))

    @property
    def names(self) -> list[str]:
        return list(self.book.sheetnames)

    def texts(self, sheet: str) -> list[str]:
        """Every text on the sheet, row by row."""
        return [str(cell.value) for row in self.book[sheet] for cell in row if isinstance(cell.value, str)]

    def every_text(self) -> list[str]:
        return [text for name in self.names for text in self.texts(name)]

    def lines(self, sheet: str) -> list[tuple[str, str]]:
        """(name, text) of the rows under the heading of an «Om» sheet."""
        rows = self.book[sheet].iter_rows(min_row=2, values_only=True)
        return [(str(name), str(text)) for name, text, *_ in rows]

    def table(self, sheet: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """(headings, rows) of the sheet's Excel table."""
        (made,) = self.book[sheet].tables.values()
        rows = list(self.cells(sheet, made.ref))
        assert [column.name for column in made.tableColumns] == list(rows[0])
        assert made.autoFilter is not None
        return [str(heading) for heading in rows[0]], rows[1:]

    def column(self, sheet: str, heading: str) -> list[Any]:
        headings, rows = self.table(sheet)
        return [row[headings.index(heading)] for row in rows]

    def cells(self, sheet: str, ref: str) -> Iterator[tuple[Any, ...]]:
        left, top, right, bottom = range_boundaries(ref.replace("$", ""))
        yield from self.book[sheet].iter_rows(top, bottom, left, right, values_only=True)

    def links(self, sheet: str) -> set[str]:
        """Where the sheet's links lead within the workbook."""
        found = (cell.hyperlink for row in self.book[sheet] for cell in row)
        return {str(link.location) for link in found if link is not None}

    def xml(self, part: str) -> Any:
        return etree.fromstring(self.parts.read(part))

    def charts(self) -> list[Any]:
        names = [n for n in self.parts.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", n)]
        return [self.xml(name) for name in sorted(names, key=lambda n: int(re.sub(r"\D", "", n)))]

    def alternatives(self) -> list[str]:
        """The text alternatives of all graphics."""
        names = sorted(n for n in self.parts.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", n))
        return [
            str(found.get("descr") or "")
            for name in names
            for found in self.xml(name).iter(f"{_DRAWING}cNvPr")
        ]

    def referred(self, formula: str) -> list[Any]:
        """The values of the cells that a chart refers to."""
        sheet, _, ref = formula.rpartition("!")
        name = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
        return [value for row in self.cells(name, ref) for value in row]


def series_of(chart: Any) -> list[Any]:
    return list(chart.iter(f"{C}ser"))


def formula(element: Any) -> str:
    return str(next(element.iter(f"{C}f")).text)


def cached(element: Any) -> list[str | None]:
    """The values that the chart part itself holds; None where it has none."""
    count = int(next(element.iter(f"{C}ptCount")).get("val"))
    found = {int(pt.get("idx")): pt.findtext(f"{C}v") for pt in element.iter(f"{C}pt")}
    return [found.get(i) for i in range(count)]


def curve(values: tuple[str | None, ...] = ("6.4", None, "5.2", "5.1"), **changes: object) -> Figure:
    """Four months, one of them missing."""
    told = months(measure(), list(values))
    drawn = trend(assessment(told[-1], GOAL, Status.MET, bound="6.0", last="5.5"), told, context=CONTEXT)
    return replace(drawn, **changes)  # type: ignore[arg-type]


def areas() -> Figure:
    m = measure()
    made = {
        "Första": (Status.MET, Status.MISSED, Status.NEAR),
        "Andra": (Status.NOT_ASSESSABLE, Status.MET),
    }
    return goals(
        [
            (name, [assessment(outcome(m, "5"), GOAL, status, bound="2") for status in statuses])
            for name, statuses in made.items()
        ],
        context=CONTEXT,
    )


def limits() -> Figure:
    """With control limits and a signal."""
    m = measure()
    told = months(m, list(SHIFT))
    return trend(
        assessment(told[-1], GOAL, Status.MET, bound="6.0"), told, context=CONTEXT, process=judged(SHIFT, m)
    )


KINDS = {
    "trend": curve,
    "limits": limits,
    "goals": areas,
    "bridge": lambda: bridge_figure(bridge(), context=HSF, origins=DEMO, source=SOURCE),
    "contribution": lambda: contribution_figure(
        contribution(), NAMES, context=HSF, origins=DEMO, source=SOURCE, own_budget=True
    ),
    "timeline": timeline,
    "multiples": lambda: small(kir=("5.1", None, "4.0"), med=("6.1", "6.2", "6.3")),
    **EVERY,
}


def report(*figures: Figure, edition: EditionMark | None = None, **changes: object) -> Report:
    """A report with a section of the figures and one without any."""
    parts = tuple(Part(f"del.{i}", figure, ("hsf",)) for i, figure in enumerate(figures))
    whole = Report(
        "manadsuppfoljning",
        "Månadsuppföljning",
        "Månadsuppföljning oktober 2023, HSF",
        "Löpande uppföljning varje månad.",
        "2023-10",
        CONTEXT,
        ("Sjukfrånvaron når målet.", "Två nyckeltal når inte målet."),
        (
            Section("laget", "overview", "Läget", ("Så här ser det ut.",), parts),
            Section(
                "tomt",
                "actions",
                "Uppdrag",
                ("Inga uppdrag är lämnade.",),
                (),
                (LeftOut("Tratt", "Gruppen är för liten."),),
            ),
        ),
        DAY,
        edition,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]
