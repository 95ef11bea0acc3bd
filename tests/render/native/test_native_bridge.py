"""A bridge of stacked bars: any amounts, above and below zero and across it, are where the figure's rows say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.economy.bridge import TOTAL, bridge_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.render.native.bridge import charts
from hsf_kpi.render.native.types import Ink, NativeChart, Shape
from tests.render.economy_samples import DEMO, HSF, SOURCE, bridge
from tests.render.native.native_rules import by_name, check, seen


def figure(*amounts: int, start: int = -600, scale: int = MNKR) -> Figure:
    return bridge_figure(
        bridge(amounts, start, scale=scale), context=HSF, origins=DEMO, source=SOURCE, title="En bro"
    )


def one(found: Figure) -> NativeChart:
    (chart,) = charts(found)
    return chart


def kronor(mnkr: float) -> int:
    return round(mnkr * MNKR)


def test_the_plans_bridge_stands_as_printed() -> None:
    chart = one(figure(508, 102, 45, -498, -357))
    check(chart)
    assert (chart.shape, chart.stacked) == (Shape.BAR, True)
    assert chart.categories[0] == "Ingående underskott FV-plan 2022"
    series = by_name(chart)
    assert series["Fot"].values == (None, -92.0, None, 10.0, None, -443.0, None)
    assert series["Summa"].values == (-600.0, None, None, None, None, None, -800.0)
    assert series["Ökning"].values == (None, -508.0, 10.0, 45.0, None, None, None)
    assert series["Ökning, del under noll"].values == (None, None, -92.0, None, None, None, None)
    assert series["Minskning"].values == (None, None, None, None, 55.0, -357.0, None)
    assert series["Minskning, del under noll"].values == (None, None, None, None, -443.0, None, None)
    assert series["Fot"].ink is Ink.NONE
    assert {series[name].ink for name in series if name.startswith("Ökning")} == {Ink.BETTER}
    assert {series[name].ink for name in series if name.startswith("Minskning")} == {Ink.WORSE}


def test_each_row_has_its_signed_words_once() -> None:
    found = figure(508, -498)
    words = [series.labels for series in one(found).series if series.labels]
    assert words == [{0: "−600", 1: "+508", 2: "−498", 3: "−590"}]
    assert [record["amount_text"] for record in records(found)] == list(words[0].values())


def test_words_have_room_right_of_the_longest_bar() -> None:
    for found, least, longest in ((figure(-200), -800, 0), (figure(900), -600, 300)):
        axis = one(found).value
        assert axis.high is not None
        assert axis.low is not None
        assert axis.high > longest
        assert axis.low <= least


def test_a_bridge_without_falls_has_no_series_of_them() -> None:
    assert "Minskning" not in by_name(one(figure(100, 200)))


@given(
    st.lists(st.integers(-2_000_000_000, 2_000_000_000), max_size=12),
    st.integers(-1_500_000_000, 1_500_000_000),
)
def test_the_stack_read_back_is_every_rows_start_and_end(amounts: list[int], start: int) -> None:
    found = figure(*amounts, start=start, scale=1)
    chart = one(found)
    check(chart)
    for i, record in enumerate(records(found)):
        first, last, amount = (float(str(record[key])) for key in ("from", "to", "amount"))
        pieces = seen(chart, i)
        assert bool(pieces) == bool(amount)
        if amount:
            ends = min(a for a, _ in pieces), max(b for _, b in pieces)
            assert tuple(map(kronor, ends)) == tuple(map(kronor, sorted((first, last))))
            assert sum(kronor(b - a) for a, b in pieces) == kronor(abs(amount))
        told = {s.name.partition(",")[0]: s for s in chart.series if s.values[i] and s.ink is not Ink.NONE}
        if amount and record["kind"] == TOTAL:
            assert told.keys() == {"Summa"}
            assert told["Summa"].values[i] == amount
        elif amount:
            assert told.keys() == {"Ökning" if amount > 0 else "Minskning"}
            if len(pieces) == 1:
                assert abs(float(told.popitem()[1].values[i] or 0)) == abs(amount)
