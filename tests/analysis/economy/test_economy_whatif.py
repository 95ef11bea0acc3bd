"""What if: each lever's arithmetic against a plain one, the landing as the sum, and why a pull does nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.path import trajectory
from hsf_kpi.analysis.economy.types import (
    NoForecast,
    Pull,
    PullEffect,
    Scenario,
    StatisticalForecast,
    Trajectory,
    WhatIf,
)
from hsf_kpi.analysis.economy.whatif import what_if
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.lever import Lever, LeverKind
from hsf_kpi.model.period import Month
from tests.analysis.economy.economy_builders import OCTOBER, ledger, submitted

NOVEMBER, DECEMBER = Month.of(2023, 11), Month.of(2023, 12)


def _lever(key: str, kind: LeverKind, share: str = "1", months: int = 0, **fields: object) -> Lever:
    unit = "årsarbetare" if kind is LeverKind.FTE else "%"
    return Lever(
        key, key.capitalize(), kind, unit, Fraction(-1000), Fraction(1000), (), Fraction(share), months,
        f"Antas om {key}.", "Eget antagande", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


HIRED = _lever("hyrpersonal", LeverKind.HIRED_SHARE, "0.4", 6)
FTE = _lever("årsarbetare", LeverKind.FTE, "0.5", 12)
TRAVEL = _lever("resor", LeverKind.ACCOUNTS, "0.8", accounts=("resor", "overnattning"))
LEVERS = {lever.id: lever for lever in (HIRED, FTE, TRAVEL)}
UNIT = ledger(
    {"regionersattning": 700, "egen-personal": 500_000, "inhyrd-personal": 30_000, "resor": 4_000, "overnattning": 1_000},
    {"regionersattning": 700, "egen-personal": 480_000, "underskottspost": -70_000},
    through="2023-10",
)  # fmt: skip
FORECAST = submitted({"regionersattning": 8_400, "egen-personal": 6_500_000})


def _statistical(landing: int) -> StatisticalForecast:
    line = (landing - 5, landing)
    return StatisticalForecast(OCTOBER, (NOVEMBER, DECEMBER), line, line, line, line, line, "Så.", True, None)


def _path(
    unit: UnitLedger = UNIT, month: Month = OCTOBER, statistical: int | None = -7_000_000
) -> Trajectory:
    found = NoForecast("Det finns för få år.") if statistical is None else _statistical(statistical)
    return trajectory(unit, month, submitted=(FORECAST,) if month == OCTOBER else (), statistical=found)


def _ask(*pulls: Pull, unit: UnitLedger = UNIT, fte: int | None = 10, base: str = "submitted") -> WhatIf:
    found = what_if(
        Scenario(pulls), LEVERS, _path(unit), unit, base=base, fte=None if fte is None else Fraction(fte)
    )
    assert found is not None
    return found


def _one(pull: Pull, **changes: object) -> PullEffect:
    return _ask(pull, **changes).effects[0]  # type: ignore[arg-type]


def _plain(text: str) -> str:
    """Without the no-break spaces of numbers."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_hired_staff_brought_to_a_share_of_own() -> None:
    # 30 000 of 500 000 is 6 %; to 2 % saves 20 000 a month, of which 40 % stays, a sixth of it the first month.
    effect = _one(Pull("hyrpersonal", Fraction(2), NOVEMBER))
    assert effect.by_month == (round(Fraction(8_000, 6)), round(Fraction(16_000, 6)))
    assert effect.total == sum(effect.by_month) == 4_000
    assert (_plain(effect.title), effect.assumption) == ("Hyrpersonal till 2 %", "Antas om hyrpersonal.")


def test_fewer_fte_by_their_average_cost() -> None:
    # 500 000 a month for ten: 50 000 each; two fewer in twelve steps, of which half stays.
    effect = _one(Pull("årsarbetare", Fraction(-2), NOVEMBER))
    assert effect.by_month == (round(Fraction(50_000, 12)), round(Fraction(100_000, 12)))
    assert effect.title == "Årsarbetare −2"


def test_lower_cost_on_some_accounts() -> None:
    effect = _one(Pull("resor", Fraction(-25), DECEMBER))
    assert effect.by_month == (0, 1_000)
    assert _plain(effect.title) == "Resor −25 %"
    assert _one(Pull("resor", Fraction(10), NOVEMBER)).by_month == (-400, -400)


def test_an_own_line_counts_from_its_start() -> None:
    effect = _one(Pull(None, Fraction(1_500_000), DECEMBER, "Färre prover"))
    assert (effect.title, effect.by_month) == ("Färre prover", (0, 1_500_000))
    assert _plain(effect.assumption) == "Eget antagande: +1,5 mnkr per månad från och med december 2023."
    assert _one(Pull(None, Fraction(-7), NOVEMBER)).title == "Egen rad"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            Pull,
            st.sampled_from([None, *LEVERS]),
            st.fractions(-90, 90, max_denominator=100),
            st.sampled_from([OCTOBER, NOVEMBER, DECEMBER, Month.of(2024, 1)]),
        ),
        max_size=6,
    ),
    st.sampled_from(["submitted", "statistical"]),
)
def test_base_and_effects_make_the_landing(pulls: list[Pull], base: str) -> None:
    found = _ask(*pulls, base=base)
    assert found.base == (FORECAST.result if base == "submitted" else -7_000_000)
    assert found.base + sum(effect.total for effect in found.effects) == found.landing
    assert found.target == 12 * (700 - 480_000)
    assert found.gap == found.landing - found.target
    assert [effect.pull for effect in found.effects] == pulls
    for effect in found.effects:
        assert effect.total == sum(effect.by_month)
        assert len(effect.by_month) == len(found.months) == 2
        assert not (effect.why_nothing and effect.total)


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 11), st.integers(1, 900_000), st.integers(0, 90_000), st.integers(0, 30),
    st.integers(0, 12), st.fractions(0, 1, max_denominator=20), st.integers(1, 12),
)  # fmt: skip
def test_hired_share_agrees_with_a_plain_computation(
    last: int, own: int, hired: int, wanted: int, ramp: int, stays: Fraction, start: int
) -> None:
    month = Month.of(2023, last)
    unit = ledger({"egen-personal": own, "inhyrd-personal": hired, "regionersattning": 1}, through=month.iso)
    lever = _lever("hyrpersonal", LeverKind.HIRED_SHARE, str(stays), ramp)
    path = trajectory(unit, month, submitted=(), statistical=_statistical(-100))
    pull = Pull("hyrpersonal", Fraction(wanted), Month.of(2023, start))
    found = what_if(Scenario((pull,)), {"hyrpersonal": lever}, path, unit, base="statistical", fte=None)
    assert found is not None
    expected = []
    for number in range(last + 1, 13):
        steps = number - start + 1
        part = Fraction(0) if start <= last or steps < 1 else Fraction(min(steps, ramp or 1), ramp or 1)
        saved = max(Fraction(hired) - Fraction(own * wanted, 100), Fraction(0))
        expected.append(round(saved * stays * part))
    assert list(found.effects[0].by_month) == expected
    assert found.target is None
    assert found.gap is None


@pytest.mark.parametrize(
    ("pull", "fte", "why"),
    [
        (Pull("hyrpersonal", Fraction(2), OCTOBER), 10, "Oktober 2023 har redan varit."),
        (Pull(None, Fraction(2), Month.of(2024, 1)), 10, "Januari 2024 är efter årets slut."),
        (Pull("hyrpersonal", Fraction(6), NOVEMBER), 10, "Andelen hyrpersonal är redan 6,0 %."),
        (Pull("hyrpersonal", Fraction(7), NOVEMBER), 10, "Andelen hyrpersonal är redan 6,0 %."),
        (
            Pull("årsarbetare", Fraction(-2), NOVEMBER),
            None,
            "Antalet årsarbetare är inte känt för verksamheten.",
        ),
        (
            Pull("årsarbetare", Fraction(-2), NOVEMBER),
            0,
            "Antalet årsarbetare är inte känt för verksamheten.",
        ),
        (Pull("årsarbetare", Fraction(-11), NOVEMBER), 10, "Det är fler än de 10 årsarbetare som finns."),
    ],
)
def test_why_a_pull_gives_nothing(pull: Pull, fte: int | None, why: str) -> None:
    effect = _one(pull, fte=fte)
    assert (_plain(effect.why_nothing), effect.total, set(effect.by_month)) == (why, 0, {0})


def test_nothing_to_save_where_nothing_is_booked() -> None:
    empty = ledger({"regionersattning": 5}, through="2023-10")
    assert (
        _one(Pull("resor", Fraction(-5), NOVEMBER), unit=empty).why_nothing
        == "Kontona har ingen bokförd kostnad i år."
    )
    for lever in ("hyrpersonal", "årsarbetare"):
        why = _one(Pull(lever, Fraction(-5), NOVEMBER), unit=empty).why_nothing
        assert why == "Ingen kostnad för egen personal är bokförd i år."


def test_the_share_of_hired_staff_is_changed_once() -> None:
    first, second = _ask(
        Pull("hyrpersonal", Fraction(4), NOVEMBER), Pull("hyrpersonal", Fraction(2), NOVEMBER)
    ).effects
    assert first.total > 0
    assert (second.total, second.why_nothing) == (0, "Andelen hyrpersonal är redan ändrad på en rad ovanför.")


def test_in_december_there_is_nothing_left() -> None:
    path = _path(ledger({"egen-personal": 5}), DECEMBER)
    found = what_if(
        Scenario((Pull(None, Fraction(9), DECEMBER),)), LEVERS, path, UNIT, base="statistical", fte=None
    )
    assert found is not None
    assert found.months == ()
    assert found.landing == found.base
    assert found.effects[0].why_nothing == "Inga månader är kvar av 2023."


def test_the_two_forecasts_are_never_mixed() -> None:
    assert what_if(Scenario(), LEVERS, _path(statistical=None), UNIT, base="statistical", fte=None) is None
    assert (
        what_if(Scenario(), LEVERS, _path(month=Month.of(2023, 9)), UNIT, base="submitted", fte=None) is None
    )
    assert (_ask().base_is, _ask(base="statistical").base_is) == (
        "den lämnade prognosen",
        "den statistiska prognosen",
    )
    with pytest.raises(ValueError, match="no such base"):
        _ask(base="annan")
    with pytest.raises(ValueError, match="no such lever"):
        _ask(Pull("okänd", Fraction(1), NOVEMBER))


def test_a_month_that_is_not_complete_is_no_typical_month() -> None:
    unit = ledger(
        {"egen-personal": [500_000] * 9 + [10], "inhyrd-personal": [30_000] * 9 + [10]},
        reported=[2] * 9 + [1, 0, 0], expected=[2] * 12,
    )  # fmt: skip
    assert _one(Pull("hyrpersonal", Fraction(2), NOVEMBER), unit=unit).total == 4_000
