"""«Räknat så här»: the formula of a shown value with its numbers, and the rows behind it, down to file, row and load.

Closed until somebody opens it (kept in the link): then only are the rows read.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import streamlit as st

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.quality.contributions import contributions_table, ledger_contributions_table
from hsf_kpi.figures.quality.formula import formula, parts_words
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.economy import months_of_view
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.links import ACCOUNT, MADE_OF, NO_ACCOUNT, QUALITY, SOURCES, YES
from hsf_kpi.ui.prepared import Prepared
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


def _show(entry: Entry, prepared: Prepared) -> None:
    """A long table scrolls in a room of its own, so that the rest of the page stays within reach."""
    height: int | Literal["content"] = "content" if len(prepared.figure.rows) <= FEW_ROWS else SCROLLED
    with st.container(height=height, border=False):
        show_figure(entry, prepared)


def _toggle() -> None:
    set_extra(MADE_OF, YES if st.session_state[_KEY] else "nej")


def _told(entry: Entry) -> None:
    ask = entry.ask
    outcome = ask.workspace.assessment(ask.scope, ask.selection, ask.measure or "").outcome
    found = _rows(ask)
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


@lru_cache(maxsize=KEPT)
def _rows(ask: Ask) -> Prepared | None:
    key = ask.measure or ""
    found = ask.quality.contributions(ask.scope, ask.selection, key)
    if found is None:
        return None
    outcome = ask.workspace.assessment(ask.scope, ask.selection, key).outcome
    names = _names(ask, (row.unit for row in found.rows))
    figure = contributions_table(found, outcome, names, context=ask.context())
    return Prepared(figure, named=tuple(names), keys=(key,))


def _names(ask: Ask, units: Iterable[str | None]) -> dict[str, str]:
    """Asked for only of what the scope has let through with its id."""
    return {unit: ask.name(unit) for unit in units if unit}


def account_made_of(entry: Entry) -> None:
    """On Budget och ramar: choose an account, and see the entries behind its outcome."""
    accounts = {
        account.id: account.title for account in entry.catalogue.ledger_accounts if not account.budget_only
    }
    asked = entry.ask.extra(ACCOUNT)
    chosen = asked if asked in accounts else None
    if chosen is None and asked != NO_ACCOUNT:
        st.warning("Kontot i länken finns inte. Välj ett konto i listan.")
    if st.session_state.get(_ACCOUNT_KEY) != chosen:
        st.session_state[_ACCOUNT_KEY] = chosen
    st.selectbox(
        f"{TITLE}: konto",
        list(accounts),
        format_func=accounts.__getitem__,
        key=_ACCOUNT_KEY,
        on_change=_choose_account,
        filter_mode="contains",
        placeholder="Välj ett konto för att se posterna bakom utfallet",
        width=520,
    )
    if chosen is None:
        return
    prepared = _entries(entry.ask)
    if prepared is None:
        st.info("Inget utfall är bokfört på kontot under perioden.")
    else:
        _show(entry, prepared)


def _choose_account() -> None:
    set_extra(ACCOUNT, st.session_state[_ACCOUNT_KEY] or NO_ACCOUNT)


@lru_cache(maxsize=KEPT)
def _entries(ask: Ask) -> Prepared | None:
    account = next(one for one in ask.catalogue.ledger_accounts if one.id == ask.extra(ACCOUNT))
    found = ask.quality.ledger_contributions(
        ask.scope, ask.selection, account.id, AmountKind.ACTUAL, months_of_view(ask)
    )
    if found is None:
        return None
    figure: Figure = ledger_contributions_table(
        found,
        account,
        _names(ask, (unit for row in found.rows for unit in (row.unit, row.counterpart))),
        context=ask.context(),
    )
    named = tuple(dict.fromkeys(row.unit for row in found.rows))
    return Prepared(figure, named=named, keys=(ask.economy.seen_with,))
