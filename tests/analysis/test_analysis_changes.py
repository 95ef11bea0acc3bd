"""The largest changes: which, in what order, and in which words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.changes import largest_changes, usual_change
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import Direction, UnitOfMeasure
from hsf_kpi.model.period import Month, Period, Window
from tests.analysis.builders import (
    FIVE_PERCENT,
    MASKED,
    OCTOBER,
    ONE_POINT,
    a_cell,
    a_measure,
    a_series,
    around,
    ytd,
)

U = UnitOfMeasure


def moved(now: Any, then: Any, unit: U = U.PERCENT, **fields: Any) -> Assessment:
    measure = a_measure(unit, **fields)
    series = ytd(now, then)
    return assess(measure, series, **around(measure, series))


def history(step: int, years: int = 4) -> MeasureSeries:
    """Each month `step` above the same month a year before."""
    cells = {
        (Window.YTD, (first := Month.of(2019, 1) + n).iso): a_cell(50 + step * (first.year - 2019))
        for n in range(12 * years)
    }
    return a_series(cells)


def test_order_by_the_tolerance_or_a_share_of_last_year() -> None:
    share = moved("72", "70", key="share", tolerance=ONE_POINT)  # 2 tolerances
    index = moved("63", "70", U.INDEX, key="index", tolerance=FIVE_PERCENT)  # 2.0 tolerances, later in order
    amount = moved("-100", "-80", U.MNKR, key="amount")  # 5 times 5 % of 80
    found = largest_changes([share, index, amount])
    assert [c.assessment.measure.key for c in found] == ["amount", "share", "index"]
    assert [c.score for c in found] == [5, 2, 2]
    assert len(largest_changes([share, index, amount], 1)) == 1


def test_usual_movement_counts_when_there_is_enough_history() -> None:
    restless = moved("80", "70", key="restless", tolerance=ONE_POINT)
    calm = moved("73", "70", key="calm", tolerance=ONE_POINT)
    by_tolerance = largest_changes([restless, calm])
    assert [c.assessment.measure.key for c in by_tolerance] == ["restless", "calm"]
    series = {"restless": history(20), "calm": history(1)}
    by_history = largest_changes([restless, calm], series=series)
    assert [(c.assessment.measure.key, c.score) for c in by_history] == [
        ("calm", 3),
        ("restless", Fraction(1, 2)),
    ]


def test_the_usual_change_is_a_median_of_twelve_complete_pairs() -> None:
    before = Period(OCTOBER, Window.YTD)
    measure = a_measure()
    assert usual_change(measure, history(3), before) == 3
    assert usual_change(measure, history(3, years=1), before) is None
    assert usual_change(measure, history(3, years=2), before) == 3
    assert usual_change(measure, a_series({}), before) is None
    almost = history(3, years=2)
    almost.cells[Window.YTD][Month.of(2020, 5)] = MASKED  # type: ignore[index]
    assert usual_change(measure, almost, before) is None
    assert usual_change(measure, history(3, years=2), Period(Month.of(2020, 12), Window.YTD)) is None


def test_a_history_that_never_moved_says_nothing_of_what_is_usual() -> None:
    change = moved("72", "70", tolerance=ONE_POINT)
    assert largest_changes([change], series={"matt": history(0)})[0].score == 2


def test_what_can_not_be_compared_takes_no_part() -> None:
    partly = a_cell("90", reported=1, expected=2)
    assert (
        largest_changes(
            [
                moved(None, "70"),
                moved("70", None),
                moved(MASKED, "70"),
                moved("70", MASKED),
                moved(partly, "70", aggregation=Aggregation.AMOUNT),
                moved("70", "70"),
                moved("7", "0"),
            ]
        )
        == ()
    )
    assert largest_changes([moved("7", "0", tolerance=ONE_POINT)])[0].score == 7


@pytest.mark.parametrize(
    ("unit", "direction", "now", "then", "headline", "detail", "better"),
    [
        (
            U.PERCENT,
            Direction.DOWN,
            "6.9",
            "7.4",
            "Mått: lägre än jan–okt 2022",
            "6,9 % jan–okt 2023 mot 7,4 % jan–okt 2022, 0,5 procentenheter lägre, vilket är bättre",
            True,
        ),
        (
            U.FTE,
            Direction.DOWN,
            "4999",
            "4953",
            "Mått: fler än jan–okt 2022",
            "4 999 jan–okt 2023 mot 4 953 jan–okt 2022, 46 fler, vilket är sämre",
            False,
        ),
        (
            U.MNKR,
            Direction.UP,
            "-861",
            "-433",
            "Mått: lägre än jan–okt 2022",
            "−861,0 mnkr jan–okt 2023 mot −433,0 mnkr jan–okt 2022, 428,0 mnkr lägre, vilket är sämre",
            False,
        ),
        (
            U.MINUTES,
            Direction.NONE,
            "8.5",
            "7.5",
            "Mått: längre än jan–okt 2022",
            "8:30 min jan–okt 2023 mot 7:30 min jan–okt 2022, 1:00 min längre",
            None,
        ),
        (
            U.PERCENT,
            Direction.BAND,
            "90.02",
            "90",
            "Mått: högre än jan–okt 2022",
            "90,02 % jan–okt 2023 mot 90,00 % jan–okt 2022, 0,02 procentenheter högre",
            None,
        ),
    ],
)
def test_words(
    unit: U, direction: Direction, now: str, then: str, headline: str, detail: str, better: bool | None
) -> None:
    (change,) = largest_changes([moved(now, then, unit, direction=direction)])
    assert change.headline == headline
    assert change.detail.replace("\N{NO-BREAK SPACE}", " ") == detail
    assert change.better is better
    assert "verklig" not in change.headline + change.detail
