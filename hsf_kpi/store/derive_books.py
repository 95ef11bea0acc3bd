"""The live ledger as the derived measures read it: amounts by unit and month, and what stood there a year before.

Uppdragsprojekt stand apart, and are in nothing here. Amounts are whole kronor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, Select, case, cast, func, select

from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND, ORIGIN
from hsf_kpi.store.ledger_books import strongest

UNIT_MONTH = ["unit", "month"]


@dataclass(frozen=True)
class Books:
    """entries: unit and account as keys, kind as code, month as index, external (no counterpart), side, sign, amount.

    forecasts: unit, year, account, sign, made (as date), month (that it stands for) and amount. Every answer below is a
    series of whole kronor by (unit, month).
    """

    catalogue: Catalogue
    entries: pd.DataFrame
    forecasts: pd.DataFrame

    def booked(self, kind: AmountKind) -> pd.MultiIndex:
        """Where anything at all of the kind is booked. There an account without entries is 0."""
        return self._booked[kind]

    def result(self, kind: AmountKind) -> pd.Series:
        """Revenue − cost; of the budget with the provision."""
        return self._result[kind]

    def accounts(self, ids: Collection[str]) -> pd.Series:
        """The outcome of the accounts together, internal amounts too."""
        outcome = self._of(AmountKind.ACTUAL)
        return self._sum(outcome[outcome["account"].isin(list(ids))])

    @cached_property
    def external_cost(self) -> pd.Series:
        """The gross cost: the outcome of every cost account, but nothing bought from a unit of the förvaltning."""
        outcome = self._of(AmountKind.ACTUAL)
        return self._sum(outcome[outcome["external"] & (outcome["side"] == Side.COST.value)])

    def year_budgets(self) -> pd.DataFrame:
        """unit, year, budget: the year's budget result, of the units that have all of its months."""
        frame = self.result(AmountKind.BUDGET).rename("budget").reset_index()
        frame["year"] = frame["month"] // 12
        years = frame.groupby(["unit", "year"], as_index=False).agg(
            budget=("budget", "sum"), months=("month", "nunique")
        )
        return years[years["months"] == 12].drop(columns="months")

    @cached_property
    def _booked(self) -> dict[AmountKind, pd.MultiIndex]:
        return {
            kind: pd.MultiIndex.from_frame(self._of(kind)[UNIT_MONTH].drop_duplicates().sort_values(UNIT_MONTH))
            for kind in AmountKind
        }  # fmt: skip

    @cached_property
    def _result(self) -> dict[AmountKind, pd.Series]:
        return {kind: self._signed(self._of(kind)) for kind in AmountKind}

    def _of(self, kind: AmountKind) -> pd.DataFrame:
        return self.entries[self.entries["kind"] == AMOUNT_KIND[kind]]

    def _sum(self, outcome: pd.DataFrame) -> pd.Series:
        found = outcome.groupby(UNIT_MONTH)["amount"].sum()
        return found.reindex(self.booked(AmountKind.ACTUAL), fill_value=0).astype(np.int64)

    @staticmethod
    def _signed(entries: pd.DataFrame) -> pd.Series:
        signed = entries["sign"] * entries["amount"]
        return signed.groupby([entries["unit"], entries["month"]]).sum().astype(np.int64)


def read_books(connection: Connection, catalogue: Catalogue, origin: Origin) -> Books:
    """What counts of the ledger when nothing of a weaker origin than this is looked at: what is not superseded, and of
    several origins the strongest, as in the ledger's own sums.
    """
    return Books(
        catalogue, _entries(connection, catalogue, origin), _forecasts(connection, catalogue, origin)
    )


def last_year(values: pd.Series, organisation: Organisation) -> pd.Series:
    """By the same (unit, month): the amount of that month last year, of the unit and of those whose heir it is by then.

    Left out where one of them stood in the organisation then and its amount is not known. 0 where none of them did.
    """
    known: dict[tuple[str, int], int] = values.to_dict()
    found: dict[tuple[str, int], int] = {}
    for month, units in _by_month(known).items():
        then = inherited(known, [month - 12], month, organisation)
        found.update({(unit, month): whole for unit in units if (whole := then.get(unit, 0)) is not None})
    return _series(found)


def since_january(values: pd.Series, span: int, organisation: Organisation) -> pd.Series:
    """By (unit, last month): the amounts of the year's first `span` months, of the unit and of those whose heir it is at
    their end. Only where every month is known in which one of them stood in the organisation, the last one too: a sum
    with a month missing is no sum.
    """
    known: dict[tuple[str, int], int] = values.to_dict()
    found: dict[tuple[str, int], int] = {}
    for month, units in _by_month(known).items():
        if month % 12 == span - 1:
            sums = inherited(known, range(month - span + 1, month + 1), month, organisation)
            found.update({(unit, month): whole for unit in units if (whole := sums.get(unit)) is not None})
    return _series(found)


def inherited(
    known: Mapping[tuple[str, int], int], months: Sequence[int], at: int, organisation: Organisation
) -> dict[str, int | None]:
    """Unit in the month `at` → the sum over `months` of what is known by (unit, month), of the unit and of those whose heir
    it is by then. None where one of them stood in the organisation in one of the months and its amount is not known.
    """
    sums: dict[str, int | None] = {}
    for unit in organisation.units.values():
        for month in months:
            amount = known.get((unit.id, month))
            if amount is None and not unit.exists_at(Month(month)):
                continue
            heir = organisation.heir(unit.id, Month(at))
            before = sums.get(heir, 0)
            sums[heir] = None if amount is None or before is None else before + amount
    return sums


def _by_month(known: Iterable[tuple[str, int]]) -> dict[int, list[str]]:
    units: dict[int, list[str]] = {}
    for unit, month in known:
        units.setdefault(month, []).append(unit)
    return units


def _series(found: Mapping[tuple[str, int], int]) -> pd.Series:
    index = pd.MultiIndex.from_tuples(list(found), names=UNIT_MONTH) if found else _nowhere()
    return pd.Series(list(found.values()), index=index, dtype=np.int64)


def live_hours(connection: Connection, measure: str, origin: Origin) -> pd.Series:
    """The measure's monthly numerators in the stored scale, by (unit, month), for all sexes together; of several origins,
    none weaker than this one, the strongest.
    """
    o, unit, which = tables.observation.c, tables.unit.c, tables.measure.c
    query = (
        select(unit.key, o.month, o.numerator)
        .join_from(tables.observation, tables.unit, unit.id == o.unit)
        .join(tables.measure, which.id == o.measure)
        .where(which.key == measure, o.window == 0, o.sex == 0, o.origin <= ORIGIN[origin])
        .where(o.superseded_by.is_(None), o.numerator.is_not(None))
        .order_by(o.origin.desc())
    )
    return _series({(key, month): int(value) for key, month, value in connection.execute(query)})


def _entries(connection: Connection, catalogue: Catalogue, origin: Origin) -> pd.DataFrame:
    e, account, unit, load = (
        tables.ledger_entry.c, tables.ledger_account.c, tables.unit.c, tables.load.c
    )  # fmt: skip
    external = case((e.counterpart == 0, 1), else_=0)
    columns = (load.origin, e.unit, e.kind, e.account, e.month)
    summed = (
        select(*columns, external.label("external"), cast(func.sum(e.amount), BigInteger).label("amount"))
        .join_from(tables.ledger_entry, tables.load, load.id == e.load_id)
        .where(e.superseded_by.is_(None), e.project == 0, load.origin <= ORIGIN[origin])
        .group_by(*columns, external)
    )
    names = ["origin", "unit", "kind", "account", "month", "external", "amount"]
    frame = _counting(_columns(connection, summed, names), ["unit", "kind", "month"])
    frame["unit"] = frame["unit"].map(dict(connection.execute(select(unit.id, unit.key)).all()))
    frame["account"] = frame["account"].map(dict(connection.execute(select(account.id, account.key)).all()))
    frame = frame.astype({"kind": np.int64, "month": np.int64, "external": bool, "amount": np.int64})
    return _with_side(frame, catalogue)


def _forecasts(connection: Connection, catalogue: Catalogue, origin: Origin) -> pd.DataFrame:
    f, account, unit, load = (
        tables.forecast_entry.c, tables.ledger_account.c, tables.unit.c, tables.load.c
    )  # fmt: skip
    query = (
        select(load.origin, f.unit, unit.key, f.year, f.made, account.key, f.amount)
        .join_from(tables.forecast_entry, tables.load, load.id == f.load_id)
        .join(tables.unit, unit.id == f.unit)
        .join(tables.ledger_account, account.id == f.account)
        .where(f.superseded_by.is_(None), load.origin <= ORIGIN[origin])
    )
    names = ["origin", "number", "unit", "year", "made", "account", "amount"]
    frame = _columns(connection, query, names)
    frame = frame.astype({"year": np.int64, "amount": np.int64})
    frame["month"] = np.array([day.year * 12 + day.month - 1 for day in frame["made"]], dtype=np.int64)
    frame = _counting(frame, ["number", "year", "month"])
    # One made in the January after still stands for the year that it forecasts.
    frame["month"] = np.minimum(frame["month"], frame["year"] * 12 + 11)
    return _with_side(frame, catalogue)


def _counting(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The rows of the strongest origin among those that agree in `by`."""
    origin, *keys = (frame[name].to_numpy(dtype=np.int64) for name in ("origin", *by))
    return frame[strongest(origin, *keys)].reset_index(drop=True)


def _columns(connection: Connection, query: Select[Any], names: Sequence[str]) -> pd.DataFrame:
    """Column by column: pandas asks every row of the database's own kind what it is, which takes five times as long."""
    columns = zip(*connection.execute(query).all(), strict=True)
    return pd.DataFrame(dict(zip(names, columns, strict=False)), columns=list(names))


def _with_side(frame: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    sides = {account.id: account.side for account in catalogue.ledger_accounts}
    frame["side"] = frame["account"].map({key: side.value for key, side in sides.items()})
    frame["sign"] = frame["account"].map({key: side.sign for key, side in sides.items()})
    # An account that is no longer defined is on no side, and in no result.
    frame["sign"] = frame["sign"].fillna(0).astype(np.int64)
    return frame


def _nowhere() -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays(
        [np.array([], dtype=object), np.array([], dtype=np.int64)], names=UNIT_MONTH
    )
