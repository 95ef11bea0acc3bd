"""What a report says, as the plain values that the template sets: every text as text, every chart as SVG.

Keys and shapes are those that report.typ reads; both are changed together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.dialogue.comments import byline
from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.figures.report import LeftOut, Part, Report, Section
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.characters import printable
from hsf_kpi.render.image import chart_size, chart_svg
from hsf_kpi.render.native import finite
from hsf_kpi.render.pdf.cells import UPRIGHT, grid
from hsf_kpi.render.pdf.signs import Signs, breakable
from hsf_kpi.render.pdf.words import about, cover, foot, head, left_out_count
from hsf_kpi.render.progress import Progress
from hsf_kpi.render.report_words import ABOUT, LEFT_OUT, ORIGINS, SOURCES, SUMMARY
from hsf_kpi.render.screen import is_drawn
from hsf_kpi.render.stamp import filter_line
from hsf_kpi.render.theme import DEMO_GROUND, DEMO_TEXT, LIGHT, PETROL
from hsf_kpi.render.timeline_parts import parts

CHART_WIDTH = 760
"""Pixels that a chart is drawn on; on paper its texts are 8–9 points high."""
TALLEST = 560.0
"""Points; a taller chart is made smaller, so that it fits on a page with its heading."""
PAGE, SHORT = 680.0, 320.0
"""Points: a lower picture, a lower table, stands on one page with its heading and what is said under it."""
LINE, SIGNS = 11.0, 105
"""Points of a line under a figure, and signs that it holds at least."""
UNTITLED = "Utan rubrik"
_SOFT = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"

Told = dict[str, Any]


@dataclass
class Writer:
    """Turns one report into values. `signs` collects what the font lacks on the way."""

    report: Report
    told: Progress
    signs: Signs = field(default_factory=Signs)

    def document(self) -> Told:
        """The whole report. RenderError naming the figure that can't be drawn; what `told` raises."""
        r = self.report
        of = sum(len(section.parts) for section in r.sections)
        sections: list[Told] = []
        appendix: list[Told] = []
        done = 0
        for section in r.sections:
            figures: list[Told] = []
            for part in map(_drawable, section.parts):
                figures.append(self._figure(part, f"figur-{done}"))
                if is_drawn(part.figure.kind) and not part.figure.empty:
                    appendix.append(self._appended(part, f"figur-{done}"))
                done += 1
                self.told(done, of)
            sections.append(self._section(section, figures))
        return {
            "title": self.heading(r.title),
            "meeting": self.line(r.meeting),
            "head": [self.line(text) for text in head(r)],
            "foot": [self.line(text) for text in foot(r)],
            "cover": {name: self._rows(rows) for name, rows in cover(r).items()},
            "findings": [self.line(text) for text in r.findings],
            "leftOut": self.line(left_out_count(r)),
            "sections": sections,
            "appendix": appendix,
            "about": [self._about(title, texts) for title, texts in about(r, self.signs.codes())],
            "words": {"summary": SUMMARY, "leftOut": LEFT_OUT, "about": ABOUT, "origins": ORIGINS},
            "colours": {
                "text": LIGHT.text,
                "muted": LIGHT.muted,
                "hairline": LIGHT.hairline,
                "axis": LIGHT.axis,
                "band": LIGHT.secondary,
                "blue": LIGHT.blue,
                "orange_text": LIGHT.orange_text,
                "plum": LIGHT.plum,
                "petrol": PETROL,
                "demo-text": DEMO_TEXT,
                "demo-ground": DEMO_GROUND,
            },
        }

    def line(self, text: str) -> str:
        """On one line, with the signs that there are."""
        return re.sub(r"[ \n]+", " ", breakable(self.signs.shown(text))).strip(" ")

    def heading(self, text: str) -> str:
        """The same for what must be called something: a title, a heading."""
        line = self.line(text)
        return line if re.sub(rf"[\s{_SOFT}]", "", line) else UNTITLED

    def _rows(self, rows: list[tuple[str, str]]) -> list[list[str]]:
        return [[self.line(name), self.line(text)] for name, text in rows if text]

    def _about(self, title: str, texts: list[str]) -> Told:
        return {"title": title, "texts": [self.line(t) for t in texts], "listed": title == SOURCES}

    def _section(self, section: Section, figures: list[Told]) -> Told:
        return {
            "title": self.heading(section.title),
            "intro": [self.line(text) for text in section.intro],
            "figures": figures,
            "leftOut": [self._left_out(one) for one in section.left_out],
        }

    def _left_out(self, one: LeftOut) -> list[str]:
        return [self.line(one.what), self.line(one.why)]

    def _figure(self, part: Part, label: str) -> Told:
        """One figure with all that is said of it; `wide` where its table needs a page on its side."""
        figure = part.figure
        drawn = is_drawn(figure.kind)
        pictures = parts(figure, TALLEST * CHART_WIDTH / UPRIGHT) if drawn and not figure.empty else ()
        charts = [self._chart(part.id, one) for one in pictures]
        table = None if drawn or figure.empty else grid(figure, self.signs, may_turn=True)
        texts = {
            "title": self.heading(figure.title),
            "caption": self.line(figure.caption),
            "totals": self.line(figure.options.get("totals", "")),
            "empty": self.line(figure.empty),
            "help": self.line(figure.help),
            "definition": self.line(figure.definition),
            "source": self.line(in_words(figure.source)),
            "stamp": self.line(filter_line(figure, self.report.made)),
        }
        drawn_height = sum(chart["height"] for chart in charts)
        height = drawn_height + (table.height if table else 0) + _height(texts.values())
        return texts | {
            "label": label,
            "charts": charts,
            "tables": table.told() if table else [],
            "wide": table is not None and table.sideways,
            "whole": height <= (SHORT if table else PAGE),
            "comments": [self._comment(one) for one in figure.comments],
        }

    def _chart(self, part: str, figure: Figure) -> Told:
        """part: the id of the report's part that it is of."""
        try:
            drawn = chart_svg(figure, CHART_WIDTH)
            width, height = chart_size(drawn)
        except ValueError as error:
            raise RenderError(
                Problem(
                    f"Figuren «{figure.title}» kan inte ritas.",
                    part,
                    "Gör rapporten utan den och säg till den som sköter HSF nyckeltal.",
                )
            ) from error
        scale = min(UPRIGHT / CHART_WIDTH, TALLEST / height)
        return {
            "svg": self.signs.shown(drawn),
            "width": round(width * scale, 2),
            "height": round(height * scale, 2),
            "alt": printable(alternative_text(figure)).strip(),
        }

    def _appended(self, part: Part, label: str) -> Told:
        """The table of a figure that is drawn."""
        table = grid(part.figure, self.signs, may_turn=False)
        texts = {"title": self.heading(part.figure.title), "caption": self.line(part.figure.caption)}
        short = table.height + _height(texts.values()) <= SHORT
        return texts | {"label": label, "tables": table.told(), "whole": short}

    def _comment(self, one: Comment) -> Told:
        """Whole: its paragraphs are those that were written."""
        paragraphs = [
            self.line(paragraph) for paragraph in self.signs.shown(one.text).split("\n") if paragraph.strip()
        ]
        return {
            "head": self.line(", ".join(part for part in (one.kind, byline(one)) if part)),
            "texts": paragraphs,
        }


def _drawable(part: Part) -> Part:
    return replace(part, figure=finite(part.figure))


def _height(texts: Iterable[str]) -> float:
    """Points that the texts around a figure need at most, its heading's air counted."""
    return 4 * LINE + sum(LINE * ceil(len(text) / SIGNS) for text in texts)


def figure_without_alternative(report: Report) -> Figure | None:
    """The first drawn figure that has no text alternative."""
    drawn = (part.figure for part in report.parts() if is_drawn(part.figure.kind) and not part.figure.empty)
    return next((figure for figure in drawn if not printable(alternative_text(figure)).strip()), None)
