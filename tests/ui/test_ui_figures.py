"""Figures side by side: frames of one height where their pictures are about as high, else each its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.ui import figures
from hsf_kpi.ui.figures import ALIKE, alike
from hsf_kpi.ui.prepared import Prepared
from tests.ui.test_ui_prepared import composed


@pytest.fixture(autouse=True)
def _heights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure whose slug is a number has a picture so high."""
    monkeypatch.setattr(Prepared, "least_height", property(lambda self: int(self.figure.slug)))


def picture(height: int) -> Composed:
    return replace(composed(), figure=replace(composed().figure, kind=FigureKind.BRIDGE, slug=str(height)))


def test_two_pictures_of_about_the_same_height_share_it() -> None:
    assert alike(picture(300), picture(300 + ALIKE)) == "stretch"
    assert alike(picture(300 + ALIKE), picture(300)) == "stretch"


def test_a_short_one_beside_a_tall_one_stands_in_a_frame_of_its_own_height() -> None:
    assert alike(picture(300), picture(301 + ALIKE)) == "content"


def test_a_table_is_never_stretched_nor_stretches() -> None:
    assert figures.alike(composed(), picture(300)) == "content"
