"""Figures as no one should make them: each still gives an intact file, whose charts hold what the figure has and no more."""

from __future__ import annotations

import hashlib
import io
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from lxml import etree

from hsf_kpi.figures.figure import Comment, Figure, FigureKind, Role
from hsf_kpi.render.excel import report_xlsx, xlsx
from hsf_kpi.render.native import finite, native
from hsf_kpi.render.pdf import report_pdf
from hsf_kpi.render.powerpoint import pptx, report_pptx
from tests.render.excel.workbooks import DAY, KINDS, Opened, cached, formula, report, series_of
from tests.render.native.native_rules import check
from tests.render.pdf.pdf_samples import matrix, tags
from tests.render.powerpoint import opened as deck

EVIL = (
    "👩‍👧 عربى \u202eomvänd\u202c e\u0301\u0308\u0300 <script>alert(1)</script> & \"citat\" =cmd|' /C calc'!A0 "
    "\x00\x0b\x1f\ud800\udfff\ufffe ]]> &amp; %s {0} $x \u2028 rad\r\nny\trad\u00ad\u200b"
)
LONG = (EVIL * 80)[:10_000]
NAMES = ("NaN", "inf", "1_000", "2019", "TRUE", "=1", EVIL, "Samma", "Samma", "K" * 200)
PLACES = ("cat", "val", "xVal", "yVal")
ZEROLESS = (FigureKind.TREND, FigureKind.MULTIPLES, FigureKind.DISTRIBUTION)
"""Kinds whose charts have no zero of their own."""
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def named(figure: Figure, name: Callable[[int], str]) -> Figure:
    at = next((i for i, c in enumerate(figure.columns) if c.role is Role.LABEL), 0)
    rows = tuple((*row[:at], name(k), *row[at + 1 :]) for k, row in enumerate(figure.rows))
    return replace(figure, rows=rows)


def numbers(figure: Figure, number: Callable[[int, float], float | None]) -> Figure:
    rows = tuple(
        tuple(number(k, value) if isinstance(value, int | float) else value for value in row)
        for k, row in enumerate(figure.rows)
    )
    return replace(figure, rows=rows)


CHANGES: dict[str, Callable[[Figure], Figure]] = {
    "no rows": lambda f: replace(f, rows=()),
    "one row": lambda f: replace(f, rows=f.rows[:1], marks=()),
    "many rows": lambda f: replace(f, rows=(f.rows * 40)[: 13 if f.kind is FigureKind.MULTIPLES else 40]),
    "long texts": lambda f: replace(
        f, title="Lång titel " * 30, caption="x" * 400, help=LONG, source="y" * 400
    ),
    "evil texts": lambda f: replace(f, title=EVIL, caption=EVIL, sentence=EVIL, definition=LONG, source=EVIL),
    "evil comments": lambda f: replace(
        f, comments=(Comment("Analys", LONG, EVIL, "när"), Comment("", "", "", ""))
    ),
    "evil names": lambda f: named(f, lambda k: NAMES[k % len(NAMES)]),
    "evil headings": lambda f: replace(f, columns=tuple(replace(c, title=f"{EVIL} " * 3) for c in f.columns)),
    "evil marks": lambda f: replace(f, marks=tuple(replace(m, label=LONG[:300]) for m in f.marks)),
    "evil context": lambda f: replace(f, context=replace(f.context, unit=EVIL, path=EVIL, period=LONG)),
    "no numbers": lambda f: numbers(f, lambda _k, _value: math.nan),
    "endless": lambda f: numbers(f, lambda k, value: (math.inf, -math.inf, value)[k % 3]),
    "gaps": lambda f: numbers(f, lambda k, value: None if k % 2 else value),
    "huge": lambda f: numbers(f, lambda _k, value: value * 1e12),
}
FIGURES = (*(make() for make in KINDS.values()), matrix(30, 3))


def changed(change: str) -> list[Figure]:
    """Every other kind with the change: the other half has the next change."""
    return [CHANGES[change](figure) for figure in FIGURES[list(CHANGES).index(change) % 2 :: 2]]


@pytest.mark.parametrize("change", CHANGES)
def test_a_deck_is_intact_and_its_charts_hold_what_their_workbooks_do(change):
    for figure in changed(change):
        found = deck.Opened(pptx(figure, taken=DAY))
        assert_intact(found.names, found.xml)
        assert all(title.strip() for title in found.titles())
        for chart in found.charts:
            for series in chart.series:
                places = [kind for kind in PLACES if series.find(f"c:{kind}", deck.NS) is not None]
                assert len(places) == 2
                assert len({len(chart.cached(series, kind)) for kind in places}) == 1
                for kind in places:
                    assert_equal(chart.cached(series, kind), chart.cells(series, kind))


@pytest.mark.parametrize("change", CHANGES)
def test_a_workbook_is_intact_and_its_charts_hold_what_their_cells_do(change):
    for figure in changed(change):
        found = Opened(xlsx(figure, taken=DAY))
        assert_intact(found.parts.namelist(), found.xml)
        assert not [cell for sheet in found.book for row in sheet for cell in row if cell.data_type in "ef"]
        for chart in found.charts():
            for series in series_of(chart):
                for data in (*series.iterfind("c:val", deck.NS), *series.iterfind("c:yVal", deck.NS)):
                    cells = found.referred(formula(data))
                    assert_equal([None if one is None else float(one) for one in cached(data)], cells)


@pytest.mark.parametrize("change", CHANGES)
def test_a_native_chart_keeps_its_rules_and_makes_no_zero_of_a_gap(change):
    for figure in changed(change):
        has_zero = any(value == 0 for row in figure.rows for value in row if isinstance(value, int | float))
        for chart in native(figure):
            if change not in ("evil headings", "many rows"):  # these have several of what a figure has one of
                check(chart)
            drawn = [value for series in chart.series for value in (*series.values, *series.xs)]
            if figure.kind in ZEROLESS:
                assert has_zero or 0 not in drawn


def test_a_number_that_no_axis_has_is_a_gap_and_other_figures_are_themselves():
    (figure, *_) = FIGURES
    assert finite(figure) is figure
    assert CHANGES["no numbers"](figure) is not finite(CHANGES["no numbers"](figure))
    assert not native(CHANGES["no numbers"](figure))


def test_a_pdf_of_them_has_an_alternative_for_every_chart_and_no_untagged_page():
    evil = ("evil texts", "evil comments", "evil names", "evil marks", "endless")
    found = [CHANGES[change](figure) for change, figure in zip(evil, FIGURES, strict=False)]
    with pikepdf.open(io.BytesIO(report_pdf(report(*found, matrix(60, 2))))) as file:
        alternatives = [str(tag.Alt) for tag in tags(file) if str(tag.S) == "/Figure"]
        assert len(alternatives) == len(found)
        assert all(alternatives)
        assert all(str(page.Tabs) == "/S" for page in file.pages)


def test_the_same_bytes_in_another_process_with_other_hashes_and_another_clock():
    code = "from tests.render.test_hostile_figures import marks; print(*marks())"
    environment = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == marks()


def marks() -> list[str]:
    """SHA-256 of the files of some figures, and of a report of them."""
    made = report(*FIGURES[:2])
    files = [pptx(FIGURES[0], taken=DAY), xlsx(FIGURES[2], taken=DAY), report_pptx(made), report_xlsx(made)]
    return [hashlib.sha256(packed).hexdigest() for packed in files]


def assert_equal(cached: list[object], cells: list[object]) -> None:
    """The same texts, gaps and numbers; a workbook has 16 digits of a number."""
    assert [isinstance(one, float) for one in cached] == [isinstance(one, int | float) for one in cells]
    for told, cell in zip(cached, cells, strict=True):
        if isinstance(told, float):
            assert told == pytest.approx(cell, rel=1e-12, abs=1e-12)
        else:
            assert (told or None) == (cell or None)


def assert_intact(names: list[str], xml: Callable[[str], etree._Element]) -> None:
    """Every part is told a type and reached, is XML where it should be, and no two have one name."""
    assert len({name.lower() for name in names}) == len(names)
    types = xml("[Content_Types].xml")
    told = {str(one.get("PartName")).lstrip("/") for one in types if one.get("PartName")}
    assert told <= set(names)
    reached = {"[Content_Types].xml"}
    for name in names:
        if name.endswith((".xml", ".rels")):
            root = xml(name)
            assert name in told or name.endswith(".rels") or name == "[Content_Types].xml"
            if name.endswith(".rels"):
                reached |= {name, *(_joined(name, str(link.get("Target"))) for link in root.iter(RELATION))}
    assert set(names) == reached


def _joined(relations: str, target: str) -> str:
    """The part that a relation of these leads to."""
    if target.startswith("/"):
        return target.lstrip("/")
    return os.path.normpath(os.path.join(os.path.dirname(os.path.dirname(relations)), target))
