"""How forecasts moved: by the month of submission, against the budget of their year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsf_kpi.figures.economy.history import forecast_history
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.model.ledger import MNKR, Submitted
from tests.figures.test_economy_figures_trajectory import plain
from tests.render.economy_samples import DEMO, HSF, SOURCE, submitted

EARLIER = submitted((-600, -575, -480), 2022)


def figure(
    made: tuple[Submitted, ...] | None = None,
    outcomes: dict[int, int | None] | None = None,
    provisions: dict[int, int] | None = None,
) -> Figure:
    return forecast_history(
        (*EARLIER, *submitted()) if made is None else made,
        {2022: -433 * MNKR, 2023: None} if outcomes is None else outcomes,
        {2022: -600 * MNKR, 2023: -800 * MNKR} if provisions is None else provisions,
        context=HSF,
        origins=DEMO,
        source=SOURCE,
    )


@pytest.mark.parametrize(
    ("amounts", "title"),
    [
        ((-800, -978), "Prognosen har försämrats med 178 mnkr sedan januari"),
        ((-978, -800), "Prognosen har förbättrats med 178 mnkr sedan januari"),
        ((-800.2, -799.8), "Prognosen är lika stor som i januari"),
        ((-800, -800), "Prognosen är oförändrad sedan januari"),
        ((1.2,), "Den första prognosen för 2023 är +1,2 mnkr mot budget"),
        ((-1.26, -2.34), "Prognosen har försämrats med 1,0 mnkr sedan januari"),
        ((-800,), "Den första prognosen för 2023 är −800 mnkr mot budget"),
        ((), "Ingen prognos är lämnad"),
    ],
)
def test_titles(amounts: tuple[float, ...], title: str) -> None:
    found = figure(submitted(amounts), {}, {})
    assert plain(found.title) == title
    assert len(found.title) <= LONGEST
    assert bool(found.empty) == (not amounts)


def test_rows_year_by_year_with_changes_and_the_outcome_last() -> None:
    rows = [
        (r["year"], r["month"], plain(r["value_text"]), plain(r["change_text"])) for r in records(figure())
    ]
    assert rows[:5] == [
        ("2022", "januari 2022", "−600", ""),
        ("2022", "februari 2022", "−575", "+25"),
        ("2022", "mars 2022", "−480", "+95"),
        ("2022", "utfall", "−433", ""),
        ("2023", "januari 2023", "−800", ""),
    ]
    assert len(rows) == 14
    assert rows[-1] == ("2023", "oktober 2023", "−978", "−28")
    marks = figure().marks
    assert [plain(mark.label) for mark in marks] == ["0 budget", "−800 underskottspost 2023"]


def test_years_without_a_budget_are_left_out_and_told() -> None:
    old = submitted((-10,), 2019, budget=None)
    found = figure((*old, *submitted()))
    assert {r["year"] for r in records(found)} == {"2023"}
    assert "Utan budget, och därför inte med: 2019." in found.help


def test_without_a_budget_this_year_results_are_shown_alone() -> None:
    found = figure((*EARLIER, *submitted(budget=None)))
    assert "Prognos för årets resultat" in found.caption
    assert [mark.role for mark in found.marks] == [Role.BUDGET]
    assert "utfall" not in {r["month"] for r in records(found)}


def test_an_incomplete_forecast_is_starred_and_not_compared() -> None:
    whole = submitted()
    found = figure((*whole[:-1], replace(whole[-1], units=9)), {}, {})
    assert plain(found.title) == "Prognosen har försämrats med 150 mnkr sedan januari"
    assert str(list(records(found))[-1]["value_text"]).endswith("*")
    assert figure(submitted((-5,), units=3), {}, {}).title == "Prognosen för 2023 är ofullständig"
