"""The four pages of Ekonomi without a browser: roles, months, yardsticks, assignments, units that began or ended, bad links.

One run of a page answers several questions: every page shown here is read through by `read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.composing.composed import Composed
from hsf_kpi.render.csv import csv
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui import figures, warm, what_if
from tests.pages.opening import show
from tests.pages.test_pages_states import words
from tests.pages.test_pages_two_users import everything, foreign
from tests.reading import as_read

ROAD, BUDGET, ASSIGNMENTS, PRODUCTION = PAGES = ("vagen", "budget", "ekonomiatgarder", "produktion")
EVERY_ASSIGNMENT = ("restriktivitet", "medarbetare", "hyrpersonal", "forbattring")
OUR_FAULT = "Något gick fel"
CANNOT = "Det här går inte att visa"
ENGLISH = re.compile(
    r"\b(None|nan|NaN|True|False|the|and|with|not|month|year|unit|cost|revenue|result|forecast|actual|deviation|planned"
    r"|ongoing|improvement|headcount|submitted|statistical|yardstick|provision)\b|\w+_\w+|[{}]|\bE[A-Z]\w*Error\b"
)
PUBLISHED = {"Vårdval primärvård", "Medicinsk stab"}
"""Named in the plan's own tables, which everybody may read."""
MISTYPED = re.compile(r"(?<![\w=,-])-\d|−0(?:,0+)?(?![\d,])|\d\.\d{3}\b")
"""A hyphen for a minus, a minus on nothing, thousands by a point."""


pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Composed]:
    """Every figure that a page has framed, and so offers as files."""
    found: list[Composed] = []
    show_figure = figures.show_figure

    def watched(entry: Any, prepared: Any, **options: Any) -> None:
        found.append(prepared)
        show_figure(entry, prepared, **options)

    for module in (figures, what_if):
        monkeypatch.setattr(module, "show_figure", watched)
    return found


def prose(text: str) -> str:
    """Without the links' addresses, which are not words."""
    return re.sub(r"\]\([^)]*\)", "]", text)


def read(page: str, **params: str) -> tuple[AppTest, str]:
    """The page and all that can be read on it: no fault of ours, no empty heading, no word or sign that is not Swedish."""
    app = show(page, **params)
    text = words(app)
    where = (page, params)
    assert OUR_FAULT not in text, where
    headings = [str(each.value) for each in (*app.title, *app.header, *app.subheader)]
    assert all(heading.strip(" .:;–") for heading in headings), where
    assert len(app.title) == 1, where
    assert not ENGLISH.findall(prose(text)), where
    assert not MISTYPED.findall(prose(text)), where
    for chart in app.get("vega_lite_chart"):
        proto: Any = chart.proto
        assert len(proto.alt) > 40, where
    return app, text


def shown(page: str, **params: str) -> tuple[AppTest, str]:
    """The same of a page that has its finding, its tiles and its figures."""
    app, text = read(page, **params)
    assert len(app.header) == 1, (page, params)
    assert app.metric, (page, params)
    assert app.subheader, (page, params)
    assert CANNOT not in text, (page, params)
    return app, text


@pytest.mark.parametrize(
    ("role", "unit", "assignment"),
    [
        ("ledning", "hsf", "medarbetare"),
        ("ledning", "akutsjukvard", "hyrpersonal"),
        ("ledning", "kirurgkliniken", "restriktivitet"),
        ("ledning", "forvaltningsledning", "forbattring"),
        ("verksamhetschef", "kirurgkliniken", "medarbetare"),
        ("namnd", "akutsjukvard", "restriktivitet"),
    ],
)
def test_every_page_runs_for_who_may_see_the_unit(role: str, unit: str, assignment: str) -> None:
    name = warm.workspace().catalogue.organisation.get(unit).name
    own = {"uppdrag": assignment}
    found = {
        page: shown(page, roll=role, enhet=unit, **(own if page == ASSIGNMENTS else {})) for page in PAGES
    }
    for app, text in found.values():
        assert name in text
        assert app.query_params["enhet"] == unit
    assert len({app.header[0].value for app, _ in found.values()}) == len(PAGES), (
        "each page answers its own question"
    )
    road = found[ROAD][1]
    assert ("Krävs per månad för den egna budgeten" in road) is (unit not in ("hsf", "forvaltningsledning"))
    assert ("Krävs per månad för −800" in road) is (unit == "hsf")
    months = {"September 2023"} if role == "namnd" else {"Oktober 2023"}
    assert {app.selectbox(key="f_manad").options[0] for app, _ in found.values()} == months


def test_hr_sees_sums_and_staff_and_is_told_why_not_the_rest() -> None:
    for page in (ROAD, BUDGET):
        assert "−861,0" in shown(page, roll="hr")[1]
        app, text = read(page, roll="hr", enhet="kirurgkliniken")
        assert app.info[0].value == "Ekonomin ingår inte i din behörighet för Kirurgkliniken."
        assert "Det här får du se: [Hälso- och sjukvårdsförvaltningen]" in text
        assert not app.metric
        assert not app.header
        assert not app.table
    assert "Kirurgkliniken" in shown(ASSIGNMENTS, roll="hr", enhet="kirurgkliniken")[1]
    told = read(ASSIGNMENTS, roll="hr", enhet="kirurgkliniken", uppdrag="restriktivitet")[0].info[0].value
    assert told == "Det här uppdraget ingår inte i din behörighet för Kirurgkliniken."
    app, text = shown(PRODUCTION, roll="hr", enhet="kirurgkliniken")
    assert "Årsarbetare" in text
    assert "Kostnad utan interna köp" not in text
    assert not any("DRG" in table.value.to_string() for table in app.table)


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2023-01", "i de elva månader som är kvar"),
        ("2022-12", "Året är slut: inga månader är kvar."),
        ("2021-06", "Krävs per månad"),
        ("2020-03", "en statistisk prognos kräver 24 månader i följd; här finns 3, från januari 2020"),
    ],
)
def test_the_pages_run_in_every_year_and_say_what_is_not_known(month: str, told: str) -> None:
    assert told in shown(ROAD, manad=month)[1]
    budget = shown(BUDGET, manad=month, vy="manad")[1]
    year = month[:4]
    assert f"{year}" in budget
    assert "Planens tabeller" in budget
    assert "Medarbetare i" in shown(ASSIGNMENTS, manad=month)[1]
    assert "mot samma månader 2019" in shown(PRODUCTION, manad=month, vy="r12")[1]
    if year == "2020":
        assert "Helårsprognos" in budget
        assert "Ingen prognos är lämnad" in shown(ROAD, manad=month, mot="fjol")[1]


def test_before_there_are_results_the_pages_say_so() -> None:
    app, text = read(ROAD, manad="2019-05")
    assert app.header[0].value == "Inget resultat är bokfört för 2019 till och med maj"
    assert "−861,0" not in text
    assert read(BUDGET, manad="2019-05")[0].header


def test_the_yardstick_changes_the_comparison_and_never_the_outcome() -> None:
    against = {
        "underskott": ("194,3 mnkr sämre än", "underskottspost"),
        "budget": ("861,0 mnkr sämre än", "budgeten"),
        "fjol": ("428,0 mnkr sämre än", "2022"),
    }
    for code, (amount, name) in against.items():
        app, text = shown(ROAD, mot=code, brygga="utfall", niva="lagst" if code == "fjol" else "under")
        assert app.metric[0].value.replace("\\", "").startswith("−861,0")
        first = next(caption.value for caption in app.caption if "mnkr" in caption.value)
        assert amount in first.replace("\u00a0", " ").split("\n")[0]
        budget, text = shown(BUDGET, mot=code)
        assert budget.metric[0].value.replace("\\", "").startswith("−861,0")
        finding = budget.header[0].value.replace("\u00a0", " ")
        assert amount in finding
        assert name in finding + text


def test_every_assignment_has_its_finding_and_its_figures(drawn: list[Composed]) -> None:
    found = []
    for code in EVERY_ASSIGNMENT:
        drawn.clear()
        app, _ = shown(ASSIGNMENTS, uppdrag=code, manad="2023-09" if code == "hyrpersonal" else "2023-10")
        assert app.query_params["uppdrag"] == code
        found.append((app.header[0].value, tuple(one.figure.slug for one in drawn)))
        assert all(one.figure.rows for one in drawn), code
    assert len({heading for heading, _ in found}) == len({slugs for _, slugs in found}) == len(found)


def test_a_unit_that_ended_is_read_until_then_and_its_end_is_told_after() -> None:
    asked = {"enhet": "medicinkliniken-sala", "org": "da"}
    for page in PAGES:
        assert "Medicinkliniken Sala" in shown(page, manad="2022-11", vy="r12", **asked)[1]
        app, text = read(page, manad="2023-06", **asked)
        assert "Medicinkliniken Sala upphörde efter december 2022" in text
        assert "Den ingår i dag i Närsjukvård Öst" in text
        assert not app.metric
        assert not app.table


def test_a_unit_that_has_just_begun_says_what_it_can_not_be_compared_with() -> None:
    road, budget, _, production = (shown(page, enhet="epos-sala", mot="fjol")[1] for page in PAGES)
    assert "en statistisk prognos kräver 24 månader i följd; här finns 19, från april 2022" in road
    assert "Kan inte jämföras: förra årets utfall saknas." in budget
    assert "Det finns inga uppgifter för basåret 2019: de börjar i april 2022." in production
    for page in PAGES:
        read(page, enhet="epos-sala", manad="2022-04", org="da")
        assert "EPOS Sala började april 2022" in read(page, enhet="epos-sala", manad="2022-03", org="da")[1]


@pytest.mark.parametrize(
    ("page", "asked", "told"),
    [
        (
            ROAD,
            {"scenario": "hyrpersonal:200@2023-11"},
            ["Scenariot, rad 1: 200 % är utanför 0–100 %. Ange ett värde inom gränserna."],
        ),
        (
            ROAD,
            {
                "scenario": "solsken:2@2023-11;hyrpersonal:tva@2023-11;hyrpersonal:2@2023-09",
                "mot": "foo",
                "fas": "x",
            },
            [
                "Valet av jämförelse ”foo” i länken finns inte.",
                "Valet av periodisering ”x” i länken finns inte.",
                "Scenariot, rad 1: Åtgärden ”solsken” finns inte.",
                "Scenariot, rad 2: ”tva” är inget tal.",
                "Scenariot, rad 3: September 2023 är inte kvar av 2023.",
            ],
        ),
        (
            ROAD,
            {"scenario": "x" * 1999, "brygga": "z", "niva": "z", "bas": "z"},
            ["nivå ”z”", "brygga ”z”", "”z”"],
        ),
        (BUDGET, {"mot": "foo"}, ["Valet av jämförelse ”foo” i länken finns inte."]),
        (
            ASSIGNMENTS,
            {"uppdrag": "sol"},
            ["Valet av uppdrag ”sol” i länken finns inte. Visar ”medarbetare”"],
        ),
    ],
)
def test_what_a_link_asks_for_that_there_is_not_is_told_and_the_page_is_shown(
    page: str, asked: dict[str, str], told: list[str]
) -> None:
    app, _ = shown(page, **asked)
    warnings = as_read(" ".join(str(w.value) for w in app.warning))
    assert [one for one in told if one not in warnings] == []
    assert app.header[0].value == show(page).header[0].value


def test_every_table_of_the_plan_can_be_chosen_and_an_unknown_one_becomes_no_other(
    drawn: list[Composed],
) -> None:
    tables = warm.workspace().catalogue.plan_tables
    app = read(BUDGET, tabell="finns-inte")[0]
    assert "Tabellen i länken finns inte" in app.warning[0].value
    assert not app.error
    assert not any(one.figure.slug.startswith("plan-") for one in drawn)
    key = "planens_tabell"
    assert len(app.selectbox(key=key).options) == len(tables) == 11
    for table in tables:
        drawn.clear()
        app.selectbox(key=key).select(table.id).run()
        assert not app.exception
        assert not app.warning, table.id
        assert table.id in app.query_params["tabell"]
        figure = next(one.figure for one in drawn if one.figure.slug.startswith("plan-"))
        assert figure.rows, table.id
        assert f"avsnitt {table.section}" in figure.caption + figure.source
        assert not ENGLISH.findall(prose(words(app))), table.id


def test_the_scenario_of_a_link_stands_in_the_form_and_in_the_answer(drawn: list[Composed]) -> None:
    scenario = "hyrpersonal:2@2023-11;egen:1.5@2023-12:Färre prover"
    app, text = shown(ROAD, scenario=scenario, bas="statistisk")
    assert "Med åtgärderna landar året på" in text
    typed = {one.label: one.value for one in app.text_input}
    assert typed["Hyrpersonal, %"] == "2"
    assert (typed["Egen rad 1, åtgärd"], typed["Egen rad 1, mnkr per månad"]) == ("Färre prover", "1,5")
    assert any("Färre prover" in csv(one.figure).decode("utf-8") for one in drawn)
    assert "Välj en tidigare månad" in shown(ROAD, scenario=scenario, manad="2022-12")[1]


def test_a_verksamhetschef_meets_no_other_kliniks_name_or_amount(drawn: list[Composed]) -> None:
    """After ledning has seen them, on the same warm workspace: in texts, charts, files and what is told of a bad link."""
    seen_by_ledning = everything(show(ROAD, enhet="akutsjukvard", niva="lagst"))
    row = next(
        line
        for one in drawn
        for line in csv(one.figure).decode("utf-8").splitlines()
        if line.startswith("Medicinkliniken;")
    )
    amounts = row.split(";")[1:4]
    assert all(len(cell) > 4 for cell in amounts), "amounts with figures enough to be nobody else's together"
    assert tells(seen_by_ledning, amounts), "the search below can find them"
    drawn.clear()
    workspace, role = warm.workspace(), {"roll": "verksamhetschef"}
    asked = [
        *((page, "hsf", {"niva": "lagst"}) for page in (ROAD, BUDGET, PRODUCTION)),
        *((ASSIGNMENTS, "hsf", {"uppdrag": code}) for code in EVERY_ASSIGNMENT),
        (ROAD, "akutsjukvard", {"scenario": "medicin:2@2023-11", "brygga": "utfall"}),
        (BUDGET, "akutsjukvard", {"tabell": "medicinkliniken"}),
        (ASSIGNMENTS, "akutsjukvard", {"uppdrag": "forbattring"}),
    ]
    for page, unit, params in asked:
        text = everything(read(page, enhet=unit, **role, **params)[0]).replace("tabell=medicinkliniken", "")
        found = foreign(workspace, "verksamhetschef", text) - {params.get("tabell")}
        assert found <= (PUBLISHED if page == BUDGET else set()), (page, unit, params)
        assert not tells(text, amounts), (page, unit, params)
    files = {(one.figure.slug, one.figure.title): csv(one.figure).decode("utf-8") for one in drawn}
    assert len(files) > 20
    for (slug, _), file in files.items():
        assert not tells(file, amounts), slug
        assert slug.startswith("plan-") or not foreign(workspace, "verksamhetschef", file), slug


def tells(text: str, amounts: Sequence[str]) -> bool:
    """Whether two of the amounts, as a file has them or as a page rounds them, are in the text."""
    rounded = [number(Fraction(amount.replace(",", ".")), 1) for amount in amounts]
    return sum(a in text or r in text for a, r in zip(amounts, rounded, strict=True)) > 1


def test_only_who_may_change_the_register_has_a_form_and_it_tells_every_fault() -> None:
    for role, may in (("ledning", True), ("verksamhetschef", True), ("hr", False), ("namnd", False)):
        app = shown(ASSIGNMENTS, roll=role, uppdrag="forbattring", enhet="hsf")[0]
        assert any(button.label == "Spara" for button in app.button) is may, role
        if role == "verksamhetschef":
            choices = [set(box.options) for box in app.selectbox if box.label == "Verksamhet"]
            assert {"Kirurgkliniken"} in choices
    app = shown(ASSIGNMENTS, roll="verksamhetschef", uppdrag="forbattring")[0]
    next(one for one in app.text_input if one.label.startswith("Väntad effekt")).set_value("mycket")
    next(one for one in app.button if one.label == "Spara").click().run()
    told = " ".join(str(error.value) for error in app.error).replace("\\", "")
    assert "”mycket” är inget tal" in told
    assert "Det står inte vad som ska göras" in told
    assert "Ingen ansvarig är angiven" in told
    assert not app.success
    assert not app.exception


def test_a_sum_is_the_same_for_everybody_who_may_see_it(drawn: list[Composed]) -> None:
    """Also where moves between units outside the scope are part of what it is judged by."""
    rows = []
    for role in ("ledning", "verksamhetschef", "namnd"):
        drawn.clear()
        shown(ASSIGNMENTS, roll=role, enhet="hsf", uppdrag="medarbetare", manad="2023-09")
        found = {str(row[0]): row for one in drawn[:1] for row in one.figure.rows}
        rows.append([found[name] for name in ("Akutsjukvård", "Hälso- och sjukvårdsförvaltningen")])
    assert rows[0] == rows[1] == rows[2]
