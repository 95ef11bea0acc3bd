"""«Plats bland jämförbara» on the page Nyckeltal: whoever looks, no name of a unit outside the scope is anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.peers import peers_figure
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.peers import SMALLEST_GROUP
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.csv import csv
from hsf_kpi.render.image import svg
from hsf_kpi.render.table import table
from hsf_kpi.ui import warm
from hsf_kpi.ui.prepared import prepared
from hsf_kpi.ui.text import plain

OCTOBER = Month.of(2023, 10)
KIR = Selection("kirurgkliniken", OCTOBER)


@pytest.fixture(autouse=True)
def _demo(demo_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", demo_database)
    warm.close()
    yield
    warm.close()


def ask(person: str, selection: Selection = KIR, measure: str = "sjukfranvaro") -> Ask:
    workspace = warm.workspace()
    one = next(p for p in workspace.catalogue.demo_people if p.id == person)
    scope = workspace.scope_of(Identity(one.id, one.title, one.grants))
    return Ask(workspace, workspace.version(), scope, selection, measure)


def composed(person: str, selection: Selection = KIR, measure: str = "sjukfranvaro") -> Composed:
    found = peers_figure(ask(person, selection, measure))
    assert found is not None
    return found


def outside(person: str) -> list[str]:
    """Names of the units that the person may see nothing of. One that is part of a seen name is left out."""
    workspace, scope = warm.workspace(), ask(person).scope
    units = workspace.catalogue.organisation.units.values()
    seen = [unit.name for unit in units if scope.sees(unit.id)]
    names = [unit.name for unit in units if not scope.sees(unit.id)]
    return [name for name in names if not any(name in other for other in seen)]


def everything(found: Composed) -> str:
    """All that leaves the figure in any medium."""
    taken = dt.date(2023, 11, 14)
    return "\n".join(
        (
            repr(found.figure),
            repr(found.named),
            prepared(found).data.to_pandas().to_csv(),
            prepared(found).alt,
            alternative_text(found.figure),
            table(found.figure).to_csv(),
            csv(found.figure, taken=taken).decode("utf-8-sig"),
            svg(found.figure, taken=taken),
        )
    )


def show(person: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    for name, value in {"roll": person, **params}.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(str(ROOT / "pages" / "nyckeltal.py")).run()
    assert not app.exception
    return app


def read(app: AppTest) -> str:
    """All that a browser is sent of the page: texts, tables, options, charts with their data."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "selectbox")
    elements = [*(element for kind in kinds for element in app.get(kind)), *app.table]
    elements += app.get("vega_lite_chart")
    sent = [element.proto.SerializeToString().decode("utf-8", "replace") for element in elements]
    return "\n".join(sent).replace("\\", "")


def test_a_clinic_head_sees_the_own_place_and_no_name_of_the_others() -> None:
    found = composed("verksamhetschef")
    names = [row[1] for row in found.figure.rows]
    assert names.count("Kirurgkliniken") == 1
    assert names.count("–") == len(names) - 1 >= SMALLEST_GROUP
    assert "Kirurgkliniken har " in found.figure.title
    text = everything(found)
    hidden = outside("verksamhetschef")
    assert len(hidden) > 25
    assert [name for name in hidden if name in text] == []
    ids = [
        u for u in warm.workspace().catalogue.organisation.units if not ask("verksamhetschef").scope.sees(u)
    ]
    assert [u for u in ids if u in text] == []


def test_the_page_of_a_clinic_head_holds_no_other_name_either() -> None:
    app = show("verksamhetschef", enhet="kirurgkliniken", nyckeltal="sjukfranvaro", manad="2023-10", vy="ack")
    text = read(app)
    title = composed("verksamhetschef").figure.title
    assert plain(title) in [element.value for element in app.subheader]
    assert "annan verksamhet" in text
    catalogue = warm.workspace().catalogue
    # Two units share their names with something else on the page: a nyckeltal, and a role of the demo.
    others = [m.name for m in catalogue.measures.values()] + [p.title for p in catalogue.demo_people]
    hidden = [name for name in outside("verksamhetschef") if not any(name in other for other in others)]
    assert len(hidden) > 20
    assert [name for name in hidden if name in text] == []


def test_leadership_sees_every_name() -> None:
    found = composed("ledning")
    names = [row[1] for row in found.figure.rows]
    assert "–" not in names
    assert "Medicinkliniken" in names
    assert "utan namn" not in found.figure.help
    app = show("ledning", enhet="kirurgkliniken", nyckeltal="sjukfranvaro", manad="2023-10", vy="ack")
    assert plain(found.figure.title) in [element.value for element in app.subheader]
    assert "Närsjukvård Öst" in read(app)


def test_place_median_and_values_are_the_same_whoever_looks() -> None:
    one, other = composed("verksamhetschef").figure, composed("ledning").figure
    assert one.title == other.title
    assert [row[2] for row in one.rows] == [row[2] for row in other.rows]
    assert [mark.label for mark in one.marks] == [mark.label for mark in other.marks]


def test_hr_sees_the_names_for_the_staff_figures() -> None:
    assert "–" not in [row[1] for row in composed("hr").figure.rows]
    with pytest.raises(NotPermitted):
        peers_figure(ask("hr", KIR, "belaggning-somatik"))


def test_another_unit_can_not_be_asked_for() -> None:
    with pytest.raises(NotPermitted):
        peers_figure(ask("verksamhetschef", Selection("medicinkliniken", OCTOBER)))


def test_a_warm_cache_does_not_give_the_names_to_another_scope() -> None:
    assert "Medicinkliniken" in everything(composed("ledning"))
    assert "Medicinkliniken" not in everything(composed("verksamhetschef"))


def test_with_one_to_four_outside_the_reason_is_told_and_nothing_else() -> None:
    """Of the six with beds all but one are in the own område."""
    found = composed("omradeschef", KIR, "belaggning-somatik")
    assert found.figure.empty
    assert not found.figure.rows
    assert [name for name in outside("omradeschef") if name in everything(found)] == []


def test_the_unnamed_are_shown_in_todays_organisation_only() -> None:
    as_was = replace(KIR, month=Month.of(2022, 6), org=OrgView.AS_WAS)
    assert "dagens organisation" in composed("verksamhetschef", as_was).figure.empty
    assert composed("ledning", as_was).figure.rows
    assert composed("verksamhetschef", replace(as_was, org=OrgView.TODAY)).figure.rows


@pytest.mark.parametrize("measure", ["arsarbetare", "periodresultat", "antal-medarbetare", "vardproduktion"])
def test_what_follows_the_size_of_a_unit_is_not_compared(measure: str) -> None:
    assert peers_figure(ask("ledning", KIR, measure)) is None


def test_the_whole_has_nobody_to_be_compared_with() -> None:
    assert peers_figure(ask("ledning", Selection("hsf", OCTOBER))) is None


@pytest.mark.parametrize("person", ["verksamhetschef", "omradeschef", "namnd"])
def test_no_name_gets_out_for_any_measure_view_or_sex(person: str) -> None:
    """Every figure that the person can open in the last month that they see."""
    workspace, scope = warm.workspace(), ask(person).scope
    hidden = outside(person)
    drawn = 0
    last = max(workspace.months(scope))
    for unit in workspace.units(scope, Selection("hsf", last)):
        for key, measure in workspace.catalogue.measures.items():
            if not (measure.unit_of_measure.is_relative and scope.allows(unit, key)):
                continue
            for view, sex in ((View.YTD, Sex.ALL), (View.MONTH, Sex.WOMEN), (View.R12, Sex.ALL)):
                found = peers_figure(ask(person, Selection(unit, last, view, sex), key))
                if found is None:
                    continue
                unnamed = [row for row in found.figure.rows if row[1] == "–"]
                assert not 0 < len(unnamed) < SMALLEST_GROUP
                drawn += len(unnamed) > 0
                text = f"{found.figure!r}{found.named}{prepared(found).data.to_pylist()}{prepared(found).alt}"
                assert [name for name in hidden if name in text] == []
                for named in found.named:
                    assert scope.reaches_month(named, key, last)
    assert (drawn > 0) == (person in ("verksamhetschef", "omradeschef"))
