"""The store against the oracle: every kind, unit, view of the organisation and window, on generated
organisations.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import OrgView, Origin, Persons, Sex
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import MONTHLY_WINDOWS, Month, View, Window
from hsf_kpi.store import Store
from tests.oracle import Answer, Oracle
from tests.store.builders import HAS_DENOMINATOR, catalogue, everyone, m, measure

FIRST = m("2021-05")
LENGTH = 20
MEASURED = (Window.TERTIAL_1, Window.TERTIAL_2, Window.YEAR, Window.TWO_YEARS)
MEASURES = [
    measure(f"{kind.value}-{'m' if monthly else 'y'}", kind, by_sex=True, scale=Fraction(100, 3),
            measured=(Window.MONTH,) if monthly else MEASURED, threshold=3, threshold_by_sex=6,
            persons=Persons.DENOMINATOR if kind is Aggregation.SURVEY else Persons.NEITHER)
    for kind in Aggregation
    for monthly in (True, False)
]  # fmt: skip
ENDS = {Window.TERTIAL_1: 4, Window.TERTIAL_2: 8, Window.YEAR: 12, Window.TWO_YEARS: 12}

Draw = st.DrawFn


class Case(tuple[Catalogue, list[Observation]]):
    """A catalogue and its observations; says only the organisation when a test fails."""

    def __repr__(self) -> str:
        return f"Case({list(self[0].organisation.units.values())}, {len(self[1])} observations)"


@st.composite
def organisations(draw: Draw) -> Organisation:
    """A tree of any depth where units move, rest, begin late, end, and are succeeded (by a later unit, so
    never in a circle).
    """
    count = draw(st.integers(2, 6))
    months = st.integers(1, LENGTH - 1).map(lambda n: FIRST + n)
    units = [Unit("u0", "u0", "nivå", (Placement(None),))]
    for i in range(1, count):
        parents = st.integers(0, i - 1).map(lambda n: f"u{n}")
        how = draw(st.sampled_from(["stays", "moves", "rests", "begins", "ends"]))
        successor = None
        placements: tuple[Placement, ...] = (Placement(draw(parents)),)
        if how == "moves":
            when = draw(months)
            placements = (Placement(draw(parents), None, when - 1), Placement(draw(parents), when))
        elif how == "rests":
            when = draw(months)
            placements = (Placement(draw(parents), None, when - 1), Placement(draw(parents), when + 3))
        elif how == "begins":
            placements = (Placement(draw(parents), draw(months)),)
        elif how == "ends":
            placements = (Placement(draw(parents), None, draw(months)),)
            if i + 1 < count:
                successor = draw(st.none() | st.integers(i + 1, count - 1).map(lambda n: f"u{n}"))
        units.append(Unit(f"u{i}", f"u{i}", "nivå", placements, successor=successor))
    return Organisation({unit.id: unit for unit in units})


@st.composite
def cases(draw: Draw) -> Case:
    org = draw(organisations())
    holes = draw(st.sampled_from([0.0, 0.1, 0.5]))
    chance = random.Random(draw(st.integers(0, 2**32)))
    found: list[Observation] = []
    for unit in org.units.values():
        if chance.random() < 0.15:
            continue
        start, stop = sorted((chance.randrange(0, LENGTH), chance.randrange(0, LENGTH)))
        if chance.random() < 0.7:
            start, stop = 0, LENGTH - 1
        months = [
            FIRST + i
            for i in range(start, stop + 1)
            if unit.exists_at(FIRST + i) and chance.random() >= holes
        ]
        sexes = chance.choice([(Sex.ALL,), (Sex.ALL, Sex.WOMEN)])
        for one in MEASURES:
            origin = chance.choice(list(Origin))
            for sex in sexes:
                for month in months:
                    for window in one.measured:
                        if window is Window.MONTH or month.number == ENDS[window]:
                            found.extend(
                                _values(chance, one.key, one.aggregation, unit.id, window, month, sex, origin)
                            )
    return Case((catalogue(org, MEASURES), found))


def _values(
    chance: random.Random,
    key: str,
    kind: Aggregation,
    unit: str,
    window: Window,
    month: Month,
    sex: Sex,
    origin: Origin,
) -> Iterable[Observation]:
    source = chance.choice(["en fil"] * 9 + ["en annan"])
    plain = Observation(key, unit, window, month, sex, origin, source)
    if kind is not Aggregation.SURVEY:
        denominator = 160 * FIXED + month.index if kind is Aggregation.FTE else chance.randrange(0, 4) * 7919
        yield replace(
            plain,
            numerator=chance.randrange(-3, 9) * 3571,
            denominator=denominator if kind in HAS_DENOMINATOR else None,
        )
    if kind is Aggregation.SURVEY or chance.random() < 0.05:
        asked = chance.choice([None, *range(1, 9)]) if kind is Aggregation.SURVEY else None
        yield replace(
            plain,
            ready=chance.randrange(0, 10**6),
            denominator=asked and asked * FIXED,
            origin=chance.choice(list(Origin)),
        )


def deliver(store: Store, cat: Catalogue, observations: Iterable[Observation]) -> None:
    rows = list(observations)
    for origin in Origin:
        store.load(cat, "test", origin, [o for o in rows if o.origin is origin])


def everything(store: Store, cat: Catalogue) -> dict[tuple[object, ...], Cell]:
    """Every cell that the store answers with."""
    found: dict[tuple[object, ...], Cell] = {}
    for unit in cat.organisation.units:
        for org in OrgView:
            for sex in Sex:
                for view in View:
                    series = store.unit_series(everyone(cat), cat, unit, view, sex, org)
                    for key, one in series.items():
                        for window, cells in one.cells.items():
                            for month, cell in cells.items():
                                found[unit, org, sex, key, window, month] = cell
    return found


def ends_of(window: Window) -> list[Month]:
    months = [FIRST + i for i in range(-1, LENGTH + 3)]
    return [month for month in months if month.number == ENDS.get(window, month.number)]


def same_as_oracle(store: Store, cat: Catalogue, observations: list[Observation]) -> int:
    """Compares every place where a cell could be; returns how many there were."""
    today = store.state().today
    cells = everything(store, cat)
    compared = 0
    for one in cat.measures.values():
        oracle = Oracle(observations, cat.organisation, one, today)
        for unit in cat.organisation.units:
            for org in OrgView:
                for sex in (Sex.ALL, Sex.WOMEN):
                    for window in MONTHLY_WINDOWS if one.monthly else MEASURED:
                        # Cells at other ends than these would be left over, and found so below.
                        for end in ends_of(window):
                            place = (unit, org, sex, one.key, window, end)
                            wanted = oracle.answer(unit, sex, window, end, org)
                            cell = cells.pop(place, None)
                            if wanted is None:
                                assert cell is None, place
                                continue
                            compared += 1
                            assert cell is not None, place
                            got = {name: getattr(cell, name) for name in _SAME}
                            assert got == {name: _shown(wanted, name) for name in _SAME}, place
                            assert cell.value(one) == (None if wanted.masked else wanted.value), place
                            assert cell.missing_share == pytest.approx(float(wanted.missing_share)), place
    assert cells == {}
    return compared


def _shown(wanted: Answer, name: str) -> object:
    return None if wanted.masked and name in _NUMBERS else getattr(wanted, name)


_NUMBERS = ("numerator", "denominator", "ready")
_SAME = (
    *_NUMBERS, "months", "months_expected", "reported", "expected", "origin", "source", "masked",
)  # fmt: skip
AS_OF = dt.date(2023, 1, 14)
QUIET = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(case=cases())
def test_every_cell_is_what_the_leaves_say(case: Case) -> None:
    cat, observations = case
    store = Store.create("sqlite://", "demo", cat, AS_OF)
    deliver(store, cat, observations)
    same_as_oracle(store, cat, observations)


@pytest.mark.postgres
def test_the_same_on_postgresql(postgres_url: str) -> None:
    cat, observations = _example()
    store = Store.create(postgres_url, "demo", cat, AS_OF)
    deliver(store, cat, observations)
    assert same_as_oracle(store, cat, observations) > 1000
    store.close()


@settings(QUIET, max_examples=4)
@given(case=cases(), data=st.data())
def test_loads_may_come_in_any_number_and_order(case: Case, data: st.DataObject) -> None:
    cat, observations = case
    once = Store.create("sqlite://", "demo", cat, AS_OF)
    deliver(once, cat, observations)
    shuffled = observations[:]
    random.Random(data.draw(st.integers(0, 99))).shuffle(shuffled)
    cut = data.draw(st.integers(0, len(shuffled)))
    parts = Store.create("sqlite://", "demo", cat, AS_OF)
    deliver(parts, cat, shuffled[:cut])
    deliver(parts, cat, shuffled[cut:])
    assert everything(parts, cat) == everything(once, cat)


@settings(QUIET, max_examples=6)
@given(case=cases())
def test_both_views_of_the_organisation_have_the_same_total(
    case: Case,
) -> None:
    cat, observations = case
    store = Store.create("sqlite://", "demo", cat, AS_OF)
    deliver(store, cat, observations)
    org, today = cat.organisation, store.state().today
    cells = everything(store, cat)
    leaves = {o.unit for o in observations}
    months = [FIRST + i for i in range(LENGTH)]
    for unit in org.units:
        common = all(
            (unit in org.path(leaf, month)) == (unit in org.path(org.heir(leaf, today), today))
            for leaf in leaves
            for month in months
        )
        if common and org.heir(unit, today) == unit:
            in_view = {
                view: {(*k[:1], *k[2:]): cell for k, cell in cells.items() if k[0] == unit and k[1] is view}
                for view in OrgView
            }
            assert in_view[OrgView.TODAY] == in_view[OrgView.AS_WAS]


def _example() -> tuple[Catalogue, list[Observation]]:
    """One case with everything in it, the same every time."""
    parents = (
        Unit("u0", "u0", "nivå", (Placement(None),)),
        Unit("u1", "u1", "nivå", (Placement("u0"),)),
        Unit("u2", "u2", "nivå", (Placement("u0"),)),
        Unit("u3", "u3", "nivå", (Placement("u1", None, m("2022-03")),), successor="u5"),
        Unit("u4", "u4", "nivå", (Placement("u1", None, m("2022-06")), Placement("u2", m("2022-07")))),
        Unit("u5", "u5", "nivå", (Placement("u2", m("2022-04")),)),
    )
    org = Organisation({unit.id: unit for unit in parents})
    chance = random.Random(11)
    found: list[Observation] = []
    for unit in parents[2:]:
        for one in MEASURES:
            for i in range(LENGTH):
                month = FIRST + i
                if not unit.exists_at(month) or chance.random() < 0.1:
                    continue
                for window in one.measured:
                    if window is Window.MONTH or month.number == ENDS[window]:
                        args = (
                            chance,
                            one.key,
                            one.aggregation,
                            unit.id,
                            window,
                            month,
                            Sex.ALL,
                            Origin.PUBLISHED,
                        )
                        found.extend(_values(*args))
    return catalogue(org, MEASURES), found
