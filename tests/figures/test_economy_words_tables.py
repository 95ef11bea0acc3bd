"""The words of kostnadsställen, of what if, of production and of sources: true for the data, and short enough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.production import Production, SinceBase
from hsf_kpi.analysis.economy.types import Pull, PullEffect, WhatIf
from hsf_kpi.figures.economy.cost_centres import cost_centre_table, project_table
from hsf_kpi.figures.economy.production_words import production_finding, production_tiles
from hsf_kpi.figures.economy.sources import PLAN_LINE, ledger_source
from hsf_kpi.figures.economy.whatif import nothing_pulled, whatif_figure, whatif_finding
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import MNKR, CostCentreLine
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.parse import parse_number
from tests.analysis.economy.economy_builders import ACCOUNTS, ledger
from tests.figures.words_rules import AMOUNT, HEADING, plain, right, right_tiles, tile
from tests.render.economy_samples import DEMO, HSF, SOURCE

# Kostnadsställen och uppdragsprojekt


def centres(*lines: tuple[str, int | None, int | None]) -> tuple[str, list[Mapping[str, object]]]:
    """Title and rows; amounts in tkr on own staff."""
    made = [
        CostCentreLine(
            name, "egen-personal", None if a is None else a * 1000, None if b is None else b * 1000
        )
        for name, a, b in lines
    ]
    figure = cost_centre_table(made, ACCOUNTS, context=HSF, origins=DEMO, source=SOURCE)
    right(figure.title, LONGEST)
    right(figure.sentence)
    return plain(figure.title), list(records(figure))


LONG = "Kostnadsställe för gemensamma mottagningar och avdelningar i hela länet"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("1101", 9_000, 8_000), ("1102", 5_000, 2_000)], "1102 kostar 3,0 mnkr mer än sin budget"),
        ([("1101", 8_000, 8_000)], "Inget kostnadsställe kostar mer än sin budget"),
        ([("1101", 8_020, 8_000)], "Inget kostnadsställe kostar tydligt mer än sin budget"),
        ([("", 9_000, 8_000)], "Det som saknar kostnadsställe kostar 1,0 mnkr mer än budget"),
        ([("1101", 9_000, None)], "Kostnadsställena har ingen budget att jämföra med"),
        ([("1101", None, 9_000)], "Inga kostnader är bokförda på kostnadsställena"),
        ([], "Inga kostnader är bokförda på kostnadsställena"),
        ([(LONG, 9_000, 8_000)], "Ett kostnadsställe kostar mer än sin budget"),
        ([(LONG, 9_000, 1), ("1", 9, 1), ("2", 900, 1)], "Två kostnadsställen kostar mer än sin budget"),
    ],
)
def test_the_cost_centre_that_is_furthest_over(
    lines: list[tuple[str, int | None, int | None]], said: str
) -> None:
    assert centres(*lines)[0] == said


def test_what_a_cost_centre_has_not_booked_is_no_saving() -> None:
    rows = centres(("1101", None, 9_000), ("1102", 5_000, None), ("1103", 2_000, 1_000))[1]
    assert [row["name"] for row in rows] == ["1103", "1101", "1102"]
    assert [row["deviation_text"] for row in rows] == ["−1,0", "–", "–"]


def test_projects_stand_apart() -> None:
    found = ledger({"resor": 1}, projects={"forsaljning": 2 * MNKR, "resor": MNKR}, through="2023-02")
    months = [Month.of(2023, 1), Month.of(2023, 2)]
    figure = project_table(found, months, context=HSF, origins=DEMO, source=SOURCE)
    assert figure is not None
    assert [row[:3] for row in figure.rows] == [
        ("Försäljning av tjänster", "Intäkt", "4,0"),
        ("Resor", "Kostnad", "2,0"),
    ]
    assert "2 konton" in figure.sentence
    assert project_table(ledger({"resor": 1}), months, context=HSF, origins=DEMO, source=SOURCE) is None


# Vad händer om


def effect(total: int) -> PullEffect:
    pull = Pull(None, Fraction(total), Month.of(2023, 11), "Åtgärd")
    return PullEffect(pull, "Åtgärd", "Antas.", (total,), total, "" if total else "Ger inget.")


def scenario(base: int, *totals: int, target: int | None = None) -> WhatIf:
    landing = base + sum(totals)
    return WhatIf(
        base, "den statistiska prognosen", (), tuple(effect(t) for t in totals), landing, target,
        None if target is None else landing - target,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            scenario(-978 * MNKR, 20 * MNKR, 3 * MNKR, target=-800 * MNKR),
            "Med åtgärderna landar året på −955,0 mnkr, 155,0 mnkr under −800",
        ),
        (
            scenario(-10 * MNKR, 5 * MNKR, target=-8_300_000),
            "Med åtgärden landar året på −5,0 mnkr, 3,3 mnkr över −8,3",
        ),
        (
            scenario(-810 * MNKR, 10 * MNKR + 20_000, target=-800 * MNKR),
            "Med åtgärden landar året på −800,0 mnkr, precis på −800",
        ),
        (
            scenario(-810 * MNKR, 10 * MNKR),
            "Med åtgärden landar året på −800,0 mnkr, 10,0 mnkr bättre än utan",
        ),
        (scenario(-8 * MNKR, -MNKR), "Med åtgärden landar året på −9,0 mnkr, 1,0 mnkr sämre än utan"),
        (scenario(-8 * MNKR, 0), "Med åtgärden landar året på −8,0 mnkr, samma som utan"),
    ],
)
def test_where_a_scenario_lands(found: WhatIf, said: str) -> None:
    assert plain(whatif_finding(found)) == said


amounts = st.integers(-2000 * MNKR, 2000 * MNKR)


@settings(max_examples=50, deadline=None)
@given(amounts, st.lists(st.integers(-50 * MNKR, 50 * MNKR), min_size=1, max_size=6), st.none() | amounts)
def test_a_scenarios_parts_add_up_as_they_are_shown(base: int, totals: list[int], target: int | None) -> None:
    figure = whatif_figure(scenario(base, *totals, target=target), context=HSF, origins=DEMO, source=SOURCE)
    right(figure.title, LONGEST)
    right(figure.sentence)
    told = [
        parse_number(str(row["effect_text"]).removesuffix("\N{NO-BREAK SPACE}mnkr"))
        for row in records(figure)
    ]
    assert None not in told
    parts = [amount for amount in told if amount is not None]
    landing = parts[len(totals) + 1]
    assert sum(parts[: len(totals) + 1]) == landing
    if target is not None:
        apart = re.search(rf"mnkr, {AMOUNT} (över|under)", figure.title)
        assert parts[-1] == (Fraction(0) if apart is None else _signed(apart))
    assert ("Ger inget." in figure.help) == (0 in totals)


def _signed(told: re.Match[str]) -> Fraction:
    amount = parse_number(told[1])
    assert amount is not None
    return amount if told[2] == "över" else -amount


def test_where_there_is_no_scenario() -> None:
    assert "Fyll i" in nothing_pulled(False)
    assert "ingen prognos" in nothing_pulled(True)


# Produktion


def since(key: str, title: str, percent: str | None, before: str | None = None) -> SinceBase:
    def to(text: str | None) -> Fraction | None:
        return None if text is None else 100 / (1 + Fraction(text) / 100)

    now = None if percent is None else Fraction(100)
    why = "" if percent else "Utfall saknas för 2 av 10 valda månader."
    return SinceBase(key, title, 2019, now, to(percent), to(before), why)


def made(**percents: str | None) -> Production:
    keys = {
        "staff": ("arsarbetare", "Årsarbetare"),
        "visits": ("besok", "Besök"),
        "care": ("vardtillfallen", "Vårdtillfällen"),
        "drg": ("drg-per-arsarbetare", "DRG-poäng"),
        "cost": ("kostnad", "Kostnad utan interna köp"),
    }
    return Production(2019, (), (), tuple(since(*keys[k], v) for k, v in percents.items()), ())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (made(staff="6.3", visits="1.2"), "Årsarbetarna är 6,3 % fler än 2019, besöken 1,2 % fler"),
        (
            made(staff="6.3", visits="0.4", care="-3"),
            "Årsarbetarna är 6,3 % fler än 2019, besöken ungefär lika många och vårdtillfällena 3,0 % färre",
        ),
        (made(staff="0", drg="-2"), "Årsarbetarna är ungefär lika många som 2019, DRG-poängen 2,0 % färre"),
        (made(staff="-1"), "Årsarbetarna är 1,0 % färre än 2019; produktionen kan inte jämföras"),
        (made(staff=None, visits="0.1"), "Besöken är ungefär lika många som 2019; bemanningen kan inte jämföras"),
        (made(drg="5"), "DRG-poängen är 5,0 % fler än 2019; bemanningen kan inte jämföras"),
        (made(staff=None, cost="9"), "Varken produktion eller bemanning kan jämföras med 2019 här"),
    ],
)  # fmt: skip
def test_what_more_staff_gave(found: Production, said: str) -> None:
    assert plain(production_finding(found)) == said


def test_the_tiles_of_production_are_of_what_is_known() -> None:
    tiles = production_tiles(made(cost="9", visits=None, staff="6.3", drg="-0.04"))
    assert [one.id for one in tiles] == ["arsarbetare", "drg-per-arsarbetare", "kostnad"]
    assert tile(tiles, "drg-per-arsarbetare") == "0,0 % | mot samma månader 2019"
    nothing = production_tiles(made(staff=None))
    assert tile(nothing, "arsarbetare") == "– | Utfall saknas för 2 av 10 valda månader."
    both = Production(2019, (), (), (since("besok", "Besök", "2", "-1"),), ())
    assert (
        tile(production_tiles(both), "besok")
        == "+2,0 % | mot samma månader 2019 | −1,0 % mot samma månader förra året"
    )


percents = st.none() | st.integers(-99_999, 99_999).map(lambda n: str(n / 1000))


@settings(max_examples=30, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(("staff", "visits", "care", "drg", "cost"), percents)))
def test_any_production_has_words_that_fit(known: dict[str, str | None]) -> None:
    right(production_finding(made(**known)), HEADING)
    right_tiles(production_tiles(made(**known)))


# Källor


def test_sources_are_told_by_origin() -> None:
    empty = ledger()
    assert ledger_source(empty) == "Källa: inget bokfört."
    demo = replace(empty, origins=frozenset({Origin.DEMO}))
    assert plain(ledger_source(demo, PLAN_LINE, "")) == (
        "Källa: Demodata; −800 ur Förvaltningsplan 2023–2025, avsnitt 5.4.1."
    )
    loaded = replace(empty, origins=frozenset({Origin.LOADED}), sources=("okt.csv", "sep.csv"))
    assert ledger_source(loaded) == "Källa: inläst (okt.csv, sep.csv)."
    assert ledger_source(replace(loaded, sources=())) == "Källa: inläst."
