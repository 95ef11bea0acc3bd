"""«Räknat så här»: the formula of a shown value with its numbers, and the rows behind it.

Closed until somebody opens it (kept in the link): then only are the rows read.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

from hsf_kpi.composing.choices import ACCOUNT, MADE_OF, NO_ACCOUNT, QUALITY, SOURCES, YES
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.provenance import NO_SUCH_ACCOUNT, accounts, entries, rows
from hsf_kpi.figures.quality.formula import formula, parts_words
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.text import link, plain

_KEY, _ACCOUNT_KEY = "raknat_sa_har", "raknat_konto"
TITLE = "Räknat så här"
FEW_ROWS, SCROLLED = 15, 640


def made_of(entry: Entry) -> None:
    """Below the curve of a nyckeltal."""
    is_open = entry.ask.extra(MADE_OF) == YES
    if st.session_state.get(_KEY) != is_open:
        st.session_state[_KEY] = is_open
    with st.expander(TITLE, key=_KEY, on_change=_toggle):
        if is_open:
            _told(entry)


def _show(entry: Entry, composed: Composed) -> None:
    """A long table scrolls in a room of its own, so that the rest of the page stays within reach."""
    height: int | Literal["content"] = "content" if len(composed.figure.rows) <= FEW_ROWS else SCROLLED
    with st.container(height=height, border=False):
        show_figure(entry, composed)


def _toggle() -> None:
    set_extra(MADE_OF, YES if st.session_state[_KEY] else "nej")


def _told(entry: Entry) -> None:
    ask = entry.ask
    outcome = ask.workspace.assessment(ask.scope, ask.selection, ask.measure or "").outcome
    found = rows(ask)
    if found is None:
        st.info("Det finns inget värde för perioden, och därför inga rader bakom det.")
        return
    for sentence in formula(outcome):
        st.markdown(plain(sentence))
    if outcome.cell is not None and outcome.value is not None:
        for name, text in parts_words(outcome.measure, outcome.cell):
            st.caption(f"**{name}.** {plain(text)}")
    _show(entry, found)
    sources = link("Källor och definitioner", entry.page_href(QUALITY, kvalitet=SOURCES))
    st.markdown(f":small[Mer om varifrån värdena kommer: {sources}]")


def choose_account(entry: Entry) -> None:
    """On Budget och ramar, in the frame of the accounts: whose entries are shown below it."""
    known = {account.id: account.title for account in accounts(entry.ask).values()}
    asked = entry.ask.extra(ACCOUNT)
    chosen = asked if asked in known else None
    if chosen is None and asked != NO_ACCOUNT:
        st.warning(f"{NO_SUCH_ACCOUNT} Välj ett konto i listan.")
    if st.session_state.get(_ACCOUNT_KEY) != chosen:
        st.session_state[_ACCOUNT_KEY] = chosen
    st.selectbox(
        f"{TITLE}: konto",
        list(known),
        index=None,  # without it an empty choice is drawn as the first account
        format_func=known.__getitem__,
        key=_ACCOUNT_KEY,
        on_change=_choose_account,
        filter_mode="contains",
        placeholder="Välj ett konto för att se posterna bakom utfallet",
        width=520,
    )


def account_made_of(entry: Entry) -> None:
    """The entries behind the outcome of the chosen account; nothing where none is chosen."""
    if entry.ask.extra(ACCOUNT) not in {account.id for account in accounts(entry.ask).values()}:
        return
    composed = entries(entry.ask)
    if composed is None:
        st.info("Inget utfall är bokfört på kontot under perioden.")
    else:
        _show(entry, composed)


def _choose_account() -> None:
    set_extra(ACCOUNT, st.session_state[_ACCOUNT_KEY] or NO_ACCOUNT)
