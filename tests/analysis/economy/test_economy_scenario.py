"""A scenario in a link: what is written is read back, and everything that is wrong is told at once, in Swedish."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.scenario_text import parse_scenario, write_scenario
from hsf_kpi.analysis.economy.types import Pull, Scenario
from hsf_kpi.model.lever import Lever, LeverKind
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from tests.analysis.economy.economy_builders import OCTOBER


def _lever(key: str, title: str, kind: LeverKind, unit: str, least: int, most: int) -> Lever:
    return Lever(
        key,
        title,
        kind,
        unit,
        Fraction(least),
        Fraction(most),
        (),
        Fraction(1),
        0,
        "Antas.",
        "Eget antagande",
    )


HIRED = _lever("hyrpersonal", "Hyrpersonal", LeverKind.HIRED_SHARE, "%", 0, 100)
FTE = _lever("arsarbetare", "Årsarbetare", LeverKind.FTE, "årsarbetare", -300, 0)
LEVERS = (HIRED, FTE)
NOVEMBER, DECEMBER = Month.of(2023, 11), Month.of(2023, 12)

starts = st.integers(1, 12).map(lambda number: Month.of(2023, number))
titles = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=80).filter(
    lambda text: text == text.strip() and text.isprintable()
)
kronor = st.integers(-1_000_000_000, 1_000_000_000)


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Scenario, Month]:
    month = Month.of(2023, draw(st.integers(1, 11)))
    left = st.integers(month.number + 1, 12).map(lambda number: Month.of(2023, number))
    hired = st.integers(0, 100_000_000).map(lambda n: Fraction(n, 10**6))
    pulls = st.one_of(
        st.builds(Pull, st.just("hyrpersonal"), hired, left),
        st.builds(Pull, st.just("arsarbetare"), st.integers(-300, 0).map(Fraction), left),
        st.builds(Pull, st.none(), kronor.map(Fraction), left, titles),
    )
    return Scenario(tuple(draw(st.lists(pulls, max_size=8)))), month


def _problems(text: str, month: Month = OCTOBER) -> list[str]:
    with pytest.raises(DataError) as told:
        parse_scenario(text, LEVERS, month)
    return [str(problem) for problem in told.value.problems]


@settings(max_examples=60, deadline=None)
@given(scenarios())
@example((Scenario((Pull(None, Fraction(-1), NOVEMBER, "~s;:@~ 100 % å&=?"),)), OCTOBER))
def test_what_is_written_is_read_back(known: tuple[Scenario, Month]) -> None:
    scenario, month = known
    text = write_scenario(scenario)
    assert parse_scenario(text, LEVERS, month) == scenario
    assert write_scenario(parse_scenario(text, LEVERS, month)) == text


def test_the_form_of_the_text() -> None:
    scenario = Scenario((
        Pull("hyrpersonal", Fraction(2), NOVEMBER),
        Pull("arsarbetare", Fraction(-25, 2), NOVEMBER),
        Pull(None, Fraction(1_500_000), DECEMBER, "Färre prover: lab"),
        Pull(None, Fraction(-100_000), DECEMBER),
    ))  # fmt: skip
    text = "hyrpersonal:2@2023-11;arsarbetare:-12.5@2023-11;egen:1.5@2023-12:Färre prover~k lab;egen:-0.1@2023-12"
    assert write_scenario(scenario) == text
    assert parse_scenario(text, LEVERS, OCTOBER) == scenario
    assert parse_scenario("", LEVERS, OCTOBER) == parse_scenario(" ; ", LEVERS, DECEMBER) == Scenario()
    typed = "hyrpersonal:2,5@2023-11; arsarbetare:−100@2023-12"
    assert [pull.value for pull in parse_scenario(typed, LEVERS, OCTOBER).pulls] == [Fraction(5, 2), -100]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hyrpersonal:200@2023-11", "200 % är utanför 0–100 %."),
        ("arsarbetare:-500@2023-11", "−500 årsarbetare är utanför −300 till 0 årsarbetare."),
        ("egen:1000.5@2023-11:Mycket", "1 000,5 mnkr är utanför −1 000 till 1 000 mnkr."),
        ("hyrpersonal:två@2023-11", "”två” är inget tal."),
        ("hyrpersonal:@2023-11", "Talet saknas."),
        ("hyrpersonal:1e3@2023-11", "”1e3” är inget tal."),
        ("hyrpersonal:nan@2023-11", "”nan” är inget tal."),
        ("hyrpersonal:٢@2023-11", "”٢” är inget tal."),
        ("semester:2@2023-11", "Åtgärden ”semester” finns inte. Välj en av hyrpersonal, arsarbetare, egen."),
        ("hyrpersonal:2@2023-13", "”2023-13” är ingen månad."),
        ("hyrpersonal:2", "”” är ingen månad."),
        ("hyrpersonal:2@2023-10", "Oktober 2023 är inte kvar av 2023. Välj en månad efter oktober 2023."),
        ("hyrpersonal:2@2024-01", "Januari 2024 är inte kvar av 2023."),
        (f"egen:2@2023-11:{'x' * 81}", "Rubriken är längre än 80 tecken."),
        ("egen:2@2023-11:a\x07b", "Rubriken har tecken som inte kan visas."),
        ("hyrpersonal:2@2023-11:Titel", "Hyrpersonal har redan en rubrik."),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    found = _problems(text)
    assert len(found) == 1
    assert found[0].replace("\N{NO-BREAK SPACE}", " ").startswith(f"Scenariot, rad 1: {told}")


def test_everything_wrong_is_told_at_once() -> None:
    found = _problems("hyrpersonal:200@2023-09;semester:x@sen;arsarbetare:-5@2023-12")
    assert [text.partition(":")[0] for text in found] == ["Scenariot, rad 1"] * 2 + ["Scenariot, rad 2"] * 3


def test_too_much_is_told() -> None:
    assert parse_scenario(";".join(["egen:1@2023-11:a"] * 12), LEVERS, OCTOBER).pulls[11].title == "a"
    assert _problems(";".join(["egen:1@2023-11:a"] * 13)) == [
        "Scenariot: Det är 13 rader, högst 12 får finnas. Ta bort rader."
    ]
    assert _problems("x" * 2001) == [
        "Scenariot: Texten är längre än 2000 tecken. Korta rubrikerna eller ta bort rader."
    ]
    assert "Välj en tidigare månad" in _problems("hyrpersonal:2@2023-12", DECEMBER)[0]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("hyrpesonalgn:;@~-.,0123456789 x"), max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    found: Scenario | None
    problems: tuple[Problem, ...] = ()
    try:
        found = parse_scenario(text, LEVERS, OCTOBER)
    except DataError as error:
        found, problems = None, error.problems
    if found is None:
        assert problems
        assert all(one.what.endswith(".") and one.where.startswith("Scenariot") for one in problems)
    else:
        assert parse_scenario(write_scenario(found), LEVERS, OCTOBER) == found


@settings(max_examples=40, deadline=None)
@given(st.integers(-(10**9), 10**9).map(lambda n: Fraction(3 * n + 1, 3 * 10**6)))
def test_a_value_with_too_many_decimals_is_not_written(value: Fraction) -> None:
    with pytest.raises(ValueError, match="more than six decimals"):
        write_scenario(Scenario((Pull("hyrpersonal", value, NOVEMBER),)))
