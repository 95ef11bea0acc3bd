"""The figures that are tables, and måluppfyllelse: rows, order, counts and titles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.shape import keys, records, slug
from hsf_kpi.figures.tables import sexes_table, status_table, units_table
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Missing, Origin, Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import Tolerance
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import Baseline, TargetKind
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome, target

GOAL = target(TargetKind.AT_MOST, "2 %", high="2")


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def column(figure: Figure, key: str) -> list[str]:
    return [plain(record[key]) for record in records(figure)]


def judged(m, value, *, last=None, note="", missing=None, goal=GOAL):
    o = outcome(m, value, note=note, missing=missing)
    status = Status.NOT_ASSESSABLE if value is None else Status.MET if float(value) <= 2 else Status.MISSED
    return assessment(o, goal, status, bound=None if value is None else "2", last=last)


def units(m, **values):
    return [(name.lower(), name, judged(m, value)) for name, value in values.items()]


def test_units_are_sorted_worst_first_and_missing_last():
    m = measure("Hyrpersonal", direction=Direction.DOWN)
    rows = [
        ("a", "Ögonkliniken", judged(m, "1.1", last="1.5")),
        ("b", "Akuten", judged(m, None, missing=Missing.LATE)),
        ("c", "Kirurgen", judged(m, "5", note="3 av 4 verksamheter")),
        ("d", "Barnkliniken", judged(m, "5")),
        ("e", "AH-teamet", judged(m, None, missing=Missing.MASKED)),
    ]
    figure = units_table(m, rows, context=CONTEXT)
    assert column(figure, "name") == ["Barnkliniken", "Kirurgen", "Ögonkliniken", "AH-teamet", "Akuten"]
    assert column(figure, "outcome_text") == ["5,0 %", "5,0 %*", "1,1 %", "maskerat", "försenat"]
    assert column(figure, "note") == ["", "3 av 4 verksamheter", "", "maskerat", "försenat"]
    assert column(figure, "change_text") == ["", "", "0,4 procentenheter lägre", "", ""]
    assert column(figure, "status")[:3] == ["■ ej uppnått", "■ ej uppnått", "● uppnått"]
    assert [c.title for c in figure.columns if c.key == "change_text"] == ["Mot oktober 2022"]
    assert figure.title == "En av tre verksamheter når målet 2 %"
    assert figure.help == "Mål: 2 %."
    assert figure.slug == "sjukfranvaro-verksamheter"
    assert "3 av 5 har ett utfall; 1 av 3 bedömda når målet." in figure.sentence


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (Direction.UP, ["A", "B", "C"]),
        (Direction.DOWN, ["C", "B", "A"]),
        (Direction.NONE, ["C", "B", "A"]),
        (Direction.BAND, ["A", "B", "C"]),
    ],
)
def test_the_direction_decides_what_is_worst(direction, expected):
    m = measure(direction=direction)
    figure = units_table(m, units(m, B="3", A="1", C="9"), context=CONTEXT)
    assert column(figure, "name") == expected


def test_a_band_without_a_verdict_is_sorted_by_value():
    m = measure(direction=Direction.BAND)
    rows = [(n, n, assessment(outcome(m, v))) for n, v in (("A", "1"), ("B", "2"))]
    figure = units_table(m, rows, context=CONTEXT)
    assert column(figure, "name") == ["B", "A"]
    assert column(figure, "status") == ["", ""], "no target, no verdict"
    assert plain(figure.title) == "Sjukfrånvaro är högst i B: 2,0 %"


def test_unit_titles_for_every_case():
    m = measure("Hyrpersonal")
    only = "Den enda verksamhet som kan bedömas når"
    assert units_table(m, units(m, A="3"), context=CONTEXT).title == f"{only} inte målet 2 %"
    assert units_table(m, units(m, A="2"), context=CONTEXT).title == f"{only} målet 2 %"
    assert (
        units_table(m, units(m, A="3", B="4"), context=CONTEXT).title
        == "Ingen av två verksamheter når målet 2 %"
    )
    many = [(str(i), str(i), judged(m, "1")) for i in range(13)]
    assert units_table(m, many, context=CONTEXT).title == "Alla 13 verksamheter når målet 2 %"
    own = target(TargetKind.AT_MOST, "4 %", high="4")
    rows = [*units(m, A="1"), ("b", "B", judged(m, "3", goal=own))]
    mixed = units_table(m, rows, context=CONTEXT)
    assert mixed.title == "En av två verksamheter når målet"
    assert mixed.help == ""
    assert (
        units_table(m, units(m, A=None), context=CONTEXT).title
        == "Hyrpersonal har inget utfall för någon verksamhet"
    )
    none = units_table(m, [], context=CONTEXT)
    assert none.empty == "Det finns inga verksamheter under den valda."
    assert "month" not in none.options or none.options["month"] == ""
    long = measure("A" * 60)
    row = [("x", "B" * 60, assessment(outcome(long, "3")))]
    assert plain(units_table(long, row, context=CONTEXT).title) == "Utfallet är som högst 3,0 %"


def test_sexes():
    m = measure()
    women, men, total = judged(m, "5.6"), judged(m, "4.1"), judged(m, "5")
    figure = sexes_table({Sex.ALL: total, Sex.MEN: men, Sex.WOMEN: women}, context=CONTEXT)
    assert column(figure, "name") == ["Kvinnor", "Män", "Alla"]
    assert plain(figure.title) == "Sjukfrånvaro är 1,5 procentenheter högre för kvinnor än för män"
    assert figure.columns[0].title == "Kön"
    same = sexes_table({Sex.MEN: men, Sex.WOMEN: men}, context=CONTEXT)
    assert same.title == "Sjukfrånvaro är lika för kvinnor och män"
    hidden = {sex: judged(m, None, missing=Missing.NOT_BY_SEX) for sex in (Sex.WOMEN, Sex.MEN)}
    assert sexes_table(hidden, context=CONTEXT).title == "Sjukfrånvaro redovisas inte per kön"
    with pytest.raises(ValueError, match="no assessments"):
        sexes_table({}, context=CONTEXT)


def test_status_table_says_the_plans_words():
    plan = Baseline(
        "Nuvärde 2021", "6,6% delår 2, 2022", Sex.ALL, Decimal("6.6"), 1, None, "outcome", "planen"
    )
    woman = replace(plan, wording="K75%", sex=Sex.WOMEN)
    m = measure("Hyrpersonal", baselines=(woman, plan))
    only_sexes = measure("Förtroende", baselines=(woman, replace(woman, wording="M78%", sex=Sex.MEN)))
    rows = [judged(m, "5.1", last="6.7"), judged(only_sexes, "1"), judged(m, None)]
    figure = status_table("En stark ekonomi", rows, context=CONTEXT)
    assert column(figure, "baseline") == ["6,6% delår 2, 2022", "K75%, M78%", "6,6% delår 2, 2022"]
    assert column(figure, "target") == ["2 %"] * 3
    assert column(figure, "change_text")[0] == "1,6 procentenheter lägre än oktober 2022"
    assert [record["outcome"] for record in records(figure)] == [5.1, 1.0, None]
    assert [c.title for c in figure.columns if c.key in keys(figure, "shown")] == [
        "Nyckeltal", "Status", "Utfall", "Mål", "Nuvärde", "Period", "Förändring", "Varför", "Hör till målet",
    ]  # fmt: skip
    assert figure.title == "1 av 2 bedömda målvärden nås i En stark ekonomi"
    assert status_table("x" * 90, rows, context=CONTEXT).title == "1 av 2 bedömda målvärden nås"
    assert status_table("x", [], context=CONTEXT).empty


def test_goals_counts_and_sorts_by_status():
    m = measure()
    statuses = [Status.MISSED, Status.MET, Status.NOT_ASSESSABLE, Status.NEAR, Status.MET]
    area = [assessment(outcome(m, "5"), GOAL, s, bound="2") for s in statuses]
    figure = goals([("Första", area), ("Andra", area[:1]), ("Tom", [])], context=CONTEXT)
    assert figure.kind is FigureKind.GOALS
    assert column(figure, "status")[:5] == ["met", "met", "near", "missed", "not_assessable"]
    assert column(figure, "total") == ["2 av 4 bedömda"] * 5 + ["0 av 1 bedömda"]
    assert figure.title == "2 av 5 bedömda målvärden nås i Hälso- och sjukvårdsförvaltningen"
    assert plain(figure.options["totals"]) == "● 2 uppnått · ◆ 1 nära · ■ 2 ej uppnått · ○ 1 kan inte bedömas"
    assert (
        "Första: 2 av 4 bedömda uppnått; Andra: 0 av 1 bedömda uppnått; Tom: inga målvärden."
        in figure.sentence
    )
    assert goals([], context=CONTEXT).empty
    long = replace(CONTEXT, unit="Å" * 80)
    assert len(goals([("Första", area)], context=long).title) <= LONGEST


def test_near_of_several_tolerances_is_told_in_general():
    wide = measure(tolerance=Tolerance(Decimal("2.0"), relative=False))
    rows = [assessment(outcome(m, "5"), GOAL, Status.NEAR, bound="4") for m in (measure(), wide)]
    assert "Nära: inom nyckeltalets tolerans, vår konvention." in goals([("A", rows)], context=CONTEXT).help


def test_matrix_has_a_column_a_measure_and_empty_cells():
    one, two = measure("Hyrpersonal", key="a.b"), measure("Väntetid", key="c", unit=UnitOfMeasure.MINUTES)
    cells = {"x": judged(one, "5"), "y": judged(one, None, missing=Missing.MASKED)}
    free = {"x": assessment(outcome(two, "7.7"))}
    figure = matrix([("x", "X"), ("y", "Y"), ("z", "Z")], [(one, cells), (two, free)], context=CONTEXT)
    assert column(figure, "a.b_text") == ["■ 5,0 %", "maskerat", ""]
    assert column(figure, "c_text") == ["7:42 min", "", ""]
    assert [r["a.b_value"] for r in records(figure)] == [5.0, None, None]
    assert column(figure, "a.b_status") == ["ej uppnått", "kan inte bedömas", ""]
    assert keys(figure, "shown") == ("unit", "a.b_text", "c_text")
    assert keys(figure, "file") == ("unit", "a.b_value", "a.b_status", "c_value", "c_status")
    assert figure.title == "0 av 1 bedömningar når målet"
    assert (
        matrix([("x", "X")], [(two, free)], context=CONTEXT).title == "Inget utfall kan bedömas mot ett mål"
    )
    assert matrix([], [], context=CONTEXT).empty


def test_slug():
    assert slug("vardgaranti.besök – Östra (1)") == "vardgaranti-besok-ostra-1"


YEARLY = Period(Month.of(2022, 12), Window.YEAR)
PAGE = replace(CONTEXT, period="jan–okt 2023", view="ackumulerat")


def shown(figure: Figure) -> tuple[str, str, str]:
    return figure.context.period, figure.context.view, figure.context.state


def test_tables_say_their_own_period_view_and_state():
    m = measure(measured=(Window.YEAR,))
    published = assessment(outcome(m, "5", YEARLY, origin=Origin.PUBLISHED), GOAL, Status.MISSED, bound="2")
    assert shown(units_table(m, [("a", "A", published)], context=PAGE)) == ("2022", "år", "")
    assert shown(sexes_table({Sex.WOMEN: published}, context=PAGE)) == ("2022", "år", "")
    assert shown(status_table("Område", [published], context=PAGE)) == ("2022", "", "")
    assert shown(goals([("Område", [published])], context=PAGE)) == ("jan–okt 2023", "ackumulerat", "")
    assert shown(matrix([("a", "A")], [(m, {"a": published})], context=PAGE))[2] == ""
    stock = measure(aggregation=Aggregation.STOCK)
    people = assessment(outcome(stock, "5", Period(Month.of(2023, 10), Window.YTD)))
    table = units_table(stock, [("a", "A", people)], context=PAGE)
    assert shown(table) == ("oktober 2023", "", "preliminärt")
    own = judged(measure(), "1")
    assert shown(status_table("Område", [published, own], context=PAGE)) == PAGE_SHOWN
    closed = assessment(outcome(m, "5", YEARLY))
    assert shown(units_table(m, [("a", "A", closed)], context=PAGE))[2] == "", "not of the chosen month"


PAGE_SHOWN = ("jan–okt 2023", "ackumulerat", "preliminärt")


@pytest.mark.parametrize(
    ("direction", "title"),
    [
        (Direction.UP, "Sjukfrånvaro är lägst i B: 1,0 %"),
        (Direction.DOWN, "Sjukfrånvaro är högst i A: 3,0 %"),
        (Direction.NONE, "Sjukfrånvaro är högst i A: 3,0 %"),
    ],
)
def test_without_verdicts_the_worst_unit_is_named(direction, title):
    m = measure(direction=direction)
    rows = [(n, n, assessment(outcome(m, v))) for n, v in (("A", "3"), ("B", "1"), ("C", "2"))]
    assert plain(units_table(m, rows, context=CONTEXT).title) == title
