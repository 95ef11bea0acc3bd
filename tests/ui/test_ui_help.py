"""The handbook's files as the app shows them: headings, parts, pictures, and their links as links in the app."""

from __future__ import annotations

import pytest

from hsf_kpi.ui.help_chapters import help_href
from hsf_kpi.ui.help_text import Picture, Ways, blocks, in_app, read_chapter, slug

NOWHERE = Ways(page=lambda _: None, chapter=lambda *_: None, icon=lambda name: f"data:{name}")
THERE = Ways(
    page=lambda name: None if name == "inlasning" else f"{name}?roll=hr",
    chapter=lambda key, part: f"hjalp?kapitel={key}&om={part}",
    icon=lambda name: f"data:{name}",
)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Vägen till −800", "vagen-till-800"),
        ("Är förändringen verklig?", "ar-forandringen-verklig"),
        ("Minut 1: läs rubriken", "minut-1-las-rubriken"),
        ("Hälso- och sjukvårdsnämnden", "halso-och-sjukvardsnamnden"),
    ],
)
def test_a_heading_has_a_key_without_swedish_letters(heading: str, key: str) -> None:
    assert slug(heading) == key
    assert slug(key) == key


def test_a_chapter_is_its_title_its_beginning_and_its_parts() -> None:
    found = read_chapter(
        "x", "# Titel\n\nFörst.\n\n## Ett\n\nDel ett.\n\n### Under\n\nMer.\n\n## Två\n\nDel två.\n"
    )
    assert (found.title, found.intro) == ("Titel", "Först.")
    assert [(part.key, part.text) for part in found.parts] == [
        ("ett", "Del ett.\n\n### Under\n\nMer."),
        ("tva", "Del två."),
    ]
    assert found.part("tva") == found.parts[1]
    assert found.part("tre") is None
    with pytest.raises(ValueError, match="no title"):
        read_chapter("x", "Ingen titel\n")


def test_a_picture_alone_on_its_line_is_a_block() -> None:
    assert blocks("Före.\n\n![Ord](../pictures/a.png)\n\nEfter ![](../pictures/ikoner/b.svg) i text.") == (
        "Före.",
        Picture("Ord", "../pictures/a.png"),
        "Efter ![](../pictures/ikoner/b.svg) i text.",
    )


@pytest.mark.parametrize(
    ("link", "there", "nowhere"),
    [
        ("[Roller](roller.md)", "[Roller](hjalp?kapitel=roller&om=)", "Roller"),
        ("[Mål](begrepp.md#nyckeltal-och-mål)", "[Mål](hjalp?kapitel=begrepp&om=nyckeltal-och-mal)", "Mål"),
        ("[Nedan](#status)", "[Nedan](hjalp?kapitel=ledning&om=status)", "Nedan"),
        ("[Översikt](../../pages/oversikt.py)", "[Översikt](oversikt?roll=hr)", "Översikt"),
        ("[Inläsning](../../pages/inlasning.py)", "Inläsning", "Inläsning"),
        ("[data.md](../data.md)", "data.md", "data.md"),
        ("[Digg](https://www.digg.se/x)", "[Digg](https://www.digg.se/x)", "[Digg](https://www.digg.se/x)"),
        ("![](../pictures/ikoner/malet-nas.svg) ord", "![](data:malet-nas) ord", "![](data:malet-nas) ord"),
        ("## Rubrik", "### Rubrik", "### Rubrik"),
        ("`[kod](roller.md)`", "`[kod](roller.md)`", "`[kod](roller.md)`"),
        (r"\[text\](roller.md)", r"\[text\](roller.md)", r"\[text\](roller.md)"),
    ],
)
def test_links_of_the_files_are_links_in_the_app_where_there_is_a_way(
    link: str, there: str, nowhere: str
) -> None:
    assert in_app(link, THERE, "ledning") == there
    assert in_app(link, NOWHERE, "ledning") == nowhere


def test_an_address_holds_chapter_part_and_role() -> None:
    assert help_href() == "hjalp"
    assert help_href("sidorna", "Vägen till −800", "hr") == "hjalp?kapitel=sidorna&om=vagen-till-800&roll=hr"
