"""docs/handbok held against the program: every page, nyckeltal, role, permission, setting and command, and no other."""

from __future__ import annotations

import argparse
import re
import shlex
from functools import cache

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli.main import parser
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.role import Permission
from hsf_kpi.render.icons import icon_word
from hsf_kpi.settings import NAMES, PREFIX, SignIn
from hsf_kpi.swedish.words import (
    CONTROL_SHAPE,
    CONTROL_WORD,
    DIRECTION_WORD,
    MISSING_TEXT,
    STAGE_SHAPE,
    STAGE_WORD,
    STATUS_SHAPE,
    STATUS_WORD,
)
from hsf_kpi.ui.help_chapters import CHAPTERS, FOLDER, ICONS, MEASURES, PAGES, STATEMENT, chapter
from hsf_kpi.ui.help_icons import ICON_NAMES
from hsf_kpi.ui.help_text import LINK, slug
from hsf_kpi.ui.menu import MENU
from hsf_kpi.ui.users_words import PERMISSION_WORD
from scripts.handbook import contents, made

TEXTS = {key: (FOLDER / f"{key}.md").read_text("utf-8") for key in CHAPTERS}
WRITTEN = {key: text for key, text in TEXTS.items() if key != MEASURES}
WITHOUT_LINKS = {key: LINK.sub(r"\2", text) for key, text in TEXTS.items()}
COMMAND = re.compile(r"python -m hsf_kpi ([^`\n]+)")


@cache
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data")


@cache
def sources() -> str:
    """All that the app can say: the sources, with their concatenated texts joined, and the definitions."""
    folders = (("hsf_kpi", "*.py"), ("pages", "*.py"), ("data", "*.toml"))
    texts = [
        path.read_text("utf-8") for folder, kind in folders for path in sorted((ROOT / folder).rglob(kind))
    ]
    return re.sub(r'"\s*\n?\s*f?"', "", "\n".join(texts))


def test_the_folder_holds_the_chapters_and_their_contents() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"README.md", *(f"{key}.md" for key in CHAPTERS)}


def test_what_is_made_from_the_program_is_as_it_would_be_made_now() -> None:
    """Every nyckeltal is documented by this: a new one, or another definition, is told here."""
    files = {**made(), **contents()}
    stale = [
        path.name for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text
    ]
    assert not stale, "renew them: python scripts/handbook.py --write"


def test_every_nyckeltal_has_a_heading_and_there_is_no_other() -> None:
    headings = re.findall(r"^### (.+)$", TEXTS[MEASURES], re.M)
    assert sorted(map(slug, headings)) == sorted(
        slug(measure.name) for measure in catalogue().measures.values()
    )


def test_every_page_of_the_menu_has_a_part_in_its_order_and_there_is_no_other() -> None:
    titles = [title for pages in MENU.values() for title, _ in pages.values()]
    assert [part.title for part in chapter(PAGES).parts] == titles


@pytest.mark.parametrize("name", [name for pages in MENU.values() for name in pages])
def test_what_is_said_of_a_page_says_who_sees_it_and_leads_there(name: str) -> None:
    title = next(pages[name][0] for pages in MENU.values() if name in pages)
    part = chapter(PAGES).part(slug(title))
    assert part is not None
    assert part.text.startswith("**")
    assert re.search(
        rf"^Ses av .*\[Öppna {re.escape(title)}\]\(\.\./\.\./pages/{name}\.py\)$", part.text, re.M
    )


def test_every_role_is_told_with_just_its_permissions() -> None:
    parts = {part.title: part.text for part in chapter("roller").parts}
    told = {
        title: set(found[1].rstrip(".").split(", "))
        for title, text in parts.items()
        if (found := re.search(r"^\*\*Får:\*\* (.+)$", text, re.M))
    }
    roles = catalogue().roles.values()
    assert told == {role.title: {PERMISSION_WORD[p].lower() for p in role.may} for role in roles}
    for role in roles:
        assert parts[role.title].startswith(role.about)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_explained(permission: Permission) -> None:
    assert f"- **{PERMISSION_WORD[permission]}**: " in TEXTS["roller"]


def test_every_setting_is_listed_and_there_is_no_other() -> None:
    listed = re.findall(rf"^- `{PREFIX}([A-Z_]+)`: .+ \(.+\)\.$", TEXTS["installation"], re.M)
    assert sorted(listed) == sorted(NAMES)
    named = {name for text in TEXTS.values() for name in re.findall(rf"\b{PREFIX}([A-Z_]+)", text)}
    assert named <= set(NAMES)


def commands(top: argparse.ArgumentParser, before: str = "") -> set[str]:
    """Every command with its parts: «load», «user add»."""
    (choices,) = [a.choices for a in top._actions if isinstance(a, argparse._SubParsersAction)] or [{}]
    assert isinstance(choices, dict)
    return {
        found
        for name, one in choices.items()
        for found in (commands(one, f"{before}{name} ") or {f"{before}{name}"})
    }


def examples() -> list[str]:
    return [example.strip() for text in TEXTS.values() for example in COMMAND.findall(text)]


def test_every_command_has_an_example() -> None:
    told = {" ".join(example.split()[:count]) for example in examples() for count in (1, 2)}
    assert commands(parser()) - told == set()


@pytest.mark.parametrize("example", sorted(set(examples())))
def test_every_example_of_a_command_can_be_understood(example: str) -> None:
    assert parser().parse_args(shlex.split(example)).run


def test_every_link_and_picture_leads_to_something() -> None:
    broken = []
    for path in FOLDER.glob("*.md"):
        for _, _, target in LINK.findall(path.read_text("utf-8")):
            if target.startswith("https://"):
                continue
            file, _, heading = target.partition("#")
            there = (FOLDER / file).resolve() if file else path
            found = there.is_file() and there.is_relative_to(ROOT)
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.M) if found and heading else []
            if not found or (heading and slug(heading) not in map(slug, headings)):
                broken.append((path.name, target))
    assert broken == []


def test_every_picture_has_words() -> None:
    pictures = [found for text in TEXTS.values() for found in LINK.findall(text) if found[0]]
    shown = [target for _, words, target in pictures if not target.endswith(".svg") and len(words) < 20]
    assert len(pictures) >= 15
    assert shown == [], "an icon may be silent: its word stands beside it"


@pytest.mark.parametrize("key", WRITTEN)
def test_what_is_quoted_from_the_app_stands_in_the_app(key: str) -> None:
    quoted = set(re.findall("”([^”\n]+)”", WITHOUT_LINKS[key])) - EXAMPLES
    missing = sorted(label for label in quoted if label not in sources())
    assert missing == []


EXAMPLES = {">95%", "80%", "31 av 33 verksamheter", "Frisläpp …", "Öppna igen …", "Bättre", "sämre"}
"""The plan's words, and what is put together while the app runs."""


def test_the_handbook_is_text_without_markup_of_its_own() -> None:
    for text in TEXTS.values():
        outside = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
        assert not re.search(r"<[a-zA-Z/!]|\$|:[a-z_]+\[|:[a-z_]+:", outside)


def test_the_icons_are_told_with_the_words_of_the_app() -> None:
    text = TEXTS[ICONS]
    for name, (kind, side) in ICON_NAMES.items():
        assert f"![](../pictures/ikoner/{name}.svg) **{icon_word(kind, side)}**" in text
    for shapes, words in (
        (STATUS_SHAPE, STATUS_WORD),
        (STAGE_SHAPE, STAGE_WORD),
        (CONTROL_SHAPE, CONTROL_WORD),
    ):
        for key, word in words.items():
            assert f"{shapes[key]} **{word}**" in text  # type: ignore[index]


def test_the_terms_hold_every_kind_of_missing_status_and_direction() -> None:
    text = TEXTS["begrepp"].casefold()
    for word in (*MISSING_TEXT.values(), *STATUS_WORD.values()):
        assert f"**{word}**" in text
    for word in DIRECTION_WORD.values():
        assert word.split(" ")[0] in text


def test_the_statement_says_what_it_must() -> None:
    text = TEXTS[STATEMENT]
    assert re.search(r"(helt|delvis|inte) förenlig", text)
    for needed in (
        "Senast bedömd: ",
        "senast uppdaterad: ",
        "https://www.digg.se/tdosanmalan",
        "Kända brister",
        "PDF/UA-1",
    ):
        assert needed in text
    assert SignIn("demo").contact in text, "which the app puts its own contact in the place of"


def test_the_readme_leads_to_the_handbook() -> None:
    assert "(docs/handbok/README.md)" in (ROOT / "README.md").read_text("utf-8")
