"""A small report and its PDF, as other libraries than the one that wrote it read it."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pypdf

from hsf_kpi.figures.figure import Column, Comment, Figure, FigureKind, Role
from hsf_kpi.figures.report import EditionMark, LeftOut, Part, Report, Section
from hsf_kpi.figures.tables import units_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Origin, Status
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, outcome, target

MADE = dt.date(2023, 11, 20)
ANALYSIS = Comment(
    "Analys", "Fler är sjuka än i våras.\n\nVi ser över schemat.", "Verksamhetschef", "14 november 2023"
)
ACTION = Comment("Åtgärd", "Rehabsamtal varje vecka.", "Vårdenhetschef", "15 november 2023", "september 2023")
EDITION = EditionMark(
    "2023-10-hsf-7c1f20ab", "7c1f20ab" * 8, dt.datetime(2023, 11, 20, 23, 30, tzinfo=dt.UTC), "Controller", 14
)


def curve(wording: str = "6,0%", **changes: object) -> Figure:
    """A drawn figure: four months, one of them missing."""
    goal = target(TargetKind.AT_MOST, wording, high="6.0")
    told = months(measure(), ["6.4", None, "5.2", "5.1"])
    drawn = trend(assessment(told[-1], goal, Status.MET, bound="6.0", last="5.5"), told, context=CONTEXT)
    return replace(drawn, **changes)


def rows(*names: str, **changes: object) -> Figure:
    """A figure that is a table: a row for each name."""
    m = measure("Hyrpersonal", key="hyrpersonal")
    goal = target(TargetKind.AT_MOST, "1,0%", high="1.0")
    found = [
        (name, name, assessment(outcome(m, "1.25"), goal, Status.MISSED, bound="1.0", last="1"))
        for name in names
    ]
    return replace(units_table(m, found, context=CONTEXT), **changes)


def matrix(columns: int, count: int, text: str = "1,0") -> Figure:
    """A table with a name and that many columns of the same text."""
    found = [Column("name", "Verksamhet", Role.LABEL)]
    found += [Column(f"c{i}", f"Kolumn {i}", Role.TEXT) for i in range(columns)]
    told = tuple((f"Enhet {k}", *([text] * columns)) for k in range(count))
    base = rows("A")
    return replace(
        base, columns=tuple(found), rows=told, title="Många kolumner", options={}, kind=FigureKind.TABLE
    )


def report(*figures: Figure, **changes: object) -> Report:
    parts = tuple(Part(f"del.{k}", figure, ("hsf",)) for k, figure in enumerate(figures))
    section = Section("del", "del", "Medarbetare", ("Så står det till.",), parts)
    made = Report(
        template="manadsuppfoljning",
        name="Månadsuppföljning",
        title="Månadsuppföljning oktober 2023, Hälso- och sjukvårdsförvaltningen",
        meeting="Underlag till månadsmötet.",
        month="2023-10",
        context=CONTEXT,
        findings=("Sjukfrånvaron är lägre.",),
        sections=(section,),
        made=MADE,
    )
    return replace(made, **changes)


def with_left_out(made: Report, *left_out: LeftOut) -> Report:
    return replace(made, sections=(replace(made.sections[0], left_out=left_out), *made.sections[1:]))


def text_of(file: bytes) -> str:
    """All text, page by page, in the order that it stands in the file."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)


def flat(text: str) -> str:
    """Without what a line break brings or takes: spaces and hyphens."""
    gone = dict.fromkeys(map(ord, "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{HYPHEN}-"))
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text).translate(gone))


def tags(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """The structure elements in reading order."""
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                waiting.append(node.K)


def kinds(file: pikepdf.Pdf) -> list[str]:
    return [str(tag.S) for tag in tags(file)]


EMPTY = curve(rows=(), empty="Inget är rapporterat.", title="Inget värde")
PUBLISHED = rows("Nära vård", origins=frozenset({Origin.PUBLISHED}))
