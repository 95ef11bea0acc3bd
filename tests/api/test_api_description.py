"""The OpenAPI description held against real answers, both ways: nothing is missing in either."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

from hsf_kpi import ROOT
from hsf_kpi.api.description import answer_schema, description
from hsf_kpi.api.resources import FIGURE, OF_PAGE, RESOURCES, VALUES
from hsf_kpi.composing.choices import EXTRAS
from hsf_kpi.composing.registry import PAGES
from tests.api.asking import Ask

GUIDE = (ROOT / "docs" / "api.md").read_text("utf-8")


def demand(body: Any, schema: dict[str, Any]) -> None:
    whole = {**schema, "components": description()["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(body)


def test_it_is_open_and_names_nothing_of_the_data(client: TestClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()) == (200, description())
    assert answer.json()["openapi"].startswith("3.1")
    for name in ("Kirurgkliniken", "kirurgkliniken", "sqlite"):
        assert name not in answer.text


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("units", {}),
        ("units", {"org": "as_was", "month": "2022-06", "limit": 3, "offset": 2}),
        ("measures", {}),
        ("months", {}),
        ("figures", {}),
        ("values", {}),
        ("values", {"unit": "hsf,kirurgkliniken", "from_": "2021-01", "sex": "women", "view": "month"}),
        ("values", {"org": "as_was", "through": "2022-06", "view": "r12", "measure": "hyrpersonal"}),
    ],
)
def test_the_answers_of_lists_are_as_described(ask: Ask, path: str, params: dict[str, Any]) -> None:
    resource = next(one for one in RESOURCES if one.path == path)
    body = ask(path, **params).json()
    assert body["items"]
    demand(body, answer_schema(resource))


@pytest.mark.parametrize("page", list(PAGES))
def test_the_answers_of_figures_are_as_described(ask: Ask, page: str) -> None:
    given = {"measure": "hyrpersonal"} if page in ("nyckeltal", "jamfor") else {}
    for unit in ("hsf", "kirurgkliniken"):
        listed = ask(f"figures/{page}", unit=unit, **given).json()
        demand(listed, answer_schema(OF_PAGE))
        for row in listed["items"]:
            demand(ask(f"figures/{page}/{row['figure']}", unit=unit, **given).json(), answer_schema(FIGURE))


def test_refusals_are_as_described(ask: Ask, client: TestClient) -> None:
    problem = {"$ref": "#/components/schemas/problem"}
    for answer in (
        client.get("/api/v1/units"),
        ask("units", "admin"),
        ask("finns-inte"),
        ask("values", limit="x"),
        client.post("/api/v1/units"),
    ):
        demand(answer.json(), problem)
        told = description()["paths"]["/units"]["get"]["responses"]
        assert str(answer.status_code) in told


def test_every_described_parameter_is_taken_with_its_first_value(ask: Ask) -> None:
    for resource in RESOURCES:
        path = resource.path.replace("{page}", "vagen").replace("{figure}", "vagen")
        operation = description()["paths"][f"/{resource.path}"]["get"]
        given = {"unit": "hsf"} if resource.choices else {}
        for parameter in operation["parameters"]:
            schema = parameter["schema"]
            if parameter["in"] == "query" and "default" in schema:
                given[parameter["name"]] = schema["default"]
        assert ask(path, **given).status_code == 200


def test_every_choice_of_a_page_is_described() -> None:
    for resource in (OF_PAGE, FIGURE):
        names = {one["name"] for one in description()["paths"][f"/{resource.path}"]["get"]["parameters"]}
        assert names >= set(EXTRAS)


def test_the_description_is_itself_well_formed() -> None:
    """Each schema in it is one; each operation has a name of its own."""
    names = [path["get"]["operationId"] for path in description()["paths"].values()]
    assert len(set(names)) == len(names) == len(RESOURCES)
    for path in description()["paths"].values():
        jsonschema.Draft202012Validator.check_schema(
            path["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        )
        for parameter in path["get"]["parameters"]:
            assert set(parameter) >= {"name", "in", "schema"}
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])


def test_the_guide_names_every_resource_parameter_and_field() -> None:
    for resource in RESOURCES:
        assert f"`/api/v1/{resource.path}`" in GUIDE
        for param in resource.params:
            assert f"`{param.name}`" in GUIDE, param.name
    for field in VALUES.fields:
        assert f"`{field.name}`" in GUIDE, field.name
