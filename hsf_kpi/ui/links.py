"""The whole choice as a link: stable ids, never labels, so that a copied link opens the same view after a rename."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.selection import Selection

UNIT, MONTH, VIEW, SEX, ORG, MEASURE, ROLE = "enhet", "manad", "vy", "kon", "org", "nyckeltal", "roll"
KEPT = (UNIT, MONTH, VIEW, SEX, ORG)
"""The parameters of the filter bar, kept on every page."""

VIEW_CODES = {"manad": View.MONTH, "ack": View.YTD, "r12": View.R12}
SEX_CODES = {"alla": Sex.ALL, "k": Sex.WOMEN, "m": Sex.MEN}
ORG_CODES = {"idag": OrgView.TODAY, "da": OrgView.AS_WAS}

OVERVIEW, GOALS, ONE_MEASURE = "oversikt", "maluppfyllelse", "nyckeltal"


@dataclass(frozen=True, slots=True)
class Place:
    """A page with everything chosen on it. `role` is kept in links on demo data only."""

    page: str
    selection: Selection
    measure: str | None = None
    role: str | None = None

    def at(self, **changes: object) -> Place:
        """The same place with another unit, month, view, sex or organisation."""
        return replace(self, selection=replace(self.selection, **changes))  # type: ignore[arg-type]

    def params(self) -> dict[str, str]:
        chosen = self.selection
        params = {
            UNIT: chosen.unit,
            MONTH: chosen.month.iso,
            VIEW: code_of(VIEW_CODES, chosen.view),
            SEX: code_of(SEX_CODES, chosen.sex),
            ORG: code_of(ORG_CODES, chosen.org),
        }
        if self.measure and self.page == ONE_MEASURE:
            params = {MEASURE: self.measure, **params}
        if self.role:
            params[ROLE] = self.role
        return params

    def href(self) -> str:
        """A relative address (all pages lie side by side), so that it works below any base path."""
        page = "./" if self.page == OVERVIEW else self.page
        return f"{page}?{urlencode(self.params())}"


def code_of(
    codes: dict[str, object] | dict[str, View] | dict[str, Sex] | dict[str, OrgView], value: object
) -> str:
    return next(code for code, member in codes.items() if member == value)


def parse_month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None
