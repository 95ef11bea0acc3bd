"""Who makes the deviation: titles that are true of the rows, rows that add up to the sum named."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.types import Contribution, Yardstick
from hsf_kpi.figures.economy.contribution import BEST, WORST, contribution_figure, row_units
from hsf_kpi.figures.economy.shares import makers
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from tests.figures.test_economy_figures_bridge import tenths
from tests.figures.test_economy_figures_trajectory import plain
from tests.render.economy_samples import DEMO, HSF, NAMES, SOURCE, UNITS, contribution

AMOUNTS: dict[str | None, int | None] = {key: tkr for key, (_, tkr) in UNITS.items()}


def figure(found: Contribution | None = None, **more: str) -> Figure:
    return contribution_figure(
        found or contribution(), NAMES, context=HSF, origins=DEMO, source=SOURCE, own_budget=True, **more
    )


def test_the_demos_october() -> None:
    found = figure(plural="kliniker")
    assert found.title == "Tre kliniker står för två tredjedelar av avvikelsen"
    assert plain(found.caption).endswith("Summa −194,3.")
    rows = list(records(found))
    assert [row["unit"] for row in rows if row["mark"] == WORST] == ["kir", "med", "ope"]
    assert [plain(row["deviation_text"]) for row in rows[:3]] == ["−61,4", "−38,2", "−27,9"]
    assert sum(tenths(row["deviation_text"]) for row in rows) == -1943


def test_against_zero_the_provision_is_a_row_of_its_own() -> None:
    found = figure(
        contribution(
            {**AMOUNTS, "fl": -666_700 + 3_100, None: -1_000}, yardstick=Yardstick.BUDGET, provision=-666_700
        )
    )
    rows = list(records(found))
    assert [row["name"] for row in rows[-2:]] == [
        "Övriga verksamheter",
        "Förvaltningsledning, underskottspost",
    ]
    assert plain(rows[-1]["deviation_text"]) == "−666,7"
    assert (
        plain(next(row for row in rows if row["name"] == "Förvaltningsledning")["deviation_text"]) == "+3,1"
    )
    assert found.title == "Utöver underskottsposten gör tre verksamheter två tredjedelar av avvikelsen"
    assert row_units(found)[-2:] == ("", "fl")
    deviations = [row["deviation"] for row in rows[:-2]]
    assert deviations == sorted(deviations, key=lambda x: float(str(x)))
    assert sum(tenths(row["deviation_text"]) for row in rows) == -8589


@pytest.mark.parametrize(
    ("amounts", "title"),
    [
        ({"kir": -61_400}, "Kirurgkliniken står för hela avvikelsen"),
        ({"kir": -50, "med": -50}, "Kirurgkliniken står för hälften av avvikelsen"),
        (
            {"kir": -10_000, "med": 8_000, "ope": 1_000},
            "Kirurgkliniken avviker mest: 10,0 mnkr sämre än budget",
        ),
        ({"kir": 9_000, "med": 1_000, "ope": 500},
         "Kirurgkliniken står för mer än tre fjärdedelar av överskottet mot budget"),
        ({"kir": 1_000, "med": -1_000}, "Medicinkliniken avviker mest: 1,0 mnkr sämre än budget"),
        ({None: -1_000}, "Avvikelsen är −1,0 mnkr"),
        ({"kir": -12_000, "med": 30_000, None: -20_000}, "Kirurgkliniken är sämst mot budget: 12,0 mnkr sämre"),
        ({"kir": -2_000, None: -30_000}, "Kirurgkliniken är 2,0 mnkr sämre än budget"),
    ],
)  # fmt: skip
def test_titles(amounts: dict[str | None, int | None], title: str) -> None:
    assert plain(figure(contribution(amounts)).title) == title


def test_what_is_missing_is_not_judged() -> None:
    found = figure(contribution({**AMOUNTS, "lab": None}, complete=False))
    assert found.title == "Något utfall saknas: avvikelsen bedöms inte"
    assert {row["mark"] for row in records(found)} == {"other"}
    assert "Kan inte jämföras: Laboratoriemedicin." in found.help
    assert plain(found.caption).endswith("*.")
    assert figure(contribution({})).empty


def test_better_than_last_year_is_told_by_the_best() -> None:
    found = figure(contribution({k: -(v or 0) for k, v in AMOUNTS.items()}, yardstick=Yardstick.LAST_YEAR))
    assert found.title == "Tre verksamheter står för två tredjedelar av förbättringen"
    assert [row["unit"] for row in records(found) if row["mark"] == BEST] == ["ope", "med", "kir"]
    assert found.marks[0].label == "föregående år"


def test_a_name_that_leaves_no_room_gives_way_to_a_number() -> None:
    made = contribution({"kir": 9_000, "med": 1_000, "ope": 500})
    names = {**NAMES, "kir": "Mottagningen för tidiga insatser och stöd"}
    found = contribution_figure(made, names, context=HSF, origins=DEMO, source=SOURCE, own_budget=True)
    assert found.title == "En verksamhet står för mer än tre fjärdedelar av överskottet mot budget"


def test_what_is_left_of_a_better_year_is_told_as_a_surplus() -> None:
    made = contribution(
        {"kir": 900, "med": 100, "ope": 50, "fl": -600_000}, yardstick=Yardstick.BUDGET, provision=-600_000
    )
    long = {**NAMES, "kir": "Mottagningen för tidiga insatser"}
    found = contribution_figure(made, long, context=HSF, origins=DEMO, source=SOURCE, own_budget=True)
    assert found.title.endswith("det övriga överskottet")
    assert len(found.title) <= LONGEST


def test_the_row_without_a_unit_is_what_is_booked_between_the_levels_too() -> None:
    assert "bokfört på nivåer däremellan" in figure(contribution({"kir": -5_000, None: -1_000})).help


WORDS = {
    "nästan hela": (Fraction(90, 100), Fraction(98, 100)),
    "så gott som hela": (Fraction(98, 100), Fraction(1)),
    " hela": (Fraction(99, 100), Fraction(102, 100)),
    "hälften": (Fraction(48, 100), Fraction(65, 100)),
    "tre fjärdedelar": (Fraction(72, 100), Fraction(90, 100)),
    "två tredjedelar": (Fraction(64, 100), Fraction(76, 100)),
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-90_000, 40_000), min_size=1, max_size=14),
    st.one_of(st.none(), st.integers(-5_000, 5_000)),
    st.sampled_from([0, -666_700]),
)
def test_any_deviation_adds_up_and_the_share_named_is_true(
    tkr: list[int], other: int | None, provision: int
) -> None:
    amounts: dict[str | None, int | None] = {f"u{i}": value for i, value in enumerate(tkr)}
    if other is not None:
        amounts[None] = other
    if provision:
        amounts["fl"] = provision
    made = contribution(amounts, yardstick=Yardstick.BUDGET, provision=provision)
    found = figure(made)
    rows = list(records(found))
    assert made.whole.amount is not None
    assert sum(tenths(row["deviation_text"]) for row in rows) == tenths(
        found.caption.rpartition("Summa ")[2][:-1]
    )
    assert len(found.title) <= LONGEST
    rest = Fraction(made.whole.amount, 1000) - provision
    marked = [row for row in rows if row["mark"] in (WORST, BEST)]
    if " står för " in found.title or " gör " in found.title:
        share = (
            sum(Fraction(round(float(str(row["deviation"])) * 1000), 1000) * 1000 for row in marked) / rest
        )
        least, most = next(bounds for word, bounds in WORDS.items() if word in found.title)
        assert least <= share <= most


def test_makers_by_hand() -> None:
    assert makers([], 5) is None
    assert makers([5], 0) is None
    found = makers([40, 30, 20, 10, 0, 0], 100)
    assert found is not None
    assert (found.count, found.words) == (2, "mer än två tredjedelar av")
    spread = makers([10] * 10, 100)
    assert spread is not None
    assert (spread.count, spread.words) == (5, "hälften av")
    assert makers([10] * 12, 120) is None
    assert makers([150, 10], 100) is None
