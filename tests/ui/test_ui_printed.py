"""The dark theme's colours are printed as the light theme's."""

from __future__ import annotations

from dataclasses import asdict

from hsf_kpi.render.theme import DARK, LIGHT
from hsf_kpi.render.trajectory_chart import FAN
from hsf_kpi.ui.document import STYLE
from hsf_kpi.ui.document.printed import chart_colours, printed_colours, tint_colours


def test_every_dark_colour_of_a_chart_has_the_light_one_of_the_same_meaning() -> None:
    found = chart_colours()
    for role, dark in asdict(DARK).items():
        assert found[dark] == asdict(LIGHT)[role], role
    assert set(FAN[True]) <= found.keys()
    assert len(found) == len(asdict(DARK)) + 2, "no two roles share a dark colour"
    assert not found.keys() & found.values(), "a light page is printed as it is"


def test_words_on_a_tint_and_their_tint_are_turned_too() -> None:
    tints = tint_colours()
    assert tints["color"]["#FFB27A"] == LIGHT.orange_text
    assert tints["background-color"]["#37301A"] == "#FBF2CC"
    rules = printed_colours()
    assert '[style*="color: rgb(255, 178, 122)"] { color: #9A3F00 !important; }' in rules
    assert f'svg.marks [stroke="{DARK.orange}" i] {{ stroke: {LIGHT.orange}; }}' in rules


def test_the_rules_stand_in_the_document_and_hold_on_paper_alone() -> None:
    assert printed_colours() in STYLE
    assert printed_colours().startswith("@media print {")
    assert STYLE.count("{") == STYLE.count("}")
