"""Everybody's keys to the API: whose, when used, and how to take one back. Only for those who administer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from hsf_kpi.model.token import Token
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import change, choose_to_end, literal, moment, told

PAGE = 25
"""Keys in the table at a time."""
ENDED = "ta tillbaka nyckel"


def keys(visit: Visit) -> None:
    """A key is made by the account itself, or on the command line: whoever makes it sees it."""
    store, now = visit.workspace.store, dt.datetime.now(dt.UTC)
    names = {account.login: account.name for account in store.accounts.all()}
    holding = [token for token in store.tokens.all() if token.holds(now)]
    st.header("Åtkomstnycklar som gäller", anchor=False)
    told(ENDED)
    if not holding:
        demo = visit.signed_in.session is None
        st.info(
            "Det finns inga nycklar. På demodata finns en för varje roll, se handboken."
            if demo
            else "Det finns inga nycklar. Var och en skapar sina egna under ”Mer”, ”Mitt konto”."
        )
        return
    _table(holding, names)
    _take_back(visit, holding, names)


def _table(holding: list[Token], names: Mapping[str, str]) -> None:
    place = st.container(key="bred-nycklar")
    pages = -(-len(holding) // PAGE)
    page = st.pagination(pages, key="nyckel-sida") if pages > 1 else 1
    place.table(
        [
            {
                "Vem": plain(names.get(token.login, token.login)),
                "Användarnamn": literal(token.login),
                "Till": plain(token.name),
                "Nyckel": literal(token.hint),
                "Skapad": moment(token.created),
                "Senast använd": token.used.isoformat() if token.used else "–",
                "Gäller till": moment(token.ends),
            }
            for token in holding[(page - 1) * PAGE : page * PAGE]
        ],
        hide_index=True,
        alt="Åtkomstnycklar som gäller",
    )


def _take_back(visit: Visit, holding: list[Token], names: Mapping[str, str]) -> None:
    by_number = {token.number: token for token in holding}

    def label(number: int) -> str:
        token = by_number[number]
        return f"{names.get(token.login, token.login)}: {token.name} ({token.hint})"

    labels = {number: label(number) for number in by_number}
    chosen = choose_to_end("Ta tillbaka en nyckel", labels, "Välj nyckel", "Ta tillbaka", "nyckel")
    if chosen is not None:
        change(ENDED, lambda: _ended(visit, by_number[chosen], names))


def _ended(visit: Visit, token: Token, names: Mapping[str, str]) -> str:
    visit.workspace.store.tokens.end(token.number, visit.identity.login, dt.datetime.now(dt.UTC))
    return f"Nyckeln {token.hint} för {names.get(token.login, token.login)} gäller inte längre."
