"""What `start` and `build` look after before anybody is let in: the way to sign in fits the data, and somebody
administers.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing

from hsf_kpi.model.problems import Problem
from hsf_kpi.settings import PREFIX, Settings, SettingsError
from hsf_kpi.store.store import Store


def refuse_demo_sign_in(settings: Settings) -> None:
    """SettingsError when anybody could be anyone over real data: in the database that is there, or the one to be made."""
    if settings.sign_in.way != "demo":
        return
    kind = settings.data_kind
    if Store.is_there(settings.database_url):
        with closing(Store.open(settings.database_url)) as store:
            kind = store.state().kind
    if kind != "demo":
        raise SettingsError(
            Problem(
                "demoinloggning går inte att använda med verkliga uppgifter: vem som helst kunde se allt.",
                f"{PREFIX}SIGN_IN",
                "Skriv local (egna konton) eller oidc (regionens inloggning).",
            )
        )


def first_administrator(settings: Settings, store: Store) -> str:
    """How the first administrator is made, as a text for the terminal; empty when there is one, or on demo sign-in.

    A command, not an account made here: what `start` prints often ends up in a log file, and there a password would
    lie open.
    """
    way = settings.sign_in.way
    if way == "demo" or store.accounts.has_administrator(dt.date.today()):
        return ""
    if way == "oidc":
        claim = settings.sign_in.oidc.claim if settings.sign_in.oidc else "email"
        what = f"ANVÄNDARNAMN är det som står i fältet {claim} hos leverantören."
    else:
        what = "Lösenordet frågas efter och syns inte."
    return (
        "Ingen kan hantera användare ännu. Skapa den första administratören i ett annat fönster:\n"
        '  python -m hsf_kpi user add ANVÄNDARNAMN --name "FÖRNAMN EFTERNAMN" --role admin\n'
        f"{what}"
    )
