"""The reference pictures: the demo's figures as they are drawn, kept in `reference/` and held against what is drawn today.

Every page's pictures for the förvaltning, those that have another form for an område and a klinik, all in light; each kind
once in dark and once as on a phone.
`scripts/references.py` shows the differences side by side and takes new ones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from hsf_kpi.access.identity import Identity
from hsf_kpi.composing import choices, overview
from hsf_kpi.composing.ask import Ask, ask_of
from hsf_kpi.composing.registry import figures_of
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.image import chart_svg, svg
from hsf_kpi.render.points import curve, limited
from hsf_kpi.render.screen import is_drawn
from hsf_kpi.workspace import Workspace
from tests.render.economy_samples import drawn

FOLDER = Path(__file__).parent / "reference"
WHOLE, AREA, CLINIC = "hsf", "akutsjukvard", "kirurgkliniken"
OCTOBER = Month.of(2023, 10)
TAKEN = dt.date(2023, 11, 15)
PHONE = 336
"""Pixels of a figure's inside on a screen of 400."""
NEAR = 0.15
"""Pixels that two machines may draw apart."""
ABSENCE = "sjukfranvaro"
SPARKS = ("periodresultat", ABSENCE, "belaggning-somatik")
"""With a zero line, a target and a band."""
ASKED: tuple[tuple[str, str, View, dict[str, str]], ...] = (
    (WHOLE, choices.OVERVIEW, View.YTD, {}),
    (WHOLE, choices.SIGNALS, View.YTD, {}),
    (WHOLE, choices.ROAD, View.YTD, {"brygga": "utfall"}),
    (WHOLE, choices.BUDGET, View.YTD, {"tabell": "ram-per-omrade"}),
    (WHOLE, choices.ASSIGNMENTS, View.YTD, {"uppdrag": "medarbetare"}),
    (WHOLE, choices.PRODUCTION, View.YTD, {}),
    (WHOLE, choices.GOALS, View.YTD, {}),
    (WHOLE, choices.ONE_MEASURE, View.YTD, {"nyckeltal": ABSENCE}),
    (WHOLE, choices.ONE_MEASURE, View.MONTH, {"nyckeltal": "hyrpersonal"}),
    (WHOLE, choices.ONE_MEASURE, View.YTD, {"nyckeltal": "fortroende-vardcentral"}),
    (WHOLE, choices.COMPARE, View.YTD, {"nyckeltal": ABSENCE}),
    (WHOLE, choices.MISSIONS, View.YTD, {}),
    (WHOLE, choices.MISSIONS, View.YTD, {"visar": "samband"}),
    (WHOLE, choices.TRANSFORMATION, View.YTD, {}),
    (WHOLE, choices.NEAR_CARE, View.YTD, {}),
    (WHOLE, choices.CONTROLS, View.YTD, {}),
    (WHOLE, choices.SURROUNDINGS, View.YTD, {"utblick": "ett", "matt": "U71458", "regioner": "0014,0004"}),
    (WHOLE, choices.SURROUNDINGS, View.YTD, {"utblick": "riket"}),
    (WHOLE, choices.SURROUNDINGS, View.YTD, {"utblick": "vgr"}),
    (WHOLE, choices.QUALITY, View.YTD, {}),
    (AREA, choices.ASSIGNMENTS, View.YTD, {"uppdrag": "medarbetare"}),
    (AREA, choices.ONE_MEASURE, View.MONTH, {"nyckeltal": "hyrpersonal"}),
    (CLINIC, choices.OVERVIEW, View.YTD, {}),
    (CLINIC, choices.OWN_UNIT, View.YTD, {}),
    (CLINIC, choices.ROAD, View.YTD, {"brygga": "utfall"}),
    (CLINIC, choices.ONE_MEASURE, View.YTD, {"nyckeltal": ABSENCE}),
    (CLINIC, choices.COMPARE, View.YTD, {"nyckeltal": ABSENCE}),
)
"""Whose, which page, and what its pictures are chosen by. Of a page without a picture of its own, the first table is
drawn."""

Form = tuple[FigureKind, bool, bool]
"""Kind, whether along months, whether with control limits."""

_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_ID = re.compile(r"""(?<=\bid=")[^"]+|(?<=url\(#)[^)]+|(?<=href="#)[^"]+""")
_TAG = re.compile(r"(?=<(?:/g|g|path|text|rect|line|desc|title|defs)\b)")
_ANY_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")


def pictures(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """(name, normalised SVG) of every reference picture, in the order of the pages. A picture that another unit has had
    already is not drawn again.
    """
    seen: list[Figure] = []
    kinds: dict[Form, Figure] = {}
    for unit, page, view, extras in ASKED:
        found = [
            one for one in _figures(page, _ask(workspace, unit, page, view, dict(extras))) if one not in seen
        ]
        for figure in [one for one in found if is_drawn(one.kind) and not one.empty] or found[:1]:
            seen.append(figure)
            if is_drawn(figure.kind):
                kinds.setdefault(_form(figure), figure)
            yield f"{page}-{unit}-{figure.slug}", normal(_drawing(figure))
    darkened = set()
    for (kind, _, _), figure in kinds.items():
        if kind not in darkened:
            yield f"mork-{kind}-{figure.slug}", normal(_drawing(figure, dark=True))
        darkened.add(kind)
        if kind is not FigureKind.SPARK:
            yield f"telefon-{kind}-{figure.slug}", normal(drawn(figure, PHONE))


def _drawing(figure: Figure, *, dark: bool = False) -> str:
    """The whole picture; of a small curve, which has no words, the curve."""
    if figure.kind is FigureKind.SPARK:
        return chart_svg(figure, 0, dark=dark)
    return svg(figure, taken=TAKEN, dark=dark)


def one_of_each(workspace: Workspace) -> list[Figure]:
    """A figure of every kind that is drawn, and of every form of a curve."""
    kinds: dict[Form, Figure] = {}
    for unit, page, view, extras in ASKED:
        for figure in _figures(page, _ask(workspace, unit, page, view, dict(extras))):
            if is_drawn(figure.kind) and not figure.empty:
                kinds.setdefault(_form(figure), figure)
    return list(kinds.values())


def _form(figure: Figure) -> Form:
    return figure.kind, curve(figure), limited(figure)


def _ask(workspace: Workspace, unit: str, page: str, view: View, extras: dict[str, str]) -> Ask:
    person = next(one for one in workspace.catalogue.demo_people if one.id == "ledning")
    scope = workspace.scope_of(Identity(person.id, person.title, person.grants))
    measure = extras.pop("nyckeltal", None)
    selection = Selection(unit, OCTOBER, view)
    return ask_of(workspace, scope, page, selection, **({"measure": measure} if measure else {}), **extras)


def _figures(page: str, ask: Ask) -> Iterator[Figure]:
    """Those of the page, and some of the small curves of the tiles."""
    if page == choices.OVERVIEW and ask.selection.unit == WHOLE:
        yield from (one.spark.figure for one in overview.tiles(ask) if one.assessment.measure.key in SPARKS)
    yield from (one.figure for one in figures_of(ask, page))


def normal(drawing: str) -> str:
    """The SVG with its numbers on a tenth of a pixel, ids by the order that they are met in, and an element to a line."""
    ids: dict[str, str] = {}
    numbered = _ID.sub(lambda found: ids.setdefault(found[0], f"id{len(ids)}"), drawing)
    return _TAG.sub("\n", _NUMBER.sub(_rounded, numbered)).strip() + "\n"


def _rounded(found: re.Match[str]) -> str:
    return f"{round(float(found[0]), 1) + 0.0:g}"


def alike(one: str, two: str) -> bool:
    """Whether two normalised pictures are the same, but for what two machines may draw apart."""
    if one == two:
        return True
    pairs = zip_longest(_ANY_NUMBER.split(one), _ANY_NUMBER.split(two))
    return all(a == b or _near(a, b) for a, b in pairs)


def _near(one: str | None, two: str | None) -> bool:
    if one is None or two is None or not (_ANY_NUMBER.fullmatch(one) and _ANY_NUMBER.fullmatch(two)):
        return False
    return abs(float(one) - float(two)) < NEAR


def kept() -> Mapping[str, str]:
    """Name → picture, of the references."""
    return {file.stem: file.read_text("utf-8") for file in sorted(FOLDER.glob("*.svg"))}


def differing(
    drawn: Mapping[str, str], references: Mapping[str, str]
) -> dict[str, tuple[str | None, str | None]]:
    """Name → (reference, as drawn) of those that differ, are new or are no longer drawn."""
    names = sorted(set(drawn) | set(references))
    pairs = {name: (references.get(name), drawn.get(name)) for name in names}
    return {name: (a, b) for name, (a, b) in pairs.items() if a is None or b is None or not alike(a, b)}
