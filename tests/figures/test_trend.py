"""The trend figure: its rows, marks, lines of text and options, for curves and for dots."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.figures.figure import FigureKind, Role
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.spark import SPARK_PERIODS, spark
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Missing, Origin, Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import ExternalSeries, Tolerance
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, PLAN, assessment, measure, months, outcome, target, years

M = measure()
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_curve_has_a_row_a_month_with_gaps_and_stars_told():
    os = months(M, ["6.4", None, "6.2", "5.1"], notes={2: "10 av 11 verksamheter"}, missing=Missing.LATE)
    figure = trend(assessment(os[-1], GOAL, Status.MET, bound="6.0"), os, context=CONTEXT)
    rows = list(records(figure))
    assert [row["outcome"] for row in rows] == [6.4, None, 6.2, 5.1]
    assert [plain(str(row["outcome_text"])) for row in rows] == ["6,4 %", "försenat", "6,2 %*", "5,1 %"]
    assert [row["note"] for row in rows] == ["", "försenat", "10 av 11 verksamheter", ""]
    assert rows[0]["period"] == "juli 2023"
    assert rows[0]["date"] == dt.date(2023, 7, 1)
    assert all(row["target_high"] == 6.0 and row["target_low"] is None for row in rows)
    assert figure.options["cadence"] == "months"
    assert figure.options["month"] == "2023-10"
    assert figure.options["latest"] == "oktober"
    assert keys(figure, "shown") == ("period", "outcome_text", "note")
    assert keys(figure, "file") == ("period", "date", "outcome", "target_high", "note")
    assert "* 10 av 11 verksamheter (september 2023)." in figure.help
    assert "Värde saknas: aug 2023 (försenat)." in figure.help
    assert plain(figure.sentence) == (
        "Linjediagram. Sjukfrånvaro, procent, Hälso- och sjukvårdsförvaltningen."
        " Från 6,4 % juli 2023 till 5,1 % oktober 2023. Lägst 5,1 % (oktober 2023), högst 6,4 % (juli 2023)."
        " Mål: 6,0%, uppnått. Värde saknas: aug 2023 (försenat)."
    )
    assert plain(figure.caption) == (
        "Sjukfrånvaro, procent. Hälso- och sjukvårdsförvaltningen, jul 2023–okt 2023, månad."
    ).replace("jul ", "juli ")
    assert figure.source == f"Källa: Demodata. Mål och definition: {PLAN}."
    assert figure.origins == {Origin.DEMO}
    assert [(m.role, m.label, m.low, m.high) for m in figure.marks] == [
        (Role.TARGET_HIGH, "Mål 6,0%", 6.0, 6.0)
    ]
    assert not figure.empty


def test_the_latest_value_gets_the_decimals_that_tell_it_from_its_target():
    os = months(M, ["5.9", "6.004"])
    figure = trend(assessment(os[-1], GOAL, Status.MISSED, bound="6.0"), os, context=CONTEXT)
    assert [plain(str(row["outcome_text"])) for row in records(figure)] == ["5,9 %", "6,004 %"]


def test_last_year_is_matched_by_period_whatever_the_order():
    os = months(M, ["6.4", "6.2"])
    before = months(M, ["7.0", None], last=Month.of(2022, 10))
    goal = target(TargetKind.LESS_THAN_LAST_YEAR, "Lägre än fg år")
    figure = trend(assessment(os[-1], goal), os, last_year=before[::-1], context=CONTEXT)
    assert [row["last_year"] for row in records(figure)] == [7.0, None]
    assert [plain(str(row["last_year_text"])) for row in records(figure)] == ["7,0 %", "inte rapporterat"]
    assert "last_year" in keys(figure, "file")
    assert "last_year_text" in keys(figure, "shown")
    assert "Grå linje: samma period föregående år, som utfallet jämförs med." in figure.help
    assert figure.marks == ()


def test_a_yearly_measure_is_dots_with_national_values():
    m = measure(measured=(Window.YEAR,), external=(ExternalSeries("kolada", "U1", "outcome"),))
    os = years(m, {2020: "64", 2021: None, 2022: "63"})
    goal = target(TargetKind.BETTER_THAN_NATIONAL, "Bättre än riks snittet")
    national = {2020: Fraction(60), 2022: Fraction(66), 2023: Fraction(99)}
    figure = trend(
        assessment(os[-1], goal, Status.MISSED, bound="66"), os, national=national, context=CONTEXT
    )
    assert [row["national"] for row in records(figure)] == [60.0, None, 66.0]
    assert figure.options["cadence"] == "periods"
    assert figure.options["month"] == "2022-12"
    assert "99" not in str(figure.rows), "a later value never leaks in"
    assert "Ihåliga ringar: riket, som utfallet jämförs med." in figure.help
    assert figure.source == f"Källa: publicerat; riksvärden ur Kolada. Mål och definition: {PLAN}."
    assert figure.sentence.startswith("Punktdiagram.")
    assert figure.caption.endswith("2020–2022, år.")
    assert next(records(figure))["date"] == dt.date(2020, 1, 1)


def test_one_sex_is_not_drawn_beside_the_national_value_of_both():
    m = measure(unit=UnitOfMeasure.PERCENT, measured=(Window.YEAR,))
    both = years(m, {2022: 65})
    national = {2022: Fraction(66)}
    for sex, drawn in ((Sex.ALL, 66.0), (Sex.WOMEN, None), (Sex.MEN, None)):
        os = [replace(one, sex=sex) for one in both]
        figure = trend(assessment(os[-1]), os, national=national, context=CONTEXT)
        assert [row["national"] for row in records(figure)] == [drawn]
        assert ("riket" in figure.help) is (drawn is not None)


def test_delar_is_dots_with_their_cadences_named():
    m = measure(measured=(Window.TERTIAL_1, Window.TERTIAL_2))
    os = [
        outcome(m, "5", Period(Month.of(2022, 8), Window.TERTIAL_2)),
        outcome(m, "4", Period(Month.of(2023, 4), Window.TERTIAL_1)),
    ]
    figure = trend(assessment(os[-1]), os, context=CONTEXT)
    assert [row["period"] for row in records(figure)] == ["delår 2 2022", "delår 1 2023"]
    assert plain(figure.caption).endswith("delår 2 2022–delår 1 2023, delår 2, delår 1.")
    assert plain(figure.options["latest"]) == "delår 1 2023"


def test_reorganisations_inside_the_shown_months_are_marked_and_told():
    os = months(M, ["6"] * 12)
    moves = [
        Reorganisation(Month.of(2023, 1), "A blir B.", frozenset(), PLAN),
        Reorganisation(Month.of(2023, 1), "C blir D.", frozenset(), PLAN),
        Reorganisation(Month.of(2020, 1), "E blir F.", frozenset(), PLAN),
    ]
    figure = trend(assessment(os[-1]), os, reorganisations=moves, context=CONTEXT)
    assert [mark.at for mark in figure.marks] == [dt.date(2023, 1, 1)] * 2
    assert "Omorganisation jan 2023: A blir B. C blir D." in figure.help
    assert "E blir F" not in figure.help
    assert trend(assessment(os[-1]), [], reorganisations=moves, context=CONTEXT).marks == ()


def test_accumulated_amounts_start_again_in_january_and_hold_zero():
    m = measure("Periodresultat", unit=UnitOfMeasure.MNKR, aggregation=Aggregation.AMOUNT)
    os = months(m, ["-10", "-30"], window=Window.YTD)
    goal = target(TargetKind.ON_BUDGET, "Noll i förhållande till budget")
    figure = trend(assessment(os[-1], goal, Status.MISSED, bound="0"), os, context=CONTEXT)
    assert figure.options["resets"] == figure.options["zero"] == "yes"
    assert figure.options["latest"] == "jan–okt"
    assert figure.marks[0].low == figure.marks[0].high == 0
    forecast = measure("Prognos", unit=UnitOfMeasure.MNKR, aggregation=Aggregation.LATEST_AMOUNT)
    os = months(forecast, ["-10", "-30"], window=Window.YTD)
    assert "resets" not in trend(assessment(os[-1]), os, context=CONTEXT).options
    r12 = months(M, ["6"], window=Window.R12)
    options = trend(assessment(r12[-1]), r12, context=CONTEXT).options
    assert plain(options["latest"]) == "rullande 12"
    assert "zero" not in options


def test_a_band_and_a_fixed_year_have_their_marks():
    os = months(M, ["88"])
    band = target(TargetKind.BETWEEN, "85‐90%", "85", "90")
    figure = trend(assessment(os[-1], band, Status.MET, bound="90"), os, context=CONTEXT)
    assert (figure.marks[0].low, figure.marks[0].high) == (85.0, 90.0)
    fixed = target(TargetKind.LESS_THAN_FIXED_YEAR, "Lägre än 2022", fixed_year=2022)
    figure = trend(assessment(os[-1], fixed, Status.MET, bound="90"), os, context=CONTEXT)
    assert (figure.marks[0].label, figure.marks[0].low) == ("Mål: lägre än 2022", 90.0)
    assert trend(assessment(os[-1], fixed), os, context=CONTEXT).marks == ()


def test_near_tells_the_convention():
    os = months(M, ["6.2"])
    figure = trend(assessment(os[-1], GOAL, Status.NEAR, bound="6.0"), os, context=CONTEXT)
    assert "Nära: högst 1,0 procentenheter från målvärdet, vår konvention." in plain(figure.help)
    relative = measure(unit=UnitOfMeasure.INDEX, tolerance=Tolerance(Decimal("0.05"), relative=True))
    os = months(relative, ["78"])
    figure = trend(assessment(os[-1], GOAL, Status.NEAR, bound="79", inherited="hsf"), os, context=CONTEXT)
    assert "Nära: högst 5 % från målvärdet, vår konvention." in plain(figure.help)
    assert "Målet är ärvt" in figure.help


def test_nothing_to_show_is_said():
    os = months(M, [None] * 5, missing=Missing.NOT_MEASURED_HERE)
    figure = trend(assessment(os[-1], GOAL), os, context=CONTEXT)
    assert figure.empty == "Det finns inget utfall att visa: mäts inte på denna nivå."
    assert figure.empty in figure.sentence
    assert figure.source.startswith("Källa: inga utfall.")
    assert "5 perioder, senast okt 2023 (mäts inte på denna nivå)" in figure.help
    none = trend(assessment(outcome(M, "5")), [], context=CONTEXT)
    assert none.empty == "Det finns inget utfall att visa för den valda perioden."
    assert none.options["month"] == "2023-10"
    one = trend(assessment(outcome(M, "5")), months(M, ["5"]), context=CONTEXT)
    assert "Från" not in one.sentence
    assert "5,0 % oktober 2023." in plain(one.sentence)


def test_many_stars_are_counted():
    os = months(M, ["6"] * 6, notes=dict.fromkeys(range(6), "9 av 11 verksamheter"))
    figure = trend(assessment(os[-1]), os, context=CONTEXT)
    assert (
        "* Ofullständigt i 6 perioder, senast 9 av 11 verksamheter (oktober 2023); se tabellen."
        in figure.help
    )


def test_the_sex_is_in_the_caption_unless_it_is_all():
    os = months(M, ["6"])
    context = replace(CONTEXT, sex="kvinnor")
    assert trend(assessment(os[-1]), os, context=context).caption.endswith("månad, kvinnor.")


def test_a_spark_is_the_last_two_years_with_the_bound():
    os = months(M, ["6"] * 30)
    a = assessment(os[-1], target(TargetKind.LESS_THAN_LAST_YEAR, "Färre"), Status.MET, bound="7")
    figure = spark(a, os, context=CONTEXT)
    assert figure.kind is FigureKind.SPARK
    assert len(figure.rows) == SPARK_PERIODS
    assert figure.marks[0].low == figure.marks[0].high == 7
    assert spark(assessment(os[-1], GOAL, Status.MET, bound="6"), os, context=CONTEXT).marks[0].high == 6
    assert spark(assessment(os[-1]), os, context=CONTEXT).marks == ()
    assert spark(a, months(M, [None]), context=CONTEXT).empty


def test_the_unit_is_not_said_twice():
    def named(name: str, unit: UnitOfMeasure) -> str:
        os = months(measure(name, unit=unit), ["5"])
        return trend(assessment(os[-1]), os, context=CONTEXT).caption.partition(". ")[0]

    assert named("HME-index", UnitOfMeasure.INDEX) == "HME-index"
    assert named("Antal medarbetare", UnitOfMeasure.COUNT) == "Antal medarbetare"
    assert named("Årsarbetare", UnitOfMeasure.FTE) == "Årsarbetare"
    assert named("Sjukfrånvaro", UnitOfMeasure.PERCENT) == "Sjukfrånvaro, procent"


def test_a_stock_says_its_month_whatever_the_view_of_the_page():
    m = measure("Medarbetare", unit=UnitOfMeasure.COUNT, aggregation=Aggregation.STOCK)
    os = months(m, ["5", "6"], window=Window.YTD)
    page = replace(CONTEXT, period="jan–okt 2023", view="ackumulerat")
    context = trend(assessment(os[-1]), os, context=page).context
    assert (context.period, context.view, context.state) == ("oktober 2023", "", "preliminärt")
