"""PowerPoint: a figure or a report as a deck with charts that can be edited, tables and speaker notes.

Charts are drawn by PowerPoint itself from `render.native`; their numbers lie in a workbook inside each, and their colours
are those of the deck's theme. May import what `render` may.
"""

from __future__ import annotations

import datetime as dt

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.report import Report
from hsf_kpi.render.powerpoint import report_slides
from hsf_kpi.render.powerpoint.deck import Deck
from hsf_kpi.render.powerpoint.figure_slides import add_figure
from hsf_kpi.render.progress import Progress, unheard

__all__ = ["pptx", "report_pptx"]


def pptx(figure: Figure, *, taken: dt.date | None = None) -> bytes:
    """A deck of one figure. `taken`: the day it is made, else today; the same figure and day give the same bytes."""
    day = taken or dt.date.today()
    deck = Deck(figure.title, figure.caption, day)
    add_figure(deck, figure, day)
    return deck.saved()


def report_pptx(report: Report, told: Progress = unheard) -> bytes:
    """Title, summary, each section's heading and figures, what is left out, about the report; the same report gives the same
    bytes. `told`: after each figure; what it raises stops the making.
    """
    deck = Deck(report.title, report.meeting or report.name, report.made)
    report_slides.title_slide(deck, report)
    report_slides.summary_slides(deck, report)
    done, of = 0, sum(len(section.parts) for section in report.sections)
    for section in report.sections:
        if section.intro or not section.parts:
            report_slides.section_slide(deck, report, section)
        for part in section.parts:
            add_figure(deck, part.figure, report.made)
            done += 1
            told(done, of)
    report_slides.left_out_slides(deck, report)
    report_slides.about_slides(deck, report)
    return deck.saved()
