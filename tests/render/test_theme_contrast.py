"""Every pair of colours that is used: text 4.5:1, marks and what can be clicked 3:1 (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from hsf_kpi import ROOT
from hsf_kpi.render.theme import DARK, DEMO_GROUND, DEMO_TEXT, LIGHT, PETROL, Colours
from tests.render.seeing import SIGHTS, apart, contrast, faded

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
THEMES = {"light": LIGHT, "dark": DARK}
TEXT, MARK = 4.5, 3.0
FADE = 0.6
"""What Streamlit leaves of the text colour in captions."""
TINTS = ("blue", "orange", "gray", "yellow")
SAME = {
    "backgroundColor": "background",
    "secondaryBackgroundColor": "secondary",
    "textColor": "text",
    "borderColor": "hairline",
    "grayTextColor": "muted",
    "violetTextColor": "plum",
    "orangeTextColor": "orange_text",
}
"""Option of Streamlit → the chart's colour that it must be."""


def pairs(name: str) -> Iterator[tuple[str, str, str, float]]:
    """(what, colour, ground, least) of a theme."""
    c, chosen = THEMES[name], CONFIG[name]
    page, field = c.background, c.secondary
    for role in ("text", "muted", "data", "plum", "orange_text", "blue"):
        yield f"words in {role}", getattr(c, role), page, TEXT
    for role in ("text", "muted", "data", "orange_text", "blue"):
        yield f"words in {role} over the limits' band", getattr(c, role), field, TEXT
    yield "captions", faded(c.text, page, FADE), page, TEXT
    yield "what is typed and chosen", c.text, field, TEXT
    yield "placeholders", faded(c.text, field, FADE), field, TEXT
    yield "links", chosen["linkColor"], page, TEXT
    yield "links in a banner", chosen["linkColor"], field, TEXT
    yield "what can be clicked", chosen["primaryColor"], page, TEXT
    yield (
        "a chosen segment on its tint",
        chosen["primaryColor"],
        faded(chosen["primaryColor"], page, 0.1),
        TEXT,
    )
    yield "words on what can be clicked", page, chosen["primaryColor"], TEXT
    for tint in TINTS:
        words, ground = chosen[f"{tint}TextColor"], chosen[f"{tint}BackgroundColor"]
        yield f"words on {tint}", words, ground, TEXT
        yield f"words in {tint}", words, page, TEXT
    yield "words in violet", chosen["violetTextColor"], page, TEXT
    for role in ("data", "data2", "grey", "blue", "orange", "plum", "axis"):
        yield f"marks in {role}", getattr(c, role), page, MARK
    for role in ("grey", "blue", "orange", "plum", "data"):
        yield f"marks in {role} over the limits' band", getattr(c, role), field, MARK


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_has_its_contrast(name: str) -> None:
    short = {what: round(contrast(a, b), 2) for what, a, b, least in pairs(name) if contrast(a, b) < least}
    assert short == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_page_and_the_charts_have_the_same_colours(name: str) -> None:
    chosen = CONFIG[name]
    other = {option: role for option, role in SAME.items() if chosen[option] != getattr(THEMES[name], role)}
    assert other == {}


def test_the_files_petrol_and_yellow_are_the_light_pages() -> None:
    light = CONFIG["light"]
    assert (
        light["primaryColor"],
        light["yellowTextColor"],
        light["yellowBackgroundColor"],
    ) == (PETROL, DEMO_TEXT, DEMO_GROUND)


@pytest.mark.parametrize("c", THEMES.values(), ids=THEMES)
def test_a_hairline_and_a_grid_stay_behind_what_they_carry(c: Colours) -> None:
    for quiet in (c.hairline, c.grid, c.secondary):
        assert 1.05 < contrast(quiet, c.background) < 2


def test_the_measures_are_those_of_their_sources() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert faded("#000000", "#FFFFFF", 0.6) == "#666666"
    assert apart("#000000", "#FFFFFF") == pytest.approx(100, abs=0.01)
    assert apart("#FF0000", "#00FF00") == pytest.approx(170.6, abs=0.1)
    for sight in SIGHTS.values():
        assert apart("#808080", "#C0C0C0", sight) == pytest.approx(apart("#808080", "#C0C0C0"), abs=0.1)
    # Red and green are what the commonest kinds take for one another.
    assert apart("#A05000", "#608000", SIGHTS["deuteranopia"]) < 0.5 * apart("#A05000", "#608000")
