"""A file held against the database: counted as a naive count does, its totals those that are there once it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.ledger import AmountKind, LedgerEntry
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.period import Month, View, Window
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.model.register import Move, MovePart
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.store import preview_ledger as entries_at_once
from hsf_kpi.store import preview_observations as rows_at_once
from hsf_kpi.store.preview import Comparison
from tests.store.asking import AS_OF, CAT, DEMO
from tests.store.builders import everyone, m, obs
from tests.store.ledger_builders import (
    ACTUAL,
    BUDGET,
    delivery,
    entry,
    forecast,
    trade,
    with_accounts,
    year_budget,
)

LEDGER = with_accounts()
UNITS = ("kirurgi", "medicin", "primar", "rontgen")


def frame_of(found: Sequence[Observation]) -> pd.DataFrame:
    columns = ("measure", "unit", "window", "sex", "numerator", "denominator", "ready", "source")
    frame = pd.DataFrame({name: [getattr(o, name) for o in found] for name in columns})
    for name in ("numerator", "denominator", "ready"):
        frame[name] = frame[name].astype("Int64")
    return frame.assign(month=[o.end.index for o in found], row=range(2, len(found) + 2))


def slices_of(found: Sequence[Observation], at_once: int = 7) -> Iterator[Slice]:
    for start in range(0, len(found), at_once):
        part = frame_of(found[start : start + at_once])
        yield Slice(observations=part.assign(row=part["row"] + start))


def booked(found: Sequence[LedgerEntry], at_once: int = 5) -> Iterator[Slice]:
    for start in range(0, len(found), at_once):
        some = found[start : start + at_once]
        columns = ("unit", "account", "kind", "amount", "counterpart", "project", "cost_centre")
        frame = pd.DataFrame({name: [getattr(e, name) for e in some] for name in columns})
        frame["month"] = [e.month.index for e in some]
        frame["row"] = range(start + 2, start + 2 + len(some))
        yield Slice(ledger=frame)


def compare(
    store: Store,
    slices: Iterable[Slice],
    cat: Catalogue = CAT,
    scope: Scope | None = None,
    origin: Origin = DEMO,
) -> Comparison:
    return store.preview.compare(scope or everyone(cat), cat, slices, origin)


def counts(found: Comparison) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.same, found.gone


@pytest.fixture
def empty() -> Iterator[Store]:
    with closing(Store.create("sqlite://", "demo", CAT, AS_OF)) as store:
        yield store


_MONTHS = [Month.of(2023, number) for number in (1, 2, 3)]
_PLACE = st.tuples(
    st.sampled_from(["andel", "belopp", "vantande"]), st.sampled_from(UNITS), st.sampled_from(_MONTHS)
)
_FILE = st.dictionaries(_PLACE, st.tuples(st.integers(0, 2), st.integers(40, 41)), min_size=4, max_size=30)


def _observations(
    found: dict[tuple[str, str, Month], tuple[int, int]], origin: Origin = DEMO
) -> list[Observation]:
    return [
        obs(key, unit, month, up, None if key == "belopp" else down, origin=origin)
        for (key, unit, month), (up, down) in found.items()
    ]


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(live=_FILE, weaker=_FILE, arriving=_FILE)
def test_counts_are_those_of_a_naive_count_and_totals_those_of_the_loaded_data(
    live: dict[tuple[str, str, Month], tuple[int, int]],
    weaker: dict[tuple[str, str, Month], tuple[int, int]],
    arriving: dict[tuple[str, str, Month], tuple[int, int]],
) -> None:
    with closing(Store.create("sqlite://", "demo", CAT, AS_OF)) as store:
        store.load(CAT, "fil 1", Origin.LOADED, _observations(live, Origin.LOADED))
        store.load(CAT, "demo", DEMO, _observations(weaker))
        file = _observations(arriving, Origin.LOADED)
        found = compare(store, slices_of(file, 5), origin=Origin.LOADED)

        def says(one: dict[tuple[str, str, Month], tuple[int, int]], place: tuple[str, str, Month]) -> object:
            return one[place][0] if place[0] == "belopp" else one[place]

        known = [place for place in arriving if place in live]
        same = [place for place in known if says(live, place) == says(arriving, place)]
        assert counts(found) == (len(arriving) - len(known), len(known) - len(same), len(same), 0)
        assert found.touched == {place[2] for place in arriving if place not in same}
        assert found.months == tuple(sorted({place[2] for place in arriving}))
        assert {(c.key, c.unit, c.period.end) for c in found.changes} == set(known) - set(same)

        before = _values(store, found.unit)
        store.load(CAT, "fil 2", Origin.LOADED, file)
        after = _values(store, found.unit)
        assert {(t.key, t.period.end) for t in found.totals} == {(key, month) for key, _, month in arriving}
        for total in found.totals:
            assert total.before == before.get((total.key, total.period.end))
            assert total.after == after[total.key, total.period.end]


def _values(store: Store, unit: str) -> dict[tuple[str, Month], Fraction | None]:
    series = store.unit_series(everyone(CAT), CAT, unit, View.MONTH, Sex.ALL, OrgView.AS_WAS)
    return {
        (key, month): cell.value(CAT.measures[key])
        for key, one in series.items()
        for month, cell in one.cells.get(Window.MONTH, {}).items()
    }


def test_the_parts_of_a_file_do_not_matter(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    old = [obs("andel", unit, month, 3, 9) for unit in UNITS for month in _MONTHS]
    new = [obs("andel", unit, month, 3 + (n % 2), 9) for n, unit in enumerate(UNITS) for month in _MONTHS]
    new += [obs("belopp", "primar", "2023-04", 4)]
    empty.load(CAT, "a", DEMO, old)
    whole = compare(empty, slices_of(new, 100))
    monkeypatch.setattr(rows_at_once, "HELD", 3)
    parted = compare(empty, slices_of(new, 2))
    assert counts(parted) == counts(whole) == (1, 6, 6, 0)
    assert set(parted.changes) == set(whole.changes)
    assert parted.totals == whole.totals
    assert list(parted.arrivals.of(parted.arrivals.units())) == list(
        whole.arrivals.of(whole.arrivals.units())
    )


def test_only_the_largest_changes_are_kept_with_their_rows(empty: Store) -> None:
    months = [Month.of(2020 + n // 12, n % 12 + 1) for n in range(36)]
    empty.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", month, 100) for month in months])
    found = compare(
        empty, slices_of([obs("belopp", "kirurgi", month, 101 + n) for n, month in enumerate(months)])
    )
    assert counts(found) == (0, 36, 0, 0)
    assert [change.row for change in found.changes] == [37 - n for n in range(20)]
    assert (found.changes[0].before, found.changes[0].after) == (100, 136)


def test_every_database_answers_alike(empty: Store, database_url: str) -> None:
    old = [obs("andel", unit, month, 3, 9) for unit in UNITS for month in _MONTHS]
    new = [obs("andel", unit, month, 4, 9) for unit in UNITS[:3] for month in [*_MONTHS[1:], _MONTHS[2] + 1]]
    entries = [entry(unit, "2023-01", "personal", 5) for unit in UNITS] + trade(
        "kirurgi", "medicin", "2023-01", 2
    )
    changed = [
        entry("kirurgi", "2023-01", "personal", 7, cost_centre="12"),
        entry("medicin", "2023-01", "personal", 5),
    ]
    cat = replace(LEDGER, measures={**CAT.measures, **LEDGER.measures})
    with (
        closing(Store.create(database_url, "demo", cat, AS_OF)) as store,
        closing(Store.create("sqlite://", "demo", cat, AS_OF)) as other,
    ):
        found = []
        for one in (store, other):
            one.load(cat, "a", DEMO, old)
            one.take(cat, delivery(entries))
            found.append(
                [
                    compare(one, slices_of(new), cat),
                    compare(one, booked(changed), cat),
                ]
            )
    for mine, theirs in zip(*found, strict=True):
        assert replace(mine, arrivals=theirs.arrivals) == theirs
        assert list(mine.arrivals.of(mine.arrivals.units())) == list(
            theirs.arrivals.of(theirs.arrivals.units())
        )
    assert counts(found[0][0]) == (3, 6, 0, 0)
    assert counts(found[0][1]) == (1, 0, 1, 3)


# Who may see what


def test_nothing_outside_the_scope_is_compared(empty: Store) -> None:
    file = [obs("belopp", "kirurgi", "2023-03", 4)]
    for reach in (
        Reach(frozenset({"medicin"})),
        Reach(frozenset({"kirurgi"}), frozenset({"andel"})),
        Reach(frozenset({"kirurgi"}), None, m("2023-02")),
    ):
        with pytest.raises(NotPermitted):
            compare(empty, slices_of(file), scope=Scope(frozenset({reach})))
        with pytest.raises(NotPermitted):
            compare(
                empty, booked([entry("kirurgi", "2023-03", "personal", 1)]), LEDGER, Scope(frozenset({reach}))
            )
    with pytest.raises(NotFound):
        compare(empty, slices_of([obs("finns-inte", "kirurgi", "2023-03", 4)]))


def test_a_total_above_the_scope_is_not_told(empty: Store) -> None:
    file = [obs("belopp", unit, "2023-03", 4) for unit in ("kirurgi", "medicin")]
    own = compare(empty, slices_of(file), scope=Scope.of({"kirurgi", "medicin"}))
    assert (own.unit, own.totals) == ("akut", ())
    assert len(compare(empty, slices_of(file)).totals) == 1


def test_what_is_masked_for_everybody_is_masked_here(empty: Store) -> None:
    """kirurgi has 2 persons and is masked; medicin has enough, and is masked since the total would tell kirurgi."""
    empty.load(
        CAT,
        "a",
        DEMO,
        [
            obs("personer", "kirurgi", "2023-03", 2, 90),
            obs("personer", "medicin", "2023-03", 40, 90),
            obs("personer", "medicin", "2023-02", 40, 90),
        ],
    )
    file = [
        obs("personer", "kirurgi", "2023-03", 30, 90),
        obs("personer", "medicin", "2023-03", 41, 90),
        obs("personer", "medicin", "2023-02", 3, 90),
        obs("personer", "primar", "2023-02", 3, 90),
    ]
    found = compare(empty, slices_of(file))
    assert counts(found) == (1, 3, 0, 0)
    assert all(change.masked for change in found.changes)
    assert {(change.before, change.after) for change in found.changes} == {(None, None)}
    assert all(
        total.masked and total.after is None for total in found.totals if total.period.end == m("2023-03")
    )
    clear = compare(empty, slices_of([obs("personer", "medicin", "2023-02", 41, 90)]))
    assert [(c.masked, c.before) for c in clear.changes] == [(False, Fraction(40, 90))]
    assert clear.totals[0].after == Fraction(41, 90)


def test_what_takes_the_place_of_another_origins_masked_figure_tells_no_total(empty: Store) -> None:
    """The total less the file's own figures would be medicin, which is masked, and so kirurgi."""
    counted = (("kirurgi", 2), ("medicin", 40), ("rontgen", 50))
    june = "2022-06"
    empty.load(CAT, "a", DEMO, [obs("personer", unit, june, n, 90) for unit, n in counted])
    file = [obs("personer", unit, june, 60, 90) for unit in ("kirurgi", "rontgen")]
    found = compare(empty, slices_of(file), origin=Origin.LOADED)
    assert (found.unit, counts(found)) == ("akut", (2, 0, 0, 0))
    assert [(total.masked, total.after) for total in found.totals] == [(True, None)]


def test_few_arriving_persons_have_no_value_to_judge(empty: Store) -> None:
    file = [obs("personer", "kirurgi", month, n, 90) for n, month in ((2, _MONTHS[0]), (30, _MONTHS[1]))]
    (unit, series), *_ = compare(empty, slices_of(file)).arrivals.of(("kirurgi",))
    assert unit == "kirurgi"
    assert [one.value for one in series["personer"]] == [None, Fraction(1, 3)]


# Units that are missing


def _monthly(units: Iterable[str], months: Iterable[str], value: int = 5) -> list[Observation]:
    return [obs("belopp", unit, month, value) for unit in units for month in months]


def test_a_unit_that_used_to_report_is_missed(empty: Store) -> None:
    empty.load(CAT, "a", DEMO, _monthly(UNITS, ("2023-01", "2023-02", "2023-03")))
    found = compare(empty, slices_of(_monthly(("kirurgi", "primar", "rontgen"), ("2023-04",))))
    assert [(v.unit, v.measure, v.period.end, v.last) for v in found.vanished] == [
        ("medicin", "belopp", m("2023-04"), m("2023-03"))
    ]
    assert [total.whole for total in found.totals] == [False]


def test_a_unit_of_last_years_month_is_missed_and_one_that_was_silent_is_not(empty: Store) -> None:
    empty.load(CAT, "a", DEMO, _monthly(("kirurgi", "medicin"), ("2022-04", "2023-03")))
    empty.load(CAT, "b", DEMO, _monthly(("rontgen", "kirurgi"), ("2023-02",)))
    found = compare(empty, slices_of(_monthly(("kirurgi", "primar"), ("2023-04",))))
    assert [v.unit for v in found.vanished] == ["medicin"]


@pytest.mark.parametrize(
    ("live", "arriving"),
    [
        pytest.param(
            [_monthly(UNITS, ("2023-01", "2023-02", "2023-03"))], ("kirurgi",), id="a file of one unit"
        ),
        pytest.param(
            [
                _monthly(("medicin",), ("2023-01", "2023-02", "2023-03")),
                _monthly(("kirurgi", "primar"), ("2023-03",)),
            ],
            ("kirurgi", "primar"),
            id="comes in a file of its own",
        ),
        pytest.param(
            [_monthly(UNITS, ("2023-01", "2023-02", "2023-03")), _monthly(("medicin",), ("2023-04",))],
            ("kirurgi", "primar", "rontgen"),
            id="is there already",
        ),
        pytest.param([_monthly((*UNITS, "halso"), ("2022-10", "2022-11", "2022-12"))], UNITS, id="has ended"),
    ],
)
def test_a_unit_that_is_not_missed(
    empty: Store, live: list[list[Observation]], arriving: tuple[str, ...]
) -> None:
    for number, file in enumerate(live):
        empty.load(CAT, f"fil {number}", DEMO, file)
    month = "2023-01" if any(o.unit == "halso" for o in live[0]) else "2023-04"
    assert compare(empty, slices_of(_monthly(arriving, (month,)))).vanished == ()


def test_a_missing_unit_outside_the_scope_is_not_told(empty: Store) -> None:
    empty.load(CAT, "a", DEMO, _monthly(UNITS, ("2023-01", "2023-02", "2023-03")))
    scope = Scope.of(set(CAT.organisation.units) - {"medicin"})
    assert compare(empty, slices_of(_monthly(("kirurgi", "primar"), ("2023-04",))), scope=scope).vanished[
        0
    ].unit == ("rontgen")


# The ledger


_LINE = st.tuples(
    st.sampled_from(UNITS[:3]),
    st.sampled_from(["2023-01", "2023-02"]),
    st.sampled_from(["ersattning", "personal"]),
    st.just(ACTUAL),
    st.booleans(),
    st.sampled_from(["", "11", "12"]),
)
_BOOKS = st.dictionaries(_LINE, st.integers(1, 3), min_size=4, max_size=30)


def _entries(found: dict[tuple[str, str, str, AmountKind, bool, str], int]) -> list[LedgerEntry]:
    return [
        entry(unit, month, account, amount, kind, project=project, cost_centre=centre)
        for (unit, month, account, kind, project, centre), amount in found.items()
    ]


@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(live=_BOOKS, weaker=_BOOKS, arriving=_BOOKS)
def test_a_ledger_is_counted_as_naively_and_its_totals_are_those_of_the_loaded_ledger(
    live: dict[tuple[str, str, str, AmountKind, bool, str], int],
    weaker: dict[tuple[str, str, str, AmountKind, bool, str], int],
    arriving: dict[tuple[str, str, str, AmountKind, bool, str], int],
) -> None:
    with closing(Store.create("sqlite://", "demo", LEDGER, AS_OF)) as store:
        store.take(LEDGER, delivery(_entries(live), origin=Origin.LOADED))
        store.take(LEDGER, delivery(_entries(weaker)))
        file = _entries(arriving)
        found = compare(store, booked(file, 3), LEDGER, origin=Origin.LOADED)
        known = [key for key in arriving if key in live]
        same = [key for key in known if live[key] == arriving[key]]
        replaced = {(unit, month, kind, project) for unit, month, _, kind, project, _ in arriving}
        gone = [key for key in live if key not in arriving and (key[0], key[1], key[3], key[4]) in replaced]
        assert counts(found) == (len(arriving) - len(known), len(known) - len(same), len(same), len(gone))
        expected = {m(key[1]) for key in arriving if key not in same} | {m(key[1]) for key in gone}
        assert found.touched == expected
        before = _groups(store, found.unit)
        store.take(LEDGER, delivery(file, origin=Origin.LOADED))
        after = _groups(store, found.unit)
        told = {(t.kind, t.key, t.period.end): t for t in found.totals}
        for key, total in told.items():
            assert (total.before or 0, total.after) == (before.get(key, 0), after.get(key, 0))
        moved = {key for key in before | after if before.get(key, 0) != after.get(key, 0)}
        assert moved <= set(told)


def test_a_new_budget_takes_the_place_of_the_old_one_apart_from_the_outcome() -> None:
    live = [*year_budget("kirurgi", 2023, 5), entry("kirurgi", "2023-01", "personal", 4)]
    with closing(Store.create("sqlite://", "demo", LEDGER, AS_OF)) as store:
        store.take(LEDGER, delivery(live))
        found = compare(store, booked(year_budget("kirurgi", 2023, 6)), LEDGER)
    assert counts(found) == (0, 12, 0, 0)
    assert {(t.kind, t.before, t.after) for t in found.totals} == {(BUDGET, 5, 6)}
    assert found.vanished == ()


def _groups(store: Store, unit: str) -> dict[tuple[AmountKind | None, str, Month], int]:
    ledger = store.ledger.read(everyone(LEDGER), LEDGER, (unit,), OrgView.AS_WAS)[unit]
    found: dict[tuple[AmountKind | None, str, Month], int] = {}
    groups = {account.id: account.group.id for account in LEDGER.ledger_accounts}
    for (kind, account), line in ledger.amounts.items():
        for month, amount in zip(ledger.months, line, strict=True):
            key = (kind, groups[account], month)
            found[key] = found.get(key, 0) + (amount or 0)
    return found


def test_a_ledger_in_many_parts_counts_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        entry(u, "2023-01", a, 5, cost_centre=c)
        for a in ("ersattning", "personal")
        for u in UNITS
        for c in "ab"
    ]
    with closing(Store.create("sqlite://", "demo", LEDGER, AS_OF)) as store:
        store.take(LEDGER, delivery(entries))
        monkeypatch.setattr(entries_at_once, "HELD", 2)
        found = compare(store, booked([replace(one, amount=6) for one in entries[1:]], 2), LEDGER)
    assert counts(found) == (0, 15, 0, 1)
    assert (found.changes[0].before, found.changes[0].after, found.changes[0].detail) == (5, 6, "b")


def test_a_unit_without_an_outcome_is_missed_in_the_ledger() -> None:
    months = ("2023-01", "2023-02", "2023-03")
    live = [entry(unit, month, "personal", 5) for unit in UNITS[:3] for month in months]
    with closing(Store.create("sqlite://", "demo", LEDGER, AS_OF)) as store:
        store.take(LEDGER, delivery(live))
        found = compare(
            store, booked([entry(unit, "2023-04", "personal", 5) for unit in ("kirurgi", "primar")]), LEDGER
        )
    assert [(v.unit, v.measure) for v in found.vanished] == [("medicin", "")]
    assert [total.whole for total in found.totals] == [False]
    assert found.earlier[ACTUAL, "ut"][m("2023-02").index] == 15


# What is small


def test_forecasts_of_the_same_day_are_replaced_whole() -> None:
    def slice_of(*entries: object) -> Slice:
        columns = ("unit", "made", "year", "account", "amount", "author")
        return Slice(forecasts=pd.DataFrame([{c: getattr(e, c) for c in columns} for e in entries]))

    with closing(Store.create("sqlite://", "demo", LEDGER, AS_OF)) as store:
        live = [forecast("kirurgi", "2023-05-02", 5), forecast("kirurgi", "2023-05-02", 7, "ersattning")]
        store.take(LEDGER, delivery(forecasts=live))
        found = compare(
            store,
            [slice_of(forecast("kirurgi", "2023-05-02", 6)), slice_of(forecast("medicin", "2023-05-02", 7))],
            LEDGER,
        )
    assert counts(found) == (1, 1, 0, 1)
    assert [(c.unit, c.key, c.before, c.after) for c in found.changes] == [("kirurgi", "personal", 5, 6)]


def test_moves_and_public_values_are_counted(empty: Store) -> None:
    cat = replace(
        CAT,
        measures={
            **CAT.measures,
            "antal-medarbetare": replace(CAT.measures["anstallda"], key="antal-medarbetare"),
        },
    )
    old = Move("b1", m("2023-03"), "Beslut 1", "ja", (MovePart("kirurgi", -2), MovePart("medicin", 2)))
    value = ExternalValue("kolada", "U1", "10", "Blekinge", 2022, 5)
    empty.take(cat, delivery(moves=(old,), external=(value,)))
    new = replace(old, parts=(MovePart("kirurgi", -2), MovePart("primar", 2)))
    assert counts(compare(empty, [Slice(moves=(new,))], cat)) == (1, 0, 1, 1)
    assert counts(compare(empty, [Slice(moves=(replace(old, note="Ny"),))], cat)) == (0, 2, 0, 0)
    values = (value, replace(value, value=6, year=2022, region_id="08"), replace(value, value=7))
    found = compare(empty, [Slice(external=values[:2]), Slice(external=(replace(value, year=2021),))], cat)
    assert counts(found) == (2, 0, 1, 0)
    assert counts(compare(empty, [Slice(external=values[2:])], cat)) == (0, 1, 0, 0)


def test_final_months_that_would_change_are_told(empty: Store) -> None:
    empty.load(CAT, "a", DEMO, _monthly(("kirurgi",), ("2023-01", "2023-02")))
    empty.release(m("2023-02"))
    found = compare(
        empty, slices_of(_monthly(("kirurgi",), ("2023-01", "2023-03")) + _monthly(("primar",), ("2023-02",)))
    )
    assert found.released == m("2023-02")
    assert found.touched == {m("2023-02"), m("2023-03")}
