"""A workbook that is being written: its theme, its properties, its formats, each made once."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.color import Color

from hsf_kpi.render.characters import plain
from hsf_kpi.render.excel.colours import colour
from hsf_kpi.render.excel.texts import SHEET_NAME, mark
from hsf_kpi.render.office import FONT, MUTED, NAME, PALE, TEXT, theme_xml
from hsf_kpi.render.theme import DEMO_GROUND, DEMO_TEXT, PETROL

SIZE = 10
"""Points of a cell's text."""
ROW, COLUMN = 17, 64
"""Pixels of a row and a column as they are when nothing is said."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": SIZE, "font_scheme": "minor"},
    "default_row_height": ROW,
    "default_column_width": COLUMN,
}
_A4 = 9
_PROPERTY = 250
"""Signs of a document property."""


STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": colour(TEXT)},
    "heading": {"bold": True, "font_size": 11},
    "text": {},
    "strong": {"bold": True},
    "muted": {"font_color": colour(MUTED)},
    "demo": {"bold": True, "font_color": Color(DEMO_TEXT), "bg_color": Color(DEMO_GROUND)},
    "link": {"font_color": Color(PETROL), "underline": 1},
    "head": {"bold": True, "bg_color": colour(PALE), "bottom": 1},
    "met": {"font_color": Color("#0F5288"), "bg_color": Color("#E4F0FA")},
    "missed": {"font_color": Color("#9A3F00"), "bg_color": Color("#FDEBDD")},
    "near": {"font_color": Color("#52606C"), "bg_color": Color("#EEF2F5")},
}
"""Tints of the statuses and of Demodata are the look's own."""


class Book:
    """Sheets are added in the order that they are read."""

    def __init__(self, title: str, subject: str, made: dt.date, *, source: str, edition: str = "") -> None:
        """made: the day that the file says it was made, so that the same contents give the same bytes."""
        self._file = io.BytesIO()
        self.workbook = Workbook(self._file, dict(_OPTIONS))
        self.workbook.use_custom_theme(io.StringIO(theme_xml()))
        self.workbook.set_properties(
            {
                "title": plain(title)[:_PROPERTY],
                "subject": plain(subject)[:_PROPERTY],
                "author": NAME,
                "company": NAME,
                "created": dt.datetime.combine(made, dt.time()),
            }
        )
        self._formats: dict[tuple[object, ...], Any] = {}
        self._header = f"&L{mark(title)}&R{mark(subject)}"
        self._footer = f"&L{mark(source)}&C{mark(edition)}&RSida &P av &N"
        self._names: set[str] = set()
        self.tables = 0

    def format(self, style: str, **more: object) -> Any:
        """A style of the sheet, with more («wrap», «num_format»)."""
        key = (style, *sorted(more.items()))
        if key not in self._formats:
            properties = {"valign": "top", "text_wrap": bool(more.get("wrap"))}
            rest = {name: value for name, value in more.items() if name != "wrap"}
            self._formats[key] = self.workbook.add_format(properties | STYLES[style] | rest)
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        """A new sheet, set up to be printed on A4, lying, one page wide."""
        assert name.casefold() not in self._names
        assert len(name) <= SHEET_NAME
        self._names.add(name.casefold())
        made = self.workbook.add_worksheet(name)
        made.set_landscape()
        made.set_paper(_A4)
        made.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        made.fit_to_pages(1, 0)
        made.set_header(self._header)
        made.set_footer(self._footer)
        made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return made

    def embed(self, chart: Any) -> Any:
        """The chart as one of the workbook's."""
        chart.embedded = True
        self.workbook.charts.append(chart)
        return chart

    def next_table(self) -> str:
        """A name for a table that no other has."""
        self.tables += 1
        return f"Tabell_{self.tables}"

    def bytes(self) -> bytes:
        self.workbook.close()
        return self._file.getvalue()
