"""The reading help beside a native chart: in the words of what is drawn, whatever the screen calls it."""

from __future__ import annotations

import pytest

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.render.native.reading import reading_help
from tests.render.compare_drawn import HALVES, OUTSIDE, PAIRS, ranked, spread, tratt
from tests.render.native.native_rules import plain
from tests.render.native.test_native_bars import makers
from tests.render.native.test_native_scatters import own_place

ONLY_ON_SCREEN = ("ringad", "fylld", "ihålig", "punkt")


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (
            own_place(named=2, unnamed=5),
            "Störst: Kirurgkliniken; stor: verksamhet i behörigheten; liten: annan verksamhet, som visas utan namn.",
        ),
        (spread(OUTSIDE, unnamed=("5.0", "6.1")), "Liten: annan verksamhet, som visas utan namn."),
        (spread(OUTSIDE, unnamed=("5.0", "6.1")), "Störst: Kirurgkliniken."),
        (tratt(*PAIRS, (700, 3.9)), "mindre mellan 95 % och 99,8 %. Störst: Kirurgkliniken."),
        (
            ranked(widths=(0.8, None, 0.5, 2.0, 1.0), unnamed=("5.0",)),
            "► Kirurgkliniken; –: annan verksamhet, som visas utan namn.",
        ),
        (
            ranked(widths=(0.8, None, 0.5, 2.0, 1.0)),
            "Stapel utan linje: intervallet går inte att räkna fram.",
        ),
        (ranked(own=None, unnamed=("5.0",), widths=HALVES), "–: annan verksamhet, som visas utan namn."),
    ],
)
def test_what_is_drawn_is_told(figure: Figure, told: str) -> None:
    assert list(records(figure))
    words = plain(reading_help(figure))
    assert told in words
    assert not [word for word in ONLY_ON_SCREEN if word in words.lower()]


def test_other_kinds_keep_their_help() -> None:
    found = makers()
    assert found.help
    assert reading_help(found) == found.help
