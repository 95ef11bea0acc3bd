"""What is derived stays what the ledger says: of several origins, after corrections, and when it can no longer be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.ledger import LedgerEntry
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.period import View, Window
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store
from hsf_kpi.store.ledger_batch import ledger_rows
from tests.store.asking import AS_OF, rows
from tests.store.builders import everyone, m, measure, obs
from tests.store.ledger_builders import (
    ACTUAL,
    BUDGET,
    SEEN,
    delivery,
    entry,
    forecast,
    trade,
    with_accounts,
    year_budget,
)

CAT = with_accounts()
SHARE = measure("andel", Aggregation.RATIO, derived=Derivation("account_ratio", ("kopt",), ("personal",)))
WITH_SHARE = replace(CAT, measures={**CAT.measures, "andel": SHARE}, fingerprint="andel")
Found = tuple[int | None, Origin | None]


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store
    store.close()


def value(store: Store, month: str, key: str = SEEN, unit: str = "hsf", cat: Catalogue = CAT) -> Found:
    series = store.unit_series(everyone(cat), cat, unit, View.MONTH, Sex.ALL, OrgView.TODAY, [key])[key]
    cell = series.cells.get(Window.MONTH, {}).get(m(month))
    return (None, None) if cell is None or cell.numerator is None else (cell.numerator // FIXED, cell.origin)


def test_the_figure_is_the_ledgers_where_a_month_has_several_origins(store: Store) -> None:
    demo = [
        *year_budget("kirurgi", 2023, 4),
        *(entry("kirurgi", f"2023-0{n}", "personal", 5) for n in (1, 2)),
    ]
    store.take(CAT, delivery(demo))
    store.take(CAT, delivery([entry("kirurgi", "2023-02", "personal", 70)], origin=Origin.LOADED))
    found = store.ledger.read(everyone(CAT), CAT, ["hsf"], OrgView.TODAY)["hsf"]
    assert found.result(ACTUAL, m("2023-02")) == -70
    assert value(store, "2023-01") == (-1, Origin.DEMO)
    assert value(store, "2023-02") == (-66, Origin.DEMO), "its budget is the demo's"
    store.take(CAT, delivery(year_budget("kirurgi", 2023, 60), origin=Origin.LOADED))
    assert value(store, "2023-02") == (-10, Origin.LOADED)
    assert value(store, "2023-01") == (55, Origin.DEMO)
    assert found.result(BUDGET, m("2023-01")) == -4


def test_trade_that_lost_its_other_side_to_another_origin_is_not_eliminated(store: Store) -> None:
    store.take(
        CAT,
        delivery([*trade("rontgen", "kirurgi", "2023-01", 5), *trade("rontgen", "medicin", "2023-02", 3)]),
    )
    store.take(CAT, delivery([entry("rontgen", "2023-01", "personal", 7)], origin=Origin.LOADED))
    found = store.ledger.read(everyone(CAT), CAT, ["hsf"], OrgView.TODAY)["hsf"]
    for month, result, bought in (("2023-01", -12, 5), ("2023-02", 0, 0)):
        lines = [a.side.sign * (found.amount(ACTUAL, a.id, m(month)) or 0) for a in found.accounts]
        assert sum(lines) == found.result(ACTUAL, m(month)) == result
        assert found.amount(ACTUAL, "kopt", m(month)) == bought


def test_a_value_that_can_no_longer_be_made_is_withdrawn(database_url: str) -> None:
    store = Store.create(database_url, "demo", WITH_SHARE, AS_OF)
    booked = [entry("kirurgi", "2023-01", "personal", 50), entry("kirurgi", "2023-01", "kopt", 5)]
    store.take(WITH_SHARE, delivery(booked))
    assert value(store, "2023-01", "andel", cat=WITH_SHARE)[0] == 5
    # Reversals only: there is no share of less than nothing.
    reversed_ = [entry("kirurgi", "2023-01", "personal", -50), entry("kirurgi", "2023-01", "kopt", 5)]
    store.take(WITH_SHARE, delivery(reversed_))
    assert value(store, "2023-01", "andel", cat=WITH_SHARE) == (None, None)
    store.take(WITH_SHARE, delivery(booked))
    assert value(store, "2023-01", "andel", cat=WITH_SHARE)[0] == 5
    count = rows(store, "observation")
    later = replace(SHARE, derived=Derivation("account_ratio", ("kopt",), ("personal",), first=m("2023-06")))
    changed = replace(WITH_SHARE, measures={**CAT.measures, "andel": later}, fingerprint="sen")
    store.sync_definitions(changed)
    assert value(store, "2023-01", "andel", cat=changed) == (None, None)
    assert rows(store, "observation") == count, "nothing is overwritten"
    store.close()


def test_what_was_delivered_by_hand_before_the_ledger_stays_but_not_the_demos_own(store: Store) -> None:
    for origin in (Origin.LOADED, Origin.DEMO):
        by_hand = [
            replace(obs(SEEN, unit, "2022-01", 3), origin=origin)
            for unit in (("medicin",) if origin is Origin.LOADED else ("kirurgi", "primar"))
        ]
        store.load(CAT, "för hand", origin, by_hand)
    booked = [*year_budget("kirurgi", 2023, 4), entry("kirurgi", "2023-01", "personal", 5)]
    store.take(CAT, delivery(booked, origin=Origin.LOADED))
    assert value(store, "2022-01", unit="medicin") == (3, Origin.LOADED)
    assert value(store, "2022-01", unit="primar") == (3, Origin.DEMO)
    store.take(CAT, delivery(booked))
    assert value(store, "2022-01", unit="medicin") == (3, Origin.LOADED)
    assert value(store, "2022-01", unit="primar") == (None, None)


def test_a_sum_that_is_too_large_is_told(store: Store) -> None:
    large = [entry("kirurgi", "2023-01", account, -(10**12)) for account in ("personal", "kopt")]
    with pytest.raises(DataError, match=r"”kirurgi” i 2023-01 är sammanlagt för stora för ”Resultat”"):
        store.take(CAT, delivery([*year_budget("kirurgi", 2023, 4), *large]))
    assert rows(store, "ledger_entry") == 0


def test_no_number_slips_round_the_limit() -> None:
    frame = pd.DataFrame({"unit": ["kirurgi"], "month": [24000], "account": ["personal"], "kind": ["actual"]})
    for number in (np.int64(-(2**63)), np.int64(2**63 - 1), np.uint64(2**64 - 5)):
        found = ledger_rows(frame.assign(amount=pd.Series([number])))
        assert (found.wrong.tolist(), found.amount.tolist()) == ([True], [0])


def test_a_year_far_away_is_no_year_of_a_forecast(store: Store) -> None:
    with pytest.raises(DataError, match="Året kan inte tolkas"):
        store.take(CAT, delivery((), [replace(forecast("kirurgi", "2203-03-01", 4))]))
    assert forecast("kirurgi", "2203-03-01", 4).made == dt.date(2203, 3, 1)


def balanced(changed: int = 0) -> list[LedgerEntry]:
    """Every unit's budget; the provision makes it nought."""
    leaves = ("kirurgi", "medicin", "primar", "rontgen")
    found = [e for unit in leaves for e in year_budget(unit, 2023, 10 + changed)]
    return [*found, *year_budget("medicin", 2023, -40, "underskott")]


def test_a_corrected_budget_still_sums(store: Store) -> None:
    store.take(CAT, delivery(balanced()))
    with pytest.raises(DataError, match=r"Förvaltningens budget 2023 ger resultatet −12 kronor"):
        store.take(CAT, delivery(year_budget("kirurgi", 2023, 11)))
    found = store.ledger.read(everyone(CAT), CAT, ["kirurgi"], OrgView.TODAY)["kirurgi"]
    assert found.amount(BUDGET, "personal", m("2023-01")) == 10, "nothing has changed"
    both = [*year_budget("kirurgi", 2023, 11), *year_budget("primar", 2023, 9)]
    store.take(CAT, delivery(both))
    assert store.state().data_version == 2
