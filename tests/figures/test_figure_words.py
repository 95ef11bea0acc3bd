"""What figures say of sources, years without targets, frames, budgets, stocks and people: sentences that must be true."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import finding
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.shape import records
from hsf_kpi.figures.tables import sexes_table, status_table, units_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Missing, Origin, Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import ExternalSeries
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, PLAN, assessment, measure, months, outcome, target, years

KOLADA = (ExternalSeries("kolada", "U70446", "outcome"),)
PEOPLE = measure(
    "Antal medarbetare",
    key="antal-medarbetare",
    unit=UnitOfMeasure.COUNT,
    aggregation=Aggregation.STOCK,
    direction=Direction.NONE,
    decimals=0,
    short_name="Medarbetare",
    subject="Medarbetarna",
)
FRAME = measure(
    "Investeringar", unit=UnitOfMeasure.MNKR, aggregation=Aggregation.AMOUNT, direction=Direction.NONE
)
INSIDE = target(TargetKind.AT_MOST, "160,8 mnkr", high="160.8")
BUDGET = target(TargetKind.ON_BUDGET, "Noll i förhållande till budget")
RESULT = measure(
    "Periodresultat och helårsprognos",
    unit=UnitOfMeasure.MNKR,
    aggregation=Aggregation.AMOUNT,
    short_name="Periodresultat",
    subject="Periodresultatet",
)
AIM = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def column(figure: Figure, key: str) -> list[str]:
    return [plain(record[key]) for record in records(figure)]


def test_a_public_value_is_told_by_its_own_source():
    m = measure(measured=(Window.YEAR,), external=KOLADA)
    os = [replace(o, cell=replace(o.cell, source="Kolada U70446")) for o in years(m, {2021: "5", 2022: "6"})]
    a = assessment(os[-1], AIM, Status.MET, bound="6")
    figure = trend(a, os, national={2022: Fraction(7)}, context=CONTEXT)
    assert figure.source == f"Källa: Kolada; riksvärden ur Kolada. Mål och definition: {PLAN}."
    other = outcome(m, "5", origin=Origin.PUBLISHED, source="Kolada U1")
    file = outcome(m, "5", origin=Origin.LOADED, source="hyr.csv")
    demo = outcome(m, "5", source="made up")
    many = [assessment(o) for o in (os[-1], other, file, demo)]
    assert status_table("A", many, context=CONTEXT).source == (
        f"Källa: inläst (hyr.csv); Kolada; Demodata. Definition: {PLAN}."
    )
    names = ("Kolada U2, Barometern", "Kolada U1, Barometern", "Kolada U3, Cancercentrum")
    surveys = [assessment(outcome(m, "5", origin=Origin.PUBLISHED, source=name)) for name in names]
    assert status_table("A", surveys, context=CONTEXT).source.startswith(
        "Källa: Kolada, Barometern; Kolada, Cancercentrum. "
    )
    assert goals([("A", [a])], context=CONTEXT).source == f"Källa: Kolada. Mål: {PLAN}."


def test_a_year_that_the_plan_has_no_targets_for_is_told():
    m = measure(targets=(AIM,))
    area = [assessment(outcome(m, "5")), assessment(outcome(m, "6"))]
    before = replace(CONTEXT, period="jan–dec 2022")
    for figure in (goals([("A", area)], context=before), status_table("A", area, context=before)):
        assert figure.title == "Planen har inga målvärden för 2022"
    assert status_table("A", area, context=CONTEXT).title == "Inget målvärde kan bedömas i A"
    nameless = replace(CONTEXT, period="")
    assert goals([("A", area)], context=nameless).title.startswith("Inget målvärde kan bedömas")
    assert column(goals([("A", area)], context=before), "total") == ["ingen bedömd"] * 2


def test_what_is_not_judged_is_no_miss():
    m = measure(targets=(AIM,))
    met = assessment(outcome(m, "5"), AIM, Status.MET, bound="6")
    missed = assessment(outcome(m, "7"), AIM, Status.MISSED, bound="6")
    unjudged = assessment(outcome(m, None), AIM)
    figure = goals([("A", [met, missed, unjudged, unjudged])], context=CONTEXT)
    assert figure.title.startswith("1 av 2 bedömda målvärden nås")
    assert set(column(figure, "total")) == {"1 av 2 bedömda"}
    whole = goals([("A", [met, missed])], context=CONTEXT)
    assert whole.title.startswith("1 av 2 målvärden nås")
    assert set(column(whole, "total")) == {"1 av 2"}


def test_national_values_stand_beside_outcomes_of_the_same_span_only():
    national = {2022: Fraction(5), 2023: Fraction(4)}
    monthly = months(measure(external=KOLADA), ["6"] * 12)
    figure = trend(assessment(monthly[-1]), monthly, national=national, context=CONTEXT)
    assert column(figure, "national") == ["None"] * 12
    assert "Riket" not in figure.source + figure.help
    spring = (replace(KOLADA[0], window=Window.TERTIAL_1),)
    for external, expected in ((KOLADA, ["None", "5.0", "None"]), (spring, ["None", "None", "4.0"])):
        m = measure(measured=(Window.TERTIAL_1, Window.YEAR), external=external)
        os = [
            outcome(m, "6", Period(Month.of(2022, 8), Window.TERTIAL_2)),
            outcome(m, "6", Period(Month.of(2022, 12), Window.YEAR)),
            outcome(m, "6", Period(Month.of(2023, 4), Window.TERTIAL_1)),
        ]
        assert (
            column(trend(assessment(os[-1]), os, national=national, context=CONTEXT), "national") == expected
        )
    two = measure(measured=(Window.TWO_YEARS,))
    os = [outcome(two, "6", Period(Month.of(2022, 12), Window.TWO_YEARS))]
    assert column(trend(assessment(os[-1]), os, national=national, context=CONTEXT), "national") == ["5.0"]


def test_the_budget_title_is_the_verdicts_own_number():
    month = outcome(RESULT, "12")
    whole = outcome(RESULT, "-861", Period(Month.of(2023, 10), Window.YTD))
    a = replace(assessment(month, BUDGET, Status.MISSED, bound="0"), gap=Fraction(-861), judged=whole)
    assert plain(finding(a)) == "Periodresultatet är 861,0 mnkr sämre än budget, ackumulerat jan–okt 2023"
    hidden = replace(a, outcome=outcome(RESULT, None, missing=Missing.TOO_SHORT))
    assert "861,0" in finding(hidden)
    long = replace(a, measure=replace(RESULT, subject="Det samlade periodresultatet"))
    assert plain(finding(long)) == "Det samlade periodresultatet är 861,0 mnkr sämre än budget ackumulerat"
    shown = assessment(whole, BUDGET, Status.MISSED, bound="0")
    assert plain(finding(shown)) == "Periodresultatet är 861,0 mnkr sämre än budget"


def test_a_frame_is_kept_or_passed_and_never_achieved():
    for value, status, words in (
        ("95.7", Status.MET, "59,5 % av ramen, inom ram"),
        ("160.81", Status.MISSED, "100,01 % av ramen, över ram"),
    ):
        a = assessment(outcome(FRAME, value), INSIDE, status, bound="160.8")
        assert plain(finding(a)) == f"Investeringar: {words}"
        verdict = words.partition(", ")[2]
        assert column(status_table("A", [a], context=CONTEXT), "status")[0].endswith(verdict)
        assert column(goals([("A", [a])], context=CONTEXT), "status_text")[0].endswith(verdict)
        assert column(
            matrix([("hsf", "H")], [(FRAME, {"hsf": a})], context=CONTEXT), "sjukfranvaro_status"
        ) == [verdict]
        figure = trend(a, [a.outcome], context=CONTEXT)
        assert f"Mål: 160,8 mnkr, {verdict}." in figure.sentence
        rows = [("a", "A", a), ("b", "B", a)]
        kept = "Båda verksamheterna" if status is Status.MET else "Ingen av två verksamheter"
        assert units_table(FRAME, rows, context=CONTEXT).title == f"{kept} håller sig inom ramen"
    empty = assessment(
        outcome(FRAME, "1"), target(TargetKind.AT_MOST, "0", high="0"), Status.MISSED, bound="0"
    )
    assert plain(finding(empty)) == "Investeringar är 1,0 mnkr, över ram"


def test_the_course_is_told_over_spans_of_one_length_and_the_extremes_over_all_that_is_drawn():
    os = months(FRAME, ["80", *range(1, 12), "90"], window=Window.YTD)
    figure = trend(assessment(os[-1]), os, context=CONTEXT)
    assert "Från 80,0 mnkr jan–okt 2022 till 90,0 mnkr jan–okt 2023." in plain(figure.sentence)
    assert "Lägst 1,0 mnkr (jan–nov 2022), högst 90,0 mnkr (jan–okt 2023)." in plain(figure.sentence)
    people = months(PEOPLE, ["9", "7", "8"], window=Window.YTD)
    assert "Lägst 7 (september 2023)" in plain(
        trend(assessment(people[-1]), people, context=CONTEXT).sentence
    )
    dots = [
        outcome(FRAME, "1", Period(Month.of(2022, 4), Window.TERTIAL_1)),
        outcome(FRAME, "3", Period(Month.of(2022, 12), Window.YEAR)),
    ]
    sentence = plain(trend(assessment(dots[-1]), dots, context=CONTEXT).sentence)
    assert "Från" not in sentence
    assert "Lägst 1,0 mnkr (delår 1 2022), högst 3,0 mnkr (2022)." in sentence


def test_a_stock_is_told_by_its_month_in_every_view():
    at = Period(Month.of(2023, 10), Window.YTD)
    a = assessment(outcome(PEOPLE, "4999", at), last="5008")
    figure = units_table(PEOPLE, [("hsf", "H", a)], context=replace(CONTEXT, period="jan–okt 2023"))
    assert column(figure, "period") == ["oktober 2023"]
    assert "Mot oktober 2022" in [c.title for c in figure.columns]
    assert plain(finding(a)) == "Medarbetarna är 9 färre än oktober 2022"
    assert figure.caption.endswith("Hälso- och sjukvårdsförvaltningen, oktober 2023.")
    curve = trend(a, [a.outcome], context=CONTEXT)
    assert column(curve, "period") == ["oktober 2023"]
    assert curve.options["latest"] == "oktober"
    assert column(status_table("A", [a], context=CONTEXT), "change_text") == ["9 färre än oktober 2022"]


def test_a_target_is_not_drawn_back_over_years_it_is_not_set_for():
    m = measure(measured=(Window.YEAR,))
    os = years(m, {2020: "5", 2021: "5", 2022: "5"})
    figure = trend(assessment(os[-1], AIM, Status.MET, bound="6"), os, context=CONTEXT)
    assert column(figure, "target_high") == ["None", "None", "6.0"]
    assert [(mark.label, mark.since) for mark in figure.marks] == [("Mål 2023: 6,0%", 2)]
    later = [*os, outcome(m, None, Period(Month.of(2023, 12), Window.YEAR))]
    figure = trend(assessment(os[-1], AIM, Status.MET, bound="6"), later, context=CONTEXT)
    assert column(figure, "target_high") == ["None", "None", "6.0", "6.0"]
    fixed = target(TargetKind.LESS_THAN_FIXED_YEAR, "Lägre än 2022", fixed_year=2022)
    assert trend(assessment(os[-1], fixed, Status.MET, bound="6"), os, context=CONTEXT).marks[0].label == (
        "Mål 2023: lägre än 2022"
    )


def test_a_yearly_measure_without_outcomes_is_still_yearly():
    m = measure(measured=(Window.YEAR,))
    missing = outcome(m, None, Period(Month.of(2022, 12), Window.YEAR))
    figure = trend(assessment(missing), [], context=replace(CONTEXT, view="ackumulerat"))
    assert figure.sentence.startswith("Punktdiagram.")
    assert figure.caption.endswith(", 2022, år.")
    assert figure.options["cadence"] == "periods"


def test_tables_of_a_yearly_measure_do_not_name_the_view():
    m = measure(measured=(Window.YEAR,))
    a = assessment(outcome(m, "5", Period(Month.of(2022, 12), Window.YEAR)))
    context = replace(CONTEXT, view="ackumulerat")
    for figure in (
        units_table(m, [("a", "A", a)], context=context),
        sexes_table({Sex.WOMEN: a, Sex.MEN: a}, context=context),
    ):
        assert figure.caption.endswith(", 2022, år.")


def test_a_goal_area_of_yearly_measures_does_not_name_the_view():
    yearly, monthly = measure(measured=(Window.YEAR,)), measure()
    for ms, ends in (((yearly,), "oktober 2023."), ((yearly, monthly), "oktober 2023, månad.")):
        rows = [assessment(outcome(m, "5")) for m in ms]
        assert status_table("A", rows, context=CONTEXT).caption.endswith(ends)


def test_who_has_the_most_and_women_beside_men():
    a = {"A": assessment(outcome(PEOPLE, "9")), "B": assessment(outcome(PEOPLE, "4"))}
    assert units_table(PEOPLE, [(n, n, x) for n, x in a.items()], context=CONTEXT).title == (
        "Flest medarbetare har A: 9"
    )
    fte = measure("Årsarbetare utifrån arbetade timmar", unit=UnitOfMeasure.FTE, decimals=0)
    row = ("A", "A", assessment(outcome(fte, "9")))
    assert units_table(fte, [row], context=CONTEXT).title == "Flest årsarbetare har A: 9"
    both = {Sex.WOMEN: assessment(outcome(PEOPLE, "1403")), Sex.MEN: assessment(outcome(PEOPLE, "29"))}
    assert plain(sexes_table(both, context=CONTEXT).title) == "Kvinnorna är 1 374 fler än männen"
    same = {Sex.WOMEN: both[Sex.MEN], Sex.MEN: both[Sex.MEN]}
    assert sexes_table(same, context=CONTEXT).title == "Kvinnorna är lika många som männen"


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        ((Status.MISSED,) * 11, "Ingen av elva verksamheter håller sin budget"),
        ((Status.MET, Status.MET), "Båda verksamheterna håller sin budget"),
        ((Status.MET,) * 3, "Alla tre verksamheter håller sin budget"),
        ((Status.MISSED,), "Den enda verksamhet som kan bedömas håller inte sin budget"),
    ],
)
def test_units_keep_their_own_budgets(statuses, title):
    rows = [
        (str(i), str(i), assessment(outcome(RESULT, "1"), BUDGET, s, bound="0"))
        for i, s in enumerate(statuses)
    ]
    figure = units_table(RESULT, rows, context=CONTEXT)
    assert figure.title == title
    assert ("1 verksamhet." in figure.sentence) == (len(statuses) == 1)


def test_marks_and_help_name_what_they_stand_for():
    os = months(RESULT, ["1"])
    a = replace(assessment(os[-1], BUDGET, Status.MET, bound="0"), inherited_from="Akutsjukvård")
    assert trend(a, os, context=CONTEXT).marks[0].label == "Mål 0 mot budget"
    below = replace(CONTEXT, path="Hälso- och sjukvårdsförvaltningen › Akutsjukvård")
    assert trend(a, os, context=below).marks[0].label == "Mål 0, egen budget"
    assert "Målet är ärvt från Akutsjukvård." in trend(a, os, context=below).help


def test_sentences_begin_with_the_measures_own_subject():
    m = measure("Oberoende av hyrpersonal (kostnad)", subject="Hyrpersonalens andel")
    strict = target(TargetKind.BELOW, "<5%", high="5")
    near = assessment(outcome(m, "5.8"), strict, Status.NEAR, bound="5")
    assert plain(finding(near)) == (
        "Hyrpersonalens andel ligger 0,8 procentenheter över gränsen, vilket är nära"
    )
    assert plain(finding(replace(near, status=Status.MISSED))) == (
        "Hyrpersonalens andel ligger 0,8 procentenheter över gränsen 5 %"
    )
    mean = measure(
        "Följa remissflödet (medelvärde månad)",
        subject="Remisserna",
        unit=UnitOfMeasure.COUNT,
        aggregation=Aggregation.MONTHLY_MEAN,
        decimals=0,
    )
    less = target(TargetKind.LESS_THAN_LAST_YEAR, "minska")
    year = outcome(mean, "895", Period(Month.of(2023, 10), Window.YTD))
    a = assessment(year, less, Status.MET, bound="1000", last="1000")
    assert plain(finding(a)) == "Remisserna är 105 färre per månad än jan–okt 2022 och når målet"
    fixed = target(TargetKind.LESS_THAN_FIXED_YEAR, "Lägre än 2022", fixed_year=2022)
    earlier = outcome(m, "6", Period(Month.of(2022, 12), Window.R12))
    a = replace(assessment(outcome(m, "7"), fixed, Status.MISSED, bound="6"), compared=earlier)
    assert "högre än jan–dec 2022" in plain(finding(a))


def test_a_subject_without_room_gives_way_to_the_short_name():
    m = measure(subject="Andelen patienter som har fått en medicinsk bedömning", short_name="Bedömning")
    a = assessment(outcome(m, "8"), AIM, Status.MISSED, bound="6")
    assert plain(finding(a)) == "Bedömning: 2,0 procentenheter över målet 6,0%"
    hour = measure("Kostnad", subject="Kostnaden per timme", unit=UnitOfMeasure.KR_PER_HOUR, decimals=0)
    assert plain(finding(assessment(outcome(hour, "530"), last="512"))) == (
        "Kostnaden per timme är 18 kr högre än oktober 2022"
    )


def test_why_two_values_are_not_compared_stands_in_the_column():
    a = replace(assessment(outcome(RESULT, "1")), not_compared="jämförs inte: omorganisation januari 2023")
    for figure in (
        status_table("A", [a], context=CONTEXT),
        units_table(RESULT, [("a", "A", a)], context=CONTEXT),
    ):
        assert column(figure, "change_text") == ["jämförs inte: omorganisation januari 2023"]


def test_each_row_names_the_goal_it_belongs_to():
    rows = [assessment(outcome(measure(goal=goal), "1")) for goal in ("Ett mål", "Ett annat")]
    assert column(status_table("A", rows, context=CONTEXT), "goal") == ["Ett mål", "Ett annat"]


def test_matrix_cells_say_in_a_word_why_there_is_no_value_and_the_help_what_it_means():
    m = measure()
    kinds = {
        "a": Missing.NOT_MEASURED_HERE,
        "b": Missing.MASKED,
        "c": Missing.LATE,
        "d": Missing.NOT_REPORTED,
        "e": Missing.TOO_SHORT,
    }
    cells = {unit: assessment(outcome(m, None, missing=kind)) for unit, kind in kinds.items()}
    figure = matrix([(unit, unit) for unit in kinds], [(m, cells)], context=CONTEXT)
    assert column(figure, "sjukfranvaro_text") == ["mäts ej", "maskerat", "saknas", "saknas", "–"]
    assert (
        "mäts ej: mäts inte på denna nivå; saknas: försenat eller inte rapporterat; –: kortare än tolv månader."
        in figure.help
    )
    assert figure.sentence.startswith("Tabell med 5 verksamheter")


def test_a_zero_denominator_is_a_whole_sentence():
    a = assessment(outcome(measure(), None, missing=Missing.ZERO_DENOMINATOR))
    assert finding(a) == "Sjukfrånvaro kan inte beräknas för oktober 2023: nämnaren är noll"
