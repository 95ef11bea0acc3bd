"""A small curve a unit, and the table of units and nyckeltal in order of one of them."""

from __future__ import annotations

import pytest

from hsf_kpi.analysis.types import Outcome
from hsf_kpi.figures.compare.multiples import MONTHS, MOST, OTHERS, curves_figure
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.codes import Direction, Missing, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.model.target import TargetKind
from tests.figures.compare_figure_samples import BAND, GOAL, HERE, NAMES, names_of
from tests.figures.figure_samples import assessment, measure, months, outcome, target, years
from tests.figures.words_rules import plain, right

M = measure(targets=(GOAL,), subject="Sjukfrånvaron")
RISING = [5 + i / 10 for i in range(30)]
FALLING = RISING[::-1]


def curves(own: str | None = "kir", m: Measure = M, **lines: list[float | None]) -> Figure:
    found = {unit: months(m, list(line)) for unit, line in lines.items()}
    return curves_figure(m, found, NAMES, own=own, context=HERE)


def test_the_own_unit_stands_first_and_the_others_by_name():
    figure = curves(vux=RISING, aht=RISING, kir=FALLING, ost=RISING)
    assert figure.kind is FigureKind.MULTIPLES
    assert [r["name"] for r in records(figure)] == [
        "Kirurgkliniken", "AH-teamet", "Närsjukvård Öst", "Vuxenpsykiatri",
    ]  # fmt: skip
    assert [r["finding"] for r in records(figure)] == ["ja", "", "", ""]
    assert [r["finding"] for r in records(curves(own=None, kir=RISING, aht=RISING))] == ["", ""]
    assert figure.title == "Sjukfrånvaron är högre än okt 2022 i tre av fyra verksamheter"
    assert plain(figure.caption) == "Sjukfrånvaro, procent. Kirurgkliniken, nov 2021–okt 2023, månad."
    right(figure.title, LONGEST)


def test_the_table_has_the_last_two_years_a_column_a_month():
    figure = curves(kir=[None, *RISING], aht=RISING[-3:])
    shown = keys(figure, "shown")
    assert len(shown) == 1 + MONTHS
    assert [c.title for c in figure.columns if c.key == shown[-1]] == ["okt 2023"]
    first = next(records(figure))
    assert plain(first[shown[-1]]) == "7,9 %"
    late = list(records(figure))[1]
    assert (late[shown[1]], late["month-2021-11_value"]) == ("", None)
    assert figure.options["month"] == "2023-10"


def test_titles_say_what_can_be_compared():
    assert curves(kir=RISING, aht=RISING).title == "Sjukfrånvaron är högre än okt 2022 i båda verksamheterna"
    three = curves(kir=RISING, aht=RISING, ost=RISING)
    assert three.title == "Sjukfrånvaron är högre än okt 2022 i alla tre verksamheter"
    assert curves(kir=FALLING).title == "Sjukfrånvaron är lägre än okt 2022 i den enda verksamheten"
    level = curves(kir=[5.0] * 30, aht=[6.0] * 30)
    assert level.title == "Sjukfrånvaron är som okt 2022 i båda verksamheterna"
    assert curves(kir=RISING[:5]).title == "Ingen jämförelse med förra året är möjlig"
    gone = curves(kir=[*RISING, None])
    assert gone.title == "Ingen jämförelse med förra året är möjlig"
    assert gone.empty == ""
    assert curves(kir=[None] * 30).empty == "Det finns inga värden att rita."
    nothing = curves_figure(M, {}, NAMES, own=None, context=HERE)
    assert nothing.empty
    assert nothing.options["month"] == ""
    fewer = measure("Antal medarbetare", unit=UnitOfMeasure.COUNT, decimals=0)
    assert curves(m=fewer, kir=FALLING).title.startswith("Antal medarbetare är lägre än")
    short = measure("Rimlig väntetid", subject="Andelen", short_name="Väntan", unit=UnitOfMeasure.PERCENT)
    assert curves(m=short, kir=RISING).title.startswith("Andelen är högre")


def test_a_short_name_is_no_subject_of_a_sentence():
    m = measure(
        subject="Andelen som anser att väntetiden till sjukhusvård är rimlig för dem",
        short_name="Rimlig väntetid",
    )
    title = curves(m=m, kir=RISING, aht=RISING).title
    assert title == "Rimlig väntetid: högre än okt 2022 i båda verksamheterna"


def test_yearly_values_are_their_last_years_and_no_curve():
    m = measure("HME-index", unit=UnitOfMeasure.INDEX, direction=Direction.UP, measured=(Window.YEAR,))
    found = {u: years(m, {2010 + i: 70 + i for i in range(13)}) for u in ("kir", "aht")}
    figure = curves_figure(m, found, NAMES, own="kir", context=HERE)
    assert figure.options["cadence"] == "periods"
    assert len(keys(figure, "shown")) == 1 + OTHERS
    assert figure.title == "HME-index är högre än 2021 i båda verksamheterna"
    assert next(records(figure))["year-2022-12_text"] == "82,0", "the caption says the unit"


def test_the_target_of_all_is_a_line():
    assert [mark.low for mark in curves(kir=RISING).marks] == [6.0]
    assert "Streckad linje: mål 6,0%." in curves(kir=RISING).help
    band = measure(targets=(BAND,))
    assert [mark.low for mark in curves(m=band, kir=RISING).marks] == [85.0, 90.0]
    for other in (
        measure(),
        measure(targets=(target(TargetKind.LESS_THAN_LAST_YEAR, "minska"),)),
        measure(targets=(GOAL,), unit=UnitOfMeasure.COUNT),
    ):
        assert curves(m=other, kir=RISING).marks == ()


def test_what_is_not_drawn_is_told():
    names = names_of(MOST + 3)
    found = {unit: months(M, RISING) for unit in names}
    figure = curves_figure(M, found, names, own=None, context=HERE)
    assert len(figure.rows) == MOST + 3
    assert f"{MOST} verksamheter är ritade; tre till finns i tabellen." in figure.help
    starred = months(M, RISING, notes={29: "10 av 11 verksamheter"})
    part = curves_figure(M, {"kir": starred}, NAMES, own="kir", context=HERE)
    assert plain(next(records(part))["month-2023-10_text"]) == "7,9 %*"
    assert "10 av 11 verksamheter" in part.help


# The matrix


def cells(m: Measure, **values: str | None) -> dict[str, object]:
    def one(unit: str, value: str | None) -> Outcome:
        return outcome(m, value, unit=unit, missing=None if value else Missing.MASKED)

    return {u: assessment(one(u, v), GOAL, Status.MISSED, bound="2") for u, v in values.items()}


UNITS = [
    ("ost", "Närsjukvård Öst"),
    ("kir", "Kirurgkliniken"),
    ("ane", "Äldrepsykiatri"),
    ("aht", "AH-teamet"),
]


def names_in(figure: Figure) -> list[object]:
    return [record["unit"] for record in records(figure)]


def test_the_matrix_stands_by_name_unless_asked_otherwise():
    m = measure("Hyrpersonal", key="hyr")
    found = [(m, cells(m, ost="5", kir="7", ane="6"))]
    by_name = ["AH-teamet", "Kirurgkliniken", "Närsjukvård Öst", "Äldrepsykiatri"]
    for order in ("", "något annat"):
        figure = matrix(UNITS, found, context=HERE, order=order)
        assert names_in(figure) == by_name
        assert "ordnade efter namn." in figure.caption


@pytest.mark.parametrize(
    ("direction", "expected", "words"),
    [
        (Direction.DOWN, ["Kirurgkliniken", "Närsjukvård Öst", "Äldrepsykiatri", "AH-teamet"], "sämst"),
        (Direction.UP, ["Närsjukvård Öst", "Kirurgkliniken", "Äldrepsykiatri", "AH-teamet"], "sämst"),
        (Direction.NONE, ["Kirurgkliniken", "Närsjukvård Öst", "Äldrepsykiatri", "AH-teamet"], "högst"),
    ],
)
def test_the_matrix_has_the_worst_first_and_what_is_missing_last(direction, expected, words):
    m = measure("Hyrpersonal", key="hyr", direction=direction)
    other = measure("Annat", key="ann")
    found = [(other, cells(other, kir="1", ost="9")), (m, cells(m, ost="5", kir="7", ane=None))]
    figure = matrix(UNITS, found, context=HERE, order="hyr")
    assert names_in(figure) == expected
    assert f"ordnade efter Hyrpersonal, {words} först." in figure.caption
    first = next(records(figure))
    assert plain(first["hyr_text"]).startswith("■"), "a row keeps its own cells"
