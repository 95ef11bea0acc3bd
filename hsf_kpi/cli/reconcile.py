"""`reconcile`: holds a month, or the year so far, against what the ledger's own report says."""

from __future__ import annotations

import argparse

from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.loading import BY, command_line_rights
from hsf_kpi.cli.months import read_month
from hsf_kpi.figures.month import difference_words
from hsf_kpi.model.month_step import Books
from hsf_kpi.model.period import View
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.month import month_of
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.parse import parse_number
from hsf_kpi.swedish.words import sentence_start

_AMOUNTS = {
    "revenue": "intäkter i kronor",
    "cost": "kostnader i kronor, utan minustecken",
    "result": "resultat i kronor; ett underskott skrivs --result=-1000",
}
_VIEWS = {"ytd": View.YTD, "month": View.MONTH}


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("reconcile", help="stäm av en månad mot huvudbokens egen rapport")
    command.add_argument("month", metavar="ÅÅÅÅ-MM")
    for name, told in _AMOUNTS.items():
        command.add_argument(f"--{name}", required=True, metavar="KRONOR", help=told)
    command.add_argument(
        "--view",
        choices=list(_VIEWS),
        default="ytd",
        help="vad rapporten gäller: året hittills, eller månaden",
    )
    command.add_argument("--note", default="", help="förklaring; krävs om det finns en differens")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    month, theirs = read_month(options.month), _theirs(options)
    workspace = open_workspace()
    rights, view = command_line_rights(workspace), _VIEWS[options.view]
    step = month_of(workspace).reconcile(rights, month, theirs, options.note, BY, view=view)
    assert step.books is not None, "a reconciliation holds books"
    print(f"{sentence_start(month_text(month))} är avstämd, {difference_words(step.books)}.")
    return 0


def _theirs(options: argparse.Namespace) -> Books:
    """The three amounts to the nearest krona. DataError with every one that is no number."""
    typed = {name: str(getattr(options, name)) for name in _AMOUNTS}
    found = {name: parse_number(text) for name, text in typed.items()}
    problems = [
        Problem(
            f"”{typed[name][:40]}” är inget tal.",
            f"--{name}",
            "Skriv ett belopp i kronor, till exempel 8645376150.",
        )
        for name, amount in found.items()
        if amount is None
    ]
    if problems:
        raise DataError(problems)
    return Books(**{name: round(amount) for name, amount in found.items() if amount is not None})
