"""Changes to users: each one is made by the store, which writes the log, and is told in words beside its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from hsf_kpi.access.explain import role_held
from hsf_kpi.access.password import hashed, one_time
from hsf_kpi.model.account import Account, HeldGrant
from hsf_kpi.settings import read_settings
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_grant import give_role
from hsf_kpi.ui.users_words import change, keyed, literal, role_words, today, told

ADD, EDIT = "lägg till", "ändra"
_PASSWORD, _NEXT, _CHOSEN = "hsf_users_password", "hsf_users_next", "anv-vald"


def add_user(visit: Visit) -> None:
    """A new user has no role, and so sees nothing until one is given."""
    st.header("Lägg till användare", anchor=False)
    told(ADD)
    with st.form(keyed("ny"), enter_to_submit=False):
        st.caption(_LOGIN_HELP[_by_password()])
        login = st.text_input("Användarnamn")
        name = st.text_input("Namn")
        if st.form_submit_button("Lägg till"):
            change(ADD, lambda: _add(visit, login, name))


def edit_user(visit: Visit, accounts: Sequence[Account]) -> None:
    """One user at a time: roles, password, account."""
    st.header("Ändra en användare", anchor=False)
    _password_once()
    by_login = {account.login: account for account in accounts}
    wanted = st.session_state.pop(_NEXT, None)
    if wanted in by_login:
        st.session_state[_CHOSEN] = wanted
    if st.session_state.get(_CHOSEN) not in by_login:
        st.session_state[_CHOSEN] = None
    chosen = st.selectbox(
        "Användare",
        list(by_login),
        format_func=lambda login: f"{by_login[login].name} ({login})",
        index=None,
        placeholder="Välj användare",
        key=_CHOSEN,
        filter_mode="contains",
    )
    told(EDIT)
    if chosen is None:
        return
    account = by_login[chosen]
    with st.container(border=True):
        state = "" if account.active else " · **avstängt konto**"
        st.markdown(f"**{plain(account.name)}**  \n{literal(account.login)}{state}")
        _roles(visit, account)
        with st.expander("Ge en roll", expanded=not account.held, key=keyed("ge")):
            give_role(visit, account)
        with st.container(horizontal=True, gap="small"):
            if _by_password():
                _new_password(visit, account)
            _disable_or_enable(visit, account)
            _rename(visit, account)


def _roles(visit: Visit, account: Account) -> None:
    """What is held, each with its end; ended ones by name only."""
    day = today()
    ended = [h for h in account.held if h.grant.last is not None and h.grant.last < day]
    for held in account.held:
        if held in ended:
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            coming = " (inte än)" if held.grant.first is not None and held.grant.first > day else ""
            st.markdown(plain(role_words(held.grant, visit) + coming), width="stretch")
            _end_role(visit, account, held)
    if len(ended) == len(account.held):
        st.caption("Ingen roll: ser ingenting.")
    past = [
        h.grant
        for h in ended
        if h.grant.first is None or h.grant.last is None or h.grant.first <= h.grant.last
    ]
    if past:
        st.caption(plain("Har haft: " + "; ".join(role_words(grant, visit) for grant in past)))


def _end_role(visit: Visit, account: Account, held: HeldGrant) -> None:
    with st.popover("Avsluta …", type="tertiary", key=keyed(f"slut-{held.number}")):
        yesterday = today() - dt.timedelta(days=1)
        role = role_held(held.grant, visit.workspace.rule())
        st.markdown(plain(f"{role} upphör för {account.name}."))
        last = st.date_input("Sista dag", yesterday, format="YYYY-MM-DD", key=keyed(f"sista-{held.number}"))
        st.caption("Med gårdagens datum upphör rollen genast.")
        if st.button("Avsluta rollen", key=keyed(f"avsluta-{held.number}")):
            change(EDIT, lambda: _end(visit, account, held, last or yesterday))


def _new_password(visit: Visit, account: Account) -> None:
    with st.popover("Nytt lösenord …", key=keyed("losen")):
        st.markdown(
            "Ett nytt lösenord skapas och visas en gång. Det ska bytas vid första inloggningen. "
            "Alla inloggningar som är öppna avslutas, och åtkomstnycklarna slutar att gälla."
        )
        if st.button("Skapa nytt lösenord", key=keyed("nytt-losen")):
            change(EDIT, lambda: _set_password(visit, account))


def _disable_or_enable(visit: Visit, account: Account) -> None:
    with st.popover("Stäng av …" if account.active else "Aktivera …", key=keyed("stang")):
        if account.active:
            st.markdown(
                "Alla inloggningar avslutas, åtkomstnycklarna slutar att gälla, och det går inte att logga in. "
                "Rollerna står kvar."
            )
        else:
            st.markdown("Det går att logga in igen, med de roller som står kvar.")
        label = "Stäng av kontot" if account.active else "Aktivera kontot"
        if st.button(label, key=keyed("stang-av")):
            change(EDIT, lambda: _set_active(visit, account))


def _rename(visit: Visit, account: Account) -> None:
    with st.popover("Byt namn …", key=keyed("namn")):
        name = st.text_input("Namn", account.name, key=keyed("nytt-namn"))
        if st.button("Byt namn", key=keyed("byt-namn")):
            change(EDIT, lambda: _name(visit, account, name))


def _add(visit: Visit, login: str, name: str) -> str:
    password = one_time() if _by_password() else None
    account = visit.workspace.store.accounts.add(
        login, name, _by(visit), password=hashed(password) if password else None, must_change=bool(password)
    )
    st.session_state[_NEXT] = account.login
    if password:
        st.session_state[_PASSWORD] = (account.name, password)
    return f"{account.name} är tillagd och har ingen roll än. Ge en roll under Ändra en användare."


def _end(visit: Visit, account: Account, held: HeldGrant, last: dt.date) -> str:
    visit.workspace.store.accounts.end_grant(held.number, last, _by(visit))
    role = role_held(held.grant, visit.workspace.rule())
    if last < today():
        return f"{account.name} har inte längre rollen {role}."
    return f"{account.name} har rollen {role} till och med {last.isoformat()}."


def _set_password(visit: Visit, account: Account) -> str:
    password = one_time()
    visit.workspace.store.accounts.set_password(account.login, hashed(password), _by(visit), must_change=True)
    st.session_state[_PASSWORD] = (account.name, password)
    return f"{account.name} har fått ett nytt lösenord, och alla inloggningar är avslutade."


def _set_active(visit: Visit, account: Account) -> str:
    visit.workspace.store.accounts.set_active(account.login, not account.active, _by(visit))
    if account.active:
        return f"Kontot för {account.name} är avstängt, och alla inloggningar är avslutade."
    return f"Kontot för {account.name} är aktivt igen."


def _name(visit: Visit, account: Account, name: str) -> str:
    visit.workspace.store.accounts.rename(account.login, name, _by(visit))
    return f"{account.name} heter nu {name.strip()}."


def _password_once() -> None:
    """The password just made: shown in this run only, and kept nowhere."""
    made = st.session_state.pop(_PASSWORD, None)
    if made is None:
        return
    name, password = made
    with st.container(border=True):
        st.markdown(
            f"**Lösenord för {plain(name)}.** Det visas bara nu. Lämna det på ett säkert sätt; "
            "det ska bytas vid första inloggningen."
        )
        st.code(password, language=None)


def _by(visit: Visit) -> str:
    return visit.identity.login


def _by_password() -> bool:
    """Whether this installation signs in with passwords of its own (also demo, where that is what accounts are for)."""
    return read_settings().sign_in.way != "oidc"


_LOGIN_HELP = {
    True: "Användarnamnet är till exempel e-postadressen. Ett lösenord skapas och visas en gång.",
    False: "Användarnamnet är det som regionens inloggning lämnar, oftast e-postadressen.",
}
