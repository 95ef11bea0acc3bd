"""The figure of the road: titles that are true, rows that hold what is booked, words that say what is missing."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.types import NoForecast, Phasing, Trajectory, Yardstick
from hsf_kpi.figures.economy.trajectory import Undated, trajectory_figure
from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.ledger import MNKR
from tests.figures.figure_samples import CONTEXT
from tests.render.economy_samples import (
    CLINIC,
    DEMO,
    HSF,
    KIR,
    MONTHLY,
    SOURCE,
    UNDATED,
    path,
    submitted,
    trajectory,
)

NONE = NoForecast("Det behövs minst tre hela år.")


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def figure(
    found: Trajectory | None = None,
    yardstick: Yardstick = Yardstick.PROVISION,
    *,
    undated: Undated | None = UNDATED,
) -> Figure:
    found = found or trajectory()
    own = found.unit != "hsf"
    return trajectory_figure(
        found,
        yardstick,
        context=KIR if own else HSF,
        own_budget=own,
        origins=DEMO,
        source=SOURCE,
        undated=undated,
    )


def test_the_title_is_where_the_year_lands_and_adds_up() -> None:
    found = figure()
    assert found.kind is FigureKind.TRAJECTORY
    assert plain(found.title) == "Prognosen landar 178 mnkr under underskottsposten −800"
    labels = {mark.role: plain(mark.label) for mark in found.marks if mark.role is not Role.FORECAST}
    assert labels == {
        Role.BUDGET: "0 formell budget",
        Role.TARGET_LOW: "−800 underskottspost",
        Role.CHANGE: "178 mnkr under",
        Role.OUTCOME: "−978 lämnad prognos",
        Role.NOTE: "−1 035 prognos enligt intranätet, år ej angivet",
    }
    assert sum(mark.role is Role.FORECAST for mark in found.marks) == 10


@pytest.mark.parametrize(
    ("found", "yardstick", "title"),
    [
        (trajectory(), Yardstick.BUDGET, "Prognosen landar 978 mnkr under budgeten"),
        (trajectory(), Yardstick.LAST_YEAR, "Resultatet är 428,0 mnkr sämre än samma period 2022"),
        (CLINIC, Yardstick.PROVISION, "Prognosen landar 73 mnkr under den egna budgeten"),
        (
            trajectory(forecasts=submitted((-788,))),
            Yardstick.PROVISION,
            "Prognosen landar 12 mnkr över underskottsposten −800",
        ),
        (
            trajectory(forecasts=submitted((-800.4,))),
            Yardstick.PROVISION,
            "Prognosen landar på underskottsposten −800",
        ),
        (
            trajectory(forecasts=()),
            Yardstick.PROVISION,
            "Den statistiska prognosen landar 181 mnkr under underskottsposten −800",
        ),
        (
            trajectory(forecasts=submitted(units=9)),
            Yardstick.PROVISION,
            "Den statistiska prognosen landar 181 mnkr under underskottsposten −800",
        ),
        (
            trajectory(forecasts=(), statistical=NONE),
            Yardstick.PROVISION,
            "Resultatet är 194,3 mnkr sämre än vägen till −800",
        ),
        (trajectory(targets=()), Yardstick.PROVISION, "Prognosen landar på −978 mnkr; budget saknas"),
        (
            trajectory(targets=(), forecasts=(), statistical=NONE),
            Yardstick.PROVISION,
            "Resultatet är −861,0 mnkr januari–oktober; budget saknas",
        ),
        (
            trajectory((), month=3, forecasts=(), statistical=NONE),
            Yardstick.PROVISION,
            "Inget utfall är bokfört för 2023 till och med mars",
        ),
        (
            trajectory((*MONTHLY[:4], None, *MONTHLY[5:]), forecasts=(), statistical=NONE),
            Yardstick.PROVISION,
            "Resultatet januari–oktober är ofullständigt och bedöms inte",
        ),
        (
            trajectory((*MONTHLY, -60_000_000, -57_000_000), statistical=NONE),
            Yardstick.PROVISION,
            "Årets resultat blev 178,0 mnkr under underskottsposten −800",
        ),
        (
            trajectory(MONTHLY[:1], forecasts=(), statistical=NONE),
            Yardstick.PROVISION,
            "Resultatet är 7,8 mnkr sämre än vägen till −800",
        ),
        (
            trajectory(forecasts=(), statistical=NONE, last_year=None),
            Yardstick.LAST_YEAR,
            "Resultatet är −861,0 mnkr januari–oktober; förra årets utfall saknas",
        ),
        (
            trajectory((-33_849_000,), forecasts=(), statistical=NONE, last_year=-20_151_000),
            Yardstick.LAST_YEAR,
            "Resultatet är 13,7 mnkr sämre än samma period 2022",
        ),
    ],
)
def test_titles(found: Trajectory, yardstick: Yardstick, title: str) -> None:
    said = figure(found, yardstick).title
    assert plain(said) == title
    assert len(said) <= LONGEST


def test_a_row_for_each_month_with_what_is_known_then() -> None:
    rows = list(records(figure()))
    assert [row["date"] for row in rows] == [dt.date(2023, n, 1) for n in range(1, 13)]
    october = {key: plain(value) for key, value in rows[9].items() if key.endswith("_text")}
    assert october == {
        "month_text": "−107,5",
        "outcome_text": "−861,0",
        "target_text": "−666,7",
        "budget_text": "0,0",
        "deviation_text": "−194,3",
        "submitted_text": "−978",
        "statistical_text": "",
    }
    assert plain(rows[11]["statistical_text"]) == "−981 (−1 031 till −932)"
    assert rows[11]["outcome"] is None
    assert rows[9]["outcome"] == pytest.approx(-861.0)


def test_the_submitted_forecasts_have_as_many_decimals_under_each_other() -> None:
    found = figure(trajectory(forecasts=submitted((-78.5, -92.2, -103.4, -134.3))))
    texts = [str(row["submitted_text"]) for row in records(found) if row["submitted_text"]]
    assert texts == ["−78,5", "−92,2", "−103,4", "−134,3"]
    told = [mark.label for mark in found.marks if mark.role is Role.FORECAST]
    assert [words.rpartition(": ")[2].split("\N{NO-BREAK SPACE}")[0] for words in told] == texts


def test_after_a_gap_the_sum_is_starred_and_held_against_nothing() -> None:
    rows = list(records(figure(trajectory((*MONTHLY[:4], None, *MONTHLY[5:])))))
    assert (rows[4]["outcome"], rows[4]["note"]) == (None, "utfall inte rapporterat")
    assert str(rows[9]["outcome_text"]).endswith("*")
    assert rows[9]["deviation"] is None
    assert rows[3]["deviation"] is not None
    found = figure(trajectory(partial=(10,)))
    assert "* Någon verksamhet saknas i oktober" in found.help
    assert list(records(found))[9]["deviation"] is None


def test_the_help_tells_how_it_is_made_and_what_it_cannot_know() -> None:
    found = figure()
    text = plain(found.help)
    for words in (
        "Romb: lämnad prognos", "senast 2023-10-20 av hälso- och sjukvårdsdirektören", "80 %: −1 031 till −932",
        "säsongsmönster", "Prognosfel tidigare år (2021–2022): i snitt 62 mnkr; 19 av 22", "semesterlöneskuld",
        "retroaktiv lön", "statsbidrag", "bokslutsposter", "pandemin", "år ej angivet",
    ):  # fmt: skip
        assert words in text
    assert "linjärt (1/12 per månad)" in found.caption
    uneven = trajectory(targets=(path(Yardstick.BUDGET, -MNKR, Phasing.EVEN, "tidigare år saknas"),))
    assert "Tidigare år saknas." in figure(uneven).help
    assert "Ingen statistisk prognos: det behövs minst tre hela år." in figure(CLINIC).help
    assert "9 av 11 verksamheter" in figure(trajectory(forecasts=submitted(units=9))).help


def test_the_undated_forecast_is_in_no_title_column_or_computation() -> None:
    with_, without = figure(), figure(undated=None)
    assert with_.rows == without.rows
    assert with_.title == without.title
    assert plain(with_.source).endswith("−1 035 ur intranätet, år ej angivet.")
    assert "intranätet" not in without.source + without.help


def test_the_unit_with_the_provision_has_two_budgets() -> None:
    found = dataclasses.replace(
        trajectory(targets=(path(Yardstick.BUDGET, 803 * MNKR), path(Yardstick.PROVISION, 3 * MNKR))),
        unit="fl",
    )
    shown = figure(found, undated=None)
    assert [plain(m.label) for m in shown.marks if m.role in (Role.BUDGET, Role.TARGET_LOW)] == [
        "+803 budget",
        "+3 utan underskottspost",
    ]


def test_the_columns_named_for_tables_and_files_exist() -> None:
    for found in (figure(), figure(CLINIC), figure(trajectory(targets=(), forecasts=(), statistical=NONE))):
        names = {column.key for column in found.columns}
        assert set(keys(found, "shown")) <= names
        assert set(keys(found, "file")) <= names
    assert "budget_text" not in keys(figure(CLINIC), "shown")
    assert figure(
        dataclasses.replace(trajectory((), targets=(), forecasts=()), month=trajectory().month)
    ).empty


def test_context_says_the_year_so_far_whatever_the_page_shows() -> None:
    page = dataclasses.replace(CONTEXT, period="oktober 2023", view="månad", sex="kvinnor")
    found = trajectory_figure(
        trajectory(),
        Yardstick.PROVISION,
        context=page,
        own_budget=False,
        origins=DEMO,
        source=SOURCE,
        undated=None,
    )
    assert (found.context.period, found.context.view, found.context.sex) == (
        "jan–okt 2023",
        "ackumulerat",
        "alla",
    )


amounts = st.one_of(st.none(), st.integers(-200 * MNKR, 200 * MNKR))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(amounts, max_size=12).map(tuple),
    st.lists(st.floats(-2000, 2000).map(lambda x: round(x, 1)), max_size=10).map(tuple),
    st.sampled_from(Yardstick),
    st.integers(-900, 900),
)
def test_any_year_has_a_short_title_and_a_gap_that_adds_up(
    monthly: tuple[int | None, ...], forecasts: tuple[float, ...], yardstick: Yardstick, goal: int
) -> None:
    made = trajectory(
        monthly, forecasts=submitted(forecasts), targets=(path(Yardstick.BUDGET, goal * MNKR + 40_000),)
    )
    found = figure(dataclasses.replace(made, unit="kir"), yardstick)
    assert 0 < len(found.title) <= LONGEST
    assert len(found.rows) == 12
    for mark in found.marks:
        if mark.role is Role.CHANGE:
            assert mark.low is not None
            assert mark.high is not None
            told = float(plain(mark.label).partition(" mnkr")[0].replace(" ", "").replace(",", "."))
            assert told == pytest.approx(abs(mark.high - mark.low), abs=1e-6)
            assert mark.label.endswith("under" if mark.high < mark.low else "över")
