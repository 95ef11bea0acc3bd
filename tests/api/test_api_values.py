"""What the API says is what the pages say: values against figures, figures against the export's own file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.composing.ask import ask_of
from hsf_kpi.composing.registry import PAGES, figures_of
from hsf_kpi.figures.figure import Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import OrgView, Sex, Status
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.files import FILES
from hsf_kpi.swedish.words import STATUS_SHAPE
from hsf_kpi.workspace import Workspace
from tests.api.asking import Ask, all_items

OCTOBER = Month.of(2023, 10)


def scope_of(workspace: Workspace, person: str) -> Scope:
    found = next(one for one in workspace.catalogue.demo_people if one.id == person)
    return workspace.scope_of(Identity(person, person, found.grants))


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("unit", ["hsf", "akutsjukvard", "kirurgkliniken"])
@pytest.mark.parametrize("view", list(View))
def test_the_last_point_of_every_curve_is_the_value(
    workspace: Workspace, ask: Ask, unit: str, view: View
) -> None:
    """The page Nyckeltal draws the curve from another question to the store than Måluppfyllelse asks."""
    scope = scope_of(workspace, "controller")
    rows = {row["measure"]: row for row in all_items(ask, "values", "controller", unit=unit, view=view.value)}
    compared = 0
    for key, row in rows.items():
        selection = Selection(unit, OCTOBER, view)
        outcomes = workspace.outcomes(scope, selection, key)
        if not outcomes or row["missing"] == "not_measured_here":
            continue
        same = [
            one
            for one in outcomes
            if one.period.end.last_day.isoformat() == row["period_end"]
            and one.period.window.value == row["window"]
        ]
        if not same:
            assert row["value"] is None
            continue
        value = same[0].value
        assert row["value"] == (None if value is None else pytest.approx(float(value), abs=0.000051))
        assert row["missing"] == (same[0].missing.value if same[0].missing else None)
        compared += 1
    assert compared > 10


def test_the_rows_are_those_of_the_goals_picture(workspace: Workspace, ask: Ask) -> None:
    """Måluppfyllelse's own tables: the same words for the status, and the same values, row by row of the plan."""
    scope = scope_of(workspace, "ledning")
    asked = ask_of(workspace, scope, "maluppfyllelse", Selection("hsf", OCTOBER))
    shown: dict[str, tuple[Any, Any]] = {}
    for composed in figures_of(asked, "maluppfyllelse"):
        figure = composed.figure
        outcome, status = figure.column(Role.OUTCOME), figure.column(Role.STATUS)
        if outcome is None or status is None or len(composed.measures) != len(figure.rows):
            continue
        for key, row in zip(composed.measures, figure.rows, strict=True):
            shown[key] = (row[outcome], row[status])
    assert len(shown) == 48
    rows = {row["measure"]: row for row in all_items(ask, "values", "ledning", unit="hsf")}
    for key, (value, status) in shown.items():
        if isinstance(value, float):
            assert rows[key]["value"] == pytest.approx(value, abs=0.000051)
        elif value is None:
            assert rows[key]["value"] is None
        assert str(status).startswith(STATUS_SHAPE[Status(rows[key]["status"])])


@pytest.mark.parametrize("page", list(PAGES))
def test_a_figure_is_the_file_that_the_export_menu_gives(workspace: Workspace, ask: Ask, page: str) -> None:
    measure = "hyrpersonal" if page in ("nyckeltal", "jamfor") else None
    given = {"measure": measure} if measure else {}
    scope = scope_of(workspace, "controller")
    asked = ask_of(workspace, scope, page, Selection("hsf", OCTOBER), measure)
    figures = {composed.figure.slug: composed.figure for composed in figures_of(asked, page)}
    listed = [row["figure"] for row in all_items(ask, f"figures/{page}", "controller", unit="hsf", **given)]
    assert listed == list(figures)
    for slug, figure in figures.items():
        as_csv = ask(f"figures/{page}/{slug}", unit="hsf", format="csv", **given)
        assert as_csv.content == FILES["csv"].make(figure)
        body = ask(f"figures/{page}/{slug}", unit="hsf", **given).json()
        assert (body["title"], body["sentence"], len(body["rows"])) == (
            figure.title,
            figure.sentence,
            len(figure.rows),
        )
        for row, record in zip(body["rows"], records(figure), strict=True):
            for name, cell in row.items():
                theirs = record[name]
                if isinstance(theirs, float):
                    assert cell == pytest.approx(theirs, abs=0.000051)
                elif isinstance(theirs, str):
                    assert cell == theirs


def test_a_pages_own_choices_are_parameters(ask: Ask) -> None:
    plain = ask("figures/vagen/vagen", unit="hsf").json()
    against = ask("figures/vagen/vagen", unit="hsf", mot="budget").json()
    assert plain["title"] != against["title"] or plain["rows"] != against["rows"]


def test_what_is_masked_is_told_as_masked_and_nothing_tells_its_number(
    workspace: Workspace, ask: Ask
) -> None:
    units = ",".join(row["unit"] for row in all_items(ask, "units", "ledning"))
    masked = [
        row
        for sex in ("women", "men", "all")
        for row in all_items(ask, "values", "ledning", unit=units, from_="2023-06", view="month", sex=sex)
        if row["missing"] == "masked"
    ]
    assert masked, "the demo masks some"
    for row in masked:
        assert row["value"] is row["gap"] is row["change"] is None
        assert row["status"] == "not_assessable"
        assert "maskera" in row["missing_reason"]


def test_json_and_csv_say_the_same(ask: Ask) -> None:
    asked = {"unit": "hsf,kirurgkliniken", "from_": "2023-08", "measure": "hyrpersonal,periodresultat"}
    body, rows = ask("values", **asked).json(), table(ask("values", format="csv", **asked).content)
    assert len(rows) == len(body["items"]) == 12
    for row, item in zip(rows, body["items"], strict=True):
        assert row["data_version"] == str(body["data_version"])
        assert row["retrieved"] == body["retrieved"]
        for name, value in item.items():
            if isinstance(value, float):
                assert float(row[name].replace(",", ".")) == value
            else:
                assert row[name].lstrip("'") == ("" if value is None else str(value))


def test_pages_of_rows_make_up_the_whole_without_repeating(ask: Ask) -> None:
    whole = ask("values", unit="hsf,kirurgkliniken", from_="2023-07", limit=5000).json()
    found: list[dict[str, Any]] = []
    path, params = "values", {"unit": "hsf,kirurgkliniken", "from_": "2023-07", "limit": 97}
    while True:
        body = ask(path, offset=len(found), **params).json()
        found += body["items"]
        assert body["total"] == whole["total"]
        if body["next"] is None:
            break
        assert f"offset={len(found)}" in body["next"]
    assert found == whole["items"]
    assert ask("values", offset=whole["total"], unit="hsf").json()["items"] == []


def test_a_unit_that_is_gone_is_told_of_and_has_values_where_it_stood(workspace: Workspace, ask: Ask) -> None:
    organisation, today = workspace.catalogue.organisation, workspace.state().today
    gone = next(unit for unit in organisation.units.values() if not unit.exists_at(today))
    answer = ask("values", unit=gone.id)
    assert answer.status_code == 404
    assert gone.name in answer.json()["detail"]
    rows = all_items(
        ask, "values", "ledning", unit=gone.id, org="as_was", from_="2018-01", measure="hyrpersonal"
    )
    assert all(gone.exists_at(Month.parse(row["month"])) for row in rows)


def test_the_selection_is_that_of_the_pages(workspace: Workspace, ask: Ask) -> None:
    scope = scope_of(workspace, "controller")
    for sex in Sex:
        for org in OrgView:
            selection = Selection("hsf", OCTOBER, View.R12, sex, org)
            theirs = workspace.assessment(scope, selection, "sjukfranvaro")
            (row,) = ask(
                "values", unit="hsf", measure="sjukfranvaro", view="r12", sex=sex.value, org=org.value
            ).json()["items"]
            value = theirs.outcome.value
            assert row["value"] == (None if value is None else pytest.approx(float(value), abs=0.000051))
            assert row["status_reason"] == theirs.reason
