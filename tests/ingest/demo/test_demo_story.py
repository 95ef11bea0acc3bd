"""What the demo tells: July, holes, a late reporter, small units, the reorganisation, the economy."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from hsf_kpi.ingest.demo import DemoSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.period import Month, Period, Window
from tests.ingest.demo.derivation import Books
from tests.ingest.demo.sums import rows_of, value_of

OCTOBER = Month.of(2023, 10)
PREDECESSORS = {
    "narsjukvard-ost": ("medicinkliniken-sala", "palliativa-avdelningen", "ah-teamet"),
    "paramedicinsk-primarvard": ("halsocenter",),
}


def month_value(frame: pd.DataFrame, catalogue: Catalogue, key: str, month: Month) -> Fraction:
    value = value_of(frame, catalogue.measure(key), Sex.ALL, Period(month, Window.MONTH))
    assert value is not None
    return value


def ytd(
    frame: pd.DataFrame, catalogue: Catalogue, key: str, year: int, last: int = 10, unit: str | None = None
) -> Fraction:
    period = Period(Month.of(year, last), Window.YTD)
    value = value_of(frame, catalogue.measure(key), Sex.ALL, period, unit)
    assert value is not None
    return value


def test_months_run_from_january_2019_to_october_2023(frame: pd.DataFrame) -> None:
    months = frame[frame["window"] == "month"]["end"]
    assert Month(int(months.min())) == Month.of(2019, 1)
    assert Month(int(months.max())) == OCTOBER
    assert int(frame["end"].max()) == OCTOBER.index


@pytest.mark.parametrize("key", ["arsarbetare", "remissflode", "vardproduktion"])
@pytest.mark.parametrize("year", range(2019, 2024))
def test_july_is_lowest(key: str, year: int, frame: pd.DataFrame, catalogue: Catalogue) -> None:
    months = [month_value(frame, catalogue, key, Month.of(year, n)) for n in range(1, 11)]
    assert min(months) == months[6]
    assert months[6] < sum(months) / 10 * Fraction(8, 10)


@pytest.mark.parametrize("key", ["vardgaranti.besok", "digitala-besok", "vardgaranti.atgard"])
def test_july_has_fewer_visits_and_operations(key: str, frame: pd.DataFrame, catalogue: Catalogue) -> None:
    volume = [
        rows_of(frame, catalogue.measure(key), Sex.ALL, Period(Month.of(2022, n), Window.MONTH))[
            "denominator"
        ].sum()
        for n in range(1, 13)
    ]
    assert min(volume) == volume[6]


def reported(frame: pd.DataFrame, key: str, unit: str) -> set[int]:
    rows = frame[(frame["measure"] == key) & (frame["unit"] == unit) & (frame["sex"] == "all")]
    return set(rows["end"])


def test_holes_and_the_late_reporter_are_missing_and_nothing_else_is(
    frame: pd.DataFrame, catalogue: Catalogue, settings: DemoSettings
) -> None:
    assert any(hole.late and hole.last == OCTOBER for hole in settings.events.hole)
    assert any(not hole.late for hole in settings.events.hole)
    away = {
        (key, hole.unit, index)
        for hole in settings.events.hole
        for key in hole.measures
        for index in range(hole.first.index, hole.last.index + 1)
    }
    monthly = frame[(frame["window"] == "month") & (frame["sex"] == "all")]
    for (key, unit), rows in monthly.groupby(["measure", "unit"], observed=True):
        there = catalogue.organisation.units[str(unit)]
        first, last = (Month(int(f(monthly.loc[monthly["measure"] == key, "end"]))) for f in (min, max))
        expected = {i for i in range(first.index, last.index + 1) if there.exists_at(Month(i))}
        missing = {(k, u, i) for k, u, i in away if k == key and u == unit}
        assert set(rows["end"]) == expected - {i for _, _, i in missing}
        assert {i for _, _, i in missing} <= expected


def test_the_reorganisation_moves_the_figures_and_keeps_the_whole(
    frame: pd.DataFrame, catalogue: Catalogue
) -> None:
    for successor, predecessors in PREDECESSORS.items():
        for unit in predecessors:
            assert max(reported(frame, "arsarbetare", unit)) == Month.of(2022, 12).index
        before = sum(ytd(frame, catalogue, "arsarbetare", 2022, 10, unit) for unit in predecessors)
        if min(reported(frame, "arsarbetare", successor)) < Month.of(2023, 1).index:
            before += ytd(frame, catalogue, "arsarbetare", 2022, 10, successor)
        after = ytd(frame, catalogue, "arsarbetare", 2023, 10, successor)
        assert abs(after / before - 1) < Fraction(8, 100)
    assert min(reported(frame, "arsarbetare", "narsjukvard-ost")) == Month.of(2023, 1).index


@pytest.mark.parametrize("unit", ["narsjukvard-ost", "paramedicinsk-primarvard"])
def test_a_move_is_never_growth_or_saving(
    unit: str, frame: pd.DataFrame, books: Books, catalogue: Catalogue
) -> None:
    """The successor's «last year» is its predecessors' too."""
    growth = ytd(frame, catalogue, "bruttokostnadsutveckling", 2023, 10, unit)
    assert 0 < growth < 20
    change = ytd(frame, catalogue, "resultat-mot-foregaende-ar", 2023, 10, unit)
    then = {*PREDECESSORS[unit], *({unit} if unit == "paramedicinsk-primarvard" else ())}
    now = sum(books.actual[unit, 2023 * 12 + n] for n in range(10))
    before = sum(books.actual[u, 2022 * 12 + n] for u in then for n in range(10))
    assert change == Fraction(now - before, 1_000_000)


def test_what_was_now_is_then_a_year_later(frame: pd.DataFrame) -> None:
    rows = (
        frame[frame["measure"] == "bruttokostnadsutveckling"]
        .groupby("end")[["numerator", "denominator"]]
        .sum()
    )
    for index in rows.index:
        if index - 12 in rows.index:
            assert rows.loc[index, "denominator"] == rows.loc[index - 12, "numerator"]


def test_small_units_exist_so_that_cells_are_masked(frame: pd.DataFrame) -> None:
    research = frame[(frame["measure"] == "aktiv-forskning") & (frame["end"] == Month.of(2022, 12).index)]
    persons = research[research["sex"] == "women"]["numerator"] // 10_000
    assert ((persons >= 1) & (persons <= 4)).sum() >= 5
    men = frame[(frame["measure"] == "antal-medarbetare") & (frame["sex"] == "men")]
    assert (men[men["end"] == OCTOBER.index]["numerator"] // 10_000).between(1, 4).any()


def test_the_economy_lands_where_the_story_says(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    result = "periodresultat"
    assert ytd(frame, catalogue, result, 2020, 12) == Fraction(-1175, 10)
    assert ytd(frame, catalogue, result, 2021, 12) == -364
    assert abs(ytd(frame, catalogue, result, 2022, 12) - -510) <= 10
    assert ytd(frame, catalogue, result, 2022) == -433
    assert ytd(frame, catalogue, result, 2023) == -861
    assert ytd(frame, catalogue, result, 2023, unit="kirurgkliniken") == Fraction(-614, 10)
    assert ytd(frame, catalogue, "resultat-mot-foregaende-ar", 2021, 12) == Fraction(-2465, 10)
    assert ytd(frame, catalogue, "resultat-mot-foregaende-ar", 2023) == -861 - -433


def test_no_result_before_2020_and_no_change_before_2021(frame: pd.DataFrame) -> None:
    first = frame.groupby("measure", observed=True)["end"].min()
    assert first["periodresultat"] == Month.of(2020, 1).index
    assert first["resultat-mot-foregaende-ar"] == Month.of(2021, 1).index
    assert first["bruttokostnadsutveckling"] == Month.of(2021, 1).index
    assert first["helarsprognos"] == Month.of(2021, 1).index


def test_the_deficit_provision_lies_at_forvaltningsledning(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    lead = ytd(frame, catalogue, "periodresultat", 2023, unit="forvaltningsledning")
    assert abs(lead - Fraction(-8000, 12)) < 1
    assert abs(ytd(frame, catalogue, "periodresultat", 2023) - lead - Fraction(-1943, 10)) < 1
    assert abs(ytd(frame, catalogue, "periodresultat", 2022, 12, unit="forvaltningsledning") - -600) < 3


def test_the_forecasts_drift_from_800_to_978(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    landing = [month_value(frame, catalogue, "helarsprognos", Month.of(2023, n)) for n in range(1, 11)]
    assert landing[0] == -800
    assert landing[3] == -880
    assert landing[7] == -940
    assert landing[9] == -978
    assert landing == sorted(landing, reverse=True)
    assert month_value(frame, catalogue, "helarsprognos", Month.of(2022, 12)) == -510


def test_the_forecast_without_a_year_is_nowhere(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    """−1 035 mnkr: in no month, no accumulated and no rolling value of HSF, and in no row."""
    for key in ("periodresultat", "helarsprognos", "resultat-mot-foregaende-ar"):
        measure = catalogue.measure(key)
        rows = frame[frame["measure"] == key]
        assert (rows["numerator"] != -1_035_000_000 * 10_000).all()
        for index in sorted(set(rows["end"])):
            for window in (Window.MONTH, Window.YTD, Window.R12):
                value = value_of(frame, measure, Sex.ALL, Period(Month(index), window))
                assert value is not None
                assert round(value) != -1035


def test_about_300_more_arsarbetare_than_2019(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    more = ytd(frame, catalogue, "arsarbetare", 2023) - ytd(frame, catalogue, "arsarbetare", 2019)
    assert 280 <= more <= 320


def test_1177_falls_below_eight_minutes_for_the_first_time_in_october(
    frame: pd.DataFrame, catalogue: Catalogue
) -> None:
    months = [
        month_value(frame, catalogue, "vantetid-1177", Month(i))
        for i in range(Month.of(2020, 1).index, OCTOBER.index + 1)
    ]
    assert months[-1] < 8
    assert min(months[:-1]) >= 8
    assert months[-7:] == sorted(months[-7:], reverse=True)


def test_hyrpersonal_falls_in_2023(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    january, october = (month_value(frame, catalogue, "hyrpersonal", Month.of(2023, n)) for n in (1, 10))
    assert october < january - 1
    assert ytd(frame, catalogue, "hyrpersonal", 2023) < ytd(frame, catalogue, "hyrpersonal", 2022)


def test_true_shifts_are_seen_in_their_units(
    frame: pd.DataFrame, catalogue: Catalogue, settings: DemoSettings
) -> None:
    """The year after stands to the year before as the factor says, against the whole's own course."""
    shift = next(s for s in settings.events.shift if s.measure == "sjukfranvaro" and s.factor < 1)
    measure = catalogue.measure(shift.measure)

    def year(end: Month, unit: str | None) -> Fraction:
        value = value_of(frame, measure, Sex.ALL, Period(end, Window.R12), unit)
        assert value is not None
        return value

    after, before = OCTOBER, shift.first - 1
    own = year(after, shift.unit) / year(before, shift.unit)
    whole = year(after, None) / year(before, None)
    assert abs(float(own / whole) - shift.factor) < 0.08
