"""Two users on a warm cache: after ledning has seen everything, nobody else meets a name or a value outside their scope.

The whole of the page is searched: texts, tables, lists, links, chart data, alternative texts, and the files to export.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
import vl_convert
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.identity import Identity
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.scope import Scope
from hsf_kpi.render.csv import csv
from hsf_kpi.render.image import svg
from hsf_kpi.ui import figures, warm
from hsf_kpi.workspace import Workspace
from tests.pages.opening import show

PAGES = ("oversikt", "maluppfyllelse", "nyckeltal")
OTHERS = ("omradeschef", "verksamhetschef", "controller", "hr", "namnd", "admin")
LOOKED_AT = ("hsf", "akutsjukvard", "kirurgkliniken", "nara-vard")
KEYS = ("hyrpersonal", "vardgaranti.besok", "antal-medarbetare")


@pytest.fixture(scope="module")
def warmed(pages_database: str) -> Iterator[Workspace]:
    """One workspace for the whole module, every page of it first seen by ledning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KPI_DATABASE_URL", pages_database)
        patch.setattr(vl_convert, "vegalite_to_svg", _drawn_once())
        warm.close()
        for page, asked in places():
            show(page, **asked)
        yield warm.workspace()
        warm.close()


def _drawn_once() -> Callable[..., str]:
    """Of charts that are the same to the letter, as who may see the same meets them, one is drawn."""
    draw, kept = vl_convert.vegalite_to_svg, dict[str, str]()

    def drawn_once(spec: dict[str, Any], **options: Any) -> str:
        asked = json.dumps([spec, options])
        if asked not in kept:
            kept[asked] = draw(spec, **options)
        return kept[asked]

    return drawn_once


@pytest.fixture
def drawn(warmed: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Every figure that a page has framed, and so offers as files."""
    found: list[Figure] = []
    show_figure = figures.show_figure

    def watched(entry: Any, prepared: Any, **options: Any) -> None:
        found.append(prepared.figure)
        show_figure(entry, prepared, **options)

    monkeypatch.setattr(figures, "show_figure", watched)
    return found


def places() -> Iterator[tuple[str, dict[str, str]]]:
    """Each page at the own unit and at all kinds of units, and each of some nyckeltal there."""
    for unit in ("", *LOOKED_AT):
        at = {"enhet": unit} if unit else {}
        yield "oversikt", at
        yield "maluppfyllelse", at
        for key in KEYS:
            yield "nyckeltal", at | {"nyckeltal": key}
    yield "maluppfyllelse", {"enhet": "nara-vard", "org": "da", "manad": "2022-06", "vy": "manad"}
    yield "nyckeltal", {"enhet": "narsjukvard-ost", "nyckeltal": "sjukfranvaro", "vy": "r12"}
    yield "oversikt", {"enhet": "medicinkliniken-sala"}
    yield "anvandare", {}


def everything(app: AppTest) -> str:
    """All that has been sent to the browser, as text."""
    parts: list[str] = []

    def walk(block: Any) -> None:
        for child in block.children.values():
            if hasattr(child, "children"):
                walk(child)
            else:
                parts.append(str(child.proto))
                if child.type == "table":
                    parts.append(child.value.to_string())
                if child.type == "vega_lite_chart":
                    parts.append(_chart_data(child.proto))

    walk(app._tree)
    text = "\n".join(parts) + "\n" + json.dumps(dict(app.query_params))
    # A protobuf's text form escapes what is not ASCII, byte by byte.
    return re.sub(r"(?:\\[0-7]{3})+", _unescaped, text).replace("\\", "").replace("\u00a0", " ")


def _unescaped(match: re.Match[str]) -> str:
    return bytes(int(code, 8) for code in match[0].split("\\")[1:]).decode("utf-8", "replace")


def _chart_data(proto: Any) -> str:
    import pyarrow as pa

    tables = [proto.data.data, *(dataset.data.data for dataset in proto.datasets)]
    return "\n".join(str(pa.ipc.open_stream(data).read_all().to_pylist()) for data in tables if data)


def scope_of(workspace: Workspace, role: str) -> Scope:
    people = {person.id: person for person in workspace.catalogue.demo_people}
    return workspace.scope_of(Identity("x", "x", people[role].grants))


def foreign(workspace: Workspace, role: str, text: str) -> set[str]:
    """Names and ids of units outside the role's scope that are in the text. What definitions, role titles and names inside
    the scope say themselves is no leak: it is taken away first.
    """
    scope, catalogue = scope_of(workspace, role), workspace.catalogue
    for said in _public(workspace, scope):
        text = text.replace(said, " ")
    found = set()
    for unit in catalogue.organisation.units.values():
        if not scope.sees(unit.id):
            names = {unit.name, unit.short_name, unit.id} - {""}
            met = {name for name in names if name in text}  # much sooner said than whether it stands alone
            found |= {name for name in met if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}
    return found


@lru_cache(maxsize=8)
def _public(workspace: Workspace, scope: Scope) -> list[str]:
    """The longest first."""
    catalogue = workspace.catalogue
    texts = {person.title for person in catalogue.demo_people}
    for unit in catalogue.organisation.units.values():
        if scope.sees(unit.id):
            texts |= {unit.name}
    for m in catalogue.measures.values():
        d = m.definition
        texts |= {
            m.name,
            m.short_name,
            m.key,
            m.goal,
            m.source,
            d.what,
            d.numerator,
            d.denominator,
            d.why,
            d.note,
        }
        texts |= {m.in_sentence, *(x.note for x in m.external), *(b.note for b in m.baselines)}
        texts |= {t.source for t in m.targets}
    for area in catalogue.goal_areas:
        texts |= {area.name, *area.goals}
    told = {text.replace("\u00a0", " ") for text in texts if text and len(text) > 3}
    return sorted(told, key=len, reverse=True)


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_and_no_file_tells_a_name_outside_the_scope(
    role: str, warmed: Workspace, drawn: list[Figure]
) -> None:
    for page, asked in places():
        app = show(page, roll=role, **asked)
        if role == "admin":  # led to the page of users, whose roles name units
            assert not app.metric
            assert not app.get("vega_lite_chart")
            assert "enhet" not in app.query_params
            continue
        text = everything(app)
        # The id in the link itself is repeated in the address and in the refusal.
        found = foreign(warmed, role, text) - {asked.get("enhet")}
        assert not found, (page, asked)
    scope = scope_of(warmed, role)
    assert bool(drawn) is (role != "admin")
    assert all(scope.sees(figure.context.unit_id) for figure in drawn)
    for written in {csv(figure).decode("utf-8"): None for figure in drawn}:
        assert not foreign(warmed, role, written), written[:200]
    broken = " ".join(m.name for m in warmed.catalogue.measures.values())  # a picture breaks them over lines
    for figure in {figure.slug: figure for figure in drawn}.values():
        assert not {n for n in foreign(warmed, role, svg(figure)) if n not in broken}, figure.slug


def test_the_search_finds_what_another_role_is_shown(warmed: Workspace, drawn: list[Figure]) -> None:
    """The test above can fail: on ledning's pages it finds the other units in lists, links, tables and files."""
    found = foreign(warmed, "verksamhetschef", everything(show("maluppfyllelse", enhet="akutsjukvard")))
    assert {"Medicinkliniken", "medicinkliniken", "Nära vård"} <= found
    assert any("Medicinkliniken" in foreign(warmed, "verksamhetschef", csv(f).decode("utf-8")) for f in drawn)
    trend = everything(show("nyckeltal", enhet="akutsjukvard", nyckeltal="antal-medarbetare", vy="manad"))
    assert "EPOS Sala" in foreign(warmed, "verksamhetschef", trend)


@pytest.mark.parametrize("role", ["omradeschef", "verksamhetschef", "hr", "namnd"])
@pytest.mark.parametrize("page", PAGES)
def test_a_unit_outside_the_scope_and_one_that_does_not_exist_look_the_same(
    page: str, role: str, warmed: Workspace, drawn: list[Figure]
) -> None:
    outside = {"hr": "", "namnd": "kirurgkliniken"}.get(role, "narsjukvard-ost")
    if not outside:
        assert scope_of(warmed, role).units == frozenset(warmed.catalogue.organisation.units)
        return
    pages = [show(page, roll=role, enhet=unit) for unit in (outside, "finns-inte")]
    shown = [everything(app).replace(outside, "X").replace("finns-inte", "X") for app in pages]
    assert shown[0] == shown[1]
    assert not drawn
    assert not pages[0].metric
    assert not pages[0].get("vega_lite_chart")


def test_hr_is_not_shown_another_nyckeltal_at_a_klinik(warmed: Workspace, drawn: list[Figure]) -> None:
    asked = {"roll": "hr", "enhet": "kirurgkliniken"}
    pages = [show("nyckeltal", nyckeltal=key, **asked) for key in ("vardgaranti.besok", "finns-inte")]
    shown = [everything(a).replace("vardgaranti.besok", "X").replace("finns-inte", "X") for a in pages]
    assert shown[0] == shown[1]
    assert "inte ingår i din behörighet" in shown[0]
    assert not drawn
    allowed = warmed.catalogue.roles["hr"].measures or frozenset()
    app = show("nyckeltal", **asked)
    assert len(app.selectbox(key="f_nyckeltal").options) == len(allowed)
    assert {key for f in drawn for key in warmed.catalogue.measures if f.slug.startswith(key)} <= allowed


def test_namnd_opens_on_the_last_released_month_and_can_choose_no_later(warmed: Workspace) -> None:
    app = show("oversikt", roll="namnd")
    assert app.selectbox(key="f_manad").options[0] == "September 2023"
    app = show("oversikt", roll="namnd", manad="2023-10")
    assert "2023-10" in app.warning[0].value
    # The days on which something was loaded may be known; of the month itself nothing is.
    told = re.sub(r"\b\d{1,2} oktober 2023", "", everything(app))
    assert "oktober 2023" not in told
    assert "okt 2023" not in told
