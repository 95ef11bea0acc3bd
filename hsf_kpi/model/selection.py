"""What a page or a command is asked to show: unit, month, view, sex, organisation."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View


@dataclass(frozen=True, slots=True)
class Selection:
    unit: str
    month: Month
    view: View = View.YTD
    sex: Sex = Sex.ALL
    org: OrgView = OrgView.TODAY
