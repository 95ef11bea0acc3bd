"""The rows that a value is made of: they make the value exactly, stay within the scope, and open nothing that is masked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.model.aggregation import Aggregation, combine
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.load import KeptFile
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import MONTHLY_WINDOWS, Month, Period, Window
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.provenance import MOST_ROWS, Contributions, LedgerContributions
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.store.load import Delivery
from tests.oracle import Oracle
from tests.store.builders import SMALL, catalogue, everyone, m, measure, obs, organisation, unit
from tests.store.ledger_builders import ACTUAL, BUDGET, delivery, entry, trade, with_accounts, year_budget
from tests.store.suppression_cases import KINDS, SEXES, START, World, made, observations, version, world
from tests.store.test_store_oracle import AS_OF, Case, cases, deliver, ends_of
from tests.suppression_judge import Version, judged

QUIET = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
SUMS = {
    Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO, Aggregation.FLOW_PER_STOCK, Aggregation.WEIGHTED_MEAN,
}  # fmt: skip
OCTOBER = Period(m("2022-10"), Window.YTD)


# The value is its rows


@QUIET
@given(case=cases(), seed=st.integers(0, 99))
def test_the_rows_of_every_kind_are_those_of_the_value_and_make_it(case: Case, seed: int) -> None:
    cat, given_ = case
    store = Store.create("sqlite://", "demo", cat, AS_OF)
    deliver(store, cat, given_)
    today, chance = store.state().today, random.Random(seed)
    for one in cat.measures.values():
        oracle = Oracle(given_, cat.organisation, one, today)
        for _ in range(12):
            window = chance.choice(MONTHLY_WINDOWS if one.monthly else one.measured)
            at = chance.choice(list(cat.organisation.units)), chance.choice([Sex.ALL, Sex.WOMEN]), window
            end, org = chance.choice(ends_of(window)), chance.choice(list(OrgView))
            found = ask(store, cat, one, at[0], Period(end, window), at[1], org)
            wanted = oracle.answer(*at, end, org)
            if wanted is None:
                assert found is None
                continue
            assert found is not None
            if wanted.masked:
                assert (found.rows, found.rest, found.cell.numerator) == ((), None, None)
            elif wanted.ready is not None:
                [row] = found.rows
                assert (row.unit, row.month, row.ready) == (at[0], end, wanted.ready)
            else:
                told = {(row.unit, row.month): (row.numerator, row.denominator) for row in found.rows}
                assert told == naive(oracle, cat.organisation, one, *at, end, org, today)
                assert len(told) == len(found.rows)
                assert (found.rest, found.more, found.hidden, found.outside) == (None, None, 0, False)
                assert_makes(one, found)
    store.close()


def assert_makes(one: Measure, found: Contributions) -> None:
    cell = found.cell
    numerator = sum(row.numerator or 0 for row in found.rows)
    assert numerator == cell.numerator
    if one.aggregation in SUMS:
        assert sum(row.denominator or 0 for row in found.rows) == cell.denominator
    if one.aggregation is Aggregation.FTE:
        norms = {row.month: 0 for row in found.rows}
        for row in found.rows:
            norms[row.month] = max(norms[row.month], row.denominator or 0)
        assert sum(norms.values()) == cell.denominator
    if cell.value(one) is not None:
        months = len({row.month for row in found.rows})
        assert combine(one.aggregation, numerator, cell.denominator, months, one.scale) == cell.value(one)


def naive(
    oracle: Oracle,
    org: Organisation,
    one: Measure,
    unit_id: str,
    sex: Sex,
    window: Window,
    end: Month,
    view: OrgView,
    today: Month,
) -> dict[tuple[str, Month], tuple[int | None, int | None]]:
    base = Window.MONTH if one.monthly else window
    latest = {"snapshot_ratio", "latest_amount"} | ({"stock"} if window is not Window.R12 else set())
    first = end
    if one.aggregation.value not in latest:
        first = {Window.YTD: Month.of(end.year, 1), Window.R12: end - 11}.get(window, end)
    return {
        (leaf, month): (o.numerator, o.denominator)
        for (w, s, leaf, month), o in oracle.parts.items()
        if (w, s) == (base, sex)
        and first <= month <= end
        and unit_id in org.ancestors(leaf, month, view, today)
    }


def ask(
    store: Store,
    cat: Catalogue,
    one: Measure,
    unit_id: str,
    period: Period,
    sex: Sex = Sex.ALL,
    org: OrgView = OrgView.TODAY,
    scope: Scope | None = None,
) -> Contributions | None:
    return store.provenance.contributions(scope or everyone(cat), cat, one.key, unit_id, period, sex, org)


# Where each row came from, and whose it is

COUNT = measure("count", Aggregation.COUNT)
PLACES = {"kirurgi": 40, "medicin": 30, "primar": 20}


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.create("sqlite://", "demo", catalogue(SMALL, [COUNT]), dt.date(2022, 11, 15))
    yield opened
    opened.close()


def test_a_row_tells_its_file_row_and_load_also_when_an_undoing_restored_it(
    database_url: str, tmp_path: Path
) -> None:
    cat = catalogue(SMALL, [COUNT])
    store = Store.create(database_url, "demo", cat, dt.date(2022, 11, 15))
    path = tmp_path / "besok.csv"
    path.write_bytes(b"a;b\n")
    frame = pd.DataFrame(
        [("count", "kirurgi", "month", m("2022-10").index, "all", 400_000, None, None, 17)],
        columns=["measure", "unit", "window", "month", "sex", "numerator", "denominator", "ready", "row"],
    )
    file = KeptFile("besok.csv", hashlib.sha256(path.read_bytes()).hexdigest(), 4, path)
    brought = Delivery("Besök", Origin.LOADED, (), file=file, profile="besok", by="controller@exempel.se")
    store.take(cat, dataclasses.replace(brought, slices=lambda: iter([frame])))
    later = [obs("count", "kirurgi", "2022-10", 50, origin=Origin.LOADED)]
    store.load(cat, "rättning", Origin.LOADED, later)
    period = Period(m("2022-10"), Window.MONTH)

    def came() -> tuple[object, ...]:
        found = ask(store, cat, COUNT, "hsf", period)
        assert found is not None
        [row] = found.rows
        told = row.came
        return row.numerator, told.load, told.file, told.row, told.profile, told.source, told.by

    assert came() == (500_000, 2, None, None, None, "rättning", "system")
    store.loads.undo(cat, 2)
    assert came() == (400_000, 1, "besok.csv", 17, "besok", "Besök", "controller@exempel.se")
    store.close()


def test_units_outside_the_scope_are_one_sum_without_names(store: Store) -> None:
    cat = catalogue(SMALL, [COUNT])
    store.load(cat, "test", Origin.DEMO, [obs("count", u, "2022-10", n) for u, n in PLACES.items()])
    own = Scope.of(["hsf", "akut", "kirurgi"])
    found = ask(store, cat, COUNT, "hsf", OCTOBER, scope=own)
    assert found is not None
    assert [row.unit for row in found.rows] == ["kirurgi"]
    assert found.rest is not None
    assert (found.rest.numerator, found.rest.rows) == (500_000, None)
    assert found.outside
    assert "medicin" not in repr(found)
    with pytest.raises(NotPermitted):
        ask(store, cat, COUNT, "nara", OCTOBER, scope=own)
    early = Scope(frozenset({Reach(frozenset(SMALL.units), None, m("2022-09"))}))
    with pytest.raises(NotPermitted):
        ask(store, cat, COUNT, "hsf", OCTOBER, scope=early)


def test_many_rows_are_told_first_and_the_rest_in_one_sum(store: Store) -> None:
    leaves = [unit(f"k{i}", "hsf") for i in range(MOST_ROWS // 10 + 5)]
    cat = catalogue(organisation(*SMALL.units.values(), *leaves), [COUNT], "f2")
    given_ = [obs("count", u.id, m("2022-01") + i, 1) for u in leaves for i in range(10)]
    store.load(cat, "test", Origin.DEMO, given_)
    found = ask(store, cat, COUNT, "hsf", OCTOBER)
    assert found is not None
    assert len(found.rows) == MOST_ROWS
    assert found.more is not None
    assert (found.more.rows, found.more.numerator) == (50, 500_000)
    assert found.rest is None


# Masking


def told_sums(
    store: Store, cat: Catalogue, one: Measure, where: World, masked: frozenset[tuple[object, ...]]
) -> set[tuple[str, Month, Sex, Window]]:
    """Every row with numbers that any value of either view tells; what is left of each value is never negative guesswork."""
    told: set[tuple[str, Month, Sex, Window]] = set()
    windows = MONTHLY_WINDOWS if one.monthly else one.measured
    for unit_id in where.organisation.units:
        for org in OrgView:
            for sex in SEXES:
                for window in windows:
                    for i in range(where.length):
                        period = Period(START + i, window)
                        found = ask(store, cat, one, unit_id, period, sex, org)
                        if found is None:
                            continue
                        if (unit_id, org, window, sex, period.end) in masked:
                            assert (found.rows, found.rest, found.cell.numerator) == ((), None, None)
                        base = Window.MONTH if one.monthly else window
                        shown = [row for row in found.rows if not row.masked]
                        told |= {(row.unit, row.month, sex, base) for row in shown}
                        assert found.hidden == len(found.rows) - len(shown)
                        assert (found.rest is None) == (found.hidden == 0)
                        if found.rest is not None and found.cell.numerator is not None:
                            given_ = sum(row.numerator or 0 for row in shown)
                            assert given_ + found.rest.numerator == found.cell.numerator
    return told


@pytest.mark.parametrize(("key", "seed"), [("count", 14), ("share", 3), ("flow", 12), ("yearly", 9)])
def test_nothing_masked_can_be_worked_out_from_rows_and_values_together(key: str, seed: int) -> None:
    one, chance = KINDS[key], random.Random(seed)
    where = world(chance)
    while where.length > 5 and one.monthly:
        where = world(chance)
    given_ = observations(chance, one, where)
    cat = catalogue(where.organisation, [one])
    store = Store.create("sqlite://", "demo", cat, where.today.last_day)
    store.load(cat, "test", Origin.DEMO, given_)
    rows = stored_sums(where, one, given_)
    masked = frozenset((x.unit, x.org, x.window, x.sex, x.end) for x in rows.sums if x.masked)
    told = told_sums(store, cat, one, where, masked)
    shown = {(x.unit, x.end, x.sex, x.window) for x in rows.sums if x.org is OrgView.AS_WAS and not x.masked}
    assert told <= shown, "a row says what its own cell says"
    assert told
    assert masked
    # A row of a unit with others below it is another sum than its cell: none of those with numbers has any.
    own: dict[tuple[str, Month, Sex, Window], int] = {}
    for o in given_:
        for above in where.organisation.ancestors(o.unit, o.end, OrgView.AS_WAS, where.today):
            place = above, o.end, o.sex, o.window
            own[place] = own.get(place, 0) + 1
    assert all(own[place] == 1 for place in told)
    assert judged(one, where.organisation, [rows]) == []
    store.close()


def stored_sums(where: World, one: Measure, given_: list[Observation]) -> Version:
    """The sums, for the judge."""
    return version(one, where, given_, made(one, where, given_))


def test_a_masked_row_and_those_outside_the_scope_are_told_together(store: Store) -> None:
    few = KINDS["count"]
    cat = catalogue(SMALL, [few], "f3")
    store.load(
        cat, "test", Origin.DEMO, [obs("count", u, "2022-10", 3 if u == "kirurgi" else 40) for u in PLACES]
    )
    period = Period(m("2022-10"), Window.MONTH)
    found = ask(store, cat, few, "hsf", period)
    assert found is not None
    by_unit = {row.unit: (row.numerator, row.masked) for row in found.rows}
    # Medicin is hidden with kirurgi, whose parent is shown.
    assert by_unit == {"kirurgi": (None, True), "medicin": (None, True), "primar": (400_000, False)}
    assert found.rest is not None
    assert (found.rest.numerator, found.hidden, found.outside) == (430_000, 2, False)
    own = ask(store, cat, few, "hsf", period, scope=Scope.of(["hsf", "akut", "kirurgi"]))
    assert own is not None
    assert own.rest is not None
    assert (own.rest.numerator, own.hidden, own.outside) == (830_000, 1, True), "not split in two"
    hidden = ask(store, cat, few, "kirurgi", period)
    assert hidden is not None
    assert (hidden.rows, hidden.rest) == ((), None)


# The ledger


def test_the_entries_behind_an_account_make_its_amount(database_url: str) -> None:
    cat = with_accounts()
    books = [
        *trade("rontgen", "kirurgi", "2022-10", 300),
        *trade("rontgen", "primar", "2022-10", 50),
        entry("kirurgi", "2022-10", "personal", 700, cost_centre="11 Vård"),
        entry("kirurgi", "2022-10", "personal", 40, cost_centre="12 Jour"),
        entry("kirurgi", "2022-09", "personal", 600),
        entry("kirurgi", "2022-10", "personal", 9, project=True),
        entry("medicin", "2022-10", "personal", -90),
        *year_budget("kirurgi", 2022, 500),
    ]
    store = Store.create(database_url, "demo", cat, dt.date(2022, 11, 15), [delivery(books)])
    months = [m("2022-09"), m("2022-10")]
    sees = everyone(cat)
    for unit_id in ("hsf", "akut", "nara", "kirurgi"):
        for org in OrgView:
            ledger = store.ledger.read(sees, cat, [unit_id], org)[unit_id]
            for account in ("personal", "kopt", "salt"):
                for kind in (ACTUAL, BUDGET):
                    found = store.provenance.ledger_contributions(
                        sees, cat, unit_id, account, kind, months, org
                    )
                    total = ledger.total(kind, account, months)
                    assert (found.total if found else 0) == (total or 0), (unit_id, org, account, kind)
                    if found is not None:
                        gross = ledger.total(kind, account, months, eliminated=False)
                        assert sum(row.amount for row in found.rows) == gross
    found = store.provenance.ledger_contributions(
        sees, cat, "kirurgi", "personal", ACTUAL, months, OrgView.TODAY
    )
    assert found is not None
    assert [(row.amount, row.cost_centre) for row in found.rows] == [
        (700, "11 Vård"), (600, ""), (40, "12 Jour"),
    ]  # fmt: skip
    store.close()


def test_entries_outside_the_scope_are_one_sum_and_a_counterpart_there_has_no_name() -> None:
    cat = with_accounts()
    books = [
        *trade("rontgen", "kirurgi", "2022-10", 300),
        entry("kirurgi", "2022-10", "personal", 700),
        entry("medicin", "2022-10", "personal", 90),
    ]
    store = Store.create("sqlite://", "demo", cat, dt.date(2022, 11, 15), [delivery(books)])
    own, months = Scope.of(["akut", "kirurgi"]), [m("2022-10")]

    def asked(unit_id: str, account: str, kind: AmountKind = ACTUAL) -> LedgerContributions | None:
        return store.provenance.ledger_contributions(own, cat, unit_id, account, kind, months, OrgView.TODAY)

    found = asked("akut", "personal")
    assert found is not None
    assert ([row.unit for row in found.rows], found.outside, found.total) == (["kirurgi"], 90, 790)
    sold = asked("kirurgi", "kopt")
    assert sold is not None
    [bought] = sold.rows
    assert bought.counterpart is None
    with pytest.raises(NotPermitted):
        asked("medicin", "personal")
    assert asked("kirurgi", "personal", BUDGET) is None
    store.close()


def test_a_stronger_origins_month_stands_alone() -> None:
    cat = with_accounts()
    demo = delivery([entry("kirurgi", "2022-10", "personal", 700), entry("kirurgi", "2022-10", "salt", 5)])
    store = Store.create("sqlite://", "demo", cat, dt.date(2022, 11, 15), [demo])
    loaded = [entry("kirurgi", "2022-10", "personal", 650)]
    store.take(cat, delivery(loaded, origin=Origin.LOADED, source="nov.csv"))
    sees, months = everyone(cat), [m("2022-10")]
    found = store.provenance.ledger_contributions(sees, cat, "hsf", "personal", ACTUAL, months, OrgView.TODAY)
    assert found is not None
    assert [(row.amount, row.came.source, row.came.origin) for row in found.rows] == [
        (650, "nov.csv", Origin.LOADED)
    ]
    assert (
        store.provenance.ledger_contributions(sees, cat, "hsf", "salt", ACTUAL, months, OrgView.TODAY) is None
    )
    store.close()
