"""Each page in each state, without a browser: full, no data, a yearly indicator, a masked value, a bad database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.ui import warm
from tests.reading import as_read

PAGES = ("oversikt", "maluppfyllelse", "nyckeltal")


pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def cold() -> Iterator[None]:
    """Nothing is open at first, and nothing of what was opened is left after."""
    warm.close()
    yield
    warm.close()


def show(page: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    if page != "oversikt":
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All that can be read on the page, escapes of Markdown taken away."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    found += [table.value.to_string() for table in app.table]
    found += [str(metric.value) for metric in app.metric]
    return as_read("\n".join(found))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("view", ["manad", "ack", "r12"])
@pytest.mark.parametrize(
    "unit", ["hsf", "akutsjukvard", "kirurgkliniken", "forvaltningsledning", "narsjukvard-ost"]
)
def test_every_page_runs_for_every_kind_of_unit_and_view(page: str, view: str, unit: str) -> None:
    app = show(page, enhet=unit, vy=view)
    assert len(app.title) == 1
    assert app.header
    assert "Demodata" in words(app)
    assert "None" not in words(app)
    assert "nan" not in words(app).split()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("sex", "org", "month"), [("k", "idag", "2023-10"), ("m", "da", "2022-06"), ("alla", "idag", "2019-01")]
)
def test_every_page_runs_for_each_sex_organisation_and_the_first_month(
    page: str, sex: str, org: str, month: str
) -> None:
    app = show(page, enhet="nara-vard", kon=sex, org=org, manad=month)
    assert app.header


def test_oversikt_shows_eight_tiles_with_verdict_and_target_in_the_plans_words() -> None:
    app = show("oversikt", enhet="hsf", manad="2023-10", vy="ack")
    assert len(app.metric) == 8
    text = words(app)
    for wording in (
        "Noll i förhållande till budget",
        "‐800 mnkr",
        "Färre",
        "2 %",
        "6,0%",
        "95%",
        "85‐90%",
        "8 min",
    ):
        assert f"Mål: {wording}" in text
    assert "bedömda målvärden nås" in text


def test_the_charts_carry_a_swedish_alternative_text_and_no_description() -> None:
    app = show("nyckeltal", enhet="hsf", nyckeltal="hyrpersonal", vy="manad")
    charts = app.get("vega_lite_chart")
    assert charts
    for chart in charts:
        proto: Any = chart.proto
        assert len(proto.alt) > 40
        assert "description" not in json.loads(proto.spec)


def test_maluppfyllelse_has_a_table_for_each_goal_with_48_rows_that_link() -> None:
    app = show("maluppfyllelse", enhet="hsf")
    tables = [table.value for table in app.table]
    plan = [t for t in tables if "Mål" in t.columns]
    assert sum(len(t) for t in plan) == 48
    rows = warm.workspace().catalogue.plan_rows()
    goals = [goal for _, goal in dict.fromkeys((m.goal_area, m.goal) for m in rows)]
    assert len(plan) == len(goals), "a table for each goal of the plan"
    assert [h for h in goals if f"**{h}**" not in words(app)] == []
    first = plan[0].iloc[0, 0]
    assert first.startswith("[")
    assert "nyckeltal?nyckeltal=screening-mammografi&enhet=hsf" in first


def test_a_measure_that_is_not_measured_at_the_unit_says_so() -> None:
    app = show("nyckeltal", enhet="rontgenkliniken", nyckeltal="vantetid-1177")
    assert "gäller inte den här verksamheten" in words(app).lower()
    app = show("nyckeltal", enhet="nara-vard", nyckeltal="antibiotika")
    assert "mäts inte på denna nivå" in words(app).lower()


def test_a_yearly_measure_shows_its_own_period_and_the_national_value() -> None:
    app = show("nyckeltal", enhet="hsf", nyckeltal="fortroende-vardcentral", manad="2023-10")
    text = words(app)
    assert "Utfall 2022" in text
    assert "61,0 %" in text
    assert "61,9 %" in text
    assert "60,8" not in text, "the value of 2023 was not known in October 2023"


def test_a_masked_value_says_so_and_shows_no_number() -> None:
    app = show("maluppfyllelse", enhet="hsf")
    unit = masked_unit()
    app = show("nyckeltal", enhet=unit, nyckeltal="aktiv-forskning", manad="2023-10")
    assert "maskerat" in words(app).lower()
    assert app.metric[0].value == "Maskerat"


def masked_unit() -> str:
    """A klinik whose count of persons is masked in the demo data."""
    from hsf_kpi.model.codes import Missing
    from hsf_kpi.model.period import Month
    from hsf_kpi.model.scope import Scope
    from hsf_kpi.model.selection import Selection

    workspace = warm.workspace()
    scope = Scope.of(workspace.catalogue.organisation.units)
    for unit in workspace.units(scope, Selection("hsf", Month.of(2023, 10))):
        selection = Selection(unit, Month.of(2023, 10))
        if workspace.assessment(scope, selection, "aktiv-forskning").outcome.missing is Missing.MASKED:
            return unit
    raise AssertionError("the demo data hold no masked value")


def test_a_measure_without_sex_is_never_silently_the_total() -> None:
    app = show("nyckeltal", enhet="hsf", nyckeltal="hyrpersonal", kon="k")
    assert "redovisas inte per kön" in words(app).lower()
    total = show("nyckeltal", enhet="hsf", nyckeltal="hyrpersonal").metric[0].value
    assert total not in [metric.value for metric in app.metric]


def test_nyckeltal_tells_definition_target_baseline_and_source() -> None:
    text = words(show("nyckeltal", enhet="hsf", nyckeltal="sjukfranvaro"))
    for part in (
        "Vad det mäter",
        "Täljare",
        "Nämnare",
        "Varför det spelar roll",
        "6,0% (planens ord, 2023)",
        "7,5%",
        "avsnitt 7",
    ):
        assert part in text


def test_an_unknown_unit_shows_no_figures_at_all() -> None:
    app = show("oversikt", enhet="finns-inte")
    assert "finns-inte" in app.warning[0].value.replace("\\", "")
    assert not app.metric
    assert not app.header


def test_a_unit_that_has_been_merged_says_where_it_went() -> None:
    app = show("oversikt", enhet="medicinkliniken-sala", manad="2023-10", org="idag")
    assert "Närsjukvård Öst" in words(app)
    assert not app.metric
    app = show("oversikt", enhet="medicinkliniken-sala", manad="2022-10", org="da")
    assert len(app.metric) + words(app).lower().count("mäts inte på denna nivå") >= 8


def test_another_role_sees_only_its_own_units() -> None:
    app = show("oversikt", roll="verksamhetschef")
    units = app.selectbox(key="f_enhet").options
    assert len(units) == 3
    assert "Kirurgkliniken" in words(app)
    app = show("oversikt", roll="verksamhetschef", enhet="medicinkliniken")
    assert not app.metric
    assert "inte ingår i din behörighet" in words(app)


@pytest.mark.usefixtures("cold")
def test_a_database_that_is_not_there_is_told_on_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'saknas.sqlite3'}")
    warm.close()
    app = show("oversikt")
    assert "Databasen går inte att använda" in words(app)
    assert "python -m hsf_kpi build" in words(app)


@pytest.mark.usefixtures("cold")
def test_broken_definitions_are_told_on_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "plan.toml").write_text("detta är inte toml", "utf-8")
    monkeypatch.setenv("HSF_KPI_DATA_DIR", str(tmp_path / "data"))
    warm.close()
    app = show("oversikt")
    assert "Definitionerna i data/ går inte att läsa" in words(app)
    assert "plan.toml" in words(app)


@pytest.mark.usefixtures("cold")
def test_a_fault_of_ours_is_told_without_its_trace_and_with_what_finds_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from hsf_kpi.workspace import Workspace

    def broken(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("hemlig detalj")

    monkeypatch.setattr(Workspace, "assessments", broken)
    app = show("oversikt")
    assert "Något gick fel" in words(app)
    assert "hemlig detalj" not in words(app)
    code = re.search(r"felkoden \*\*([0-9a-f]{12})\*\*", words(app))
    assert code
    (line,) = [record for record in caplog.records if record.message == "a page failed"]
    assert line.__dict__["code"] == code[1]
    app.run()
    again = re.search(r"felkoden \*\*([0-9a-f]{12})\*\*", words(app))
    assert again
    assert again[1] != code[1]


def test_a_year_without_targets_says_so_and_counts_nothing_as_missed() -> None:
    app = show("maluppfyllelse", enhet="hsf", manad="2022-12")
    assert app.header[0].value == "Planen har inga målvärden för 2022"
    app = show("oversikt", enhet="hsf", manad="2022-12")
    assert "Planen har inget mål för 2022" in words(app)
    assert "Förvaltningens mål ärvs inte hit" not in words(app)


def test_a_target_that_is_not_inherited_says_so() -> None:
    assert "Förvaltningens mål ärvs inte hit" in words(show("oversikt", enhet="kirurgkliniken"))


def test_a_unit_that_had_not_begun_or_had_ended_is_told_with_its_month() -> None:
    assert "Närsjukvård Öst började januari 2023" in words(
        show("oversikt", enhet="narsjukvard-ost", org="da", manad="2022-06")
    )
    ended = words(show("oversikt", enhet="medicinkliniken-sala", org="da", manad="2023-06"))
    assert "upphörde efter december 2022" in ended
    assert "Välj en tidigare månad" in ended


def test_a_baseline_that_already_met_its_target_shows_the_margin() -> None:
    text = words(show("nyckeltal", enhet="hsf", nyckeltal="screening-aorta"))
    assert "når redan målet 85 %" in text


def test_the_waiting_are_starred_when_a_unit_is_missing() -> None:
    text = words(show("nyckeltal", enhet="akutsjukvard", nyckeltal="vardgaranti.besok", vy="manad"))
    assert "* 4 av 5 verksamheter" in text
    assert re.search(r"\d\* väntar över 90 dagar", text)


def test_an_unknown_nyckeltal_does_not_become_another_at_the_next_run() -> None:
    app = show("nyckeltal", nyckeltal="finns-inte")
    app.query_params["nyckeltal"] = "finns-inte"
    app.run()
    app.run()
    assert not app.header
    assert not app.metric
    assert "Välj i listan vad du vill se" in words(app)
