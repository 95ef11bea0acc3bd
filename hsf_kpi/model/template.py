"""A report template: what one of the plan's meetings looks at, in which order. Read from data/reports, a file for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.model.period import View


class SectionKind(StrEnum):
    """What a section of a report is made of. The values stand in the files and in links."""

    STANDING = "laget"
    """The headline measures and måluppfyllelse in short."""
    GOALS = "maluppfyllelse"
    """Every målvärde, a table for each målområde, and the units side by side."""
    ROAD = "vagen"
    """Result against the deficit provision, forecasts, bridges and who deviates."""
    BUDGET = "budget"
    """Budget against outcome by account, unit and kostnadsställe."""
    ASSIGNMENTS = "de-fyra-uppdragen"
    SIGNALS = "signaler"
    DEVIATIONS = "avvikelser"
    """Every measure that needs a word, each with its analysis and åtgärder."""
    MEASURES = "nyckeltal"
    """The measures that the file names, each with its curve."""
    COMPARE = "jamforelse"
    """The measures that the file names, unit held against unit."""
    PRODUCTION = "produktion"
    MISSIONS = "uppdrag-och-atgarder"
    """What the plan has promised, what the unit has planned, and the register of improvement activities."""
    TRANSFORMATION = "hos-2029"
    NEAR_CARE = "nara-vard"
    CONTROLS = "intern-kontroll"
    SURROUNDINGS = "omvarld"
    """Västmanland among the regions, and the plan's «Bättre än riks snittet» year by year."""
    QUALITY = "datakvalitet"


class MeantFor(StrEnum):
    """Which units a meeting is about."""

    ROOT = "forvaltning"
    AREA = "omrade"
    """The units right under the root."""
    BELOW = "under"
    """Every unit but the root."""
    ANY = "alla"


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """id: its own in the template. measures: keys, for the kinds that take them."""

    id: str
    kind: SectionKind
    title: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """name, meeting, source: Swedish. months: the calendar months (1–12) that the meeting follows up, () for every one.
    view: what the figures show. file: where it was read, for messages.
    """

    id: str
    name: str
    meeting: str
    source: str
    meant_for: MeantFor
    months: tuple[int, ...]
    view: View
    sections: tuple[SectionPlan, ...]
    file: str = ""

    def section(self, section_id: str) -> SectionPlan | None:
        return next((one for one in self.sections if one.id == section_id), None)
