"""The own place and the median, held against a naive count; who is compared with whom."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.compare.groups import cut_to, measured_in, overlaps, own_group, units_at
from hsf_kpi.analysis.peers import peer_group, standing
from hsf_kpi.model.codes import Direction, OrgView, Origin
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.peers import PeerValues
from hsf_kpi.model.period import Month
from tests.figures.figure_samples import measure

NOW = Month.of(2023, 10)
values = st.integers(-30, 30).map(lambda n: Fraction(n, 10))


def of(own: Fraction, named: list[Fraction], unnamed: list[Fraction]) -> PeerValues:
    ids = [f"k{i}" for i in range(len(named))]
    return PeerValues(
        own, tuple(zip(ids, named, strict=True)), tuple(sorted(unnamed)), 2, frozenset({Origin.DEMO})
    )


@given(values, st.lists(values, max_size=8), st.lists(values, max_size=8), st.sampled_from(Direction))
def test_place_and_median_are_those_of_a_naive_count(
    own: Fraction, named: list[Fraction], unnamed: list[Fraction], direction: Direction
) -> None:
    found = standing(measure(direction=direction), "min", "grupp", of(own, named, unnamed))
    everyone = [own, *named, *unnamed]
    if direction is Direction.UP:
        assert found.place == 1 + len([v for v in everyone if v > own])
    else:
        assert found.place == 1 + len([v for v in everyone if v < own])
    assert found.shared == (everyone.count(own) > 1)
    ordered = sorted(everyone)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / Fraction(2)
    assert found.median == middle
    assert sorted(peer.value for peer in found.peers) == ordered
    for one, two in itertools.pairwise(found.peers):
        assert (two.place == one.place) == (two.value == one.value)
        assert one.place <= two.place
    assert sum(peer.unit is None for peer in found.peers) == len(unnamed)
    assert [peer.place for peer in found.peers if peer.unit == "min"] == [found.place]
    assert (found.left_out, found.group) == (2, "grupp")


@pytest.mark.parametrize(
    ("direction", "order"),
    [
        (Direction.DOWN, [1, 2, 3]),
        (Direction.UP, [3, 2, 1]),
        (Direction.BAND, [1, 2, 3]),
        (Direction.NONE, [1, 2, 3]),
    ],
)
def test_the_direction_decides_who_is_first(direction: Direction, order: list[int]) -> None:
    found = standing(measure(direction=direction), "min", "", of(Fraction(2), [Fraction(3)], [Fraction(1)]))
    assert [peer.value for peer in found.peers] == order


def test_equal_values_share_a_place_and_the_next_one_is_skipped() -> None:
    found = standing(
        measure(), "min", "", of(Fraction(2), [Fraction(2), Fraction(1)], [Fraction(2), Fraction(5)])
    )
    assert [(p.place, p.unit) for p in found.peers] == [
        (1, "k1"),
        (2, "min"),
        (2, "k0"),
        (2, None),
        (5, None),
    ]
    assert found.shared


def node(key: str, level: str, parent: str | None = "hsf", first: str = "", tag: str = "personal") -> Unit:
    start = Month.parse(first) if first else None
    return Unit(key, key, level, (Placement(parent, start),), tags=frozenset({tag}))


UNITS = (
    node("hsf", "förvaltning", None),
    node("a", "klinik"),
    node("b", "klinik"),
    node("c", "klinik", tag="annat"),
    node("d", "enhet", "a"),
    node("ny", "klinik", first="2023-06"),
)
ORGANISATION = Organisation({u.id: u for u in UNITS})


LIKE = ComparisonGroup("lika", "Lika", "bland de lika", ("ny", "a", "b", "c"))
OTHERS = ComparisonGroup("andra", "Andra", "bland de andra", ("d", "hsf"))
GROUPS = (LIKE, OTHERS)


def test_the_comparable_are_of_the_same_group_measured_and_there_in_the_month() -> None:
    group = peer_group(measure(), LIKE, ORGANISATION, NOW, OrgView.TODAY)
    assert group.units == {"a", "b", "ny"}
    assert group.words == "bland de lika"
    earlier = peer_group(measure(), LIKE, ORGANISATION, Month.of(2023, 5), OrgView.AS_WAS)
    assert earlier.units == {"a", "b"}
    everywhere = replace(measure(), measured_at=("hsf",))
    assert peer_group(everywhere, LIKE, ORGANISATION, NOW, OrgView.TODAY).units == frozenset()


def test_the_group_is_the_same_however_it_and_the_organisation_are_ordered() -> None:
    turned = Organisation({u.id: u for u in reversed(UNITS)})
    groups = [
        peer_group(measure(), group, organisation, NOW, OrgView.TODAY)
        for group in (LIKE, replace(LIKE, units=LIKE.units[::-1]))
        for organisation in (ORGANISATION, turned)
    ]
    assert len(set(groups)) == 1


def test_the_units_of_a_group_come_in_the_order_of_the_organisation() -> None:
    assert units_at(LIKE, ORGANISATION, NOW) == ("a", "b", "c", "ny")
    assert units_at(LIKE, ORGANISATION, Month.of(2023, 5)) == ("a", "b", "c")
    assert measured_in(LIKE, measure(), ORGANISATION, NOW, OrgView.TODAY) == ("a", "b", "ny")


def test_the_own_group_is_the_first_that_the_unit_stands_in() -> None:
    assert own_group(GROUPS, "d") is OTHERS
    assert own_group(GROUPS, "x") is None
    both = replace(OTHERS, units=("a", "d"))
    assert own_group((LIKE, both), "a") is LIKE
    assert own_group((both, LIKE), "a") is both


def test_groups_overlap_when_a_unit_stands_in_two() -> None:
    assert not overlaps(GROUPS, LIKE)
    assert not overlaps((LIKE,), LIKE)
    both = replace(OTHERS, units=("c", "d"))
    assert overlaps((LIKE, both), LIKE)
    assert overlaps((LIKE, both), both)


def test_a_group_can_be_cut() -> None:
    assert cut_to(LIKE, {"b", "ny", "x"}) == replace(LIKE, units=("ny", "b"))
