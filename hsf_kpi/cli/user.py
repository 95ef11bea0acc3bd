"""`user`: accounts and roles from the command line, for the one who holds the database's own key."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from hsf_kpi.access import password as passwords
from hsf_kpi.cli import user_token
from hsf_kpi.cli.common import FORMATS, Row, write
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.account import Account, HeldGrant, login_of
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.model.role import Grant
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store.store import Store

BY: Final = "kommandoraden"
COLUMNS = ("login", "name", "active", "password", "number", "role", "unit", "from", "to")


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    top = commands.add_parser("user", help="användare och roller")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VAD", parser_class=type(top))
    _verb(verbs, "list", "skriv ut användarna och deras roller", _list, login=False).add_argument(
        "--format", choices=FORMATS, default="table"
    )
    add = _verb(verbs, "add", "lägg till en användare", _add)
    add.add_argument("--name", required=True, metavar="NAMN", help="namnet som visas")
    add.add_argument("--role", required=True, metavar="ROLL", help="rollens id, se data/roles.toml")
    _role_options(add)
    _password_options(add)
    role = _verb(verbs, "role", "ge en användare en roll till", _role)
    role.add_argument("role", metavar="ROLL", help="rollens id, se data/roles.toml")
    _role_options(role)
    end = _verb(verbs, "end-role", "avsluta en roll", _end_role, login=False)
    end.add_argument("number", metavar="NUMMER", type=int, help="rolltilldelningens nummer, se user list")
    end.add_argument("--to", metavar="ÅÅÅÅ-MM-DD", help="sista dagen (annars i går: rollen upphör genast)")
    change = _verb(verbs, "password", "byt en användares lösenord; alla inloggningar avslutas", _password)
    _password_options(change)
    _verb(verbs, "disable", "stäng av en användare; alla inloggningar avslutas", _disable)
    user_token.add_to(verbs)
    _verb(verbs, "enable", "släpp in en avstängd användare igen", _enable)


def _verb(
    verbs: argparse._SubParsersAction,  # type: ignore[type-arg]
    name: str,
    told: str,
    do: Callable[[argparse.Namespace], int],
    *,
    login: bool = True,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = verbs.add_parser(name, help=told, description=told)
    if login:
        command.add_argument("login", metavar="ANVÄNDARNAMN")
    command.set_defaults(run=do)
    return command


def _role_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--unit", metavar="ENHET", help="verksamhetens id, se kommandot units")
    command.add_argument("--from", dest="first", metavar="ÅÅÅÅ-MM-DD", help="första dagen (annars genast)")
    command.add_argument("--to", dest="last", metavar="ÅÅÅÅ-MM-DD", help="sista dagen (annars tills vidare)")


def _password_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-stdin", action="store_true", help="läs lösenordet från standard in, en rad"
    )
    command.add_argument(
        "--keep", action="store_true", help="lösenordet behöver inte bytas vid nästa inloggning"
    )


def _list(options: argparse.Namespace) -> int:
    with _opened() as (_, store):
        accounts = store.accounts.all()
    write((row for account in accounts for row in _rows(account)), COLUMNS, options.format)
    return 0


def _add(options: argparse.Namespace) -> int:
    grant = Grant(options.role, options.unit, _day(options.first, "--from"), _day(options.last, "--to"))
    with _opened() as (settings, store):
        catalogue = _catalogue(settings, store)
        # Looked at before anybody is asked for a password.
        if store.accounts.find(options.login):
            raise DataError(
                Problem(f"Användaren ”{options.login}” finns redan.", "ANVÄNDARNAMN", "Se user list.")
            )
        needs = settings.sign_in.way != "oidc" or options.password_stdin
        password = _asked(options.login, options.password_stdin) if needs else None
        store.accounts.add(
            options.login,
            options.name,
            BY,
            password=password,
            must_change=password is not None and not options.keep,
            grants=(grant,),
            catalogue=catalogue,
        )
    print(f"Användaren {login_of(options.login)} är tillagd med rollen {catalogue.roles[grant.role].title}.")
    return 0


def _role(options: argparse.Namespace) -> int:
    grant = Grant(options.role, options.unit, _day(options.first, "--from"), _day(options.last, "--to"))
    with _opened() as (settings, store):
        catalogue = _catalogue(settings, store)
        number = store.accounts.grant(options.login, grant, catalogue, BY)
    print(f"Rollen {catalogue.roles[grant.role].title} är given (nummer {number}).")
    return 0


def _end_role(options: argparse.Namespace) -> int:
    # The calendar's day, also on demo data: by it roles are judged (`Workspace.rights_of`).
    last = _day(options.to, "--to") or dt.date.today() - dt.timedelta(days=1)
    with _opened() as (_, store):
        store.accounts.end_grant(options.number, last, BY)
    print(f"Rollen slutar {last}.")
    return 0


def _password(options: argparse.Namespace) -> int:
    with _opened() as (_, store):
        _demand(store, options.login)
        password = _asked(options.login, options.password_stdin)
        store.accounts.set_password(options.login, password, BY, must_change=not options.keep)
    print("Lösenordet är bytt, och användarens inloggningar är avslutade.")
    return 0


def _disable(options: argparse.Namespace) -> int:
    with _opened() as (_, store):
        store.accounts.set_active(options.login, False, BY)
    print("Användaren är avstängd, och inloggningarna är avslutade.")
    return 0


def _enable(options: argparse.Namespace) -> int:
    with _opened() as (_, store):
        store.accounts.set_active(options.login, True, BY)
    print("Användaren släpps in igen.")
    return 0


@contextmanager
def _opened() -> Iterator[tuple[Settings, Store]]:
    settings = read_settings()
    store = Store.open(settings.database_url)
    try:
        yield settings, store
    finally:
        store.close()


def _catalogue(settings: Settings, store: Store) -> Catalogue:
    """The definitions. DataError when the database was made with others: a role could be given that nobody meant."""
    catalogue = read_catalogue(settings.data_dir, store.definitions.overlay())
    if store.state().fingerprint != catalogue.fingerprint:
        raise DataError(
            Problem("Definitionerna har ändrats.", "databas", "Uppdatera först: python -m hsf_kpi build.")
        )
    return catalogue


def _demand(store: Store, login: str) -> None:
    if store.accounts.find(login) is None:
        raise NotFound(
            Problem(f"Användaren ”{login}” finns inte.", "ANVÄNDARNAMN", "Se python -m hsf_kpi user list.")
        )


def _asked(login: str, from_stdin: bool) -> str:
    """A new password's hash: asked for twice without showing it, or one line from standard in."""
    try:
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else _typed(login)
    except (EOFError, KeyboardInterrupt, UnicodeDecodeError):
        raise DataError(Problem("Inget lösenord angavs.", "lösenord", "Ingenting är ändrat.")) from None
    problems = passwords.problems(password, login)
    if problems:
        raise DataError(problems)
    return passwords.hashed(password)


def _typed(login: str) -> str:
    if not sys.stdin.isatty():
        raise DataError(
            Problem("Lösenordet kan inte frågas efter här.", "lösenord", "Använd --password-stdin.")
        )
    print(passwords.RULES)
    password = getpass.getpass("Lösenord: ")
    if not passwords.problems(password, login) and getpass.getpass("Samma en gång till: ") != password:
        raise DataError(Problem("Lösenorden är inte lika.", "lösenord", "Försök igen."))
    return password


def _day(text: str | None, where: str) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise DataError(Problem(f"”{text}” är ingen dag.", where, "Skriv till exempel 2026-01-31.")) from None


def _rows(account: Account) -> Iterator[Row]:
    """A row for each role; one without a role has a row too."""
    held: tuple[HeldGrant | None, ...] = account.held or (None,)
    secret = "saknas" if account.password is None else "ska bytas" if account.must_change else "finns"
    for one in held:
        grant = one.grant if one else Grant("")
        yield {
            "login": account.login,
            "name": account.name,
            "active": "ja" if account.active else "nej",
            "password": secret,
            "number": one.number if one else None,
            "role": grant.role,
            "unit": grant.unit,
            "from": grant.first.isoformat() if grant.first else None,
            "to": grant.last.isoformat() if grant.last else None,
        }
