"""The icons: one drawing and one text for each answer, readable without colour, in both themes."""

from __future__ import annotations

import itertools
import re
from base64 import b64decode
from io import BytesIO
from xml.etree import ElementTree

import pytest
import vl_convert
from PIL import Image

from hsf_kpi.analysis.spc.types import Assurance, Side, Variation
from hsf_kpi.render.icons import icon_data_uri, icon_svg, icon_word
from hsf_kpi.render.theme import colours
from tests.render.seeing import contrast

KINDS = [
    *((kind, side) for kind in Variation if kind is not Variation.COMMON for side in (*Side, None)),
    (Variation.COMMON, None),
    *((kind, None) for kind in Assurance),
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("kind", "side"), KINDS)
@pytest.mark.parametrize("dark", [False, True])
def test_an_icon_is_a_picture_with_its_word(kind, side, dark):
    root = ElementTree.fromstring(icon_svg(kind, side, dark=dark))
    assert root.get("viewBox") == "0 0 24 24"
    assert (root.get("role"), root.get("lang")) == ("img", "sv")
    assert root.findtext(f"{SVG}title") == icon_word(kind, side) != ""
    uri = icon_data_uri(kind, side, dark=dark)
    assert b64decode(uri.removeprefix("data:image/svg+xml;base64,")).decode() == icon_svg(
        kind, side, dark=dark
    )


def test_words_say_the_answer_and_the_side():
    assert icon_word(Variation.COMMON, Side.HIGH) == "Vanlig variation"
    assert icon_word(Variation.BETTER, Side.LOW) == "Verklig förbättring, lägre värden"
    assert icon_word(Variation.WORSE) == "Verklig försämring"
    assert icon_word(Variation.NEITHER, Side.HIGH) == "Verklig förändring, högre värden"
    assert icon_word(Assurance.FAILS) == "Målet nås inte med dagens arbetssätt"
    assert len({icon_word(kind, side) for kind, side in KINDS}) == len(KINDS)


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_is_seen_against_the_page(dark):
    c = colours(dark)
    for kind, side in KINDS:
        used = set(re.findall(r"#[0-9A-F]{6}", icon_svg(kind, side, dark=dark)))
        assert used - {c.background}
        for colour in used - {c.background}:
            assert contrast(colour, c.background) >= 3


def mask(kind, side, dark: bool) -> list[bool]:
    """Which pixels differ from the page, whatever their colour."""
    c = colours(dark)
    framed = icon_svg(kind, side, dark=dark).replace(
        "</title>", f'</title><rect width="24" height="24" fill="{c.background}"/>'
    )
    picture = Image.open(BytesIO(vl_convert.svg_to_png(framed, scale=1))).convert("L")
    page = picture.getpixel((0, 0))
    return [abs(pixel - page) > 60 for pixel in picture.tobytes()]


@pytest.mark.parametrize("dark", [False, True])
def test_icons_are_told_apart_by_shape_alone(dark):
    drawn = {(kind, side): mask(kind, side, dark) for kind, side in KINDS}
    for (one, a), (other, b) in itertools.combinations(drawn.items(), 2):
        differ = sum(x != y for x, y in zip(a, b, strict=True))
        assert differ >= 24, f"{one} and {other} differ in {differ} of 576 pixels"
