"""What is wrong, where, and what to do: on the page, in Swedish, never as a stack trace."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.model.problems import DefinitionError, HsfError, NotFound, StoreError
from hsf_kpi.ui.text import plain

_SHOWN = 10


def show_problems(error: HsfError) -> None:
    if not isinstance(error, NotFound):
        st.title("HSF nyckeltal", anchor=False)
    st.error(f"**{_heading(error)}**")
    lines = [f"- {plain(str(problem))}" for problem in error.problems[:_SHOWN]]
    if len(error.problems) > _SHOWN:
        lines.append(
            f"- … och {len(error.problems) - _SHOWN} till. Kör `python -m hsf_kpi check` för att se alla."
        )
    st.markdown("\n".join(lines))


def _heading(error: HsfError) -> str:
    if isinstance(error, DefinitionError):
        return "Definitionerna i data/ går inte att läsa"
    if isinstance(error, StoreError):
        return "Databasen går inte att använda just nu"
    return "Det här går inte att visa"
