"""The books as rows: one per unit, month, account, kind, counterpart and kostnadsställe, in the form that a load takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from hsf_kpi.ingest.demo.apportion import Ints
from hsf_kpi.ingest.demo.ledger_books import Books
from hsf_kpi.ingest.demo.ledger_cost import OTHER, SALES
from hsf_kpi.ingest.demo.ledger_frame import MNKR, Frame, share, twelfth
from hsf_kpi.ingest.demo.ledger_settings import CostCentre, LedgerSettings, Project
from hsf_kpi.ingest.demo.ledger_trade import Sales
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.ledger import AmountKind

ENTRIES = ("unit", "month", "account", "kind", "amount", "counterpart", "project", "cost_centre")
"""unit, account, kind, counterpart ("" for none), cost_centre ("" for none): texts. month: index. amount: kronor."""
FORECASTS = ("unit", "made", "year", "account", "amount", "author")
"""made: date. amount: the whole year's, kronor."""


def entries(
    frame: Frame,
    settings: LedgerSettings,
    books: Mapping[AmountKind, Books],
    sales: Mapping[AmountKind, Sales],
) -> pd.DataFrame:
    """Every row of the ledger. Amounts of 0 are no rows; uppdragsprojekt stand apart."""
    parts: list[pd.DataFrame] = []
    for kind in (AmountKind.BUDGET, AmountKind.ACTUAL):
        for account, amounts in books[kind].items():
            parts.append(_cells(frame, kind, account, amounts))
        parts.extend(_internal(frame, kind, settings, sales[kind]))
        parts.extend(_projects(frame, kind, settings.project))
    frame_of_all = pd.concat([part for part in parts if len(part)], ignore_index=True)
    key = [name for name in ENTRIES if name != "amount"]
    if frame_of_all.duplicated(key).any():
        frame_of_all = frame_of_all.groupby(key, as_index=False, sort=False)["amount"].sum()
    return _by_cost_centre(frame_of_all, settings)[list(ENTRIES)]


def gross_books(frame: Frame, settings: DemoSettings, books: Books, sales: Sales) -> Books:
    """The books with what the units sell each other and buy of each other."""
    found = dict(books)
    ledger = settings.economy.ledger
    for s, one in enumerate(ledger.trade if ledger else ()):
        bought = sales.internal[s]
        found[one.account] = found.get(one.account, np.zeros(frame.shape, dtype=np.int64)) + bought
    found[SALES] = found[SALES] + sales.sold
    return found


def _cells(
    frame: Frame,
    kind: AmountKind,
    account: str,
    amounts: Ints,
    *,
    project: bool = False,
) -> pd.DataFrame:
    units, months = np.nonzero(amounts)
    return pd.DataFrame(
        {
            "unit": np.array(frame.units, dtype=object)[units],
            "month": np.array([month.index for month in frame.months], dtype=np.int64)[months],
            "account": account,
            "kind": kind.value,
            "amount": amounts[units, months],
            "counterpart": "",
            "project": project,
            "cost_centre": "",
        }
    )


def _internal(
    frame: Frame, kind: AmountKind, settings: LedgerSettings, sales: Sales
) -> Iterator[pd.DataFrame]:
    """Both sides of what is sold: the seller's revenue and the buyer's cost, each with the other as counterpart."""
    names = np.array(frame.units, dtype=object)
    for s, one in enumerate(settings.trade):
        bought = _cells(frame, kind, one.account, sales.internal[s])
        _, months = np.nonzero(sales.internal[s])
        seller = names[sales.sellers[s][months]]
        yield bought.assign(counterpart=seller)
        yield bought.assign(unit=seller, counterpart=bought["unit"], account=SALES)


def _projects(frame: Frame, kind: AmountKind, projects: tuple[Project, ...]) -> Iterator[pd.DataFrame]:
    """Uppdragsprojekt: the outcome wavers a little around the budget; revenue is cost."""
    on = frame.actual if kind is AmountKind.ACTUAL else frame.budget
    for project in projects:
        if project.unit not in frame.units:
            continue
        u = frame.units.index(project.unit)
        whole = np.zeros(frame.shape, dtype=np.int64)
        for t, month in enumerate(frame.months):
            part = twelfth(int(project.per_year * MNKR), month)
            # By hand, not by chance: a random draw here would move every draw after it.
            waver = 100 if kind is AmountKind.BUDGET else 88 + 4 * ((3 * month.number + month.year) % 7)
            whole[u, t] = part * waver // 100 if on[u, t] else 0
        parts = share(whole, np.array(list(project.accounts.values())) * np.ones((*frame.shape, 1)))
        yield _cells(frame, kind, OTHER, whole, project=True)
        for a, account in enumerate(project.accounts):
            yield _cells(frame, kind, account, parts[:, :, a], project=True)


def _by_cost_centre(rows: pd.DataFrame, settings: LedgerSettings) -> pd.DataFrame:
    """The rows of units with kostnadsställen split on them, to the krona, from the first year that has them."""
    by_unit: dict[str, list[CostCentre]] = {}
    for centre in settings.cost_centre:
        by_unit.setdefault(centre.unit, []).append(centre)
    split = rows["unit"].isin(list(by_unit)) & (rows["month"] >= settings.cost_centres_from * 12)
    parts = [rows[~split]]
    for unit, own in rows[split].groupby("unit", sort=False):
        centres = by_unit[str(unit)]
        weights = np.array(
            [[c.share * c.accounts.get(account, 1.0) for c in centres] for account in own["account"]]
        )
        amounts = share(own["amount"].to_numpy(), weights)
        row, centre_of = np.nonzero(amounts)
        names = np.array([c.name for c in centres], dtype=object)
        parts.append(own.iloc[row].assign(amount=amounts[row, centre_of], cost_centre=names[centre_of]))
    return pd.concat(parts, ignore_index=True)
