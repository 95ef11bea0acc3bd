"""The figures about the data: titles that state the finding, rows that make their sums, words that fit their numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.quality import Arrived, Cover, MonthCover
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.figures.figure import Context, Figure
from hsf_kpi.figures.findings import LONGEST, fitting
from hsf_kpi.figures.quality.completeness import (
    complete_table,
    completeness_titles,
    lacking_table,
    months_table,
    units_completeness_table,
)
from hsf_kpi.figures.quality.contributions import (
    MASKED_AND_OTHERS,
    MASKED_TOGETHER,
    OTHERS,
    contributions_table,
    ledger_contributions_table,
)
from hsf_kpi.figures.quality.corrections import corrections_table, ledger_corrections_table
from hsf_kpi.figures.quality.formula import exact_text, formula
from hsf_kpi.figures.quality.sources import measures_table, sources_table
from hsf_kpi.figures.quality.sums import (
    OTHER_UNIT,
    sex_gaps_table,
    source_errors_table,
    trade_table,
    two_ways_table,
)
from hsf_kpi.figures.quality.words import day_of, sources_line, stored
from hsf_kpi.figures.shape import records
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.catalogue import SourceError
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Origin, Sex, UnitOfMeasure
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period, Window
from hsf_kpi.model.provenance import (
    Came,
    Contribution,
    Contributions,
    LedgerContribution,
    LedgerContributions,
    Parts,
)
from hsf_kpi.model.quality import Correction, LedgerCorrection, SexGap, SourceLoad, TradeGap, TwoWays
from hsf_kpi.render.table import table
from hsf_kpi.swedish.numbers import SPACE
from tests.store.builders import m, measure
from tests.store.ledger_builders import ACCOUNTS

OCTOBER = Period(m("2023-10"), Window.MONTH)
CONTEXT = Context(
    "hsf", "Hälso- och sjukvården", "Hälso- och sjukvården", "oktober 2023", "", "", "", "preliminärt"
)
AT = dt.datetime(2023, 11, 14, 23, 30, tzinfo=dt.UTC)
CAME = Came(12, Origin.LOADED, "Personal", AT, "controller", "personal.xlsx", 17, "heroma")
DEMO = Came(2, Origin.DEMO, "Demodata", AT, "system")
SHARE = measure(
    "sjuk", Aggregation.RATIO, scale=Fraction(100), unit_of_measure=UnitOfMeasure.PERCENT, by_sex=True
)
AMOUNT = measure("antal", Aggregation.COUNT, decimals=0)
NAMES = {"kirurgi": "Kirurgi", "medicin": "Medicin"}
ACCOUNT = {account.id: account for account in ACCOUNTS}


def cover(arrived: Arrived, key: str = "x", reported: int = 3, expected: int = 4) -> Cover:
    return Cover(
        key, key.capitalize(), "hsf", OCTOBER, arrived, reported, expected, dt.date(2023, 11, 15), Origin.DEMO, ""
    )  # fmt: skip


def shown(figure: Figure) -> list[list[str]]:
    return [list(row) for row in table(figure).itertuples(index=False)]


# What has come in


@pytest.mark.parametrize(
    ("arrived", "title"),
    [
        ([Arrived.ALL, Arrived.ALL], "Alla 2 nyckeltal är kompletta till och med oktober 2023"),
        ([Arrived.ALL, Arrived.SOME], "Inget nyckeltal saknas till och med oktober 2023, men ett är ofullständigt"),
        ([Arrived.LATE, Arrived.WAITED, Arrived.ALL], "2 av 3 nyckeltal saknas till och med oktober 2023, 1 är försenat"),
        ([Arrived.WAITED, Arrived.ALL], "1 av 2 nyckeltal saknas till och med oktober 2023, inget är försenat"),
        ([Arrived.LATE, Arrived.LATE], "2 av 2 nyckeltal saknas till och med oktober 2023, alla är försenade"),
        ([Arrived.LATE, Arrived.ALL], "1 av 2 nyckeltal saknas till och med oktober 2023 och är försenat"),
        ([Arrived.NEVER], "Inget nyckeltal ska rapporteras här"),
        ([], "Inget nyckeltal ska rapporteras här"),
    ],
)  # fmt: skip
def test_the_finding_counts_what_is_missing_and_what_is_late(arrived: list[Arrived], title: str) -> None:
    covers = [cover(one, f"k{i}") for i, one in enumerate(arrived)]
    assert next(completeness_titles([*covers, cover(Arrived.ALL, "")], CONTEXT)) == title


@given(st.lists(st.sampled_from(Arrived), max_size=60))
def test_every_title_fits_and_every_row_stands_once(arrived: list[Arrived]) -> None:
    covers = [cover(one, f"k{i}") for i, one in enumerate(arrived)]
    context = replace(CONTEXT, period="september 2023")
    figures = [
        lacking_table(covers, context=context),
        complete_table(covers, context=context),
        units_completeness_table([("a", "A" * 70, covers), ("b", "B", [])], context=context),
        months_table([MonthCover(m("2023-10"), False, tuple(covers))], context=context),
    ]
    for figure in figures:
        assert 0 < len(figure.title) <= LONGEST
        assert bool(figure.rows) != bool(figure.empty)
    assert len(fitting(completeness_titles(covers, context))) <= LONGEST
    told = [row["name"] for figure in figures[:2] for row in records(figure)]
    assert sorted(told) == sorted(one.name for one in covers)
    [month] = records(figures[3])
    assert month["expected"] == sum(one is not Arrived.NEVER for one in arrived)
    assert month["all"] == arrived.count(Arrived.ALL)


def test_a_row_says_how_far_it_has_come_in_word_and_shape() -> None:
    late, some = cover(Arrived.LATE, "a", 0), cover(Arrived.SOME, "b")
    rows = shown(lacking_table([some, late], context=CONTEXT))
    assert [row[:4] for row in rows] == [
        ["A", "■ försenat", "0 av 4", "oktober 2023"],
        ["B", "◆ ofullständigt", "3 av 4", "oktober 2023"],
    ]


def test_a_month_says_whether_it_is_final() -> None:
    months = [MonthCover(m("2023-10"), False, (cover(Arrived.ALL),)), MonthCover(m("2023-09"), True, ())]
    figure = months_table(months, context=CONTEXT)
    assert figure.title == "Slutligt till och med september 2023; oktober är komplett men preliminär"
    assert [row[:2] for row in shown(figure)] == [
        ["Oktober 2023", "preliminärt"],
        ["September 2023", "slutligt"],
    ]


# Corrections and sums


def correction(before: object, after: object, *, hidden: bool = False) -> Correction:
    return Correction(
        "sjuk", "kirurgi", OCTOBER, Sex.WOMEN, before, after, hidden, 3, 12, "personal.xlsx", AT, "bo", False, Origin.LOADED  # type: ignore[arg-type]
    )  # fmt: skip


def numbers(n: int, d: int) -> tuple[int, int, None]:
    return n * FIXED, d * FIXED, None


def test_a_correction_is_told_as_the_value_was_and_is() -> None:
    found = [
        correction(numbers(60, 1000), numbers(65, 1000)),
        correction(numbers(60, 1000), numbers(120, 2000)),
        correction(numbers(60, 1000), None),
        correction(None, None, hidden=True),
    ]
    figure = corrections_table(found, {"sjuk": SHARE}, NAMES, context=CONTEXT)
    assert figure.title == "4 värden har rättats i en inläsning"
    assert [row[1:3] for row in shown(figure)] == [
        [f"6,0{SPACE}%", f"6,5{SPACE}%"],
        [f"60{SPACE}/{SPACE}1{SPACE}000", f"120{SPACE}/{SPACE}2{SPACE}000"],
        [f"6,0{SPACE}%", "borttaget"],
        ["maskerat", "maskerat"],
    ]
    assert shown(figure)[0][3:6] == ["Kirurgi", "oktober 2023", "kvinnor"]
    assert shown(figure)[0][6:] == ["nr 12", "2023-11-15", "bo", "personal.xlsx"], "the day in Sweden"
    assert "få personer" in figure.help
    assert corrections_table([], {}, {}, context=CONTEXT).empty


def test_a_booked_correction_has_the_decimals_that_tell_it() -> None:
    one = LedgerCorrection(
        "kirurgi", AmountKind.ACTUAL, "personal", m("2023-10"), 1_000_000, 1_000_400, 12, "bok.csv", AT, "bo", True,
        Origin.LOADED,
    )  # fmt: skip
    [row] = shown(ledger_corrections_table([one], ACCOUNT, NAMES, context=CONTEXT))
    assert row[:6] == ["Personal", "1,0000", "1,0004", "Kirurgi", "oktober 2023", "utfall"]
    assert row[6] == "nr 12 (ångrade)"


def test_sums_that_do_not_add_up_say_by_how_much() -> None:
    gap = SexGap(
        "sjuk", "kirurgi", OCTOBER, "numerator", 31 * FIXED, 10 * FIXED, 20 * FIXED, False, Origin.DEMO
    )
    hidden = SexGap("sjuk", "medicin", OCTOBER, "denominator", None, None, None, True, Origin.DEMO)
    figure = sex_gaps_table([gap, hidden], {"sjuk": SHARE}, NAMES, context=CONTEXT)
    assert figure.title == "2 totaler är inte summan av kvinnor och män"
    assert (figure.source, figure.origins) == ("Källa: Demodata.", {Origin.DEMO})
    assert shown(figure)[0][3:] == ["täljare", "31", "10", "20", "1"]
    assert shown(figure)[1][3:] == ["nämnare", *["maskerat"] * 4]
    way = TwoWays("antal", "kirurgi", OCTOBER, 16 * FIXED, Origin.PUBLISHED, "Planen", 15 * FIXED, None, 1)
    assert shown(two_ways_table([way], {"antal": AMOUNT}, NAMES, context=CONTEXT))[0][3:5] == ["16", "15"]
    trade = TradeGap(None, "kirurgi", m("2023-10"), AmountKind.ACTUAL, 300_000, 0, Origin.DEMO)
    row = shown(trade_table([trade], NAMES, context=CONTEXT))[0]
    assert row == [OTHER_UNIT, "Kirurgi", "oktober 2023", "utfall", "0,300", "0,000", "+0,300"]
    error = SourceError("id", "Planen", "Avsnitt 5", "277,7", "277,8", "Visas bredvid varandra.")
    assert source_errors_table([error], context=CONTEXT).title.startswith("1 känt fel")


# Sources


def test_a_source_is_told_by_its_profile_its_latest_file_and_how_much_is_in() -> None:
    loads = [
        SourceLoad("sjuk", CAME, 30, m("2023-01"), m("2023-10")),
        SourceLoad("sjuk", replace(CAME, load=9, file="maj.xlsx"), 10, m("2023-01"), m("2023-05")),
        SourceLoad("antal", DEMO, 5, m("2023-01"), m("2023-09")),
    ]
    covers = [cover(Arrived.SOME, "sjuk"), cover(Arrived.ALL, "antal")]
    figure = sources_table(loads, covers, {"heroma": "Heroma, personal"}, context=CONTEXT)
    assert figure.title == "2 källor, senast inläst 2023-11-15"
    assert shown(figure)[0] == [
        "Heroma, personal", "Inläst", "1", "0 av 1", "40", "okt 2023", "personal.xlsx", "nr 12, 2023-11-15",
        "controller",
    ]  # fmt: skip
    assert shown(figure)[1][:4] == ["Demodata", "Demodata", "1", "1 av 1"]
    own = measures_table([SHARE, replace(AMOUNT, key="annat", name="Annat")], loads, context=CONTEXT)
    assert own.title == "1 av 2 nyckeltal har värden här"
    assert shown(own)[0][3:7] == ["den 15", "inläst", "personal.xlsx", "nr 12, 2023-11-15"]
    assert shown(own)[1][4] == "inget värde"


def test_the_source_line_names_each_register_once() -> None:
    told = [(Origin.PUBLISHED, "Kolada U70446, Barometern"), (Origin.PUBLISHED, "Kolada N7"), (Origin.DEMO, "x"),
            *((Origin.LOADED, f"f{i}.csv") for i in range(5))]  # fmt: skip
    assert (
        sources_line(told)
        == "Källa: inläst (f0.csv; f1.csv; f2.csv och 2 till); publicerat (Kolada); Demodata."
    )
    assert sources_line([]) == "Källa: inga värden."


# Räknat så här


def made(rows: list[Contribution], cell: Cell, **more: object) -> tuple[Contributions, Outcome]:
    found = Contributions("sjuk", "hsf", OCTOBER, cell, tuple(rows), **more)  # type: ignore[arg-type]
    one = SHARE if cell.denominator is not None else AMOUNT
    return found, Outcome(one, "hsf", Sex.ALL, OCTOBER, cell.value(one), None, "", cell)


def cell_of(n: int | None, d: int | None = None, ready: int | None = None, **changes: object) -> Cell:
    fixed = [None if x is None else x * FIXED for x in (n, d, ready)]
    plain = Cell(fixed[0], fixed[1], fixed[2], 1, 1, 2, 2, 0.0, False, Origin.LOADED)
    return replace(plain, **changes)  # type: ignore[arg-type]


def row(unit: str, n: int | None, d: int | None = None, came: Came = CAME) -> Contribution:
    return Contribution(
        unit, m("2023-10"), None if n is None else n * FIXED, None if d is None else d * FIXED, None, came, n is None
    )  # fmt: skip


def test_the_rows_are_followed_by_what_is_left_and_the_sum() -> None:
    found, outcome = made(
        [row("kirurgi", 10, 100), row("medicin", None)],
        cell_of(50, 400),
        rest=Parts(40 * FIXED, 300 * FIXED),
        hidden=1,
        outside=True,
    )
    figure = contributions_table(found, outcome, NAMES, context=CONTEXT)
    assert [one[:4] for one in shown(figure)] == [
        ["Kirurgi", "okt 2023", "10", "100"],
        ["Medicin", "okt 2023", "maskerat", "maskerat"],
        [MASKED_AND_OTHERS, "", "40", "300"],
        [f"Summa{SPACE}", "", f"50{SPACE}", f"400{SPACE}"],
    ]
    assert shown(figure)[0][4:] == ["personal.xlsx", "17", "nr 12, 2023-11-15", "controller", "inläst"]
    assert "få personer" in figure.help
    assert figure.title == "Värdet är räknat på 2 rader ur en inläsning och övriga verksamheter"
    within = replace(found, outside=False)
    assert shown(contributions_table(within, outcome, NAMES, context=CONTEXT))[2][0] == MASKED_TOGETHER
    open_ = replace(found, rows=found.rows[:1], hidden=0)
    figure = contributions_table(open_, outcome, NAMES, context=CONTEXT)
    assert shown(figure)[1][0] == OTHERS
    assert not figure.help


def test_a_masked_value_shows_no_rows_and_a_finished_one_its_own() -> None:
    found, outcome = made([], cell_of(None, masked=True))
    figure = contributions_table(found, replace(outcome, value=None), NAMES, context=CONTEXT)
    assert (figure.rows, figure.title) == ((), "Raderna bakom ett maskerat värde visas inte")
    assert "maskerat" in figure.empty
    ready = replace(row("kirurgi", None), ready=16 * FIXED, masked=False)
    found, outcome = made([ready], cell_of(None, ready=16))
    figure = contributions_table(found, outcome, NAMES, context=CONTEXT)
    assert [one[:3] for one in shown(figure)] == [["Kirurgi", "okt 2023", "16"]]
    assert formula(outcome)[0].startswith("Värdet 16 står färdigt i källan.")


def test_the_entries_of_an_account_end_in_their_sum() -> None:
    one = LedgerContribution("kirurgi", m("2023-10"), 700, "11 Vård", None, CAME)
    found = LedgerContributions("hsf", "personal", AmountKind.ACTUAL, (one,), 2, 30, 90, 20)
    figure = ledger_contributions_table(found, ACCOUNT["personal"], NAMES, context=CONTEXT)
    assert [(line["unit"], line["amount"]) for line in records(figure)] == [
        ("Kirurgi", 700), ("2 poster till", 30), (OTHERS, 90), ("Internt, räknas bort", -20), (f"Summa{SPACE}", 800),
    ]  # fmt: skip
    assert shown(figure)[0][4] == "annan verksamhet"
    assert figure.title == "Personal, utfall: 3 poster och övriga verksamheter ger 800 kronor"


def value_of(kind: Aggregation, n: int, d: int | None, months: int = 1, **changes: object) -> tuple[str, ...]:
    one: Measure = measure("matt", kind, **changes)
    cell = cell_of(n, d, months=months)
    return formula(Outcome(one, "hsf", Sex.ALL, OCTOBER, cell.value(one), None, "", cell))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (value_of(Aggregation.RATIO, 1, 3, scale=Fraction(100), unit_of_measure=UnitOfMeasure.PERCENT),
         "1 ÷ 3 × 100 = 33,3333 %. Det visas som 33,3 %."),
        (value_of(Aggregation.COUNT, 7, None, decimals=0), "Summan är 7."),
        (value_of(Aggregation.STOCK, 30, None, 12), "30 ÷ 12 = 2,5."),
        (value_of(Aggregation.FLOW_PER_STOCK, 6, 120, 12), "6 ÷ (120 ÷ 12) = 0,6."),
        (value_of(Aggregation.GROWTH, 110, 100, scale=Fraction(100)), "(110 − 100) ÷ 100 × 100 = 10,0."),
        (value_of(Aggregation.FTE, 320, 160, decimals=0), "320 ÷ 160 = 2."),
        (value_of(Aggregation.AMOUNT, 1_500_000, None, scale=Fraction(1, 1_000_000)), "1 500 000 ÷ 1 000 000 = 1,5."),
        (value_of(Aggregation.WEIGHTED_MEAN, 31, 4, unit_of_measure=UnitOfMeasure.MINUTES), "31 ÷ 4 = 7:45 min."),
    ],
)  # fmt: skip
def test_the_formula_is_said_in_words_and_with_the_values_own_numbers(
    said: tuple[str, ...], told: str
) -> None:
    words, numbers_ = said
    assert words.startswith("Matt = ")
    assert numbers_.replace(SPACE, " ") == told


@given(st.fractions(-(10**6), 10**6, max_denominator=10**5))
def test_a_value_is_told_exactly_or_with_four_decimals(value: Fraction) -> None:
    text = (
        exact_text(value, SHARE)
        .removesuffix(f"{SPACE}%")
        .replace(SPACE, "")
        .replace(",", ".")
        .replace("−", "-")
    )
    told = Fraction(text)
    assert abs(told - value) <= Fraction(1, 2 * 10**4)
    assert told == value or len(text.partition(".")[2]) == 4


@given(st.integers(-(10**12), 10**12))
def test_a_stored_number_is_told_whole(value: int) -> None:
    text = (
        stored(value).replace(SPACE, "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".").replace("−", "-")
    )
    assert Fraction(text) == Fraction(value, FIXED)
    assert not text.endswith((".0", "."))


def test_a_day_is_the_day_in_sweden() -> None:
    assert day_of(AT) == "2023-11-15"
    assert day_of(AT - dt.timedelta(hours=1)) == "2023-11-14"
