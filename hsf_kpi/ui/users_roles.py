"""What each role sees and may do, as data/roles.toml says."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.model.role import Extent, Permission, Role
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import PERMISSION_WORD, current, today

EXTENT_WORD = {
    Extent.EVERYTHING: "Alla verksamheter",
    Extent.SUBTREE: "Sin verksamhet och allt under den, och summorna ovanför",
    Extent.TOP: "Förvaltningen och områdena",
    Extent.NOTHING: "Inga siffror",
}


def roles(visit: Visit) -> None:
    every = visit.catalogue.roles.values()
    holders = _holders(visit)
    st.caption(
        "Rollerna står i data/roles.toml. Den som har flera roller ser och får det som de ger tillsammans."
    )
    st.header("Vad rollerna ser", anchor=False)
    show_rows(
        [
            {
                "Roll": plain(role.title),
                "Om rollen": plain(role.about),
                "Verksamheter": EXTENT_WORD[role.extent],
                "Nyckeltal": _figures(role),
                "Månader": _months(role),
                "Har rollen nu": str(holders.get(role.id, 0)),
            }
            for role in every
        ],
        key="roller-ser",
        alt="Vad varje roll ser",
    )
    st.header("Vad rollerna får göra", anchor=False)
    show_rows(
        [
            {"Roll": plain(role.title)}
            | {PERMISSION_WORD[p]: "**Ja**" if p in role.may else "Nej" for p in Permission}
            for role in every
        ],
        key="roller-far",
        alt="Vad varje roll får göra: ja eller nej",
    )
    st.caption(
        "Under ”Mer” kan du se sidorna som en viss roll ser dem. Du kan då bara titta, och det skrivs i loggen."
    )


def _figures(role: Role) -> str:
    if role.extent is Extent.NOTHING:
        return "–"
    if role.measures is None:
        return "Alla"
    named = plain(role.measures_title or "En del av nyckeltalen")
    return f"{named[:1].upper()}{named[1:]}; för hela förvaltningen alla"


def _months(role: Role) -> str:
    if role.extent is Extent.NOTHING:
        return "–"
    return "Frisläppta" if role.released_only else "Alla"


def _holders(visit: Visit) -> dict[str, int]:
    """Role → how many active users hold it today."""
    counts: dict[str, int] = {}
    for account in visit.workspace.store.accounts.all():
        held = {g.role for g in current(account, today()) if g.holds(today())} if account.active else set()
        for role in held:
            counts[role] = counts.get(role, 0) + 1
    return counts
