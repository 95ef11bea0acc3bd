"""What is asked for when a report is: unit and month, template, sections, and what is written in the report itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsf_kpi.figures.economy.words import listed
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.template import MeantFor, ReportTemplate, SectionPlan
from hsf_kpi.swedish.dates import month_name


@dataclass(frozen=True, slots=True)
class Said:
    """What is written in the report about a measure; "" for what is taken from what has been handed in."""

    analysis: str = ""
    action: str = ""


@dataclass(frozen=True)
class Order:
    """sections: ids of the template's, in its order; None for all of them. said: (measure, what is written here). by: the
    name or function of who wrote it; when: in words.
    """

    template: ReportTemplate
    selection: Selection
    sections: tuple[str, ...] | None = None
    said: tuple[tuple[str, Said], ...] = ()
    by: str = ""
    when: str = ""

    @property
    def plans(self) -> tuple[SectionPlan, ...]:
        """The sections to be made."""
        return tuple(
            one for one in self.template.sections if self.sections is None or one.id in self.sections
        )


def unfitting(template: ReportTemplate, selection: Selection, catalogue: Catalogue) -> tuple[str, ...]:
    """What of the choice the template was not made for, as sentences. The report is made all the same."""
    found = []
    organisation = catalogue.organisation
    root = organisation.root
    is_root = selection.unit == root
    under = organisation.get(selection.unit).parent_at(selection.month) == root
    fits = {
        MeantFor.ROOT: is_root,
        MeantFor.AREA: under,
        MeantFor.BELOW: not is_root,
        MeantFor.ANY: True,
    }[template.meant_for]
    if not fits:
        found.append(f"Mallen {template.name} är gjord för {_MEANT[template.meant_for]}.")
    if template.months and selection.month.number not in template.months:
        months = [Month.of(selection.month.year, number) for number in template.months]
        found.append(
            f"Mallen {template.name} är gjord för {listed([month_name(month) for month in months])}."
        )
    return tuple(found)


_MEANT: Mapping[MeantFor, str] = {
    MeantFor.ROOT: "hela förvaltningen",
    MeantFor.AREA: "ett område",
    MeantFor.BELOW: "en verksamhet under förvaltningen",
    MeantFor.ANY: "alla verksamheter",
}
