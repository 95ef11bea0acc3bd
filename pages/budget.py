"""Budget och ramar: what is in the budget? Budget against outcome by account and unit, and the plan's own tables."""

from functools import partial

import streamlit as st

from hsf_kpi.composing import budget, road
from hsf_kpi.composing.choices import LEVEL
from hsf_kpi.ui.economy import entered_economy
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.plan_tables import choose_table
from hsf_kpi.ui.provenance import account_made_of, choose_account
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered_economy()
ask = entry.ask
st.header(plain(budget.finding(ask)), anchor=False)
show_tiles(budget.tiles(ask))
show_figure(entry, budget.lines(ask), below=partial(choose_account, entry))
account_made_of(entry)
if (units := budget.units(ask)) is not None:
    choose = partial(extra_pills, LEVEL, "Nivå") if road.has_levels(ask) else None
    show_figure(entry, units, choose=choose)
for figure in (budget.cost_centres(ask), budget.projects(ask)):
    if figure is not None:
        show_figure(entry, figure)
st.subheader("Planens tabeller", anchor=False)
choose_table(entry)
show_figure(entry, budget.plan_table(ask))
if (bars := budget.plan_bars_figure(ask)) is not None:
    show_figure(entry, bars)
show_figure(entry, budget.plan_bridge_figure(ask))
