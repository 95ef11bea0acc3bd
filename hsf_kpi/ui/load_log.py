"""The log of loads: what came in, when, by whom, whether it still holds; undo, and the file as it was."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsf_kpi.loading import loading_of
from hsf_kpi.model.event import Event
from hsf_kpi.model.load import Load, LoadKind
from hsf_kpi.model.problems import HsfError, NotPermitted, Problem
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.export import still
from hsf_kpi.ui.held import show_told
from hsf_kpi.ui.problems import tell_problems
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import moment

PAGE = 50
_TOLD = "hsf_undone"


def load_log(visit: Visit) -> None:
    loads = loading_of(visit.workspace).loads(visit.rights)
    show_told(_TOLD)
    if not loads:
        st.info("Inget är inläst än. Börja under Läs in.")
        return
    with st.container(key="bred-tid-inlasningar"):
        pages = -(-len(loads) // PAGE)
        page = st.pagination(pages, key="inl-sida") if pages > 1 else 1
        some = loads[(page - 1) * PAGE : page * PAGE]
        show_rows([_row(load, visit) for load in some], key="inlasningar", alt="Inläsningar, nyast först")
    _one(visit, {load.number: load for load in loads})


def _row(load: Load, visit: Visit) -> dict[str, str]:
    unit = visit.catalogue.organisation.units.get(load.unit or "")
    return {
        "När": moment(load.at),
        "Nr": str(load.number),
        "Läge": _state(load),
        "Källa": plain(load.source),
        "Rader": number(load.rows, 0),
        "Gäller": plain(" · ".join(filter(None, (unit.name if unit else "", _months(load))))),
        "Av": plain(load.by),
    }


def _months(load: Load) -> str:
    if load.first is None or load.last is None:
        return ""
    first, last = month_text(load.first), month_text(load.last)
    return first if first == last else f"{first}–{last}"


def _state(load: Load) -> str:
    if load.kind is LoadKind.UNDO:
        return f"↩ Ångrar nr {load.undoes}"
    return f"✕ Ångrad av nr {load.undone_by}" if not load.holds else "✓ Gäller"


def _one(visit: Visit, loads: dict[int, Load]) -> None:
    """One load: its file, and undoing it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            "Inläsning",
            list(loads),
            format_func=lambda n: f"Nr {n}: {loads[n].source}",
            index=None,
            placeholder="Välj en inläsning",
            key="inl-vald",
            width=420,
        )
        if chosen is None:
            return
        load = loads[chosen]
        if load.sha256 is not None and load.file_name is not None:
            st.download_button(
                "Hämta filen",
                data=partial(_file, visit, load),
                file_name=load.file_name,
                key=f"inl-fil-{chosen}",
                on_click="ignore",
            )
        may_be = load.kind is not LoadKind.UNDO and load.holds and load.profile is not None
        if may_be and st.button("Ångra inläsningen", key="inl-angra"):
            _confirm(visit, load)
    if load.sha256 is not None:
        st.caption(f"SHA-256 {load.sha256}")


@st.dialog("Ångra inläsningen")
def _confirm(visit: Visit, load: Load) -> None:
    st.markdown(
        f"Inläsning {load.number}, {plain(load.source)}, tas tillbaka. Det som den ersatte gäller igen. "
        "Inget tas bort: både filen och värdena finns kvar i historiken."
    )
    with st.container(horizontal=True, gap="small"):
        yes = st.button("Ja, ångra", type="primary", key="inl-ja")
        if st.button("Avbryt", key="inl-nej"):
            st.rerun()
    if yes:
        try:
            undone = loading_of(visit.workspace).undo(visit.rights, load.number)
        except HsfError as error:
            tell_problems(error)
            return
        st.session_state[_TOLD] = f"Inläsning {load.number} är ångrad, av nr {undone.undone_by}."
        st.rerun()


def _file(visit: Visit, load: Load) -> bytes:
    """The kept file, made outside the page's run: the right to it is judged again, and it is logged before it is given."""
    workspace = visit.workspace
    identity = still(visit, visit.signed_in)
    if identity is None:
        workspace.log(visit.identity, Event.DENIED, f"filen till inläsning {load.number}")
        raise NotPermitted(Problem("Du är inte längre inloggad.", "fil", "Ladda om sidan."))
    name, parts = loading_of(workspace).file(workspace.rights_of(identity), load.number)
    workspace.log(identity, Event.EXPORTED, f"filen till inläsning {load.number}: {name}")
    return b"".join(parts)
