"""Min verksamhet: how do we do? The unit's own figures on one page, and what its head hands in before the dialogue."""

import streamlit as st

from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.hand_in import hand_in
from hsf_kpi.ui.handed_in import actions, deviations, forecasts, overview
from hsf_kpi.ui.links import DIALOGUE, MONEY, PART
from hsf_kpi.ui.overview import tiles
from hsf_kpi.ui.own_unit import budget_figures, budget_tiles, finding, part_of, places, show_assignments
from hsf_kpi.ui.signals import most_important

entry = entered()
st.header(finding(entry), anchor=False)
extra_pills(PART, "Del av sidan")
part = part_of(entry)
if part == DIALOGUE:
    found = [overview(entry), deviations(entry), actions(entry)]
    forecasts(entry)
elif part == MONEY:
    found = list(budget_figures(entry))
else:
    tiles(entry)
    budget_tiles(entry)
    show_assignments(entry)
    left, right = st.columns(2, gap="small")
    with left:
        most_important(entry, count=5, own=True)
    with right:
        show_figure(entry, places(entry))
    found = [deviations(entry)]
for figure in found:
    if figure is not None:
        show_figure(entry, figure)
if part == DIALOGUE:
    hand_in(entry)
