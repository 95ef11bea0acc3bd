"""How much of a frozen report somebody may see: each figure whole or not at all, judged by what who made it could see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.report import LeftOut, Part, Report, Section
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.template import SectionKind

HIDDEN = "Din behörighet omfattar inte allt som står där."
SUMMARY_HIDDEN = "Sammanfattningen visas inte, eftersom en del av rapporten ligger utanför din behörighet."
OWN_PLACES = "egen-plats"
"""The table of places, which tells of others without naming them."""


def as_seen(report: Report, scope: Scope, catalogue: Catalogue) -> tuple[Report, frozenset[str]]:
    """The report without the parts that the scope does not reach, and their ids; then without its summary too, which may
    tell of them.
    """
    reader = _Reader(scope, Scope(frozenset(report.reaches)), Month.parse(report.month), catalogue)
    sections = tuple(_section(section, reader) for section in report.sections)
    hidden = {part.id for part in report.parts()} - {part.id for one in sections for part in one.parts}
    if not hidden:
        return report, frozenset()
    bare = tuple(replace(section, intro=()) for section in sections)
    return replace(report, sections=bare, findings=(SUMMARY_HIDDEN,)), frozenset(hidden)


def common(one: Scope, other: Scope) -> Scope:
    """What both reach."""
    return Scope(frozenset(_both(a, b) for a in one.reaches for b in other.reaches if a.units & b.units))


def without(report: Report, hidden: Collection[str]) -> Report:
    """The report without the parts of those ids."""
    sections = (
        replace(one, parts=tuple(part for part in one.parts if part.id not in hidden))
        for one in report.sections
    )
    return replace(report, sections=tuple(sections))


@dataclass(frozen=True, slots=True)
class _Reader:
    """scope: of who reads. made: of who made it. month: of the report."""

    scope: Scope
    made: Scope
    month: Month
    catalogue: Catalogue

    def reaches(self, section: Section, part: Part) -> bool:
        """Whether the reader has all that it was made with: each unit and measure that who made it could see, as far on as
        they could.
        """
        measures = part.measures or tuple(self.catalogue.measures)
        if _compares(section, part) and not all(map(self._compares_alike, measures)):
            return False
        return all(self.scope.sees(unit) for unit in part.units) and all(
            self.scope.reaches_month(unit, measure, end)
            for measure in measures
            for unit, end in self._ends(self.made, measure, part.units).items()
        )

    def _compares_alike(self, measure: str) -> bool:
        """How much is told of units without a name follows from which ones are seen: to others it could name them."""
        every = self.catalogue.organisation.units
        mine = self._ends(self.scope, measure, every)
        return mine == self._ends(self.made, measure, every) or mine == dict.fromkeys(every, self.month)

    def _ends(self, scope: Scope, measure: str, units: Iterable[str]) -> dict[str, Month]:
        """Of the units where the scope reaches the measure: the last of the report's months that it reaches."""
        seen = (unit for unit in units if scope.allows(unit, measure))
        return {unit: min(self.month, scope.through(unit, measure) or self.month) for unit in seen}


def _compares(section: Section, part: Part) -> bool:
    return (
        section.kind == SectionKind.COMPARE
        or part.figure.kind is FigureKind.PEERS
        or part.figure.slug == OWN_PLACES
    )


def _section(section: Section, reader: _Reader) -> Section:
    parts = tuple(part for part in section.parts if reader.reaches(section, part))
    hidden = len(section.parts) - len(parts)
    if not hidden:
        return section
    count = "En figur" if hidden == 1 else f"{how_many(hidden, capital=True)} figurer"
    # What was left out of it is told in words that may tell of what is hidden.
    return replace(section, parts=parts, left_out=(LeftOut(f"{count} i {section.title}", HIDDEN),))


def _both(one: Reach, other: Reach) -> Reach:
    known = [reach.measures for reach in (one, other) if reach.measures is not None]
    ends = [reach.through for reach in (one, other) if reach.through is not None]
    measures = frozenset.intersection(*known) if known else None
    return Reach(one.units & other.units, measures, min(ends, default=None))
