"""Which columns are numbers: digits stand under digits, and words to the left."""

from __future__ import annotations

import pytest

from hsf_kpi.render.numeric import is_numbers


@pytest.mark.parametrize(
    "texts",
    [
        ["1\u00a0617", "−861,0", "+2", "0"],
        ["87,2\u00a0%", "76,1\u00a0%*", "6,6*"],
        ["11:52\u00a0min", "544\u00a0kr/timme", "1,1\u00a0per\u00a0100", "−428,0\u00a0mnkr"],
        ["▲\u00a0+6", "▼\u00a0−19", "0", "↔\u00a0+2", "▲\u00a0+37\u00a0"],
        ["■\u00a08,3\u00a0%", "○\u00a069,2\u00a0%*", "–"],
        ["4,7–6,0\u00a0%", "3,8–8,8\u00a0%"],
        ["2 av 14", "delad\u00a015\u00a0av\u00a019".replace("delad\u00a0", "delad ")],
    ],
)
def test_numbers_with_sign_shape_star_unit_or_of_a_whole_stand_to_the_right(texts: list[str]) -> None:
    assert is_numbers(texts)


@pytest.mark.parametrize(
    "nothing", ["", "–", "maskerat", "inte rapporterat", "gäller inte den här verksamheten"]
)
def test_what_stands_for_a_missing_value_stands_as_its_column(nothing: str) -> None:
    assert is_numbers(["8,9\u00a0%", nothing])
    assert not is_numbers([nothing])


@pytest.mark.parametrize(
    "texts",
    [
        ["● uppnått", "■ ej uppnått"],
        ["2021", "2022"],
        ["2023–2025", "2023"],
        ["2023-11-13"],
        ["mars 2023", "okt 2023"],
        ["80%", "6,0%", "Bättre än riks snittet"],
        ["följde 3", "bröt 1"],
        ["0,3 fler", "5 färre"],
        ["nr 2, 2023-10-12"],
        ["3\u00a0×\u00a04\u00a0=\u00a012"],
        [],
    ],
)
def test_statuses_years_days_and_the_plans_own_words_stand_to_the_left(texts: list[str]) -> None:
    assert not is_numbers(texts)
