"""Role × verksamhet × nyckeltal over the API, against the table of rules of tests/test_matrix.py."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from hsf_kpi.access.token import DEMO
from hsf_kpi.composing.registry import PAGES
from hsf_kpi.model.event import Event
from hsf_kpi.workspace import Workspace
from tests.api.asking import Ask, all_items
from tests.test_matrix import ABOVE, GONE, RELEASED, ROOT_UNIT, TABLE, TODAY, sees

SEEING = [person for person in TABLE if TABLE[person].sees != "nothing"]


def expected(workspace: Workspace, person: str) -> set[tuple[str, str]]:
    """Every unit of today and measure that the person sees."""
    return {
        (unit, measure)
        for unit in set(ABOVE) - GONE
        for measure in workspace.catalogue.measures
        if sees(person, unit, measure)
    }


@pytest.mark.parametrize("person", SEEING)
def test_values_are_of_every_unit_and_measure_that_is_seen_and_of_no_other(
    workspace: Workspace, ask: Ask, person: str
) -> None:
    rows = all_items(ask, "values", person)
    assert {(row["unit"], row["measure"]) for row in rows} == expected(workspace, person)
    assert len(rows) == len(expected(workspace, person))
    latest = RELEASED.iso if person == "namnd" else TODAY
    assert {row["month"] for row in rows} == {latest}


@pytest.mark.parametrize("person", SEEING)
def test_every_unit_one_by_one(workspace: Workspace, ask: Ask, person: str) -> None:
    seen = expected(workspace, person)
    for unit in ABOVE:
        answer = ask("values", person, unit=unit)
        mine = {measure for one, measure in seen if one == unit}
        if mine:
            assert {row["measure"] for row in answer.json()["items"]} == mine
        else:
            assert answer.status_code == 404
            if not any(sees(person, unit, measure) for measure in workspace.catalogue.measures):
                assert answer.text == refusal_of_unknown(ask, person).replace("finns-inte", unit)


def refusal_of_unknown(ask: Ask, person: str) -> str:
    return str(ask("values", person, unit="finns-inte").text)


@pytest.mark.parametrize("person", SEEING)
def test_a_measure_that_may_not_be_seen_is_as_one_that_does_not_exist(
    workspace: Workspace, ask: Ask, person: str
) -> None:
    unknown = ask("values", person, unit=ROOT_UNIT, measure="finns-inte").text
    for unit in ("kirurgkliniken", ROOT_UNIT, "akutsjukvard"):
        for measure in workspace.catalogue.measures:
            answer = ask("values", person, unit=unit, measure=measure)
            if sees(person, unit, measure):
                assert [row["measure"] for row in answer.json()["items"]] == [measure]
                continue
            assert answer.status_code == 404
            if any(sees(person, unit, one) for one in workspace.catalogue.measures):
                assert answer.text == unknown.replace("finns-inte", measure)


@pytest.mark.parametrize("person", SEEING)
def test_the_lists_hold_what_may_be_seen(workspace: Workspace, ask: Ask, person: str) -> None:
    seen = expected(workspace, person)
    units = all_items(ask, "units", person)
    assert {row["unit"] for row in units} == {unit for unit, _ in seen}
    assert {row["parent"] for row in units} - {None} <= {unit for unit, _ in seen}
    assert {row["measure"] for row in all_items(ask, "measures", person)} == {m for _, m in seen}
    months = [row["month"] for row in all_items(ask, "months", person)]
    assert months == sorted(months, reverse=True)
    assert months[0] == (RELEASED.iso if person == "namnd" else TODAY)


def test_who_may_see_released_months_alone_gets_no_other(ask: Ask) -> None:
    assert all(row["state"] == "final" for row in all_items(ask, "months", "namnd"))
    rows = all_items(ask, "values", "namnd", unit=ROOT_UNIT, from_="2023-01", through=TODAY)
    assert {row["month"] for row in rows} == {f"2023-{number:02d}" for number in range(1, 10)}
    assert all(row["state"] == "final" for row in rows)
    assert ask("units", "namnd", month=TODAY).status_code == 404
    assert ask("figures/oversikt", "namnd", unit=ROOT_UNIT, month=TODAY).status_code == 404
    assert ask("values", "namnd", from_=TODAY, through=TODAY).json()["items"] == []


def test_who_may_download_nothing_is_refused_everywhere(ask: Ask) -> None:
    for path in ("units", "measures", "months", "values", "figures", "figures/oversikt", "figures/x/y"):
        answer = ask(path, "admin")
        assert answer.status_code == 403
        assert "får inte ladda ner" in answer.json()["detail"]


def test_a_unit_outside_is_in_no_answer(workspace: Workspace, ask: Ask) -> None:
    """Of every page's figures: nothing names a unit that the person may not see, but as the page itself does."""
    names = {
        unit: workspace.catalogue.organisation.get(unit).name
        for unit in set(ABOVE) - GONE
        if not any(sees("verksamhetschef", unit, measure) for measure in workspace.catalogue.measures)
    }
    # One unit's name is part of a nyckeltal's, and the published plan names the areas.
    measures = " ".join(measure.name for measure in workspace.catalogue.measures.values())
    names = {unit: n for unit, n in names.items() if n not in measures and ABOVE[unit] != ROOT_UNIT}
    assert len(names) > 20
    for page in (
        "oversikt",
        "signaler",
        "maluppfyllelse",
        "vagen",
        "budget",
        "ekonomiatgarder",
        "produktion",
    ):
        for row in all_items(ask, f"figures/{page}", "verksamhetschef", unit="kirurgkliniken"):
            if row["figure"].startswith("plan-"):
                continue  # the published plan's own tables, which are everybody's to read
            figure = ask(f"figures/{page}/{row['figure']}", "verksamhetschef", unit="kirurgkliniken")
            assert figure.status_code == 200
            body = figure.json()
            told = str(body["rows"]) + body["title"] + body["sentence"]
            assert [name for name in names.values() if name in told] == []


def test_a_units_figures_are_refused_outside_on_every_page(ask: Ask) -> None:
    for page in PAGES:
        measure = {"measure": "hyrpersonal"} if page in ("nyckeltal", "jamfor") else {}
        answer = ask(f"figures/{page}", "verksamhetschef", unit="medicinkliniken", **measure)
        unknown = ask(f"figures/{page}", "verksamhetschef", unit="finns-inte", **measure)
        assert answer.status_code == unknown.status_code == 404
        assert answer.text == unknown.text.replace("finns-inte", "medicinkliniken")


def test_a_measure_outside_on_the_page_of_one_measure(ask: Ask) -> None:
    answer = ask("figures/nyckeltal", "hr", unit="kirurgkliniken", measure="vardgaranti.besok")
    unknown = ask("figures/nyckeltal", "hr", unit="kirurgkliniken", measure="finns-inte")
    assert answer.status_code == unknown.status_code == 404
    assert answer.text == unknown.text.replace("finns-inte", "vardgaranti.besok")


def test_two_users_one_after_the_other_with_warm_caches(ask: Ask) -> None:
    """What the one was answered is not the other's, whoever asks first, with whatever tag."""
    first = {
        person: ask("values", person, measure="hyrpersonal").json()["items"]
        for person in ("controller", "verksamhetschef")
    }
    assert len(first["controller"]) > len(first["verksamhetschef"]) > 0
    tags = {person: ask("values", person, measure="hyrpersonal").headers["etag"] for person in first}
    assert tags["controller"] != tags["verksamhetschef"]
    again = ask("values", "verksamhetschef", {"if-none-match": tags["controller"]}, measure="hyrpersonal")
    assert (again.status_code, again.json()["items"]) == (200, first["verksamhetschef"])
    figures = {
        person: ask("figures/vagen/vem-avviker", person, unit=ROOT_UNIT)
        for person in ("controller", "omradeschef")
    }
    for person, answer in figures.items():
        assert ask("figures/vagen/vem-avviker", person, unit=ROOT_UNIT).text == answer.text
    assert figures["controller"].text != figures["omradeschef"].text


def test_a_refusal_is_logged_once_a_day(workspace: Workspace, client: TestClient) -> None:
    def logged(unit: str) -> int:
        entries = workspace.store.audit_log.entries(
            what=[Event.DENIED], who="demo-verksamhetschef", limit=1000
        )
        return len([entry for entry in entries if f"”{unit}”" in entry.detail])

    units = ("medicinkliniken-koping", "helt-okand")
    before = {unit: logged(unit) for unit in units}
    key = {"authorization": f"Bearer {DEMO}verksamhetschef"}
    for _ in range(3):
        for unit in units:
            assert client.get(f"/api/v1/values?unit={unit}", headers=key).status_code == 404
    assert {unit: logged(unit) - before[unit] for unit in units} == dict.fromkeys(units, 1)
