"""What the tests of reports ask for: whose, of which unit and month, by which of the program's templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.figures.report import Report, Section
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.role import Grant
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.template import MeantFor, ReportTemplate, SectionKind, SectionPlan
from hsf_kpi.reporting.compose import compose
from hsf_kpi.reporting.order import Order
from hsf_kpi.reporting.templates import template_of
from hsf_kpi.workspace import Workspace

OCTOBER, SEPTEMBER = Month.of(2023, 10), Month.of(2023, 9)
ROOT_UNIT, AREA, CLINIC = "hsf", "akutsjukvard", "kirurgkliniken"
MONTHLY, EVERYTHING = "manadsuppfoljning", "allt-for-min-enhet"


def rights(workspace: Workspace, role: str, unit: str | None = None) -> Rights:
    """Of one of the demo's people, or of the same role at another unit."""
    person = next(one for one in workspace.catalogue.demo_people if one.id == role)
    grants = person.grants if unit is None else (Grant(role, unit),)
    return workspace.rights_of(Identity(role, person.title, grants))


def order(
    workspace: Workspace,
    unit: str = CLINIC,
    template: str | ReportTemplate = MONTHLY,
    month: Month = OCTOBER,
    **changes: Any,
) -> Order:
    chosen = template_of(workspace, template) if isinstance(template, str) else template
    return Order(chosen, Selection(unit, month, chosen.view), **changes)


def made(
    workspace: Workspace,
    role: str = "ledning",
    unit: str = CLINIC,
    template: str | ReportTemplate = MONTHLY,
    month: Month = OCTOBER,
    **changes: Any,
) -> Report:
    return compose(workspace, rights(workspace, role), order(workspace, unit, template, month, **changes))


def template(*plans: SectionPlan, **changes: Any) -> ReportTemplate:
    """One of the test's own. Without plans: the curve and the units of sjukfrånvaron."""
    told = {
        "id": "prov",
        "name": "Prov",
        "meeting": "Ett möte.",
        "source": "Prov",
        "meant_for": MeantFor.ANY,
        "months": (),
        "view": View.YTD,
        "sections": plans or (plan(SectionKind.MEASURES, "sjukfranvaro"),),
    }
    return ReportTemplate(**{**told, **changes})


def plan(kind: SectionKind, *measures: str, id: str = "") -> SectionPlan:
    return SectionPlan(id or kind.value, kind, f"Avsnittet {id or kind.value}", measures)


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.id == name)


def ids(report: Report) -> list[str]:
    return [part.id for part in report.parts()]


def whys(sections: Iterable[Section]) -> set[str]:
    return {left.why for one in sections for left in one.left_out}
