"""HoS 2029: how far is the transformation? Activities, delmål, responsible function, dependencies, risks."""

import streamlit as st

from hsf_kpi.composing import transformation
from hsf_kpi.composing.choices import ACTIVITY
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.ui.entry import entered
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.follow_up import choose_followed, follow_up_form
from hsf_kpi.ui.links import opened
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles
from hsf_kpi.ui.transformation import edit_register, show_trend, show_when

entry = entered()
ask = entry.ask
st.header(plain(transformation.finding(ask)), anchor=False)
show_when(entry)
show_tiles(transformation.tiles(ask))
for figure in (transformation.road(ask), transformation.activities(ask), *transformation.registered(ask)):
    show_figure(entry, figure)
show_trend(entry)
if (picture := transformation.picture(ask)) is not None:
    show_figure(entry, picture)
names = transformation.activity_names(ask)
if names:
    with st.container(key=opened(ACTIVITY)):
        st.subheader("Registret för en aktivitet", anchor=False)
        chosen = choose_followed(entry, ACTIVITY, names, "Aktivitet")
        if chosen is not None:
            for figure in transformation.histories(ask):
                show_figure(entry, figure)
            edit_register(entry, chosen, names)
            follow_up_form(entry, Subject.ACTIVITY, chosen, names[chosen])
