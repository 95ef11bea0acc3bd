"""The form for a password of one's own: the old one, the new one twice, the rules told before."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.password import RULES
from hsf_kpi.model.account import Account
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import browser, script
from hsf_kpi.ui.sign_in.page import show
from hsf_kpi.ui.sign_in.verify import NotVerified, change_password, ticket_for
from hsf_kpi.ui.text import plain

DONE = "Lösenordet är bytt. Alla andra inloggningar med kontot är avslutade, och åtkomstnycklarna gäller inte längre."


def password_form(store: Store, account: Account) -> bool:
    """Draws the form. True when the password was just changed: then a ticket for a new session lies on the page."""
    st.markdown(plain(RULES))
    with st.form("hsf-byt-losenord", clear_on_submit=True):
        old = st.text_input("Nuvarande lösenord", type="password", autocomplete="current-password")
        new = st.text_input("Nytt lösenord", type="password", autocomplete="new-password")
        again = st.text_input("Nytt lösenord igen", type="password", autocomplete="new-password")
        sent = st.form_submit_button("Byt lösenord")
    if not sent:
        return False
    address, now, device = browser.address(), browser.now(), browser.device()
    try:
        change_password(store, account, old, new, again, address, now, device)
    except NotVerified as error:
        show(error)
        return False
    st.success(DONE)
    # Changing the password has ended this session too.
    script.hand_over(ticket_for(store, account, address, browser.now()))
    return True
