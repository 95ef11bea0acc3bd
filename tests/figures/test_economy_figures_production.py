"""Production as index, since the base year and against what was agreed; total bemanning month by month."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hsf_kpi.analysis.economy.production import DRG, STAFF, Production, production
from hsf_kpi.analysis.economy.staffing import EXCHANGE_RULE, Exchange, SeasonAdjusted, Staffing, StaffMonth
from hsf_kpi.figures.economy.production import agreed_table, index_figure, since_table
from hsf_kpi.figures.economy.production_titles import since_titles
from hsf_kpi.figures.economy.staffing import fte_title, staffing_table
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import LONGEST, fitting
from hsf_kpi.figures.shape import records
from hsf_kpi.model.period import Month
from hsf_kpi.render.table import table
from tests.figures.assignment_samples import DEMO, SOURCE, months
from tests.figures.figure_samples import CONTEXT

YTD = replace(CONTEXT, view="ackumulerat", period="jan–okt 2023")
ALL = {"origins": DEMO, "source": SOURCE}
EVERY = tuple(Month.of(2019, 1) + i for i in range(58))
CHOSEN = EVERY[-10:]


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ").rstrip()


def rows(figure: Figure) -> dict[str, list[str]]:
    shown = table(figure)
    return {str(row[0]): [plain(cell) for cell in row[1:]] for row in shown.itertuples(index=False)}


def found(
    growth: dict[str, int], agreed: dict[str, int] | None = None, *, rolling: bool = True
) -> Production:
    """1 000 a month up to 2022, and then as many percent more."""
    amounts = {
        key: {month: Fraction(1000 * (100 + (more if month.year == 2023 else 0)), 100) for month in EVERY}
        for key, more in growth.items()
    }
    given = {key: {month: Fraction(amount) for month in EVERY} for key, amount in (agreed or {}).items()}
    return production(amounts, EVERY, CHOSEN, given, rolling=rolling)


def test_the_title_says_what_the_index_shows():
    figure = index_figure(found({STAFF: 12, "besok": 1}), context=YTD, **ALL)
    last = list(records(figure))[-1]
    assert last[f"{STAFF}_text"] == "110,0"
    assert (
        plain(figure.title) == "Senaste tolv månaderna: 10,0 % fler årsarbetare än 2019; besöken 0,8 % fler"
    )
    assert "senaste tolv månadernas" in figure.help
    assert figure.context.view.startswith("rullande")
    month = index_figure(found({STAFF: 12, "besok": -3}, rolling=False), context=CONTEXT, **ALL)
    assert plain(month.title) == "12,0 % fler årsarbetare än oktober 2019; besöken 3,0 % färre"
    assert month.context.view == "månad"


def test_a_series_without_a_base_is_told_and_not_drawn():
    whole = found({STAFF: 5, "besok": 0})
    lost = replace(whole.series[1], values=(None,) * len(EVERY), why_none="Inget är känt för 2019")
    figure = index_figure(replace(whole, series=(whole.series[0], lost)), context=YTD, **ALL)
    assert "Besök visas inte: inget är känt för 2019." in figure.help
    assert "Besök" not in table(figure).columns
    nothing = index_figure(replace(whole, series=(lost,)), context=YTD, **ALL)
    assert nothing.empty
    assert nothing.title == "Index kan inte räknas"


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({STAFF: "4.4", "besok": "0.2"}, "4,4 % fler årsarbetare än 2019; besöken lika många"),
        ({STAFF: "-0.3"}, "Lika många årsarbetare som 2019"),
        ({STAFF: "-4", DRG: "2"}, "4,0 % färre årsarbetare än 2019"),
        ({"kostnad": "18"}, "Kostnad är 18,0 % högre än 2019"),
        ({"kostnad": "0"}, "Kostnad är som 2019"),
        ({}, "Index kan inte räknas"),
    ],
)
def test_titles(changes, title):
    named = {
        key: ("Årsarbetare" if key == STAFF else key.capitalize(), Fraction(v)) for key, v in changes.items()
    }
    text = fitting(since_titles(named, STAFF, "2019"))
    assert plain(text) == title
    assert len(text) <= LONGEST


def test_the_table_compares_the_same_months_and_tells_staff_as_a_mean():
    figure = since_table(found({STAFF: 5, "besok": -2}), context=YTD, **ALL)
    shown = rows(figure)
    assert shown["Årsarbetare"][:5] == ["1 050", "1 000", "+5,0 %", "1 000", "+5,0 %"]
    assert shown["Besök"][:5] == ["9 800", "10 000", "−2,0 %", "10 000", "−2,0 %"]
    assert plain(figure.title) == "5,0 % fler årsarbetare än jan–okt 2019; besöken 2,0 % färre"


def test_production_against_what_was_agreed():
    figure = agreed_table(
        found({"besok": 0, "operationer": 0, DRG: 0}, {"besok": 1003, "operationer": 900}), context=YTD, **ALL
    )
    shown = rows(figure)
    assert shown["Besök"][:4] == ["10 000", "10 030", "−30", "99,7 %"]
    assert shown["Operationer"][:4] == ["10 000", "9 000", "+1 000", "111,1 %"]
    assert shown["DRG-poäng"][1:4] == ["–", "–", "–"]
    assert "Ingen överenskommen produktion" in shown["DRG-poäng"][4]
    assert plain(figure.title) == "Besök når 99,7 % av det överenskomna"
    assert (
        agreed_table(found({"besok": 0}, {"besok": 900}), context=YTD, **ALL).title
        == "All produktion når det överenskomna"
    )
    assert "kan inte jämföras" in agreed_table(found({"besok": 0}), context=YTD, **ALL).title


def staff(*totals: int | None, exchange: Exchange = Exchange.EXCHANGE, **also) -> Staffing:
    every = tuple(
        StaffMonth(
            month, None if t is None else Fraction(t - 3), Fraction(2), Fraction(1), None if t is None else Fraction(t),
            change=None if t is None else Fraction(7), exchange=exchange, **also,
        )
        for month, t in zip(months(len(totals)), totals, strict=True)
    )  # fmt: skip
    adjusted = SeasonAdjusted(
        tuple(one.month for one in every),
        (Fraction(50),) * len(every),
        (None,) + (Fraction(-1, 10),) * (len(every) - 1),
    )
    return Staffing(every, adjusted)


def test_staff_is_told_by_its_parts_and_as_an_exchange():
    figure = staffing_table(staff(100, 110), context=YTD, **ALL)
    assert rows(figure)["feb 2023"] == ["107", "2", "1", "110", "–", "+7", "50", "−0,1", ""]
    assert plain(figure.title) == "Inhyrda har bytts mot egna; totalt 7 fler än feb 2022"
    assert EXCHANGE_RULE in figure.help
    assert "egna 107, inhyrda 2, övertid 1" in figure.sentence


def test_unknown_parts_get_a_star_and_unknown_staff_no_title():
    figure = staffing_table(staff(100, unknown=("övertid",), exchange=Exchange.UNKNOWN), context=YTD, **ALL)
    assert rows(figure)["jan 2023"][3] == "100*"
    assert "* övertid saknas i summan." in figure.help
    assert EXCHANGE_RULE not in figure.help
    unknown = staffing_table(staff(None), context=YTD, **ALL)
    assert unknown.empty
    assert unknown.title == "Den totala bemanningen är inte känd"
    why = replace(staff(100), adjusted=SeasonAdjusted(why_none="För få månader."))
    assert "Säsongsrensat saknas: För få månader." in staffing_table(why, context=YTD, **ALL).help


@pytest.mark.parametrize("exchange", Exchange)
def test_every_exchange_has_a_title_with_room(exchange):
    title = staffing_table(staff(100, exchange=exchange), context=YTD, **ALL).title
    assert 0 < len(title) <= LONGEST
    assert not title.endswith("…")


def test_less_than_half_an_arsarbetare_is_no_change():
    found = staff(100)
    still = replace(found, months=(replace(found.months[0], change=Fraction(-3, 100)),))
    assert "totalt lika många årsarbetare som" in staffing_table(still, context=YTD, **ALL).title


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ([1, -2, None, 3], "Två av tre verksamheter har fler årsarbetare än okt 2022"),
        ([1], "En verksamhet har fler årsarbetare än okt 2022"),
        ([0, -1], "Ingen verksamhet har fler årsarbetare än okt 2022"),
        ([None], "Årsarbetarna kan inte jämföras med okt 2022"),
    ],
)
def test_units_with_more_staff_are_counted_among_those_compared(changes: list[int | None], title: str):
    assert fte_title([None if one is None else Fraction(one) for one in changes], "okt 2022") == title
