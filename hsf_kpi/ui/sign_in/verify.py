"""Login and password held against the accounts: the same words and the same work whoever it is, throttled by time."""

from __future__ import annotations

import datetime as dt

from hsf_kpi.access import password as passwords
from hsf_kpi.model.account import Account, login_of
from hsf_kpi.model.problems import HsfError, Problem
from hsf_kpi.operations.metrics import SIGN_INS_REFUSED
from hsf_kpi.store.store import Store
from hsf_kpi.ui.sign_in import cookies
from hsf_kpi.ui.sign_in.hours import wait_text

TICKET = dt.timedelta(seconds=30)
"""How long the browser has to hand a ticket over."""
WRONG = Problem("Fel användarnamn eller lösenord.", "", "Kontrollera stavningen och försök igen.")
WRONG_OLD = Problem("Det nuvarande lösenordet stämmer inte.", "", "Försök igen.")


class NotVerified(HsfError):
    """The login and the password are not those of an account that may sign in."""


def verify(
    store: Store,
    login: str,
    password: str,
    address: str,
    now: dt.datetime,
    device: str = "",
    *,
    wrong: Problem = WRONG,
) -> Account:
    """The active account whose login and password these are; NotVerified in Swedish otherwise.

    An unknown login, a disabled account and a wrong password are told in the same words after the same work: one
    count, one look-up, one bcrypt check, one line in the log.
    """
    if not login.strip() or not password:
        raise NotVerified(Problem("Skriv både användarnamn och lösenord.", "", ""))
    known_as = login_of(login) or ""
    wait = store.throttle.attempt(known_as, address, now, device)
    if wait:
        SIGN_INS_REFUSED.labels("throttled").inc()
        raise NotVerified(Problem("För många försök.", "", f"Vänta {wait_text(wait)} och försök sedan igen."))
    account = store.accounts.find(known_as) if known_as else None
    kept = account.password if account is not None and account.active else None
    right = passwords.matches(password, kept)
    if account is None or not right:
        store.throttle.failed(known_as, address, now, device, counted=True)
        SIGN_INS_REFUSED.labels("wrong").inc()
        raise NotVerified(wrong)
    store.throttle.succeeded(account.login, address, now, device)
    return account


def ticket_for(store: Store, account: Account, address: str, now: dt.datetime) -> str:
    """A one-time ticket for a session of the account, to be handed over to `routes.sign_in`."""
    ticket = cookies.new_secret()
    store.sessions.hand_over(account.login, "local", cookies.kept(ticket), now + TICKET, now, address)
    return ticket


def change_password(
    store: Store,
    account: Account,
    old: str,
    new: str,
    again: str,
    address: str,
    now: dt.datetime,
    device: str = "",
) -> None:
    """Gives the account a password of its owner's own. NotVerified when the old one is wrong or the new one won't do;
    then nothing has changed. Every session of the account ends.
    """
    if not old or not new or not again:
        raise NotVerified(Problem("Fyll i alla tre fälten.", "", ""))
    found = passwords.problems(new, account.login)
    if new != again:
        found.append(
            Problem("De två nya lösenorden är inte lika.", "", "Skriv det nya lösenordet två gånger.")
        )
    if new == old:
        found.append(Problem("Det nya lösenordet är det gamla.", "", "Välj ett annat lösenord."))
    if found:
        raise NotVerified(found)
    verify(store, account.login, old, address, now, device, wrong=WRONG_OLD)
    store.accounts.set_password(account.login, passwords.hashed(new), account.login)
