"""Sums of the plan's tables: blanks are left out, parts are counted once, and every difference is told."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.plan_table import Basis, ColumnKind, PlanColumn, PlanRow, PlanTable, PlanTotal

K = ColumnKind
COLUMNS = (
    PlanColumn("a", "A", K.MNKR),
    PlanColumn("b", "B", K.TKR),
    PlanColumn("p", "P", K.PERCENT),
    PlanColumn("t", "T", K.TEXT),
)
tenths = st.integers(-(10**6), 10**6)
cells = st.none() | tenths
lines = st.lists(st.tuples(cells, cells, cells, st.sampled_from([None, "varav"])), max_size=12)


def amount(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value) / 10


def make(rows: list[tuple[int | None, int | None, int | None, str | None]], *totals: PlanTotal) -> PlanTable:
    read = tuple(
        PlanRow(f"r{n}", "", {"a": amount(a), "b": amount(b), "p": amount(p)}, {"t": ""}, part_of=part)
        for n, (a, b, p, part) in enumerate(rows)
    )
    return PlanTable("x", "X", "5", COLUMNS, read, totals, "källa")


def naive(values: list[int | None]) -> Decimal | None:
    """In whole tenths, so that it shares no arithmetic with what it checks."""
    known = [value for value in values if value is not None]
    return Decimal(sum(known)).scaleb(-1) if known else None


@given(lines)
def test_a_computed_total_is_the_sum_of_the_rows_that_are_not_blank(
    rows: list[tuple[int | None, int | None, int | None, str | None]],
) -> None:
    computed = make(rows).computed("summa")
    counted = [row for row in rows if row[3] is None]
    assert computed == {"a": naive([r[0] for r in counted]), "b": naive([r[1] for r in counted])}


@given(lines)
def test_a_group_is_the_sum_of_its_own_rows(
    rows: list[tuple[int | None, int | None, int | None, str | None]],
) -> None:
    own = [row for row in rows if row[3] == "varav"] or rows
    assert make(rows).computed("varav")["a"] == naive([r[0] for r in own])


@given(lines, tenths, tenths)
def test_a_total_differs_exactly_when_it_is_told(
    rows: list[tuple[int | None, int | None, int | None, str | None]], printed: int, ram: int
) -> None:
    total = PlanTotal(
        "summa", "", {"a": amount(printed), "b": None}, {"a": Decimal(ram) / 10}, {"a": ("fel",)}
    )
    found = {d.basis: d for d in make(rows, total).differences()}
    by_rows = naive([r[0] for r in rows if r[3] is None])
    assert (Basis.ROWS in found) == (by_rows is not None and by_rows != amount(printed))
    assert (Basis.RAM in found) == (ram != printed)
    for difference in found.values():
        assert difference.expected + difference.amount == difference.stated == amount(printed)
        assert difference.source_errors == ("fel",)
        assert difference.column == "a"


def test_a_group_without_a_printed_sum_is_held_against_the_ram_by_its_rows() -> None:
    total = PlanTotal("varav", "", {"a": None, "b": None}, {"a": Decimal("68.0")})
    [difference] = make([(614, None, None, "varav"), (68, None, None, "varav")], total).differences()
    assert (difference.basis, difference.stated, difference.amount) == (
        Basis.RAM,
        Decimal("68.2"),
        Decimal("0.2"),
    )


def test_only_money_sums() -> None:
    assert [k for k in K if k.sums] == [K.MNKR, K.TKR]
    assert [k for k in K if k.is_amount] == [K.MNKR, K.TKR, K.PERCENT]
