"""docs/design.md says what is: its tables are those of the code."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict

import pytest

from hsf_kpi import ROOT
from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.findings import LONGEST, LONGEST_HEADING
from hsf_kpi.model.codes import Status
from hsf_kpi.render import layers, timeline_chart
from hsf_kpi.render.screen import is_drawn
from hsf_kpi.render.theme import DARK, LIGHT, NAME_SIZE, NOTE_SIZE, PETROL
from hsf_kpi.render.trend_spec import SPARK_HEIGHT, SPARK_WIDTH
from hsf_kpi.swedish.words import STATUS_SHAPE, STATUS_WORD
from hsf_kpi.ui.badges import _TINT
from tests.render.seeing import contrast

TEXT = (ROOT / "docs" / "design.md").read_text("utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


def table(heading: str) -> list[list[str]]:
    """The cells below the table's head, which begins with `heading`."""
    found = re.search(rf"^\| {heading} \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", TEXT, re.M)
    assert found, heading
    return [
        [cell.strip().strip("`") for cell in line.strip("|\n").split(" | ")] for line in found[1].splitlines()
    ]


def told(one: str, two: str) -> str:
    return f"{contrast(one, two):.1f}"


def test_the_colours_are_the_charts() -> None:
    rows = table("role")
    assert [row[0].strip() for row in rows] == list(asdict(LIGHT))
    for role, light, light_ratio, dark, dark_ratio, _ in rows:
        mine, theirs = getattr(LIGHT, role.strip()), getattr(DARK, role.strip())
        assert (light, dark) == (mine, theirs), role
        assert (light_ratio, dark_ratio) == (told(mine, LIGHT.background), told(theirs, DARK.background)), (
            role
        )


def test_the_tints_are_the_pages() -> None:
    rows = table("on the page")
    assert {row[0] for row in rows} == {name.removesuffix("BackgroundColor") for name in THEME["light"]} & {
        "blue", "orange", "gray", "yellow",
    }  # fmt: skip
    for name, *cells in rows:
        for chosen, (words, ground, ratio) in ((THEME["light"], cells[:3]), (THEME["dark"], cells[3:])):
            assert (words, ground) == (chosen[f"{name}TextColor"], chosen[f"{name}BackgroundColor"])
            assert ratio == told(words, ground)
    for colour in (PETROL, THEME["dark"]["primaryColor"], THEME["dark"]["linkColor"]):
        assert f"`{colour}`" in TEXT


def test_the_sizes_are_the_pages_and_the_charts() -> None:
    sizes = {text: int(pixels) for text, pixels in table("text")}
    headings = [int(size.removesuffix("px")) for size in THEME["headingFontSizes"][:3]]
    assert [size for text, size in sizes.items() if re.match(r"H\d", text)] == headings
    assert sizes["a tile's value"] == int(THEME["metricValueFontSize"].removesuffix("px"))
    assert sizes["captions, names and numbers in charts"] == NAME_SIZE
    assert sizes["axes and notes in charts"] == NOTE_SIZE == min(sizes.values())
    assert f"Radius {THEME['baseRadius'].removesuffix('px')} px" in TEXT


def test_the_statuses_are_told_as_everywhere() -> None:
    wanted = [[STATUS_WORD[status], STATUS_SHAPE[status], _TINT.get(status, "none")] for status in Status]
    assert sorted(table("status")) == sorted(wanted)


def test_every_kind_of_picture_has_its_grammar() -> None:
    assert [row[0] for row in table("kind")] != []
    assert {row[0] for row in table("kind")} == {kind.value for kind in FigureKind if is_drawn(kind)}


@pytest.mark.parametrize(
    "said",
    [
        f"at most {LONGEST} signs",
        f"at most {LONGEST_HEADING}",
        f"Under {layers.NARROW} px",
        f"a timeline under {timeline_chart.NARROW}",
        f"dash {layers.DASH[0]}–{layers.DASH[1]}",
        f"{SPARK_WIDTH} × {SPARK_HEIGHT} px",
    ],
)
def test_numbers_in_the_text_are_the_codes(said: str) -> None:
    assert said in TEXT


def test_every_file_that_is_named_exists_and_the_page_is_one_page() -> None:
    named = re.findall(r"`((?:tests|hsf_kpi|scripts|\.streamlit)/[\w./]+)`", TEXT)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
    for script in re.findall(r"`([a-z]+\.(?:css|js))`|`(printed\.py)`", TEXT):
        assert (ROOT / "hsf_kpi" / "ui" / "document" / "".join(script)).exists(), script
    assert len(TEXT.splitlines()) <= 150
