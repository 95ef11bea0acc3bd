"""Budget and plan tables, restriktivitet and the register of förbättringsarbeten, as people and files get them."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.analysis.economy.deviations import budget_lines
from hsf_kpi.analysis.economy.improvements import totals
from hsf_kpi.analysis.economy.restriktivitet import restriktivitet
from hsf_kpi.analysis.economy.types import Deviation, Yardstick
from hsf_kpi.figures.economy.budget import UnitBudget, budget_table, units_budget_table, worst_deviation_first
from hsf_kpi.figures.economy.cells import SUM_END
from hsf_kpi.figures.economy.improvements import improvements_by_month, improvements_register
from hsf_kpi.figures.economy.plan_tables import BY_RAM, BY_ROWS, plan_table_figure
from hsf_kpi.figures.economy.restriktivitet import restriktivitet_table, restriktivitet_units
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.render.csv import csv
from hsf_kpi.render.table import table
from tests.analysis.economy.economy_builders import ledger, submitted
from tests.figures.assignment_samples import DEMO, NAMES, SOURCE, months
from tests.figures.figure_samples import CONTEXT

DAY = dt.date(2023, 11, 14)
ALL = {"context": CONTEXT, "origins": DEMO, "source": SOURCE}
OCTOBER = months(10)


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ").rstrip()


def rows(figure: Figure) -> dict[str, list[str]]:
    shown = table(figure)
    return {str(row[0]): [plain(cell) for cell in row[1:]] for row in shown.itertuples(index=False)}


def file(figure: Figure) -> str:
    return csv(figure, taken=DAY).decode("utf-8-sig").partition("\r\n\r\n")[2]


LEDGER = ledger(
    {
        "regionersattning": 60 * MNKR,
        "forsaljning": 5 * MNKR,
        "egen-personal": 70 * MNKR,
        "kopta-tjanster": 4 * MNKR,
    },
    {
        "regionersattning": 60 * MNKR,
        "forsaljning": 5 * MNKR,
        "egen-personal": 68 * MNKR,
        "underskottspost": -10 * MNKR,
    },
    through="2023-10",
    internal={"forsaljning": 4 * MNKR, "kopta-tjanster": 4 * MNKR},
)


def budget(yardstick: Yardstick, book=LEDGER, forecast=None, **also) -> Figure:
    return budget_table(budget_lines(book, OCTOBER, yardstick, forecast), yardstick, **ALL, **also)


def test_each_line_of_the_budget_is_told_in_mnkr_and_sums_are_named():
    figure = budget(
        Yardstick.BUDGET, forecast=submitted({"regionersattning": 720 * MNKR, "egen-personal": 850 * MNKR})
    )
    shown = rows(figure)
    assert shown["Egen personal"] == ["680,0", "700,0", "−20,0", "−2,9 %", "816,0", "850,0", "–"]
    assert shown["Underskottspost"][:4] == ["−100,0", "–", "−100,0", "−100,0 %"]
    assert shown["Summa personalkostnader"][:3] == ["580,0", "700,0", "−120,0"]
    assert list(shown)[-1] == "Resultat"
    assert plain(figure.title) == "Resultatet är 160,0 mnkr sämre än budget, oktober 2023"
    bold = [r["title"] for r in records(figure) if str(r["amount_text"]).endswith(SUM_END)]
    assert bold == [title for title in shown if title.startswith(("Summa", "Resultat"))]


def test_what_is_eliminated_and_the_provision_are_told():
    figure = budget(Yardstick.BUDGET)
    assert "Köp och försäljning mellan verksamheterna, 40,0 mnkr, är borträknade" in plain(figure.help)
    assert "Underskottsposten står bara i budgeten" in figure.help
    without = budget(Yardstick.PROVISION)
    assert "Underskottsposten" not in without.help
    assert "Underskottspost" not in rows(without)
    assert plain(without.title) == "Resultatet är 60,0 mnkr sämre än budgeten utan underskottspost"
    assert "Budget utan underskottspost" in table(without).columns


def test_the_file_has_kronor_to_the_krona():
    book = ledger({"egen-personal": 1_234_567}, {"egen-personal": 1_000_001}, through="2023-10")
    assert "Personalkostnader;Egen personal;10000010;12345670;-2345660;" in file(
        budget(Yardstick.BUDGET, book)
    )


NO_RESULT = "Bara kostnader är bokförda, så något resultat kan inte räknas"
COST = {"egen-personal": MNKR}
WITH_RAM = {"regionersattning": 2 * MNKR, "egen-personal": MNKR}


@pytest.mark.parametrize(
    ("book", "yardstick", "also", "title"),
    [
        (ledger(WITH_RAM, through="2023-10"), Yardstick.BUDGET, {}, "Resultatet är 10,0 mnkr; budget saknas"),
        (ledger(COST, through="2023-10"), Yardstick.BUDGET, {}, NO_RESULT),
        (ledger({}, COST), Yardstick.BUDGET, {}, "Inget utfall är bokfört, oktober 2023"),
        (LEDGER, Yardstick.LAST_YEAR, {}, "Resultatet är −90,0 mnkr; föregående år saknas"),
        (LEDGER, Yardstick.PROVISION, {"own_budget": True}, "Resultatet är 60,0 mnkr sämre än egen budget, oktober 2023"),
        (ledger(COST, COST, through="2023-10"), Yardstick.BUDGET, {}, "Resultatet är lika med budget"),
        (
            ledger(COST, COST, through="2023-10", reported=(1,) * 12, expected=(2,) * 12),
            Yardstick.BUDGET, {}, "Resultatet är −10,0 mnkr*, och underlaget är inte helt",
        ),
    ],
)  # fmt: skip
def test_titles_of_the_budget(book, yardstick, also, title):
    assert plain(budget(yardstick, book, **also).title) == title


def test_without_a_budget_only_the_outcome_is_told():
    figure = budget(Yardstick.BUDGET, ledger({"egen-personal": MNKR}, through="2023-10"))
    assert "Det finns ingen budget, så bara utfallet visas." in figure.help
    assert rows(figure)["Egen personal"][:3] == ["–", "10,0", "–"]


def unit(name: str, amount: int | None, **also) -> UnitBudget:
    actual = None if amount is None else amount * MNKR
    return UnitBudget(name, name, Deviation(actual, 0, actual, amount is not None), **also)


def test_units_stand_as_ordered_with_the_whole_last():
    ledning = unit("Förvaltningsledning", -700, provision=True, provision_part=-667 * MNKR)
    found = worst_deviation_first([unit("A", -5), unit("B", None), ledning, unit("C", -61)])
    assert [row.name for row in found] == ["C", "Förvaltningsledning", "A", "B"]
    figure = units_budget_table(found, Yardstick.BUDGET, whole=unit("Hela", -766), **ALL)
    shown = rows(figure)
    assert list(shown) == ["C", "Förvaltningsledning", "A", "B", "Hela"]
    assert shown["Förvaltningsledning"][:4] == ["0,0", "−700,0", "−700,0", "−667,0"]
    assert plain(figure.title) == "C avviker mest: 61,0 mnkr sämre än egen budget"
    assert "Underskottsposten står i budgeten för Förvaltningsledning" in figure.help


def test_a_provision_that_is_not_told_apart_makes_no_title():
    figure = units_budget_table(
        [unit("Ledning", -700, provision=True), unit("A", -5)], Yardstick.BUDGET, note="Mer.", **ALL
    )
    assert plain(figure.title) == "A avviker mest: 5,0 mnkr sämre än egen budget"
    assert "Varav underskottspost" not in table(figure).columns
    assert "Mer." in figure.help
    assert (
        units_budget_table([unit("A", 5)], Yardstick.LAST_YEAR, **ALL).title
        == "Ingen verksamhet är sämre än föregående år"
    )
    assert (
        units_budget_table([unit("A", None)], Yardstick.BUDGET, **ALL).title
        == "Ingen verksamhet kan jämföras"
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-900, 900)), max_size=6))
def test_units_are_told_truly(amounts):
    found = worst_deviation_first([unit(f"u{i}", amount) for i, amount in enumerate(amounts)])
    figure = units_budget_table(found, Yardstick.PROVISION, **ALL)
    worse = sum(amount is not None and amount < 0 for amount in amounts)
    assert f"{worse} av {sum(a is not None for a in amounts)} är sämre" in figure.sentence
    known = [amount for amount in amounts if amount is not None]
    is_most = worse > 0 and -min(known) >= max(known)
    assert ("avviker mest" in figure.title) == is_most
    assert ("är sämst mot egen budget" in figure.title) == (worse > 0 and not is_most)
    assert bool(figure.empty) == (not amounts)


def test_rows_that_do_not_sum_to_the_whole_say_so():
    one, whole = unit("A", -10), unit("HSF", -30)
    short = units_budget_table([one], Yardstick.PROVISION, whole=whole, **ALL)
    assert "Raderna summerar inte till HSF" in short.help
    assert (
        "Raderna summerar inte"
        not in units_budget_table([one], Yardstick.PROVISION, whole=unit("HSF", -10), **ALL).help
    )


# The plan's tables


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data")


def test_every_published_amount_stands_in_the_figure_to_the_printed_digit(catalogue):
    """An own reading of the files: each amount's text, with comma and thousands, is a shown cell of its own row."""
    count = 0
    for path in sorted((ROOT / "data" / "economy").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        if "column" not in raw:
            continue
        shown = table(figure_of(catalogue, raw["id"]))
        cells = {str(row[0]): [plain(cell) for cell in row] for row in shown.itertuples(index=False)}
        for row in [*raw["row"], *raw.get("total", [])]:
            for text in (row.get("amounts") or row.get("printed") or {}).values():
                where = [cell for name, line in cells.items() if row["name"] in name for cell in line]
                assert not text or swedish(text) in where, (path.name, row["name"], text)
                count += bool(text)
            for text in row.get("texts", {}).values():
                assert text in [cell for line in cells.values() for cell in line]
    assert count > 80


def swedish(text: str) -> str:
    whole, comma, rest = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{'−' if text.startswith('-') else ''}{grouped}{',' if comma else ''}{rest}"


def figure_of(catalogue: Catalogue, table_id: str) -> Figure:
    errors = {error.id: error for error in catalogue.source_errors}
    return plan_table_figure(catalogue.plan_table(table_id), context=CONTEXT, errors=errors)


def test_the_ram_of_each_omrade_is_shown(catalogue):
    shown = rows(figure_of(catalogue, "ram-per-omrade"))
    assert shown["Summa"] == ["8 306,5", "7 799,0"]
    assert "Varav läkemedel" in shown


def test_sums_that_do_not_add_up_stand_beside_the_computed_ones(catalogue):
    figure = figure_of(catalogue, "ramforandringar")
    text = plain(figure.help)
    assert "Summa förändring, 2023: planen trycker 507,6; ramarna ger 507,5. Ramarna gäller." in text
    assert "Varav Vårdval, 2024: raderna summerar till 68,2; ramarna ger 68,0." in text
    lines = [[plain(cell) for cell in row] for row in table(figure).itertuples(index=False)]
    last = lines.index(["Summa förändring", "507,6", "404,1", "75,0"])
    assert lines[last + 1] == [BY_ROWS, "507,6", "404,1", "74,9"]
    assert lines[last + 2] == [BY_RAM, "507,5", "404,1", "74,9"]
    assert figure.title == "Ramförändringar 2023–2025: fyra summor stämmer inte med det beräknade"
    assert figure.context.period == "2023–2025"
    assert "tryckt summa;507,6" in file(figure)
    assert "varav LPIK uppräkning" in rows(figure)


def test_every_table_of_the_plan_has_a_title_with_room_and_its_source(catalogue):
    for found in catalogue.plan_tables:
        figure = figure_of(catalogue, found.id)
        assert len(figure.title) <= LONGEST
        assert figure.source == f"Källa: {found.source}."
        has_sum = any(total.printed for total in found.totals)
        assert ("stämmer inte" in figure.title) == bool(found.differences())
        assert has_sum or figure.title.startswith("Planen anger")


# Restriktivitet


def travel(resor: int | list[int], through: str = "2023-03"):
    return restriktivitet(
        ledger({"resor": resor, "overnattning": 10_000}, first="2022-01", last="2023-12", through=through),
        months(3),
    )


def test_restriktivitet_is_told_against_last_year():
    figure = restriktivitet_table(travel([100_000] * 12 + [120_000, 130_000, 140_000]), **ALL)
    assert plain(figure.title) == "Resor, övernattning och externa möten kostar 27 % mer än jan–mars 2022"
    assert rows(figure)["Resor"] == ["140", "100", "+40", "+40,0 %", "390", "300", "+90", "+30,0 %"]
    assert rows(figure)["Restriktivitet totalt"][4:6] == ["420", "330"]
    assert "Resor;140000;100000;40000;40;390000;300000;90000;30" in file(figure)


def test_what_is_not_booked_is_not_summed():
    figure = restriktivitet_table(travel(100_000, through="2023-02"), **ALL)
    assert plain(figure.title) == "Resor, övernattning och externa möten kan inte summeras, jan–mars 2023"
    assert rows(figure)["Resor"][:2] == ["–", "100"]
    assert "mars 2023" in figure.help


def test_units_that_rose_stand_first():
    found = {"ron": travel(100_000), "med": travel([0] * 12 + [1] * 12), "ost": travel(1, through="2023-02")}
    figure = restriktivitet_units(found, NAMES, **ALL)
    assert list(rows(figure)) == ["Medicinkliniken", "Röntgenkliniken", "Närsjukvård Öst"]
    assert figure.title == "Medicinkliniken har högre kostnader än föregående år"
    assert (
        rows(figure)["Närsjukvård Öst"] == ["–", "30", "–", "–"] or rows(figure)["Närsjukvård Öst"][0] == "–"
    )
    assert restriktivitet_units({}, NAMES, **ALL).empty


# Förbättringsarbete


def activity(number: int, expected: int, status: Progress = Progress.RUNNING, **realised: int) -> Improvement:
    by_month = {months(12)[int(key[1:]) - 1]: amount for key, amount in realised.items()}
    return Improvement(
        "ron", f"Åtgärd {number}", Effect.COST, expected, months(2)[1], "Verksamhetschef", status,
        realised=by_month, number=number,
    )  # fmt: skip


REGISTER = [
    activity(1, 100_000, m2=80_000),
    activity(2, 50_000),
    activity(3, 900_000, Progress.STOPPED, m2=1),
]


def test_the_register_is_a_table_in_tkr():
    figure = improvements_register(REGISTER, NAMES, context=CONTEXT, origins=DEMO, months=months(3))
    lines = [[plain(cell) for cell in row] for row in table(figure).itertuples(index=False)]
    assert lines[0][:7] == ["Röntgenkliniken", "Åtgärd 1", "lägre kostnad", "pågår", "100", "200", "80"]
    assert lines[1][6] == "–"
    assert lines[2][3:6] == ["avbruten", "900", "0"]
    assert plain(figure.title) == "Två aktiviteter ska ge 0,2 mnkr i mars 2023"
    assert "Avbrutna aktiviteter räknas inte." in figure.help
    early = improvements_register(REGISTER, NAMES, context=CONTEXT, origins=DEMO, months=months(1))
    assert "aktiviteter ska ge" not in early.title
    bare = improvements_register(REGISTER[:1], NAMES, context=CONTEXT, origins=DEMO)
    assert bare.title == "En aktivitet är registrerad"
    assert "Förväntat hittills" not in table(bare).columns
    assert improvements_register([], NAMES, context=CONTEXT, origins=DEMO).empty


def test_effects_are_summed_against_the_gap():
    found = totals(REGISTER, months(3), -27 * MNKR)
    figure = improvements_by_month(found, context=CONTEXT, origins=DEMO, names=NAMES, gap_to="−800")
    shown = rows(figure)
    assert shown["feb 2023"] == ["150", "80*", "80,0 %", "", "1 av 2"]
    assert shown["Alla aktiviteter"][:4] == ["300", "80*", "80,0 %", "1 350"]
    assert shown["Röntgenkliniken"] == shown["Alla aktiviteter"] == shown["lägre kostnad"]
    assert plain(figure.title) == "Resten av årets förväntade effekt räcker till 5 % av gapet till −800"
    assert "En aktivitet som har avbrutits räknas inte." in figure.help
    closed = improvements_by_month(totals(REGISTER, months(3), 5), context=CONTEXT, origins=DEMO)
    assert plain(closed.title) == "Gapet är stängt; 1,4 mnkr mer väntas i år"
    filled = improvements_by_month(totals(REGISTER, months(3), -MNKR), context=CONTEXT, origins=DEMO)
    assert filled.title == "Resten av årets förväntade effekt räcker till hela gapet"
    over = improvements_by_month(totals(REGISTER, months(12), 5), context=CONTEXT, origins=DEMO)
    assert over.title == "Gapet är stängt"
    lacking = improvements_by_month(totals(REGISTER, months(12), -MNKR), context=CONTEXT, origins=DEMO)
    assert lacking.title == "Aktiviteterna väntas inte ge något mer i år"
    unknown = improvements_by_month(totals(REGISTER, months(3), None), context=CONTEXT, origins=DEMO)
    assert plain(unknown.title) == "Aktiviteterna väntas ge 1,4 mnkr resten av året"
    assert "Röntgenkliniken" not in rows(unknown)
    assert improvements_by_month(totals([], months(3), None), context=CONTEXT, origins=DEMO).empty
