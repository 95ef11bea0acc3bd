"""What somebody meets who is signed in and may see nothing: what is missing, and whom to ask."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from hsf_kpi.settings import read_settings
from hsf_kpi.swedish.dates import date_text
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.text import plain, with_mail


def nothing_to_see(visit: Visit) -> None:
    st.title("Du har ingen behörighet än", anchor=False)
    st.info(f"{plain(f'Du är inloggad som {visit.identity.name}. {_missing(visit)}')} {_ask()}")


def _missing(visit: Visit) -> str:
    """Why nothing is seen: roles that show nothing yet, that do not hold today, or none at all."""
    held, day = visit.rights.held, dt.date.today()
    if any(h.role.released_only for h in held):
        return "Din roll ser frisläppta månader, och ingen månad är frisläppt än."
    grants = visit.identity.grants
    if begins := min((g.first for g in grants if g.first is not None and g.first > day), default=None):
        return f"Din roll gäller från och med {date_text(begins)}."
    if any(g.last is not None and g.last < day for g in grants):
        return "Din roll gäller inte längre."
    return "Ditt konto har ingen roll som visar siffror."


def _ask() -> str:
    contact = read_settings().sign_in.contact
    return f"Vänd dig till {with_mail(contact) if contact else 'den som hanterar behörigheter'}."
