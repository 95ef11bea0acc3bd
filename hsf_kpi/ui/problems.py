"""What is wrong, where, and what to do: on the page, in Swedish, never as a stack trace."""

from __future__ import annotations

import logging
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from hsf_kpi.model.problems import DefinitionError, HsfError, NotFound, Problem, StoreError
from hsf_kpi.operations import trail
from hsf_kpi.ui.links import ROLE
from hsf_kpi.ui.sign_in.demo import ROLE as PICKED
from hsf_kpi.ui.text import link, plain

_SHOWN = 10
_log = logging.getLogger(__name__)


def shown_problems(error: HsfError) -> tuple[Problem, ...]:
    """Where the database is stands in the server's log and not on a page: that is for those who run it."""
    if not isinstance(error, StoreError):
        return error.problems
    _log.error("%s", error)
    return tuple(replace(problem, where="") for problem in error.problems)


def tell_problems(error: HsfError, most: int = 20) -> None:
    """What stands in the way, a message each, beside what was being done."""
    for problem in shown_problems(error)[:most]:
        st.error(plain(str(problem)))


def show_problems(error: HsfError) -> None:
    problems = shown_problems(error)
    lines = [f"- {plain(str(problem))}" for problem in problems[:_SHOWN]]
    if len(lines) == 1:
        lines = [lines[0].removeprefix("- ")]
    if len(error.problems) > _SHOWN:
        lines.append(
            f"- … och {len(error.problems) - _SHOWN} till. Kör `python -m hsf_kpi check` för att se alla."
        )
    st.error("\n".join((f"**{_heading(error)}**", "", *lines)))
    if isinstance(error, NotFound):
        st.markdown(link("Till Översikt", _start()))


def _start() -> str:
    """The first page, in the same role where demo data lets one be tried; never in one that there is not."""
    role = st.query_params.get(ROLE)
    return f"./?{urlencode({ROLE: role})}" if role and role == st.session_state.get(PICKED) else "./"


def show_unexpected(error: Exception) -> bool:
    """A fault of ours: logged with its trace, told without it. True tells Streamlit that it has been shown. What a window or
    another part that runs by itself can't do is told as on a page.
    """
    if isinstance(error, HsfError):
        show_problems(error)
        return True
    # Where nothing else runs (a button's own function, a window) there is no run to name it by.
    code = trail.noted().get("run") or trail.new_id()
    _log.exception("a page failed", exc_info=error, extra={"code": code})
    st.error(
        "**Något gick fel, och sidan kan inte visas**\n\n"
        "Ladda om sidan. Om det händer igen: säg till den som sköter HSF nyckeltal, och ange "
        f"felkoden **{code}**."
    )
    return True


def _heading(error: HsfError) -> str:
    if isinstance(error, DefinitionError):
        return "Definitionerna i data/ går inte att läsa"
    if isinstance(error, StoreError):
        return "Databasen går inte att använda just nu"
    return "Det här går inte att visa"
