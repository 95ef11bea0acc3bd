"""The figures look as they did: each page's pictures against the references that somebody has looked at."""

from __future__ import annotations

import pytest

from hsf_kpi.composing.registry import PAGES
from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.render.screen import is_drawn
from hsf_kpi.render.theme import LIGHT
from hsf_kpi.workspace import Workspace
from tests.render.drawn_references import ASKED, differing, kept, normal, pictures

HOW = "«make references» shows them side by side; «python scripts/references.py --accept» takes what has been looked at"
ONE = "vagen-hsf-vagen"


def test_every_figure_is_drawn_as_its_reference(demo: Workspace) -> None:
    found = differing(dict(pictures(demo)), kept())
    assert not found, f"{', '.join(found)}: {HOW}"


def test_every_page_with_figures_and_every_kind_has_a_reference() -> None:
    names = list(kept())
    drawn = [kind for kind in FigureKind if is_drawn(kind)]
    assert {page for _, page, _, _ in ASKED} == set(PAGES)
    assert [page for page in PAGES if not any(name.startswith(f"{page}-") for name in names)] == []
    assert [kind for kind in drawn if not any(name.startswith(f"mork-{kind}-") for name in names)] == []
    on_phones = [kind for kind in drawn if any(name.startswith(f"telefon-{kind}-") for name in names)]
    assert [kind for kind in drawn if kind not in on_phones] == [FigureKind.SPARK]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LIGHT.orange, "#D1600B"),
        ("−861,0", "−861,1"),
        ("Vägen till −800", "Vägen dit"),
        ("stroke-dasharray", "data-dash"),
        ("translate(28,", "translate(28.3,"),
    ],
)
def test_another_colour_word_dash_or_place_is_a_difference(old: str, new: str) -> None:
    references = kept()
    assert old in references[ONE]
    assert list(differing({**references, ONE: references[ONE].replace(old, new)}, references)) == [ONE]


def test_what_two_machines_draw_apart_is_no_difference_and_a_picture_more_or_less_is() -> None:
    references = kept()
    moved = references[ONE].replace("translate(28,", "translate(28.1,")
    assert not differing({**references, ONE: moved}, references)
    less = {name: picture for name, picture in references.items() if name != ONE}
    assert differing(less, references) == {ONE: (references[ONE], None)}
    assert differing(references, less) == {ONE: (None, references[ONE])}


def test_a_picture_is_told_in_tenths_of_a_pixel_and_with_names_of_its_own() -> None:
    drawn = '<svg><g id="clip17"/><path d="M-0.01,2.449L3.0,1e1" clip-path="url(#clip17)"/></svg>'
    again = drawn.replace("clip17", "clip4").replace("2.449", "2.4")
    assert normal(drawn) == normal(again)
    assert 'd="M0,2.4L3,1e1"' in normal(drawn)
