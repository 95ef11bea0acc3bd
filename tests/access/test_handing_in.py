"""Who may hand in, and until when."""

from __future__ import annotations

import datetime as dt

import pytest

from hsf_kpi.access.handing_in import closed, demand_measure_in, demand_open
from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, Rule, rights_of
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotPermitted
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from tests.store.builders import SMALL, m, unit

NOW, DAY = m("2023-10"), dt.date(2023, 11, 14)
_ALL = frozenset(Permission)
ROLES = {
    "chef": Role("chef", "Chef", "", Extent.SUBTREE, _ALL),
    "laser": Role("laser", "Läser", "", Extent.EVERYTHING, _ALL - {Permission.COMMENT}),
    "sen": Role("sen", "Sen", "", Extent.SUBTREE, _ALL, released_only=True),
    "personal": Role("personal", "Personal", "", Extent.SUBTREE, _ALL, measures=frozenset({"andel"})),
}
RULE = Rule(ROLES, SMALL, {}, NOW, m("2023-09"))


def rights(role: str, unit_id: str | None, seen_as: str = "") -> Rights:
    return rights_of(Identity("x", "X", (Grant(role, unit_id),), seen_as), RULE, DAY)


def test_closed_in_words():
    old = unit("gammal", "hsf", "2020-01", "2022-12")
    assert closed(old, m("2022-12"), latest=NOW, released=False) is None
    assert (
        closed(old, NOW, latest=NOW, released=False)
        == "Gammal fanns inte i oktober 2023, så inget kan lämnas."
    )
    assert closed(old, m("2022-12"), latest=NOW, released=True) == (
        "December 2022 är frisläppt, så inget mer kan lämnas eller ändras."
    )
    for latest in (None, NOW - 1):
        assert closed(unit("ny", "hsf"), NOW, latest=latest, released=False) == (
            "Det finns inga utfall för oktober 2023 än, så inget kan lämnas."
        )


@pytest.mark.parametrize("unit_id", ["akut", "kirurgi"])
def test_at_the_own_unit_and_below(unit_id):
    demand_open(rights("chef", "akut"), unit_id, NOW, None)


@pytest.mark.parametrize(
    ("who", "unit_id"),
    [
        (rights("chef", "akut"), "nara"),
        (rights("chef", "akut"), "hsf"),  # seen, but not its own
        (rights("laser", None), "kirurgi"),
        (rights("chef", "akut", seen_as="Chef"), "akut"),  # only looking
        (rights("ingen", "akut"), "akut"),
    ],
)
def test_nowhere_else(who, unit_id):
    with pytest.raises(NotPermitted):
        demand_open(who, unit_id, NOW, "stängd")


def test_not_beyond_what_may_be_seen_nor_when_it_is_closed():
    demand_open(rights("sen", "akut"), "akut", NOW - 1, None)
    with pytest.raises(NotPermitted, match="Oktober 2023 ingår inte"):
        demand_open(rights("sen", "akut"), "akut", NOW, None)
    with pytest.raises(DataError, match="Frisläppt"):
        demand_open(rights("chef", "akut"), "akut", NOW, "Frisläppt.")


def test_the_measure_must_be_seen_in_that_month():
    demand_measure_in(rights("personal", "akut"), "kirurgi", "andel", NOW)
    with pytest.raises(NotPermitted):
        demand_measure_in(rights("personal", "akut"), "kirurgi", "belopp", NOW)
    with pytest.raises(NotPermitted):
        demand_measure_in(rights("chef", "akut"), "nara", "andel", NOW)
    demand_measure_in(rights("sen", "akut"), "kirurgi", "andel", Month.of(2023, 9))
    with pytest.raises(NotPermitted):
        demand_measure_in(rights("sen", "akut"), "kirurgi", "andel", NOW)
