"""A report as a tagged PDF (PDF/UA-1 and PDF/A-2a), A4, set by typst.

`report.typ` is how it looks, `content` what it says. The template is given data alone: every text is set as text, so that
nothing in it can be markup, and the compiler reads no other file than the template and the fonts.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import typst

from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.render.page import FONTS
from hsf_kpi.render.pdf.content import Writer, figure_without_alternative
from hsf_kpi.render.progress import Progress, unheard

__all__ = ["report_pdf"]

TEMPLATE = Path(__file__).parent / "report.typ"
_TODO = "Försök igen. Säg till den som sköter HSF nyckeltal om det inte hjälper."


def report_pdf(report: Report, told: Progress = unheard) -> bytes:
    """The whole file; the same report gives the same bytes. RenderError where a figure has no text alternative or can't be
    drawn; what `told` raises.
    """
    document = Writer(report, told).document()
    made = dt.datetime.combine(report.made, dt.time(), dt.UTC)
    try:
        return typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            package_path=TEMPLATE.parent,
            package_cache_path=TEMPLATE.parent,
            font_paths=_fonts(),
            sys_inputs={"report": json.dumps(document, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(made.timestamp()),
        )
    except typst.TypstError as error:
        raise RenderError(_problem(report)) from error


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the charts and no others, so that a file looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _problem(report: Report) -> Problem:
    figure = figure_without_alternative(report)
    if figure is None:
        return Problem("Rapporten kan inte göras som PDF.", report.title, _TODO)
    return Problem(
        "Rapporten kan inte göras som PDF: en figur saknar textalternativ.",
        figure.caption or figure.slug,
        "Säg till den som sköter HSF nyckeltal.",
    )
