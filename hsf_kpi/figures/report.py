"""A report: an ordered list of figures with what is said of them, for one unit, month and meeting. A plain value.

Every medium renders the same one, and a frozen edition holds one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hsf_kpi.figures.figure import Context, Figure
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.scope import Reach
from hsf_kpi.model.selection import Selection


@dataclass(frozen=True)
class Part:
    """One figure of a report. id: told once in a report, and the same in every making of it («vagen.hsf-prognos»), so that
    two makings can be held against each other. units: every unit that it tells of by name; measures: every measure, () where
    it tells of all: by these it is judged who may see it.
    """

    id: str
    figure: Figure
    units: tuple[str, ...]
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was asked for and is not there, and why, as a sentence."""

    what: str
    why: str


@dataclass(frozen=True)
class Section:
    """intro: sentences under the heading. kind: which section of the templates it is."""

    id: str
    kind: str
    title: str
    intro: tuple[str, ...]
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionMark:
    """The mark of a frozen report, in every file of it. id: «2023-10-kirurgkliniken-7c1f20ab». hash: SHA-256 of what is
    frozen, hex. data: the number of the latest load that it knew of. by: name or function.
    """

    id: str
    hash: str
    at: dt.datetime
    by: str
    data: int


@dataclass(frozen=True)
class Report:
    """template, name: «manadsuppfoljning», «Månadsuppföljning». title: «Månadsuppföljning oktober 2023, Kirurgkliniken».
    meeting: what it is for, a sentence. month: the chosen one, «2023-10». findings: the sentences of the summary, the first
    the most important. made: the day. edition: None as long as it is not frozen. reaches: what who made it may see (a
    scope's, in an order of their own); who opens a frozen one sees no more of it than their own lets. selection: as codes,
    so that it can be made anew.
    """

    template: str
    name: str
    title: str
    meeting: str
    month: str
    context: Context
    findings: tuple[str, ...]
    sections: tuple[Section, ...]
    made: dt.date
    edition: EditionMark | None = None
    reaches: tuple[Reach, ...] = ()
    selection: Selection | None = None

    def parts(self) -> Iterator[Part]:
        for section in self.sections:
            yield from section.parts

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return tuple(one for section in self.sections for one in section.left_out)

    @property
    def origins(self) -> frozenset[Origin]:
        return frozenset().union(*(part.figure.origins for part in self.parts()))
