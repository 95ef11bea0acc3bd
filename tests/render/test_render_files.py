"""The kinds of file that a figure is taken away as: one list for menu and command line, each file of its own kind."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import openpyxl
import pptx
import pytest

from hsf_kpi import ROOT
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.model.role import Permission
from hsf_kpi.render.files import FILES
from tests.render.excel.workbooks import curve

TITLE = "Sjukfrånvaron ligger över målet"
LARGE = ("pptx", "xlsxwriter", "vl_convert", "lxml", "openpyxl", "typst")


def figures() -> tuple[Figure, ...]:
    """A curve, a table, and one with nothing to show."""
    drawn = replace(curve(), title=TITLE)
    empty = replace(drawn, rows=(), marks=(), empty="Det finns inget utfall att visa.")
    return drawn, replace(drawn, kind=FigureKind.TABLE, marks=()), empty


def words(kind: str, content: bytes) -> str:
    """All that stands in the file, read by another library than wrote it."""
    if kind == "csv":
        return content.decode("utf-8-sig")
    if kind == "svg":
        return " ".join(ET.fromstring(content.decode("utf-8")).itertext())
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        rows: Any = (row for sheet in book for row in sheet.iter_rows(values_only=True))
        return " ".join(str(value) for row in rows for value in row if value is not None)
    slides = pptx.Presentation(io.BytesIO(content)).slides
    return " ".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )


def test_the_common_kinds_come_first_and_what_holds_values_takes_the_right_to_data() -> None:
    assert list(FILES) == ["png", "pptx", "xlsx", "svg", "csv"]
    assert [kind.label for kind in FILES.values()] == ["PNG-bild", "PowerPoint", "Excel", "SVG-bild", "CSV"]
    assert [key for key, kind in FILES.items() if kind.takes is Permission.DOWNLOAD_PICTURE] == ["png", "svg"]
    assert all(key == kind.extension for key, kind in FILES.items())
    assert len({kind.mime for kind in FILES.values()}) == len(FILES)


@pytest.mark.parametrize("kind", FILES)
def test_each_makes_its_own_kind_of_file_with_the_finding_in_it(kind: str) -> None:
    beginning = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<svg", "csv": b"\xef\xbb\xbf"}.get(kind, b"PK\x03\x04")
    for figure in figures():
        content = FILES[kind].make(figure)
        assert content.startswith(beginning), figure.kind
        assert len(content) > 100
        if kind != "png":
            said = re.sub(r"\s+", " ", words(kind, content))
            assert TITLE in said, figure.kind
            assert "Demodata" in said, "where the figures come from"


def test_nothing_large_is_read_before_a_file_is_made() -> None:
    """Most visits take no file, and the menu stands under every figure."""
    code = f"import sys, hsf_kpi.render.files; print([name for name in {LARGE} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
