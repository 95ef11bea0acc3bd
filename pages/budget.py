"""Budget och ramar: what is in the budget? Budget against outcome by account and unit, and the plan's own tables."""

import streamlit as st

from hsf_kpi.ui.budget import (
    cost_centres,
    finding,
    lines,
    plan_bars_figure,
    plan_bridge_figure,
    plan_table,
    projects,
    tiles,
    units,
)
from hsf_kpi.ui.economy import entered_economy
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.links import LEVEL
from hsf_kpi.ui.plan_tables import choose_table
from hsf_kpi.ui.provenance import account_made_of
from hsf_kpi.ui.road import has_levels

entry = entered_economy()
st.header(finding(entry), anchor=False)
tiles(entry)
show_figure(entry, lines(entry))
account_made_of(entry)
if has_levels(entry):
    extra_pills(LEVEL, "Nivå")
for figure in (units(entry), cost_centres(entry), projects(entry)):
    if figure is not None:
        show_figure(entry, figure)
st.subheader("Planens tabeller", anchor=False)
choose_table(entry)
show_figure(entry, plan_table(entry))
if (bars := plan_bars_figure(entry)) is not None:
    show_figure(entry, bars)
show_figure(entry, plan_bridge_figure(entry))
