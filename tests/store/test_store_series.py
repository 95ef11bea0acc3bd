"""Many series at a time: the same as one unit's at a time, no more than the scope allows, nothing masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pytest

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import MONTHLY_WINDOWS, View, Window
from hsf_kpi.model.point import Point
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from tests.store.asking import AS_OF, CAT, DEMO
from tests.store.builders import everyone, m, obs

UNITS = ("hsf", "akut", "kirurgi", "medicin", "primar")
KEYS = tuple(CAT.measures)
LAST = m("2023-03")


def filled(address: str) -> Store:
    store = Store.create(address, "demo", CAT, AS_OF)
    found = [obs("ars", "kirurgi", "2022-12", 7, window=Window.YEAR)]
    for n, month in enumerate(("2022-12", "2023-01", "2023-02", "2023-03", "2023-04")):
        found += [obs("belopp", unit, month, 10 + n) for unit in ("kirurgi", "medicin")]
        found += [obs("belopp", "halso", month, 3)] if n == 0 else []
        found += [obs("andel", "kirurgi", month, n, 10, sex=sex) for sex in Sex]
        found += [obs("personer", "kirurgi", month, 2 if n == 2 else 40, 90)]
        found += [obs("personer", "medicin", month, 41, 90)]
    store.load(CAT, "test", DEMO, [one for one in found if (one.unit, one.end) != ("medicin", m("2023-02"))])
    return store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(filled("sqlite://")) as store:
        yield store


def points(
    store: Store, scope: Scope, units: Sequence[str], **changes: object
) -> dict[str, dict[str, list[Point]]]:
    asked = {"measures": KEYS, "sex": Sex.ALL, "org": OrgView.TODAY, "last": LAST} | changes
    return store.series.points(scope, CAT, units, **asked)  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("org", list(OrgView))
def test_a_point_is_the_cell_of_its_month(store: Store, org: OrgView) -> None:
    found = points(store, everyone(CAT), UNITS, org=org)
    seen = 0
    for unit in UNITS:
        whole = store.unit_series(everyone(CAT), CAT, unit, View.MONTH, Sex.ALL, org)
        for key, series in whole.items():
            cells = {
                end.index: cell
                for end, cell in series.cells.get(Window.MONTH, {}).items()
                if end <= LAST and not cell.masked
            }
            mine = {point.month: point for point in found[unit].get(key, ())}
            assert list(mine) == sorted(cells)
            for month, cell in cells.items():
                point = mine[month]
                assert point.value(CAT.measures[key]) == cell.value(CAT.measures[key])
                assert (point.whole, point.missing_share, point.origin) == (
                    cell.complete,
                    cell.missing_share,
                    DEMO,
                )
                seen += 1
    assert seen > 20
    assert not all(point.whole for point in found["akut"]["belopp"]), "medicin has not reported February"


def test_masked_months_have_no_point(store: Store) -> None:
    told = [point.month for point in points(store, everyone(CAT), ("kirurgi",))["kirurgi"]["personer"]]
    whole = store.unit_series(everyone(CAT), CAT, "kirurgi", View.MONTH, Sex.ALL, OrgView.TODAY)["personer"]
    masked = {end.index for end, cell in whole.cells[Window.MONTH].items() if cell.masked}
    assert m("2023-02").index in masked
    assert masked.isdisjoint(told)


def test_only_what_the_scope_allows_and_no_later_month(store: Store) -> None:
    scope = Scope(
        frozenset({Reach(frozenset({"kirurgi"}), frozenset({"belopp"}), m("2023-01")),
                   Reach(frozenset({"medicin"}), frozenset({"andel"}))})
    )  # fmt: skip
    found = points(store, scope, ("kirurgi", "medicin"))
    assert {unit: set(by) for unit, by in found.items()} == {"kirurgi": {"belopp"}, "medicin": set()}
    assert [point.month for point in found["kirurgi"]["belopp"]] == [m("2022-12").index, m("2023-01").index]
    months = (m("2022-12"), m("2023-03"))
    rest = (KEYS, View.YTD, Sex.ALL, OrgView.TODAY, months)
    recent = store.series.recent(scope, CAT, ("kirurgi", "medicin"), *rest)
    assert set(recent["kirurgi"]) == {"belopp"}
    series = recent["kirurgi"]["belopp"]
    assert series.through == m("2023-01")
    assert set(series.cells[Window.YTD]) == {m("2022-12")}
    for ask in (lambda: points(store, scope, ("kirurgi", "primar")),
                lambda: store.series.recent(scope, CAT, ("primar",), *rest)):  # fmt: skip
        with pytest.raises(NotPermitted):
            ask()


@pytest.mark.parametrize("view", list(View))
def test_recent_series_are_the_whole_ones_in_the_months_asked_for(store: Store, view: View) -> None:
    months = (m("2022-12"), m("2023-03"))
    recent = store.series.recent(everyone(CAT), CAT, UNITS, KEYS, view, Sex.ALL, OrgView.TODAY, months)
    for unit in UNITS:
        whole = store.unit_series(everyone(CAT), CAT, unit, view, Sex.ALL, OrgView.TODAY)
        for key, series in whole.items():
            for window, cells in series.cells.items():
                wanted = {
                    end: cell for end, cell in cells.items() if window not in MONTHLY_WINDOWS or end in months
                }
                assert recent[unit][key].cells.get(window, {}) == wanted
    assert recent["hsf"]["ars"].cells[Window.YEAR], "what is measured by the year comes whole"


def test_a_measure_that_the_database_does_not_know_has_no_series(store: Store) -> None:
    new = replace(CAT, measures={**CAT.measures, "ny": replace(CAT.measures["belopp"], key="ny")})
    assert (
        "ny"
        not in store.series.points(everyone(new), new, ("hsf",), ("ny",), Sex.ALL, OrgView.TODAY, LAST)["hsf"]
    )


def test_every_database_answers_alike(store: Store, database_url: str) -> None:
    rest = (KEYS, View.R12, Sex.ALL, OrgView.TODAY, (LAST, LAST - 1))
    with closing(filled(database_url)) as other:
        assert points(other, everyone(CAT), UNITS) == points(store, everyone(CAT), UNITS)
        mine, theirs = (one.series.recent(everyone(CAT), CAT, UNITS, *rest) for one in (store, other))
        assert mine == theirs
