"""The whole choice as a link: stable ids, never labels, so that a copied link opens the same view after a rename."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from hsf_kpi.composing.choices import ABOUT_A_MEASURE, EXTRAS, EXTRAS_OF, OVERVIEW
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.selection import Selection

UNIT, MONTH, VIEW, SEX, ORG, MEASURE, ROLE = "enhet", "manad", "vy", "kon", "org", "nyckeltal", "roll"
AS_KNOWN = "per"
"""The day whose knowledge is shown, as ISO; not in the link for what is known now."""
KEPT = (UNIT, MONTH, VIEW, SEX, ORG, AS_KNOWN)
"""The parameters of the filter bar, kept on every page."""

VIEW_CODES = {"manad": View.MONTH, "ack": View.YTD, "r12": View.R12}
SEX_CODES = {"alla": Sex.ALL, "k": Sex.WOMEN, "m": Sex.MEN}
ORG_CODES = {"idag": OrgView.TODAY, "da": OrgView.AS_WAS}

LONGEST_TEXT = 2000
"""Signs of free text taken from a link."""


def opened(extra: str) -> str:
    """The key of the part of a page that shows what `extra` chooses, and what follows # in a link that leads there."""
    return f"valt-{extra}"


@dataclass(frozen=True, slots=True)
class Place:
    """A page with everything chosen on it. `role` is kept in links on demo data only."""

    page: str
    selection: Selection
    measure: str | None = None
    role: str | None = None
    extras: tuple[tuple[str, str], ...] = ()
    """The chosen code of each of `EXTRAS_OF` the page; what is left out is as it is before anything is chosen."""
    known: dt.date | None = None
    """The earlier day whose knowledge is shown; None for now."""

    @property
    def shown_measure(self) -> str | None:
        """The measure that the page is about; None on another page, which only remembers it."""
        return self.measure if self.page in ABOUT_A_MEASURE else None

    def extra(self, name: str) -> str:
        return dict(self.extras).get(name, EXTRAS[name].first)

    def on(self, page: str, measure: str | None = None, **extras: str) -> Place:
        """Another page, with everything else chosen as it is."""
        kept = {name: code for name, code in self.extras if name in EXTRAS_OF.get(page, ())}
        return replace(self, page=page, measure=measure, extras=tuple((kept | extras).items()))

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
        if measure := self.shown_measure:
            params = {MEASURE: measure, **params}
        params |= {name: self.extra(name) for name in EXTRAS_OF.get(self.page, ())}
        if self.known is not None:
            params[AS_KNOWN] = self.known.isoformat()
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


def parse_day(text: str) -> dt.date | None:
    """«2023-11-15», and no other way of writing it."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def parse_month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None
