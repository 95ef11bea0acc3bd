"""Min verksamhet: how do we do? The unit's own figures on one page, and what its head hands in before the dialogue."""

import streamlit as st

from hsf_kpi.composing import handed_in, own_unit
from hsf_kpi.composing.choices import DIALOGUE, MONEY, PART
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.hand_in import hand_in
from hsf_kpi.ui.overview import headline_tiles
from hsf_kpi.ui.own_unit import own_tiles
from hsf_kpi.ui.signals import most_important
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered()
ask = entry.ask
st.header(plain(own_unit.finding(ask)), anchor=False)
extra_pills(PART, "Del av sidan")
part = ask.extra(PART)
if part == DIALOGUE:
    found = [handed_in.overview(ask), handed_in.deviations(ask), handed_in.actions(ask)]
    show_tiles(handed_in.forecasts(ask))
elif part == MONEY:
    found = list(own_unit.budget_figures(ask))
else:
    headline_tiles(entry)
    own_tiles(entry)
    left, right = st.columns([2, 3], gap="small")
    with left:
        most_important(entry, count=5, own=True)
    with right:
        show_figure(entry, own_unit.places(ask))
    found = [handed_in.deviations(ask)]
for figure in found:
    if figure is not None:
        show_figure(entry, figure)
if part == DIALOGUE:
    hand_in(entry)
