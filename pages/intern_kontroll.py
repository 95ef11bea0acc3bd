"""Intern kontroll: which risks do we watch? Sannolikhet × konsekvens, responsible, method, result."""

import streamlit as st

from hsf_kpi.composing import controls
from hsf_kpi.composing.choices import LEVEL_OF_DECISION, RISK
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.follow_up import choose_followed, follow_up_form
from hsf_kpi.ui.links import opened
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

entry = entered()
ask = entry.ask
st.header(plain(controls.finding(ask)), anchor=False)
st.caption(
    "Gäller hela förvaltningen, oavsett vald verksamhet. Resultaten är de senaste till och med vald månad."
)
extra_pills(LEVEL_OF_DECISION, "Beslutsnivå")
show_tiles(controls.tiles(ask))
for figure in (controls.matrix(ask), controls.table(ask)):
    if figure is not None:
        show_figure(entry, figure)
with st.container(key=opened(RISK)):
    st.subheader("Följ upp en kontroll", anchor=False)
    names = controls.names_of(ask)
    chosen = choose_followed(entry, RISK, names, "Kontroll")
    if chosen is not None:
        if (history := controls.history(ask)) is not None:
            show_figure(entry, history)
        follow_up_form(entry, Subject.CONTROL, chosen, names[chosen])
