"""What must hold of a saved view before it is kept, and the view as it is kept. Every problem at once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.habit import LONGEST_TITLE, ROLE, SavedView
from hsf_kpi.model.problems import Problem
from hsf_kpi.store.handin_text import line
from hsf_kpi.store.typed import Found, of_text, problems

MOST_PARAMS: Final = 40
LONGEST_VALUE: Final = 2000
_PAGE: Final = re.compile(r"[a-z0-9_-]{1,80}")
_PARAM: Final = re.compile(r"[a-z0-9_-]{1,40}")


def clean_view(view: SavedView) -> SavedView:
    """The title as one line without signs that nobody can see; nothing of who was looking."""
    params = tuple((name, value) for name, value in view.params if name != ROLE)
    return replace(view, title=line(view.title), params=params)


def view_problems(view: SavedView) -> list[Problem]:
    """Everything that is wrong with the view, cleaned before."""
    return problems(_of_view(view))


def same_title(title: str) -> str:
    """What two titles of one owner may not have in common."""
    return title.casefold()


def _of_view(view: SavedView) -> Found:
    if not any(map(_is_seen, view.title)):
        yield "Vyn har inget namn.", "namn", "Skriv ett namn."
    yield from of_text(view.title, LONGEST_TITLE, "namn")
    names = [name for name, _ in view.params]
    known = _PAGE.fullmatch(view.page) and all(map(_PARAM.fullmatch, names))
    few = len(set(names)) == len(names) <= MOST_PARAMS
    if not (known and few and all(_is_kept(value) for _, value in view.params)):
        yield "Det som är valt på sidan går inte att spara.", "vy", "Ladda om sidan och gör om valen."
    elif any(like_person_number(value) for _, value in view.params):
        yield (
            "Det som är valt på sidan innehåller något som liknar ett personnummer.",
            "vy",
            "Ta bort det ur länken.",
        )


def _is_seen(sign: str) -> bool:
    """Whether it is more than room between others: a title is what one clicks on."""
    return unicodedata.category(sign)[0] in "LNPS"


def _is_kept(value: str) -> bool:
    """Whether a database keeps the value, and gives back the same."""
    return len(value) <= LONGEST_VALUE and value.isprintable()
