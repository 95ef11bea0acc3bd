"""Trees that change over time: paths, children and both views agree, whatever the organisation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound
from tests.analysis.builders import OCTOBER, an_organisation

FIRST, LAST = Month.of(2019, 1), Month.of(2023, 10)
BREAK = Month.of(2023, 1)
ORG = an_organisation()
all_months = st.integers(FIRST.index, LAST.index).map(Month)


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """A tree of any depth; at the break a unit may move, or close with a new unit as its successor."""
    units = [Unit("rot", "Rot", "1", (Placement(None),))]
    for number in range(draw(st.integers(1, 12))):
        parents = [u for u in units if u.placements[-1].last is None and u.placements[0].first is None]
        name = f"e{number}"
        one, other = draw(st.sampled_from(parents)).id, draw(st.sampled_from(parents)).id
        shape = draw(st.sampled_from(["stays", "moves", "replaced"]))
        if shape == "stays":
            units.append(Unit(name, name, "2", (Placement(one),)))
        elif shape == "moves":
            moved = (Placement(one, None, BREAK - 1), Placement(other, BREAK, None))
            units.append(Unit(name, name, "2", moved))
        else:
            heir = f"{name}-ny"
            units.append(Unit(name, name, "2", (Placement(one, None, BREAK - 1),), successor=heir))
            units.append(Unit(heir, heir, "2", (Placement(other, BREAK, None),)))
    return Organisation({unit.id: unit for unit in units})


@given(organisations(), all_months)
def test_the_tree_holds_every_unit_of_the_month_once(organisation: Organisation, month: Month) -> None:
    below = list(organisation.below(organisation.root, month))
    alive = {unit.id for unit in organisation.units.values() if unit.exists_at(month)}
    assert len(below) == len(set(below))
    assert set(below) == {u for u in alive if alive.issuperset(organisation.path(u, month))}


@given(organisations(), all_months)
def test_path_and_children_say_the_same(organisation: Organisation, month: Month) -> None:
    for unit in organisation.below(organisation.root, month):
        path = organisation.path(unit, month)
        assert path[0] == organisation.root
        assert path[-1] == unit
        for parent, child in pairwise(path):
            assert child in organisation.children(parent, month)
            assert organisation.parent(child, month) == parent


@given(organisations(), all_months)
def test_both_views_count_a_unit_under_the_same_root(organisation: Organisation, month: Month) -> None:
    for unit in organisation.below(organisation.root, month):
        today = organisation.ancestors(unit, month, OrgView.TODAY, LAST)
        was = organisation.ancestors(unit, month, OrgView.AS_WAS, LAST)
        assert today[0] == was[0] == organisation.root
        assert was[-1] == unit
        assert today[-1] == organisation.heir(unit, LAST)
        assert organisation.units[today[-1]].exists_at(LAST)


@given(organisations(), st.lists(all_months, max_size=4))
def test_untouched_units_hold_the_same_in_both_views(organisation: Organisation, months: list[Month]) -> None:
    touched = organisation.touched(LAST, months)
    for month in months:
        for unit in organisation.units:
            if organisation.units[unit].exists_at(month):
                today = set(organisation.ancestors(unit, month, OrgView.TODAY, LAST))
                was = set(organisation.ancestors(unit, month, OrgView.AS_WAS, LAST))
                assert (today ^ was) <= touched
    assert organisation.root not in touched


def test_validity_of_a_unit() -> None:
    old, new = ORG.units["gammal"], ORG.units["ny"]
    assert (old.first, old.last, new.first, new.last) == (None, BREAK - 1, BREAK, None)
    assert old.exists_at(BREAK - 1)
    assert not old.exists_at(BREAK)
    assert new.parent_at(BREAK - 1) is None
    moved = Unit("x", "X", "2", (Placement("a", FIRST, BREAK - 1), Placement("b", BREAK, LAST)))
    assert (moved.first, moved.last) == (FIRST, LAST)
    assert (moved.parent_at(BREAK - 1), moved.parent_at(BREAK)) == ("a", "b")


def test_outside_its_life_a_unit_keeps_its_nearest_parent() -> None:
    assert ORG.parent("gammal", BREAK) == "akut"
    assert ORG.parent("ny", BREAK - 1) == "nara"
    moved = Unit("x", "X", "2", (Placement("hsf", FIRST, BREAK - 1), Placement("nara", BREAK, LAST)))
    both = Organisation({**ORG.units, "x": moved})
    assert (both.parent("x", FIRST - 1), both.parent("x", LAST + 1)) == ("hsf", "nara")


def test_heirs_end_where_nobody_took_over() -> None:
    assert ORG.heir("gammal", OCTOBER) == "ny"
    assert ORG.heir("gammal", BREAK - 1) == "gammal"
    assert ORG.heir("kirurg", OCTOBER) == "kirurg"


def test_only_the_touched_differ() -> None:
    assert ORG.touched(OCTOBER, [BREAK - 1]) == {"gammal", "ny", "akut", "nara"}
    assert ORG.touched(OCTOBER, [BREAK]) == frozenset()


def test_an_unknown_unit_is_told_in_swedish() -> None:
    assert ORG.get("akut").name == "Akutsjukvård"
    with pytest.raises(NotFound, match="finns inte eller ingår inte"):
        ORG.get("finns-inte")
