"""Limits worked out by hand, and what a series gets instead of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hsf_kpi.analysis.spc.refuse import refused_view
from hsf_kpi.analysis.spc.types import Refused, Rule
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.period import View, Window
from tests.analysis.builders import a_measure
from tests.analysis.spc_samples import ALTERNATING, Value, a_process, a_rebase, refused

F = Fraction


@pytest.mark.parametrize(
    ("values", "mean", "moving_range", "width"),
    [
        # Every range 2; 2.66 × 2 = 5.32.
        ([0, 2] * 6, F(1), F(2), F(532, 100)),
        # Twelve in thirds: 0, 1/3 … ; 2.66 × 1/3.
        ([0, F(1, 3)] * 6, F(1, 6), F(1, 3), F(266, 300)),
        # Eleven ranges: ten of 2, one of 12 (from 2 to 14): mean 32/11 = 2.909, times 3.267 = 9.504 < 12: left out.
        # What is left has the mean 2. The values: 0 and 2 five times each, then 14 and 12: sum 36, mean 3.
        ([*[0, 2] * 5, 14, 12], F(3), F(2), F(532, 100)),
        # One jump and nothing else: ranges ten of 0, one of 11, and all are kept: 2.66 × 1.
        ([*[0] * 6, *[11] * 6], F(11, 2), F(1), F(266, 100)),
        # A gap: two ranges fewer. 0, 2, 0, 2, 0, 2, -, 2, 0, 2, 0, 2, 0: ten ranges of 2.
        ([0, 2, 0, 2, 0, 2, None, 2, 0, 2, 0, 2, 0], F(1), F(2), F(532, 100)),
        # Negative values and a mean of none of them.
        ([-5, 7] * 6, F(1), F(12), F(3192, 100)),
    ],
)
def test_by_hand(values: list[Value], mean: Fraction, moving_range: Fraction, width: Fraction) -> None:
    found = a_process(values)
    [phase] = found.phases
    assert (phase.mean, phase.moving_range) == (mean, moving_range)
    assert {(p.mean, p.low, p.high) for p in found.points if p} == {(mean, mean - width, mean + width)}
    assert not found.seasonal
    assert (phase.first, phase.last, phase.base, phase.reason) == (0, len(values) - 1, None, "")


def test_one_jump_leaves_the_limits_a_width() -> None:
    """All ranges are 0 but one. Were it left out, the quiet months would stand outside limits without width."""
    found = a_process([*[0] * 11, 11])
    # Mean 11/12, mean range 1: limits −1,74 and 3,58.
    rules = [point.rule for point in found.points if point]
    assert rules == [*[Rule.SHIFT] * 11, Rule.OUTSIDE]
    assert [point.new for point in found.points if point] == [*[False] * 6, True, *[False] * 4, True]


@pytest.mark.parametrize(("count", "preliminary"), [(12, True), (19, True), (20, False)])
def test_preliminary_until_twenty(count: int, preliminary: bool) -> None:
    [phase] = a_process(([0, 2, 1, 3, 1] * 4)[:count]).phases
    assert (phase.points, phase.preliminary, phase.limits) == (count, preliminary, True)


@pytest.mark.parametrize(
    ("values", "why", "words"),
    [
        ([], Refused.NO_VALUES, "Serien har inga värden som går att bedöma, så styrgränser saknas."),
        (
            [None] * 20,
            Refused.NO_VALUES,
            "Serien har inga värden som går att bedöma, så styrgränser saknas.",
        ),
        ([1], Refused.FEW, "Serien har 1 månad med värde; styrgränser kräver minst tolv."),
        ([1, 2], Refused.FEW, "Serien har 2 månader med värde; styrgränser kräver minst tolv."),
        (
            [1, 2, None] * 5 + [1],
            Refused.FEW,
            "Serien har 11 månader med värde; styrgränser kräver minst tolv.",
        ),
        ([7] * 5, Refused.FEW, "Serien har 5 månader med värde; styrgränser kräver minst tolv."),
        (
            [7] * 30,
            Refused.CONSTANT,
            "Serien ändras inte från månad till månad, så det finns ingen variation att räkna styrgränser på.",
        ),
        (
            [1, None, 2, None] * 12,
            Refused.FEW,
            "Serien har för många luckor: 0 par av månader intill varandra har värde, och "
            "styrgränser kräver minst sex.",
        ),
        (
            list(range(1, 13)) * 4,
            Refused.CONSTANT,
            "Serien upprepar samma värden varje år, så det finns ingen variation att räkna styrgränser på.",
        ),
    ],
)
def test_what_is_refused_and_why(values: list[Value], why: Refused, words: str) -> None:
    found = refused(values)
    assert (found.why, found.words) == (why, words)


@pytest.mark.parametrize(("pairs", "refused_"), [(5, True), (6, False)])
def test_a_series_of_gaps_needs_six_pairs_of_neighbours(pairs: int, refused_: bool) -> None:
    values: list[Value] = [1, 2, None] * pairs + [3, None] * 3
    if refused_:
        assert refused(values).why is Refused.FEW
    else:
        assert a_process(values).phase.points == 15


def test_few_after_a_rebase_names_month_and_reason() -> None:
    step = a_rebase(20, reason="Ny mottagning öppnade.")
    assert refused([0, 2, 1] * 9, rebases=[step]).words == (
        "Styrgränserna räknas om från september 2021 (Ny mottagning öppnade). Sedan dess har 7 månader värde; "
        "styrgränser kräver minst tolv."
    )
    base = a_rebase(20, last=24)
    assert refused([0, 2, 1] * 20, rebases=[base]).words == (
        "Styrgränserna räknas om från september 2021 (Ny definition). Basperioden har 5 månader med värde; "
        "styrgränser kräver minst tolv."
    )
    empty = a_rebase(12, last=13)
    values = [*ALTERNATING, None, None, *ALTERNATING]
    assert "Basperioden har 0 månader med värde" in refused(values, rebases=[empty]).words


@pytest.mark.parametrize(
    ("fields", "view", "why"),
    [
        ({}, View.MONTH, None),
        ({}, View.YTD, Refused.ACCUMULATED),
        ({}, View.R12, Refused.ROLLING),
        ({"measured": (Window.YEAR,)}, View.MONTH, Refused.NOT_MONTHLY),
        ({"measured": (Window.YEAR,)}, View.YTD, Refused.NOT_MONTHLY),
        ({"aggregation": Aggregation.LATEST_AMOUNT}, View.MONTH, Refused.FORECAST),
        ({"aggregation": Aggregation.LATEST_AMOUNT}, View.R12, Refused.FORECAST),
    ],
)
def test_views_and_measures_without_limits(
    fields: dict[str, object], view: View, why: Refused | None
) -> None:
    found = refused_view(a_measure(**fields), view)  # type: ignore[arg-type]
    assert (found.why if found else None) is why
    if found:
        assert found.words.startswith("Styrgränser räknas ")
    if view is View.YTD and why is Refused.ACCUMULATED:
        assert found
        assert found.words == "Styrgränser räknas inte på ackumulerade värden. Välj vyn Månad."


def test_a_measure_that_never_gets_limits_is_refused_whatever_its_values() -> None:
    values: list[Value] = [0, 2, 1] * 9
    assert refused(values, measured=(Window.YEAR,)).why is Refused.NOT_MONTHLY
    forecast = {"unit": UnitOfMeasure.MNKR, "aggregation": Aggregation.LATEST_AMOUNT}
    assert refused(values, **forecast).why is Refused.FORECAST
