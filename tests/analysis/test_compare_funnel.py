"""The funnel: hand-counted limits and zones, the over-dispersion, and what must not change when nothing has."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import inf, nextafter, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from hsf_kpi.analysis.compare.counts import Counts
from hsf_kpi.analysis.compare.funnel import funnel, over_dispersion, winsorised, zone_of
from hsf_kpi.analysis.compare.types import Funnel, FunnelLimit, FunnelZone
from hsf_kpi.model.codes import Direction, Origin
from hsf_kpi.model.measure import Measure
from tests.analysis.compare_samples import a_group, a_rate, a_share, counted_units

pairs = st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
units = st.lists(pairs, min_size=5, max_size=12)
few = settings(max_examples=40, deadline=None)
OUT = {FunnelZone.INSIDE: 0, FunnelZone.OUTSIDE_95: 1, FunnelZone.OUTSIDE_998: 2}


def drawn(measure: Measure, counts: Mapping[str, Counts], own: str | None = None) -> Funnel:
    group = a_group(list(counts))
    return funnel(measure, group, counts, own=own, left_out=2, origins=frozenset({Origin.DEMO}))


def limit_at(found: Funnel, measure: Measure, size: float) -> FunnelLimit:
    """Naively: θ ± z √(θ(1−θ)/n) or θ ± z √(θ/n), widened by √φ, cut at 0 and at all of them."""
    scale = float(measure.scale)
    share = found.centre / scale
    spread = share * (1 - share) if measure == a_share() else share
    error = sqrt(max(spread, 0) / size) * sqrt(found.dispersion)
    top = 1 if measure == a_share() else inf
    z = {p: NormalDist().inv_cdf(p) for p in (0.975, 0.999)}
    lows = [max(0, share - z[p] * error) * scale for p in (0.975, 0.999)]
    highs = [min(top, share + z[p] * error) * scale for p in (0.975, 0.999)]
    return FunnelLimit(size, lows[0], highs[0], lows[1], highs[1])


def test_by_hand() -> None:
    """20 of 100 in common; at 400 the error is 2 points: 16,08–23,92 and 13,82–26,18. The z-scores 0, ±2 and ±3,375
    are drawn in to ±2,825, so φ is (0 + 4 + 4 + 2 × 7,980625) ÷ 5.
    """
    counts = counted_units((80, 400), (96, 400), (64, 400), (107, 400), (53, 400))
    found = drawn(a_share(), counts, own="u3")
    assert (found.centre, found.dispersion, found.adjusted) == (20.0, pytest.approx(4.79225), True)
    calm = drawn(a_share(), counted_units((80, 400), (96, 400), (64, 400), (81, 400), (79, 400)))
    assert (calm.centre, calm.dispersion, calm.adjusted) == (20.0, 1.0, False)
    assert [p.zone for p in calm.points] == [
        FunnelZone.INSIDE, FunnelZone.OUTSIDE_95, FunnelZone.OUTSIDE_95, FunnelZone.INSIDE, FunnelZone.INSIDE,
    ]  # fmt: skip
    assert [p.better for p in calm.points] == [None, False, True, None, None]
    assert [p.high for p in calm.points] == [False, True, False, True, False]
    far = drawn(a_share(), counted_units((200, 1000), (200, 1000), (200, 1000), (200, 1000), (38, 100)))
    assert far.points[4].zone is FunnelZone.OUTSIDE_998
    assert far.points[4].better is False
    assert not far.adjusted


def test_what_the_funnel_says_beside_its_points() -> None:
    found = drawn(a_rate(), counted_units((3, 40), (5, 40), (4, 40), (6, 40), (2, 40)), own="u1")
    assert (found.size_words, found.own, found.left_out) == ("anställda", "u1", 2)
    assert found.origins == {Origin.DEMO}
    assert [p.unit for p in found.points] == ["u0", "u1", "u2", "u3", "u4"]
    assert [p.size for p in found.points] == [40.0] * 5
    assert drawn(a_rate(), counted_units(*[(1, 9)] * 5), own="borta").own is None


@few
@given(units, st.booleans())
def test_limits_and_zones_are_those_of_a_naive_count(shown: list[tuple[int, int]], share: bool) -> None:
    measure = a_share() if share else a_rate()
    found = drawn(measure, counted_units(*shown))
    assert found.centre == pytest.approx(100 * sum(c for c, _ in shown) / sum(n for _, n in shown))
    sizes = [limit.size for limit in found.limits]
    assert sizes == sorted(sizes)
    assert sizes[0] < min(n for _, n in shown)
    assert sizes[-1] > max(n for _, n in shown)
    for limit in found.limits:
        naive = limit_at(found, measure, limit.size)
        for name in ("low_95", "high_95", "low_998", "high_998"):
            assert getattr(limit, name) == pytest.approx(getattr(naive, name), abs=1e-9)
        assert 0 <= limit.low_998 <= limit.low_95 <= found.centre <= limit.high_95 <= limit.high_998
        assert not share or limit.high_998 <= 100
    for point, (count, size) in zip(found.points, shown, strict=True):
        assert point.value == pytest.approx(100 * count / size)
        naive = limit_at(found, measure, size)
        beyond_95 = point.value < naive.low_95 - 1e-9 or point.value > naive.high_95 + 1e-9
        beyond_998 = point.value < naive.low_998 - 1e-9 or point.value > naive.high_998 + 1e-9
        assert (point.zone is not FunnelZone.INSIDE) == beyond_95
        assert (point.zone is FunnelZone.OUTSIDE_998) == beyond_998
        assert point.high == (point.value > found.centre)


@few
@given(units, st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(shown: list[tuple[int, int]], random: object) -> None:
    counts = counted_units(*shown)
    names = list(counts)
    random.shuffle(names)  # type: ignore[attr-defined]
    one, other = drawn(a_share(), counts), drawn(a_share(), {f"x{u}": counts[u] for u in names})
    assert {f"x{p.unit}": p.zone for p in one.points} == {p.unit: p.zone for p in other.points}
    assert (one.centre, one.adjusted) == (other.centre, other.adjusted)
    assert one.dispersion == pytest.approx(other.dispersion)
    assert [p.unit for p in other.points] == [f"x{u}" for u in names]


@few
@given(units)
def test_the_mirrored_share_with_the_mirrored_direction_mirrors(shown: list[tuple[int, int]]) -> None:
    one = drawn(a_share(), counted_units(*shown))
    turned = [(size - count, size) for count, size in shown]
    other = drawn(a_share(direction=Direction.UP), counted_units(*turned))
    assert other.centre == pytest.approx(100 - one.centre, abs=1e-9)
    assert other.dispersion == pytest.approx(one.dispersion)
    for first, second in zip(one.points, other.points, strict=True):
        assert second.zone is first.zone
        assert second.better == first.better
    for first, second in zip(one.limits, other.limits, strict=True):
        assert second.low_998 == pytest.approx(100 - first.high_998, abs=1e-9)
        assert second.high_95 == pytest.approx(100 - first.low_95, abs=1e-9)


@few
@given(units, st.booleans())
def test_a_unit_at_the_centre_is_always_inside(shown: list[tuple[int, int]], share: bool) -> None:
    """It adds nothing to the centre, of whatever size it is."""
    total = sum(c for c, _ in shown), sum(n for _, n in shown)
    counts = {**counted_units(*shown), "mitt": Counts(Fraction(total[0]), Fraction(total[1]))}
    found = drawn(a_share() if share else a_rate(), counts)
    point = found.points[-1]
    assert (point.zone, point.better, point.high) == (FunnelZone.INSIDE, None, False)


@few
@given(units, st.booleans())
def test_of_one_size_the_farther_is_never_in_a_nearer_zone(shown: list[tuple[int, int]], share: bool) -> None:
    found = drawn(a_share() if share else a_rate(), counted_units(*[(min(c, 500), 500) for c, _ in shown]))
    for side in (True, False):
        points = sorted(
            (p for p in found.points if p.high is side), key=lambda p: abs(p.value - found.centre)
        )
        zones = [OUT[p.zone] for p in points]
        assert zones == sorted(zones)


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("all_of_them", [True, False])
def test_nobody_and_everybody(share: bool, all_of_them: bool) -> None:
    """Without chance there are no limits to be outside of."""
    counts = counted_units(*[(n if all_of_them else 0, n) for n in (10, 20, 30, 40, 50)])
    found = drawn(a_share() if share else a_rate(), counts)
    assert found.centre == (100.0 if all_of_them else 0.0)
    assert {p.zone for p in found.points} == {FunnelZone.INSIDE}
    assert (found.dispersion, found.adjusted) == (1.0, False)
    if share or not all_of_them:
        assert all(limit.low_998 == limit.high_998 == found.centre for limit in found.limits)


LIMIT = FunnelLimit(100.0, 10.0, 20.0, 5.0, 25.0)


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        (15.0, FunnelZone.INSIDE),
        (10.0, FunnelZone.INSIDE),
        (20.0, FunnelZone.INSIDE),
        (nextafter(10.0, 0), FunnelZone.OUTSIDE_95),
        (nextafter(20.0, inf), FunnelZone.OUTSIDE_95),
        (5.0, FunnelZone.OUTSIDE_95),
        (25.0, FunnelZone.OUTSIDE_95),
        (nextafter(5.0, 0), FunnelZone.OUTSIDE_998),
        (nextafter(25.0, inf), FunnelZone.OUTSIDE_998),
    ],
)
def test_exactly_on_a_limit_is_inside_it(value: float, zone: FunnelZone) -> None:
    assert zone_of(value, LIMIT) is zone


@pytest.mark.parametrize("direction", [Direction.BAND, Direction.NONE])
def test_nothing_is_better_where_no_way_is(direction: Direction) -> None:
    found = drawn(a_share(direction=direction), counted_units(*[(200, 1000)] * 4, (38, 100)))
    assert found.points[4].zone is FunnelZone.OUTSIDE_998
    assert found.points[4].better is None


scores = st.lists(st.floats(-20, 20), min_size=5, max_size=30)


@few
@given(scores)
def test_winsorised_scores_are_numpys_clipped_at_its_quantiles(values: list[float]) -> None:
    low, high = np.quantile(values, [0.1, 0.9])
    assert winsorised(values) == pytest.approx(list(np.clip(values, low, high)), abs=1e-9)


@few
@given(scores)
def test_over_dispersion_is_told_above_what_chance_gives(values: list[float]) -> None:
    kept = np.array(winsorised(values))
    mean = float(np.mean(kept**2))
    factor, adjusted = over_dispersion(values)
    limit = chi2.ppf(0.95, len(values))
    if abs(mean * len(values) - limit) > 1e-6:
        assert adjusted == (mean * len(values) > limit)
    assert factor == (pytest.approx(mean) if adjusted else 1.0)
    assert over_dispersion([-z for z in values]) == pytest.approx((factor, adjusted))
    assert factor >= 1


def test_one_outlier_among_many_does_not_widen_the_limits_for_itself() -> None:
    calm = [0.1, -0.1] * 10
    assert over_dispersion([*calm, 40.0]) == (1.0, False)


def test_wider_limits_where_units_differ_more_than_chance() -> None:
    shown = [(50, 1000), (100, 1000), (150, 1000), (200, 1000), (250, 1000), (120, 1000)]
    found = drawn(a_share(), counted_units(*shown))
    assert found.adjusted
    assert found.dispersion > 10
    # By chance alone the error of 1 000 patients is 1,11 points, and the first lies 9,5 points away.
    assert found.points[0].zone is FunnelZone.INSIDE
    assert FunnelZone.OUTSIDE_998 not in {p.zone for p in found.points}
