"""Sums and elimination over any organisation, against a second, naive implementation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month
from hsf_kpi.store.ancestry import Ancestry, ancestry
from hsf_kpi.store.codes import ORG
from hsf_kpi.store.ledger_arrays import combined, matches, summed
from hsf_kpi.store.ledger_books import Entries, strongest
from hsf_kpi.store.ledger_expand import Expansion
from hsf_kpi.store.ledger_sums import unit_cover, unit_sums
from tests.store.builders import m

FIRST = m("2021-11")
MONTHS = 16
SALE, PURCHASE, OTHER = 1, 2, 3
SIGN = {SALE: 1, PURCHASE: -1, OTHER: -1}
LAST = FIRST + (MONTHS - 1)


@dataclass(frozen=True)
class Row:
    unit: str
    month: Month
    account: int
    kind: int
    counterpart: str
    amount: int


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """A root, inner units, and units that may begin, end with a successor, or move."""
    inner = [f"o{n}" for n in range(draw(st.integers(1, 3)))]
    units = [Unit("hsf", "Hsf", "x", (Placement(None),))]
    units += [Unit(key, key, "x", (Placement("hsf"),)) for key in inner]
    leaves = [f"k{n}" for n in range(draw(st.integers(2, 5)))]
    for number, key in enumerate(leaves):
        parent, other = draw(st.sampled_from(inner)), draw(st.sampled_from(inner))
        turn = FIRST + draw(st.integers(1, MONTHS - 1))
        way = draw(st.sampled_from(["stays", "moves", "ends", "begins"]))
        if way == "moves":
            units.append(Unit(key, key, "x", (Placement(parent, None, turn - 1), Placement(other, turn))))
        elif way == "ends" and number:
            heir = draw(st.sampled_from(leaves[:number]))
            units.append(Unit(key, key, "x", (Placement(parent, None, turn - 1),), successor=heir))
        elif way == "begins":
            units.append(Unit(key, key, "x", (Placement(parent, turn),)))
        else:
            units.append(Unit(key, key, "x", (Placement(parent),)))
    return Organisation({unit.id: unit for unit in units})


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Organisation, list[Row]]:
    org = draw(organisations())
    leaves = [key for key in org.units if key.startswith("k")]
    months = [FIRST + n for n in range(MONTHS)]
    rows: dict[tuple[str, Month, int, int, str], int] = {}
    for _ in range(draw(st.integers(0, 14))):
        month, kind = draw(st.sampled_from(months)), draw(st.integers(0, 1))
        alive = [key for key in leaves if org.units[key].exists_at(month)]
        if not alive:
            continue
        amount, unit, other = (
            draw(st.integers(-9, 9)),
            draw(st.sampled_from(alive)),
            draw(st.sampled_from(alive)),
        )
        if unit == other:
            rows[unit, month, OTHER, kind, ""] = amount
        else:
            rows[unit, month, SALE, kind, other] = amount
            rows[other, month, PURCHASE, kind, unit] = amount
    return org, [Row(*key[:4], key[4], amount) for key, amount in rows.items()]


def numbered(org: Organisation, rows: list[Row]) -> tuple[Entries, Ancestry, dict[int, str]]:
    ids = {key: number for number, key in enumerate(org.units, start=1)}

    def column(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array(values, dtype=np.int64)

    nothing = [0] * len(rows)
    entries = Entries(
        column([ids[r.unit] for r in rows]), column([r.kind for r in rows]), column([r.account for r in rows]),
        column([r.month.index for r in rows]), column(nothing), column([ids.get(r.counterpart, 0) for r in rows]),
        column(nothing), column([r.amount for r in rows]),
    )  # fmt: skip
    return entries, ancestry(org, ids, LAST, FIRST, LAST), {number: key for key, number in ids.items()}


Key = tuple[str, int, int, int]
Found = dict[Key, tuple[int, int]]


def computed(org: Organisation, rows: list[Row]) -> dict[OrgView, Found]:
    """(unit, kind, account, month) → (amount, internal), as a reader sees it."""
    entries, paths, keys = numbered(org, rows)
    stored = {
        view: {
            (keys[unit], kind, account, month): (amount, internal)
            for unit, _org, _project, kind, account, month, amount, internal in unit_sums(
                entries, Expansion(pairs, paths), ORG[view]
            )
        }
        for view, pairs in ((OrgView.AS_WAS, paths.as_was), (OrgView.TODAY, paths.today))
    }
    touched = {keys[number] for number in paths.touched}
    agreed = {key: sums for key, sums in stored[OrgView.AS_WAS].items() if key[0] not in touched}
    assert {key[0] for key in stored[OrgView.TODAY]} <= touched
    return {OrgView.AS_WAS: stored[OrgView.AS_WAS], OrgView.TODAY: stored[OrgView.TODAY] | agreed}


def naive(org: Organisation, rows: list[Row], view: OrgView) -> Found:
    found: Found = {}
    for row in rows:
        for unit in org.ancestors(row.unit, row.month, view, LAST):
            meets = bool(row.counterpart) and unit in org.ancestors(row.counterpart, row.month, view, LAST)
            key = unit, row.kind, row.account, row.month.index
            amount, internal = found.get(key, (0, 0))
            found[key] = amount + row.amount, internal + row.amount * meets
    return found


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_sums_and_elimination_agree_with_a_naive_count(ledger: tuple[Organisation, list[Row]]) -> None:
    org, rows = ledger
    found = computed(org, rows)
    for view in OrgView:
        expected = naive(org, rows, view)
        assert {key: sums for key, sums in found[view].items() if key in expected or any(sums)} == expected


@settings(max_examples=40, deadline=None)
@given(ledgers())
def test_what_is_eliminated_is_in_no_result(ledger: tuple[Organisation, list[Row]]) -> None:
    org, rows = ledger
    for by_key in computed(org, rows).values():
        left: dict[tuple[str, int, int], int] = {}
        for (unit, kind, account, month), (_amount, internal) in by_key.items():
            left[unit, kind, month] = left.get((unit, kind, month), 0) + SIGN[account] * internal
        assert not any(left.values())


@settings(max_examples=40, deadline=None)
@given(ledgers())
def test_the_parts_are_the_whole_and_what_they_trade(ledger: tuple[Organisation, list[Row]]) -> None:
    """Σ of the children's eliminated lines = the parent's + what meets first at the parent; Σ gross = gross."""
    org, rows = ledger
    found = computed(org, rows)[OrgView.AS_WAS]
    for (unit, kind, account, month), (amount, internal) in found.items():
        children = [
            found.get((child, kind, account, month), (0, 0)) for child in org.children(unit, Month(month))
        ]
        if children:
            assert sum(gross for gross, _ in children) == amount
            meets_here = internal - sum(inner for _, inner in children)
            assert sum(gross - inner for gross, inner in children) == amount - internal + meets_here


@settings(max_examples=40, deadline=None)
@given(ledgers())
def test_both_views_are_equal_at_the_top(ledger: tuple[Organisation, list[Row]]) -> None:
    org, rows = ledger
    found = computed(org, rows)
    whole = {view: {k: v for k, v in found[view].items() if k[0] == "hsf"} for view in OrgView}
    assert whole[OrgView.AS_WAS] == whole[OrgView.TODAY]
    assert all(amount == internal for (_u, _k, account, _m), (amount, internal) in whole[OrgView.TODAY].items()
               if account != OTHER), "at the top all trade has met"  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(ledgers())
def test_the_cover_counts_those_that_should_have_booked(ledger: tuple[Organisation, list[Row]]) -> None:
    org, rows = ledger
    entries, paths, keys = numbered(org, rows)
    booked = {(row.unit, row.month) for row in rows if row.kind == 1}
    found = {
        (keys[unit], month): (reported, expected)
        for unit, _org, month, reported, expected in unit_cover(
            entries, Expansion(paths.as_was, paths), paths, 0
        )
    }
    naive: dict[tuple[str, int], tuple[int, int]] = {}
    span = [month for _, month in booked]
    for index in range(min(span).index, max(span).index + 1) if span else ():
        month = Month(index)
        for unit in {unit for unit, _ in booked}:
            recent = any(u == unit and 0 <= month.year - b.year <= 1 for u, b in booked)
            if recent and org.units[unit].exists_at(month):
                for above in org.path(unit, month):
                    reported, expected = naive.get((above, index), (0, 0))
                    naive[above, index] = reported + ((unit, month) in booked), expected + 1
    assert found == naive


numbers = st.lists(st.tuples(*[st.integers(-5, 5)] * 3, st.integers(-(2**40), 2**40)), max_size=20)


@settings(max_examples=40, deadline=None)
@given(numbers)
def test_sums_by_several_keys(rows: list[tuple[int, ...]]) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    by, (total,) = summed((table[:, 0], table[:, 1], table[:, 2]), table[:, 3])
    naive: dict[tuple[int, ...], int] = {}
    for *key, value in rows:
        naive[tuple(key)] = naive.get(tuple(key), 0) + value
    found = list(zip(zip(*(x.tolist() for x in by), strict=True), total.tolist(), strict=True))
    assert found == sorted(naive.items())
    assert len(set(combined((table[:, 0], table[:, 1], table[:, 2])).tolist())) == len(naive)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=8), st.lists(st.integers(0, 4), max_size=8))
def test_every_pair_that_matches(left: list[int], right: list[int]) -> None:
    at, other = matches(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    pairs = [(i, j) for i, one in enumerate(left) for j, two in enumerate(right) if one == two]
    assert sorted(zip(at.tolist(), other.tolist(), strict=True)) == pairs


def test_the_strongest_origin_stands() -> None:
    origin = np.array([2, 0, 2, 2], dtype=np.int64)
    place = np.array([7, 7, 8, 8], dtype=np.int64)
    assert strongest(origin, place).tolist() == [False, True, True, True]
