"""Observations that cannot be loaded: all that is wrong, at once, with the first rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Origin, Persons, Sex
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.period import Window
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store
from hsf_kpi.store.batch import batch
from hsf_kpi.store.checks import external_problems, problems_of, where
from tests.store.builders import SMALL, catalogue, m, measure, obs

A = Aggregation
CAT = catalogue(
    SMALL,
    [
        measure("andel", A.RATIO, by_sex=True),
        measure("belopp", A.AMOUNT),
        measure("enkat", A.SURVEY, measured=(Window.YEAR,), persons=Persons.DENOMINATOR),
        measure("tid", A.FTE),
        measure("okning", A.GROWTH),
        measure("ars", A.COUNT, measured=(Window.TERTIAL_1, Window.TERTIAL_2, Window.YEAR, Window.TWO_YEARS)),
    ],
)
GOOD = obs("belopp", "kirurgi", "2022-01", 1)


def told(*observations: Observation, origin: Origin = Origin.DEMO) -> list[str]:
    return [str(problem) for problem in problems_of(batch(observations, origin), CAT, origin)]


def test_good_observations_have_no_problems() -> None:
    assert told() == []
    assert (
        told(
            GOOD,
            replace(GOOD, numerator=None, ready=3),
            obs("andel", "kirurgi", "2022-01", 1, 2, sex=Sex.MEN),
            obs("okning", "kirurgi", "2022-01", 1, -2),
            obs("tid", "kirurgi", "2022-01", 1, 160),
            obs("tid", "medicin", "2022-01", 9, 160),
            obs("tid", "medicin", "2022-02", 9, 152),
            obs("enkat", "halso", "2022-12", ready=5, window=Window.YEAR),
            obs("enkat", "primar", "2022-12", None, 12, ready=5, window=Window.YEAR),
            obs("ars", "halso", "2022-04", 5, window=Window.TERTIAL_1),
            obs("ars", "halso", "2022-08", 5, window=Window.TERTIAL_2),
        )
        == []
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(GOOD, measure="okänt"), "Nyckeltalet ”okänt” finns inte."),
        (replace(GOOD, unit="okänd"), "Verksamheten ”okänd” finns inte."),
        (replace(GOOD, window=Window.YTD), "Perioden är inte av ett slag som kan läsas in."),
        (
            replace(GOOD, window=Window.YEAR, end=m("2022-12")),
            "”Belopp”: mäts inte per år. Ange värden per månad.",
        ),
        (
            obs("ars", "kirurgi", "2022-11", 1, window=Window.YEAR),
            "perioden år slutar inte i den månaden. Ange månad 12",
        ),
        (
            obs("ars", "kirurgi", "2022-05", 1, window=Window.TERTIAL_1),
            "perioden delår 1 slutar inte i den månaden",
        ),
        (replace(GOOD, sex=Sex.WOMEN), "redovisas inte per kön"),
        (replace(GOOD, origin=Origin.PUBLISHED), "ursprung är ett annat än inläsningens"),
        (replace(GOOD, numerator=None), "täljaren saknas"),
        (replace(GOOD, ready=5), "ett färdigt värde har också en täljare"),
        (
            replace(GOOD, numerator=None, denominator=5, ready=5),
            "nyckeltalet räknar inga svarande i den",
        ),
        (
            obs("enkat", "kirurgi", "2022-12", None, 0, ready=5, window=Window.YEAR),
            "antalet svarande är inte större än noll",
        ),
        (
            obs("enkat", "kirurgi", "2022-12", None, -1, ready=5, window=Window.YEAR),
            "antalet svarande är inte större än noll",
        ),
        (replace(GOOD, denominator=5), "har ingen nämnare"),
        (obs("andel", "kirurgi", "2022-01", 1), "nämnaren saknas"),
        (obs("andel", "kirurgi", "2022-01", None, 1), "täljaren saknas"),
        (obs("andel", "kirurgi", "2022-01", 1, -1), "nämnaren är negativ"),
        (obs("enkat", "kirurgi", "2022-12", 1, 2, window=Window.YEAR), "räknas inte fram ur delar"),
        (obs("belopp", "halso", "2023-01", 1), "Verksamheten ”halso” fanns inte 2023-01"),
        (replace(GOOD, numerator=10**17), "Talet är för stort"),
        (replace(GOOD, numerator=-(10**40)), "Talet är för stort"),
    ],
)
def test_each_problem_is_told_alone_with_its_row(wrong: Observation, words: str) -> None:
    found = told(obs("belopp", "medicin", "2022-01", 1), wrong)
    assert len(found) == 1, found
    assert words in found[0]
    assert found[0].startswith("rad 2: ")


def test_all_problems_come_at_once() -> None:
    found = told(replace(GOOD, unit="x"), replace(GOOD, measure="y"), GOOD, replace(GOOD, sex=Sex.MEN), GOOD)
    assert len(found) == 4
    assert found[0].startswith("rad 2: Nyckeltalet ”y”")
    assert found[1].startswith("rad 1: Verksamheten ”x”")
    assert "rad 3, 5: Värdet för ”belopp”, ”kirurgi”, 2022-01 förekommer 2 gånger." in found[3]


def test_only_the_first_rows_are_named() -> None:
    assert where([2]) == "rad 3"
    assert where(range(5)) == "rad 1, 2, 3, 4, 5"
    assert where(range(12)) == "rad 1, 2, 3, 4, 5 och 7 till"


def test_months_outside_a_units_life_are_told_as_one_span() -> None:
    found = told(*(obs("belopp", "halso", m("2022-12") + i, 1) for i in range(4)))
    assert found[0].startswith("rad 2, 3, 4: Verksamheten ”halso” fanns inte 2023-01–2023-03.")


def test_many_duplicates_are_counted() -> None:
    days = [obs("belopp", "kirurgi", m("2022-01") + i, 1) for i in range(7)]
    found = told(*days, *days)
    assert len(found) == 6
    assert found[-1].startswith("rad 1, 2, 3, 4, 5 och 9 till: Sammanlagt 14 rader är dubbletter.")


def test_parts_and_a_finished_value_are_no_duplicates() -> None:
    assert told(GOOD, replace(GOOD, numerator=None, ready=5)) == []


def test_units_may_not_disagree_about_the_norm() -> None:
    rows = [obs("tid", "kirurgi", "2022-01", 1, 160), obs("tid", "medicin", "2022-01", 1, 152)]
    found = told(*rows, obs("tid", "medicin", "2022-02", 1, 152))
    assert len(found) == 1
    assert "rad 1, 2: ”Tid”: normtiden för 2022-01 är inte densamma" in found[0]


def test_external_values_come_once() -> None:
    value = ExternalValue("kolada", "U1", "0019", "Västmanland", 2021, 1)
    assert external_problems([value, replace(value, year=2022)]) == []
    assert "rad 2" in str(external_problems([value, value])[0])


def frame(**changes: list[object]) -> pd.DataFrame:
    plain: dict[str, list[object]] = {
        "measure": ["belopp"],
        "unit": ["kirurgi"],
        "window": ["month"],
        "month": [m("2022-01").index],
        "sex": ["all"],
        "numerator": [10000],
        "denominator": [None],
        "ready": [None],
    }
    return pd.DataFrame(plain | changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"window": ["vecka"]}, "Perioden är inte av ett slag"),
        ({"window": [None]}, "Perioden är inte av ett slag"),
        ({"sex": ["x"]}, "Könet är okänt"),
        ({"unit": [None]}, "finns inte"),
        ({"numerator": [10**17]}, "för stort"),
    ],
)
def test_frames_are_checked_alike(changes: dict[str, list[object]], words: str) -> None:
    problems = problems_of(batch(frame(**changes), Origin.DEMO), CAT, Origin.DEMO)
    assert words in str(problems[0])


def test_a_frame_of_another_shape() -> None:
    with pytest.raises(DataError, match="Kolumnen ”unit” saknas"):
        batch(frame().drop(columns="unit"), Origin.DEMO)
    for bad in (0.5, "tio", 10**30):
        with pytest.raises(DataError, match="numerator: Kolumnen innehåller annat än heltal"):
            batch(frame(numerator=[bad]), Origin.DEMO)


def test_the_store_tells_everything_and_keeps_nothing() -> None:
    store = Store.create("sqlite://", "demo", CAT, dt.date(2023, 11, 14))
    value = ExternalValue("kolada", "U1", "0019", "Västmanland", 2021, 1)
    with pytest.raises(DataError) as caught:
        store.load(
            CAT, "a", Origin.DEMO, [replace(GOOD, unit="x"), replace(GOOD, measure="y")], [value, value]
        )
    assert len(caught.value.problems) == 3
    assert store.state().data_version == 0
