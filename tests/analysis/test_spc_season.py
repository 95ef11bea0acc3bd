"""Seasonal series: the test of the month effects, values minus month means, limits drawn back on each month."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f_oneway

from hsf_kpi.analysis.spc.phases import Span
from hsf_kpi.analysis.spc.season import is_seasonal
from hsf_kpi.analysis.spc.types import Refused, Rule, Side
from tests.analysis.spc_samples import Value, a_process, a_rebase, refused

YEAR = [0, 40, 80, 120, 160, 200, 240, 200, 160, 120, 80, 40]
"""How far each month stands from January."""


def a_year(*noise: int) -> list[Value]:
    return [month + (noise[at % len(noise)] if noise else 0) for at, month in enumerate(YEAR)]


def span_of(values: list[int | None]) -> list[Span]:
    return [Span(0, len(values) - 1, (0, len(values) - 1))]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Twelve values, each month once: nothing to tell by.
        (YEAR, False),
        # Thirteen and no month twice: not possible; thirteen with one month twice, equal: within is nothing, between is all.
        ([*YEAR, 0], True),
        # The same, and January differs by as much as the months do.
        ([*YEAR, 200], False),
        ([0] * 12 + [1] * 12, False),
        ([5] * 30, False),
        ([None, *[3] * 20], False),
    ],
)
def test_the_test_at_its_edges(values: list[int | None], expected: bool) -> None:
    assert is_seasonal(values, [at % 12 for at in range(len(values))], span_of(values)) is expected


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        # Twelve months twice, +1 the first year and −1 the second: within 24, by 12 degrees of freedom 2. Between, twice the
        # sum of the squared effects, by 11. F is that sum / 11, and a table says 4.22 for one case of a hundred: 46.4.
        ([3, -3, 3, -3, 2, -2, 1, -1, 0, 0, 0, 0], False),  # 46
        ([3, -3, 3, -3, 2, -2, 1, -1, 1, -1, 0, 0], True),  # 48
    ],
)
def test_one_case_of_a_hundred(effects: list[int], expected: bool) -> None:
    values: list[int | None] = [effect + 1 for effect in effects]
    values += [effect - 1 for effect in effects]
    # The two years' levels, +1 and −1, are no phases here: they are the noise.
    assert is_seasonal(values, [at % 12 for at in range(24)], span_of(values)) is expected


def test_one_calendar_month_alone_has_no_season() -> None:
    values = [at % 5 if at % 12 == 0 else None for at in range(12 * 14)]
    assert not is_seasonal(values, [at % 12 for at in range(len(values))], span_of(values))


@given(seed=st.integers(0, 10**9), strength=st.sampled_from([0, 1, 2, 4]), holes=st.sampled_from([0, 0.2]))
@settings(max_examples=60, deadline=None)
def test_it_is_the_one_way_f_test(seed: int, strength: int, holes: float) -> None:
    rng = random.Random(seed)
    year = [rng.randint(-2, 2) * strength for _ in range(12)]
    values = [
        None if rng.random() < holes else year[at % 12] + rng.randint(-5, 5)
        for at in range(rng.randint(14, 48))
    ]
    groups = [[v for at, v in enumerate(values) if v is not None and at % 12 == m] for m in range(12)]
    kept = [group for group in groups if group]
    n = sum(map(len, kept))
    expected = n > 12 and n > len(kept) > 1 and bool(f_oneway(*kept).pvalue < 0.01)
    assert is_seasonal(values, [at % 12 for at in range(len(values))], span_of(values)) is expected


def test_a_step_is_taken_out_before_the_test() -> None:
    """Two years of the same months on two levels: without the step the months would drown in it."""
    low, high = a_year(0, 9, -9, 4), [2000 + int(v or 0) for v in a_year(5, -7, 0, 8)]
    values = [int(v or 0) for v in [*low, *high]]
    numbers = [at % 12 for at in range(24)]
    assert not is_seasonal(values, numbers, span_of(list(values)))
    assert is_seasonal(values, numbers, [Span(0, 11, (0, 11)), Span(12, 23, (12, 23))])


def test_two_years_by_hand() -> None:
    """Twelve months whose two years differ by 10 in January, by 2 else, now up and now down.

    Month means: the months' own, plus half the difference. The rests: 5, 1, 1, … and their negatives, so the ranges are
    known: year one rests +5, −1, +1, −1, …; year two −5, +1, −1, +1, ….
    Ranges within a year: 6, then ten of 2; between the years from −1 (December) to −5: 4; then 6 and ten of 2 again.
    Sum 2 × 26 + 4 = 56 of 23 ranges, mean 2.435, times 3.267 = 7.95: none is left out. Width 2.66 × 56/23.
    """
    noise = [5, *[-1, 1] * 5, -1]
    values: list[Value] = [month + rest for month, rest in zip(YEAR, noise, strict=True)]
    values += [month - rest for month, rest in zip(YEAR, noise, strict=True)]
    found = a_process(values)
    assert found.seasonal
    width = Fraction(266, 100) * Fraction(56, 23)
    for at, point in enumerate(found.points):
        assert point
        middle = YEAR[at % 12]
        assert (point.mean, point.low, point.high) == (middle, middle - width, middle + width)
        assert point.rule is None
    [phase] = found.phases
    assert (phase.moving_range, phase.mean) == (Fraction(56, 23), Fraction(sum(YEAR), 12))


def seasonal_series(length: int, seed: int = 1) -> list[Value]:
    rng = random.Random(seed)
    return [YEAR[at % 12] + rng.randint(-9, 9) for at in range(length)]


def test_twenty_three_points_are_refused_and_twenty_four_judged() -> None:
    assert refused(seasonal_series(23)).why is Refused.SEASONAL_SHORT
    assert refused(seasonal_series(23)).words == (
        "Serien följer årets månader och har 23 månader med värde; "
        "för att skilja säsong från förändring krävs minst 24."
    )
    assert a_process(seasonal_series(24)).seasonal
    # A gap is no point.
    assert refused([*seasonal_series(20), None, *seasonal_series(24)[21:]]).why is Refused.SEASONAL_SHORT


def test_summer_is_no_signal_and_a_strange_march_is() -> None:
    values = seasonal_series(46)
    assert all(point.rule is None for point in a_process(values).points if point)
    # 80 is an ordinary value, but not in January 2023.
    strange = [*values]
    strange[36] = 80
    point = a_process(strange).points[36]
    assert point
    assert (point.rule, point.side) == (Rule.OUTSIDE, Side.HIGH)


def test_a_rebase_in_a_seasonal_series_needs_two_years_after_it() -> None:
    values = seasonal_series(46)
    found = refused(values, rebases=[a_rebase(23)])
    assert found.why is Refused.SEASONAL_SHORT
    assert found.words == (
        "Serien följer årets månader. Styrgränserna räknas om från december 2021 (Ny definition). Sedan dess har "
        "23 månader värde; för att skilja säsong från förändring krävs minst 24."
    )
    judged = a_process(values, rebases=[a_rebase(22)])
    assert [(phase.points, phase.limits) for phase in judged.phases] == [(22, False), (24, True)]
    assert all(point and point.mean is None for point in judged.points[:22])


def test_a_month_that_the_base_does_not_know_is_not_judged() -> None:
    """A base of 24 values in which July never occurs: the July after it has nothing to be held against."""
    values = seasonal_series(48)
    for at in (6, 18):
        values[at] = None
    base = a_rebase(0, last=25)
    found = a_process(values, rebases=[base])
    assert found.seasonal
    assert found.phase.points == 24
    for at, point in enumerate(found.points):
        assert (point is None) == (at in (6, 18))
        assert point is None or (point.mean is None) == (at % 12 == 6)
