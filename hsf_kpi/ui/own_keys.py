"""The account's own keys to the API, in «Mitt konto»: a new one, shown once, and those that there are."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from hsf_kpi.keys import make_key, may_have_key
from hsf_kpi.model.account import Account
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.token import DAYS, LONGEST_NAME, MOST_DAYS, MOST_KEYS, Token
from hsf_kpi.ui.problems import shown_problems
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import literal, moment
from hsf_kpi.workspace import Workspace

_TIMES = (30, DAYS, 180, MOST_DAYS)


def own_keys(workspace: Workspace, account: Account) -> None:
    """Draws nothing for who may download nothing and has no key. The caller has just checked whose account it is."""
    now = dt.datetime.now(dt.UTC)
    may = may_have_key(workspace, account)
    if not may and not _holding(workspace, account, now):
        return
    st.header("Åtkomstnycklar", anchor=False)
    st.markdown(
        "En nyckel hämtar siffror till Excel eller Power BI, med din behörighet. Den som har nyckeln ser det du ser: "
        "lämna den inte vidare."
    )
    if may:
        _new(workspace, account, now)
    held = _holding(workspace, account, now)
    for token in held:
        _one(workspace, account, token, now)
    if not held:
        st.caption("Du har ingen nyckel.")


def key_words(token: Token) -> str:
    """«Power BI · hsfk_Ab3dE… · använd 2023-11-14 · gäller till 2024-02-12 09:05», as Markdown."""
    used = f"använd {token.used.isoformat()}" if token.used else "inte använd"
    return f"**{plain(token.name)}** · {literal(token.hint)} · {used} · gäller till {moment(token.ends)}"


def _holding(workspace: Workspace, account: Account, now: dt.datetime) -> list[Token]:
    return [token for token in workspace.store.tokens.of(account.login) if token.holds(now)]


def _new(workspace: Workspace, account: Account, now: dt.datetime) -> None:
    with st.form("hsf-ny-nyckel", clear_on_submit=True, enter_to_submit=False):
        name = st.text_input(
            "Vad nyckeln ska användas till", max_chars=LONGEST_NAME, placeholder="Månadens Excel"
        )
        days = st.selectbox(
            "Gäller i", _TIMES, index=_TIMES.index(DAYS), format_func=lambda number: f"{number} dagar"
        )
        sent = st.form_submit_button("Skapa nyckel")
    st.caption(f"Högst {MOST_KEYS} nycklar samtidigt. Byter du lösenord slutar alla att gälla.")
    if not sent:
        return
    try:
        key, _ = make_key(workspace, account.login, name, account.login, now, days)
    except HsfError as error:
        for problem in shown_problems(error):
            st.error(plain(f"{problem.what} {problem.todo}"))
        return
    st.success("Nyckeln är skapad. Den visas bara nu: kopiera den till Excel eller Power BI.")
    st.code(key, language=None, wrap_lines=True)


def _one(workspace: Workspace, account: Account, token: Token, now: dt.datetime) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(key_words(token), width="stretch")
        st.button(
            "Ta tillbaka",
            key=f"hsf-nyckel-{token.number}",
            help=f"Nyckeln {token.hint} slutar att gälla genast.",
            type="tertiary",
            on_click=_take_back,
            args=(workspace, account, token, now),
        )


def _take_back(workspace: Workspace, account: Account, token: Token, now: dt.datetime) -> None:
    workspace.store.tokens.end(token.number, account.login, now, login=account.login)
