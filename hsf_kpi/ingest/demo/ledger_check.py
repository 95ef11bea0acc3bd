"""Do the settings of the ledger and the registers mean units, accounts, months and tables that exist?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsf_kpi.ingest.demo.ledger_cost import (
    BOARD,
    BOUGHT,
    GRANTS,
    HIRED,
    OTHER,
    PROVISION,
    REGION,
    SALES,
    STAFF,
)
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem

_FILE = "demo/economy.toml"
_MADE = (REGION, GRANTS, BOARD, SALES, OTHER, STAFF, HIRED, PROVISION, BOUGHT)
"""Accounts that the ledger has whatever the settings say."""
_TABLES = ("ram-per-omrade", "beslutad-ram")


def ledger_problems(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    """Every problem of [gross.units] and [ledger]."""
    yield from _units(catalogue, ("gross.units", settings.economy.gross.units))
    ledger = settings.economy.ledger
    if ledger is not None:
        yield from _units(catalogue, *_named_units(ledger))
        yield from _accounts(catalogue, ledger)
        yield from _months(ledger)
        yield from _measures(ledger, settings)
        yield from _plan(catalogue, ledger)
        yield from _cost_centres(ledger)
        if (first := settings.economy.segment[0].first).number != 1:
            yield Problem(
                f"Det första segmentet börjar {first}, men en budget gäller ett helt år.",
                f"{_FILE}, fältet segment[1].first",
                "Låt segmentet börja i januari.",
            )


def _named_units(ledger: LedgerSettings) -> Iterator[tuple[str, Iterable[str]]]:
    yield "ledger.grants.units", ledger.grants.units
    yield "ledger.board.units", ledger.board.units
    yield "ledger.mix", [unit for unit in ledger.mix if unit != "default"]
    for i, trade in enumerate(ledger.trade, 1):
        yield f"ledger.trade[{i}].seller", [trade.seller]
        yield f"ledger.trade[{i}].buyers", trade.buyers
    for i, project in enumerate(ledger.project, 1):
        yield f"ledger.project[{i}].unit", [project.unit]
    for i, centre in enumerate(ledger.cost_centre, 1):
        yield f"ledger.cost_centre[{i}].unit", [centre.unit]


def _units(catalogue: Catalogue, *named: tuple[str, Iterable[str]]) -> Iterator[Problem]:
    for field, units in named:
        for unit in units:
            if unit not in catalogue.organisation.units:
                yield Problem(
                    f"Verksamheten ”{unit}” finns inte.",
                    f"{_FILE}, fältet {field}",
                    "Rätta namnet eller ta bort det.",
                )


def _accounts(catalogue: Catalogue, ledger: LedgerSettings) -> Iterator[Problem]:
    known = {account.id: account for account in catalogue.ledger_accounts}
    named: list[tuple[str, Iterable[str]]] = [("ledger", _MADE), ("ledger.level", ledger.level)]
    named += [("ledger.overrun", ledger.overrun), ("ledger.steady", ledger.steady)]
    named += [(f"ledger.mix.{unit}", mix) for unit, mix in ledger.mix.items()]
    named += [(f"ledger.project[{i}].accounts", p.accounts) for i, p in enumerate(ledger.project, 1)]
    named += [(f"ledger.cost_centre[{i}].accounts", c.accounts) for i, c in enumerate(ledger.cost_centre, 1)]
    named += [(f"ledger.trade[{i}].account", [t.account]) for i, t in enumerate(ledger.trade, 1)]
    for field, accounts in named:
        for account in accounts:
            if account not in known:
                yield Problem(
                    f"Kontot ”{account}” finns inte i kontoplanen.",
                    f"{_FILE}, fältet {field}",
                    "Rätta namnet, eller lägg till kontot i economy/accounts.toml.",
                )
    for i, trade in enumerate(ledger.trade, 1):
        if trade.account in known and not known[trade.account].may_be_internal:
            yield Problem(
                f"På kontot ”{trade.account}” förekommer inga interna köp.",
                f"{_FILE}, fältet ledger.trade[{i}].account",
                "Välj ett konto med may_be_internal i economy/accounts.toml.",
            )


def _months(ledger: LedgerSettings) -> Iterator[Problem]:
    for account, level in ledger.level.items():
        for text in level:
            try:
                Month.parse(text)
            except ValueError:
                yield Problem(
                    f"”{text}” är ingen månad.",
                    f"{_FILE}, fältet ledger.level.{account}",
                    "Skriv till exempel ”2023-10”.",
                )


def _measures(ledger: LedgerSettings, settings: DemoSettings) -> Iterator[Problem]:
    for field, key in (
        ("staff", ledger.staff),
        ("hired", ledger.hired),
        ("investments", ledger.investments),
    ):
        if key not in settings.flow:
            yield Problem(
                f"Nyckeltalet ”{key}” har inga värden i demon.",
                f"{_FILE}, fältet ledger.{field}",
                "Rätta namnet, eller lägg till nyckeltalet i measures.toml.",
            )


def _plan(catalogue: Catalogue, ledger: LedgerSettings) -> Iterator[Problem]:
    known = {table.id: table for table in catalogue.plan_tables}
    named = [("ledger", table) for table in _TABLES]
    named += [("ledger.grants.table", ledger.grants.table), ("ledger.board.table", ledger.board.table)]
    named += [("ledger.trade_table", ledger.trade_table), ("ledger.investment_ram", ledger.investment_ram)]
    for field, table in named:
        if table and table not in known:
            yield Problem(
                f"Plantabellen ”{table}” finns inte.", f"{_FILE}, fältet {field}", "Rätta namnet på tabellen."
            )
    printed = {row.unit for row in known[ledger.trade_table].rows} if ledger.trade_table in known else set()
    for i, trade in enumerate(ledger.trade, 1):
        if not trade.amounts and trade.seller not in printed:
            yield Problem(
                f"Planen anger ingen beräknad intäkt för ”{trade.seller}”.",
                f"{_FILE}, fältet ledger.trade[{i}].seller",
                "Ange amounts, eller ta bort försäljningen.",
            )


def _cost_centres(ledger: LedgerSettings) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for i, centre in enumerate(ledger.cost_centre, 1):
        if (centre.unit, centre.name) in seen:
            yield Problem(
                f"Kostnadsstället ”{centre.name}” finns två gånger.",
                f"{_FILE}, fältet ledger.cost_centre[{i}].name",
                "Ta bort det ena.",
            )
        seen.add((centre.unit, centre.name))
