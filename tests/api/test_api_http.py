"""The API as HTTP: methods, faults in words, formats, tags, and that nothing but the key counts."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hsf_kpi.access.token import DEMO
from hsf_kpi.api import endpoint, pace
from hsf_kpi.api.pace import Pace
from hsf_kpi.api.problems import Refusal
from hsf_kpi.api.routes import api_routes
from hsf_kpi.model.problems import DataError, DefinitionError, Problem, StoreError
from hsf_kpi.render.csv import table
from hsf_kpi.settings import SettingsError
from hsf_kpi.workspace import Workspace
from tests.api.asking import Ask, client_of

KEY = {"authorization": f"Bearer {DEMO}controller"}


def problems(answer: Any, status: int) -> list[dict[str, str]]:
    """What is wrong, of an answer with that status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "sv"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    found: list[dict[str, str]] = body["problems"]
    return found


# What is wrong


def test_all_faults_are_told_at_once(ask: Ask) -> None:
    answer = ask("values", unit="hsf", apa="1", from_="i fjol", limit="0", view="vecka", offset="-1", sex="")
    assert [one["where"] for one in problems(answer, 400)] == [
        "apa",
        "from",
        "view",
        "sex",
        "limit",
        "offset",
    ]
    for one in answer.json()["problems"]:
        assert one["todo"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("values", "month=2023-10"),
        ("values", "limit=10&limit=20"),
        ("values", "limit=5001"),
        ("values", "limit=1e3"),
        ("values", "limit=%D9%A3"),
        ("values", "from=2023-13"),
        ("values", "from=2023-10&through=2023-09"),
        ("values", "unit="),
        ("values", "unit=hsf,,kirurgkliniken"),
        ("values", "unit=" + ",".join(map(str, range(201)))),
        ("values", "format=xml"),
        ("units", "unit=hsf"),
        ("figures/vagen", ""),
        ("figures/vagen", "unit=hsf&mot=apa"),
        ("figures/vagen", "unit=hsf&slag=alla"),
        ("figures/vagen", "unit=hsf&measure=hyrpersonal"),
        ("figures/nyckeltal", "unit=hsf"),
    ],
)
def test_what_cant_be_read_is_a_bad_request(client: TestClient, path: str, query: str) -> None:
    assert problems(client.get(f"/api/v1/{path}?{query}", headers=KEY), 400)


@pytest.mark.parametrize(
    "path",
    [
        "values?unit=finns-inte",
        "values?measure=finns-inte",
        "units?month=1999-01",
        "figures/rapport?unit=hsf",
        "figures/finns-inte?unit=hsf",
        "figures/vagen/finns-inte?unit=hsf",
        "figures/vagen?unit=hsf&month=2199-01",
        "figures/jamfor?unit=hsf&measure=hyrpersonal&grupp=finns-inte",
        "figures/nyckeltal?unit=hsf&measure=finns-inte",
        "finns-inte",
        "",
        "units/hsf",
        "figures/vagen/vagen/mer",
        "../inloggning",
        "%0A0",
        "figures/%0A",
    ],
)
def test_what_there_is_none_of(client: TestClient, path: str) -> None:
    assert problems(client.get(f"/api/v1/{path}", headers=KEY), 404)


def test_all_that_there_is_none_of_is_told_at_once(ask: Ask) -> None:
    found = problems(ask("values", unit="a,hsf,b", measure="c,hyrpersonal"), 404)
    assert [one["where"] for one in found] == ["unit", "unit", "measure"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["units", "values", "figures/vagen/vagen", "finns-inte"])
def test_nothing_can_be_changed(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, f"/api/v1/{path}", headers=KEY)
    problems(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_database_that_is_gone_is_told_in_words_and_not_where_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    error: Exception
    for error in (
        StoreError(Problem("hemlig orsak", "postgresql://hemlig", "hemligt")),
        SettingsError(Problem("hemlig orsak", "HSF_KPI_PORT", "")),
        DefinitionError(Problem("hemlig orsak", "data/", "")),
    ):

        def gone(why: Exception = error) -> Workspace:
            raise why

        client = TestClient(Starlette(routes=api_routes(gone, lambda: "demo")), raise_server_exceptions=False)
        answer = client.get("/api/v1/units", headers=KEY)
        problems(answer, 503)
        assert "hemlig" not in answer.text
        assert int(answer.headers["retry-after"]) > 0


def test_a_database_that_goes_in_the_middle(
    workspace: Workspace, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise StoreError(Problem("borta", "postgresql://hemlig", ""))

    monkeypatch.setattr(workspace, "assessments", gone)
    answer = client.get("/api/v1/values", headers=KEY)
    problems(answer, 503)
    assert "hemlig" not in answer.text


def test_a_fault_of_ours_is_told_without_its_trace(
    workspace: Workspace,
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("hemligt")

    monkeypatch.setattr(workspace, "assessments", broken)
    answer = client.get("/api/v1/values", headers=KEY)
    problems(answer, 500)
    assert "hemligt" not in answer.text
    assert "Traceback" not in answer.text
    assert "hemligt" in caplog.text, "the server's log has it"


def test_data_that_cant_be_read_are_told(
    workspace: Workspace, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: Any) -> None:
        raise DataError(Problem("Scenariot går inte att läsa.", "scenario", "Skriv om det."))

    monkeypatch.setattr(workspace, "assessments", wrong)
    assert problems(client.get("/api/v1/values", headers=KEY), 400)[0]["where"] == "scenario"


# Whose word counts


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": f"{DEMO}controller"},
        {"authorization": f"Basic {DEMO}controller"},
        {"authorization": f"Bearer{DEMO}controller"},
        {"authorization": "Bearer "},
        {"authorization": f"Bearer {DEMO}finns-inte"},
        {"authorization": f"Bearer {DEMO}controller {DEMO}ledning"},
        {"authorization": f"Bearer {DEMO}controller,"},
        {"authorization": f"Bearer {'a' * 5000}"},
        {"cookie": f"hsf_session={DEMO}controller; authorization={DEMO}controller"},
        {"x-api-key": f"{DEMO}controller"},
        {"x-forwarded-user": "controller"},
    ],
)
def test_without_a_key_in_its_header_nobody_is_answered(client: TestClient, headers: dict[str, str]) -> None:
    for path in ("units", "values", "figures/vagen/vagen?unit=hsf", "finns-inte"):
        answer = client.get(f"/api/v1/{path}", headers=headers)
        problems(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer ")


def test_a_key_in_the_address_does_not_count(client: TestClient) -> None:
    for name in ("token", "key", "authorization", "access_token", "api_key"):
        problems(client.get(f"/api/v1/units?{name}={DEMO}controller"), 401)


def test_two_keys_are_none(client: TestClient) -> None:
    twice = [("authorization", KEY["authorization"])] * 2
    problems(client.get("/api/v1/units", headers=twice), 401)


def test_the_schemes_name_may_be_written_anyhow(client: TestClient) -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        headers = {"authorization": f"{scheme}  {DEMO}controller"}
        assert client.get("/api/v1/units", headers=headers).status_code == 200


def test_no_answer_sets_a_cookie_or_lets_another_site_read(ask: Ask, client: TestClient) -> None:
    for answer in (
        ask("units", headers={"origin": "https://ond.example"}),
        client.options("/api/v1/units", headers={"origin": "https://ond.example"}),
    ):
        assert "set-cookie" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "Authorization" in answer.headers["vary"]


# How much


def test_a_key_that_asks_without_end_is_told_to_wait(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BURST", 3)
    monkeypatch.setattr(pace, "PER_SECOND", 1e-6)
    statuses = [client.get("/api/v1/months", headers=KEY).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    answer = client.get("/api/v1/months", headers=KEY)
    problems(answer, 429)
    assert answer.headers["retry-after"]
    other = {"authorization": f"Bearer {DEMO}ledning"}
    assert client.get("/api/v1/months", headers=other).status_code == 200


def test_the_bucket_is_filled_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BURST", 2)
    now = [100.0]
    found = Pace(lambda: now[0])

    def taken() -> bool:
        try:
            found.take("a")
        except Refusal:
            return False
        return True

    assert [taken() for _ in range(3)] == [True, True, False]
    now[0] += 1 / pace.PER_SECOND
    assert [taken(), taken()] == [True, False]
    now[0] += 1000
    assert [taken() for _ in range(3)] == [True, True, False], "never more than the bucket holds"


def test_many_at_once_are_told_so_and_the_pages_keep_their_threads(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "WAITING", 0)
    problems(client.get("/api/v1/units", headers=KEY), 503)


# The answer


def test_an_unchanged_answer_is_not_sent_again(ask: Ask) -> None:
    for path, params in (
        ("units", {}),
        ("measures", {}),
        ("months", {}),
        ("values", {"unit": "hsf"}),
        ("figures", {}),
        ("figures/vagen", {"unit": "hsf"}),
        ("figures/vagen/vagen", {"unit": "hsf"}),
    ):
        first = ask(path, **params)
        tag = first.headers["etag"]
        assert ask(path, **params).headers["etag"] == tag
        for told in (tag, tag.removeprefix("W/"), f'"x", {tag}'):
            again = ask(path, headers={"if-none-match": told}, **params)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        for told in ('"x"', "*", "", tag[:-2]):
            assert ask(path, headers={"if-none-match": told}, **params).status_code == 200
        assert ask(path, format="csv", **params).headers["etag"] != tag
        assert ask(path, "ledning", **params).headers["etag"] != tag or path == "figures"


def test_a_new_version_of_the_data_is_sent(
    workspace: Workspace, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = ask("values", unit="hsf").headers["etag"]
    version, day = workspace.version()
    monkeypatch.setattr(workspace, "version", lambda: (version + 1, day))
    answer = ask("values", headers={"if-none-match": tag}, unit="hsf")
    assert answer.status_code == 200
    assert answer.json()["data_version"] == version + 1


def test_a_tag_is_no_way_past_the_rights(ask: Ask) -> None:
    tag = ask("values", unit="medicinkliniken").headers["etag"]
    assert ask("values", "verksamhetschef", {"if-none-match": tag}, unit="medicinkliniken").status_code == 404
    assert ask("values", "admin", {"if-none-match": tag}, unit="medicinkliniken").status_code == 403


def test_head_says_what_get_does(client: TestClient) -> None:
    got, head = (client.request(method, "/api/v1/units", headers=KEY) for method in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize(
    ("accept", "csv"),
    [
        ("text/csv", True),
        ("text/csv;q=0.9, application/json", True),
        ("application/json, text/csv", False),
        ("*/*", False),
        ("text/html,application/xhtml+xml", False),
        ("", False),
    ],
)
def test_the_format_is_what_accept_names_unless_the_address_says(ask: Ask, accept: str, csv: bool) -> None:
    found = ask("units", headers={"accept": accept}).headers["content-type"]
    assert found == ("text/csv; charset=utf-8" if csv else "application/json")
    assert (
        ask("units", headers={"accept": "text/csv"}, format="json").headers["content-type"]
        == "application/json"
    )


def test_csv_opens_in_excel_as_it_is(ask: Ask) -> None:
    answer = ask("values", unit="hsf", measure="sjukfranvaro", format="csv")
    assert answer.content.startswith(b"\xef\xbb\xbfunit;unit_name;")
    head, row, end = answer.content.decode("utf-8-sig").split("\r\n")
    assert (len(head.split(";")), end) == (len(row.split(";")), "")
    assert answer.headers["content-disposition"] == 'attachment; filename="values.csv"'
    assert answer.headers["x-total-count"] == "1"
    assert "link" not in answer.headers
    assert 'rel="next"' in ask("values", unit="hsf", format="csv", limit=1).headers["link"]


def test_a_text_is_never_a_formula() -> None:
    hostile = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "a\r\nb;c", 'd"e']
    text = table(["=namn"], [[cell] for cell in hostile]).decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[:8] == ["'=namn", "'=1+1", "'+1", "'-1", "'@x", "'\t=1", "' =1", "'＝1"]
    assert lines[8:] == ['"a  b;c"', '"d""e"', ""]


def test_every_answer_says_what_it_is(workspace: Workspace, ask: Ask) -> None:
    version, as_of = workspace.version()
    for path, params in (
        ("units", {}),
        ("values", {"unit": "hsf"}),
        ("figures/vagen/vagen", {"unit": "hsf"}),
    ):
        body = ask(path, **params).json()
        assert (body["data_kind"], body["data_version"], body["as_of"]) == (
            "demo",
            version,
            as_of.isoformat(),
        )
        assert body["source"]
        assert "origins" in body
    assert ask("values", unit="hsf", measure="hyrpersonal").json()["origins"] == ["demo"]


def test_it_answers_below_the_address_that_the_app_is_served_under(workspace: Workspace) -> None:
    client = client_of(workspace)
    answer = client.get("/hsf/tal/api/v1/units?limit=1", headers=KEY)
    assert answer.status_code == 200
    assert answer.json()["next"].startswith("/hsf/tal/api/v1/units?")
    problems(client.get("/hsf/api/finns/inte", headers=KEY), 404)
