"""The source profiles that there are: those that come with the product, and those written in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from hsf_kpi.ingest.profiles import profile_text
from hsf_kpi.loading import Loading
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.profile import Profile
from hsf_kpi.model.role import Permission
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import change, keyed

HOLDS: Mapping[Holds, str] = {
    Holds.OBSERVATIONS: "Utfall av nyckeltal",
    Holds.LEDGER: "Budget och utfall ur huvudboken",
    Holds.FORECASTS: "Prognoser",
    Holds.MOVES: "Omflyttningar",
    Holds.ACTIVITIES: "Förbättringsarbeten",
    Holds.EXTERNAL: "Offentlig statistik",
    Holds.TARGETS: "Målvärden",
    Holds.BASELINES: "Nuvärden",
    Holds.UNITS: "Verksamheter",
}
PLACE = "källprofil"
"""Where what came of a change is told."""


def show_profiles(visit: Visit, loading: Loading, every: Sequence[Profile]) -> None:
    """The table, and for one of them its text and taking it away."""
    with st.container(key="bred-profiler"):
        show_rows(
            [
                {
                    "Profil": plain(profile.title),
                    "System": plain(profile.system),
                    "Innehåller": HOLDS[profile.holds],
                    "Slag": f"Egen, version {profile.version}" if profile.saved else "Medföljer",
                }
                for profile in every
            ],
            key="profiler",
            alt="Källprofiler",
        )
    by_key = {profile.key: profile for profile in every}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = st.selectbox(
            "Källprofil",
            list(by_key),
            format_func=lambda k: by_key[k].title,
            index=None,
            placeholder="Välj en profil",
            key=keyed("vald-profil"),
            width=360,
        )
        if key is None:
            return
        profile = by_key[key]
        st.download_button(
            "Hämta som TOML",
            data=profile_text(profile).encode("utf-8"),
            file_name=f"{profile.key}.toml",
            mime="application/toml",
            key=f"pf-hamta-{key}",
            on_click="ignore",
        )
        whole = visit.rights.may(Permission.LOAD, visit.catalogue.organisation.root)
        if profile.saved and whole and st.button("Ta bort", key="pf-bort"):
            _remove(visit, loading, profile)


@st.dialog("Ta bort källprofilen")
def _remove(visit: Visit, loading: Loading, profile: Profile) -> None:
    st.markdown(f"{plain(profile.title)} tas bort ur listan. Det som har lästs in med den står kvar.")
    if st.button("Ja, ta bort", type="primary", key="pf-bort-ja"):

        def do() -> str:
            loading.remove_profile(visit.rights, profile)
            return f"{profile.title} är borttagen."

        change(PLACE, do)
