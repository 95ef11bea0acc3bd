"""Användare och logg: who may see what? Users, roles, sign-ins and the log."""

import streamlit as st

from hsf_kpi.model.role import Permission
from hsf_kpi.ui.entry import visited
from hsf_kpi.ui.keys_list import keys
from hsf_kpi.ui.log import log
from hsf_kpi.ui.sessions_list import sessions
from hsf_kpi.ui.users import users
from hsf_kpi.ui.users_roles import roles

visit = visited(Permission.ADMINISTER)
SECTIONS = {
    "Användare": users,
    "Roller": roles,
    "Inloggningar": sessions,
    "Åtkomstnycklar": keys,
    "Logg": log,
}
for tab, show in zip(
    st.tabs(list(SECTIONS), key="anv-flik", on_change="rerun"), SECTIONS.values(), strict=True
):
    with tab:
        if tab.open:
            show(visit)
