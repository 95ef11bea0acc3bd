"""`user token`, `user tokens`, `user end-token`: keys to the API, for the one who holds the database's own key."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from contextlib import closing
from typing import Final

from hsf_kpi.cli.common import FORMATS, open_workspace, write
from hsf_kpi.keys import make_key
from hsf_kpi.model.token import DAYS, MOST_DAYS, Token
from hsf_kpi.settings import read_settings

BY: Final = "kommandoraden"
COLUMNS: Final = ("number", "login", "name", "hint", "created", "used", "ends", "holds")
DEMO: Final = "Nyckeln gäller först när inloggning är inställd: på demodata gäller bara demorollernas."


def add_to(verbs: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Adds the three to those of `user`."""
    make = verbs.add_parser("token", help="skapa en åtkomstnyckel till API:et; den skrivs ut en gång")
    make.add_argument("login", metavar="ANVÄNDARNAMN")
    make.add_argument("--name", required=True, metavar="NAMN", help="vad nyckeln ska användas till")
    make.add_argument(
        "--days",
        type=int,
        default=DAYS,
        metavar="ANTAL",
        help=f"hur många dagar den gäller, högst {MOST_DAYS} (annars {DAYS})",
    )
    make.set_defaults(run=_make)
    every = verbs.add_parser("tokens", help="skriv ut åtkomstnycklarna, också de som inte gäller längre")
    every.add_argument("--format", choices=FORMATS, default="table")
    every.set_defaults(run=_list)
    end = verbs.add_parser("end-token", help="ta tillbaka en åtkomstnyckel")
    end.add_argument("number", metavar="NUMMER", type=int, help="nyckelns nummer, se user tokens")
    end.set_defaults(run=_end)


def _make(options: argparse.Namespace) -> int:
    """The key alone on standard out, so that it can be handed on; what there is to say about it on standard error."""
    workspace = open_workspace()
    with closing(workspace.store):
        key, token = make_key(workspace, options.login, options.name, BY, _now(), options.days)
    print(key)
    print(
        f"Nyckeln (nummer {token.number}) gäller till {token.ends:%Y-%m-%d}. Den visas bara nu.",
        file=sys.stderr,
    )
    if read_settings().sign_in.way == "demo":
        print(DEMO, file=sys.stderr)
    return 0


def _list(options: argparse.Namespace) -> int:
    workspace, now = open_workspace(), _now()
    with closing(workspace.store):
        found = workspace.store.tokens.all()
    write((_row(token, now) for token in found), COLUMNS, options.format)
    return 0


def _end(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    with closing(workspace.store):
        workspace.store.tokens.end(options.number, BY, _now())
    print("Nyckeln gäller inte längre.")
    return 0


def _row(token: Token, now: dt.datetime) -> dict[str, str | int | float | None]:
    return {
        "number": token.number,
        "login": token.login,
        "name": token.name,
        "hint": token.hint,
        "created": token.created.date().isoformat(),
        "used": token.used.isoformat() if token.used else None,
        "ends": token.ends.date().isoformat(),
        "holds": "ja" if token.holds(now) else "nej",
    }


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
