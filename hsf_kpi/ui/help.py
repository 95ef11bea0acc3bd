"""Hjälp: the contents, a chapter, or a part of one, as the link says; and the statement for those not signed in."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from hsf_kpi.composing.choices import OVERVIEW
from hsf_kpi.settings import SignIn, read_settings
from hsf_kpi.swedish.words import STATUS_SHAPE
from hsf_kpi.ui.badges import coloured
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.help_chapters import (
    ABOUT,
    CHAPTER,
    CHAPTERS,
    CONTENTS,
    FOLDER,
    ICONS,
    MEASURES,
    STATEMENT,
    chapter,
    help_href,
)
from hsf_kpi.ui.help_icons import icon_address
from hsf_kpi.ui.help_measures import measures_text
from hsf_kpi.ui.help_text import Chapter, Picture, Ways, blocks, in_app, read_chapter
from hsf_kpi.ui.links import ROLE
from hsf_kpi.ui.menu import shown
from hsf_kpi.ui.text import link, plain, with_mail
from hsf_kpi.ui.tour import tour_again

LONG = 5
"""With so many parts a chapter begins with a list of them."""


def show_help(visit: Visit) -> None:
    """What the link asks for. A chapter or part that there is not is told."""
    asked, about = st.query_params.get(CHAPTER, ""), st.query_params.get(ABOUT, "")
    if asked not in CHAPTERS:
        if asked:
            st.warning(plain(f"Kapitlet ”{asked[:40]}” i länken finns inte. Välj ett kapitel nedan."))
        _contents(visit)
        return
    found = _chapter(asked, visit)
    st.set_page_config(page_title=f"{found.title} – Hjälp – HSF nyckeltal")
    text, others = st.columns([3, 1], gap="large")
    with text, st.container(width=760, key="handbok-ikoner" if asked == ICONS else "handbok"):
        _one(found, about, visit)
    with others, st.container(key="handbok-kapitel"):
        st.markdown(_list_of_chapters(visit, asked), anchors=False)


def role_in_link(visit: Visit) -> str | None:
    """The demo's role, as the address has it where there is such a role; nobody else's is in a link."""
    role = st.query_params.get(ROLE) if visit.signed_in.session is None else None
    return role if role in {person.id for person in visit.catalogue.demo_people} else None


def statement() -> None:
    """The accessibility statement for somebody who is not signed in: words, and no way into the app."""
    nowhere = Ways(page=lambda _: None, chapter=lambda *_: None, icon=partial(icon_address, dark=False))
    found = chapter(STATEMENT)
    parts = [f"# {found.title}", found.intro, *(f"## {part.title}\n\n{part.text}" for part in found.parts)]
    text = in_app(_told_whom("\n\n".join(parts)), nowhere, STATEMENT)
    st.markdown(text, anchors=False)


def _contents(visit: Visit) -> None:
    role = role_in_link(visit)
    st.header("Vad vill du veta?", anchor=False)
    for column, (group, found) in zip(st.columns(len(CONTENTS), gap="large"), CONTENTS.items(), strict=True):
        with column:
            st.subheader(group, anchor=False)
            lines = [
                f"**{link(chapter(key).title, help_href(key, role=role))}**  \n{plain(about)}"
                for key, about in found.items()
            ]
            st.markdown("\n\n".join(lines), anchors=False)
    tour_again(visit)


def _one(found: Chapter, about: str, visit: Visit) -> None:
    role = role_in_link(visit)
    part = found.part(about) if about else None
    top = [link("Alla kapitel", help_href(role=role))]
    if part is not None:
        top.append(link(f"Hela kapitlet {found.title}", help_href(found.key, role=role)))
    st.markdown(" · ".join(top))
    if about and part is None:
        st.warning("Den delen av kapitlet finns inte. Hela kapitlet visas.")
    st.header(plain(found.title), anchor=False)
    if part is not None:
        _show(f"## {part.title}\n\n{part.text}", found.key, visit)
        return
    _show(found.intro, found.key, visit)
    if len(found.parts) >= LONG:
        with st.expander("I kapitlet"):
            st.markdown(
                "\n".join(f"- [{one.title}]({help_href(found.key, one.key, role)})" for one in found.parts)
            )
    _show("\n\n".join(f"## {one.title}\n\n{one.text}" for one in found.parts), found.key, visit)


def _show(text: str, key: str, visit: Visit) -> None:
    ways, settled = _ways(visit), _told_whom(text)
    for block in blocks(settled):
        if isinstance(block, Picture):
            st.image(str((FOLDER / block.path).resolve()), alt=block.alt)
            continue
        words = in_app(block, ways, key)
        st.markdown(_coloured(words), anchors=False)


def _chapter(key: str, visit: Visit) -> Chapter:
    """That of the nyckeltal from the definitions in force, the others from their files."""
    return read_chapter(key, measures_text(visit.catalogue)) if key == MEASURES else chapter(key)


def _ways(visit: Visit) -> Ways:
    role = role_in_link(visit)

    def page(name: str) -> str | None:
        if not shown(name, visit.rights):
            return None
        query = f"?{urlencode({ROLE: role})}" if role else ""
        return f"{'./' if name == OVERVIEW else name}{query}"

    return Ways(
        page=page,
        chapter=lambda name, part: help_href(name, part, role),
        icon=partial(icon_address, dark=visit.dark),
    )


def _list_of_chapters(visit: Visit, open_one: str) -> str:
    """The one that is open stands in words, without a link."""
    role = role_in_link(visit)
    lines = []
    for group, found in CONTENTS.items():
        lines += [f"**{group}**", ""]
        lines += [
            f"- **{plain(chapter(key).title)}** (visas nu)"
            if key == open_one
            else f"- {link(chapter(key).title, help_href(key, role=role))}"
            for key in found
        ]
        lines.append("")
    return "\n".join(lines)


def _told_whom(text: str) -> str:
    """Whom to turn to, as the installation says it."""
    return text.replace(SignIn("demo").contact, with_mail(read_settings().sign_in.contact))


def _coloured(text: str) -> str:
    """The status shapes in the colours that they have on the pages."""
    for shape in STATUS_SHAPE.values():
        text = text.replace(shape, coloured(shape))
    return text
