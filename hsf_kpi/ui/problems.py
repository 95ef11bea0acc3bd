"""What is wrong, where, and what to do: on the page, in Swedish, never as a stack trace."""

from __future__ import annotations

import logging
from dataclasses import replace

import streamlit as st

from hsf_kpi.model.problems import DefinitionError, HsfError, StoreError
from hsf_kpi.ui.text import plain

_SHOWN = 10
_log = logging.getLogger(__name__)


def show_problems(error: HsfError) -> None:
    """Where the database is stands in the server's log and not on a page: that is for those who run it."""
    st.error(f"**{_heading(error)}**")
    problems = error.problems
    if isinstance(error, StoreError):
        _log.error("%s", error)
        problems = tuple(replace(problem, where="") for problem in problems)
    lines = [f"- {plain(str(problem))}" for problem in problems[:_SHOWN]]
    if len(error.problems) > _SHOWN:
        lines.append(
            f"- … och {len(error.problems) - _SHOWN} till. Kör `python -m hsf_kpi check` för att se alla."
        )
    st.markdown("\n".join(lines))


def show_unexpected(error: Exception) -> bool:
    """A fault of ours: logged with its trace, told without it. True tells Streamlit that it has been shown."""
    _log.exception("a page failed", exc_info=error)
    st.error("**Något gick fel, och sidan kan inte visas.**")
    st.markdown(
        "Ladda om sidan. Om det händer igen: säg till den som sköter HSF nyckeltal, och när det hände."
    )
    return True


def _heading(error: HsfError) -> str:
    if isinstance(error, DefinitionError):
        return "Definitionerna i data/ går inte att läsa"
    if isinstance(error, StoreError):
        return "Databasen går inte att använda just nu"
    return "Det här går inte att visa"
