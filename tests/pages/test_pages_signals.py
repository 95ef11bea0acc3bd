"""Månadens signaler, Jämför enheter and Min verksamhet without a browser: roles, units, bad links, what is handed in.

One run of a page answers several questions: every page shown here is read through by `read`.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.composing.composed import Composed
from hsf_kpi.render.csv import csv
from hsf_kpi.ui import figures, signals, warm
from tests.pages.opening import buttons
from tests.pages.test_pages_economy import CANNOT, OUR_FAULT, read
from tests.pages.test_pages_two_users import everything, foreign

SIGNALS, COMPARE, OWN = PAGES = ("signaler", "jamfor", "min_verksamhet")
PARTS = ("laget", "budget", "dialog")
OCTOBER = {"manad": "2023-10"}


pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Composed]:
    """Every figure that a page has framed, and so offers as files."""
    found: list[Composed] = []

    def watch(module: Any, name: str) -> None:
        show = getattr(module, name)

        def watched(entry: Any, prepared: Any, *rest: Any, **options: Any) -> None:
            found.append(prepared)
            show(entry, prepared, *rest, **options)

        monkeypatch.setattr(module, name, watched)

    watch(figures, "show_figure")
    watch(signals, "show_list")
    return found


def text_of(app: AppTest) -> str:
    return " ".join(str(each.value) for kind in ("markdown", "caption", "info") for each in app.get(kind))


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def answering(app: AppTest) -> str:
    """The measure whose forms are shown."""
    return str(next(one for one in app.selectbox if one.label == "Nyckeltal att besvara").value)


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        ("ledning", "hsf"),
        ("omradeschef", "akutsjukvard"),
        ("verksamhetschef", "kirurgkliniken"),
        ("hr", "kirurgkliniken"),
        ("namnd", "akutsjukvard"),
    ],
)
def test_every_page_runs_for_who_may_see_the_unit(role: str, unit: str) -> None:
    name = warm.workspace().catalogue.organisation.get(unit).name
    asked = [
        (SIGNALS, {}),
        (COMPARE, {"nyckeltal": "sjukfranvaro"}),
        *((OWN, {"del": part}) for part in PARTS),
    ]
    for page, own in asked:
        app, text = read(page, roll=role, enhet=unit, **own)
        assert CANNOT not in text, (page, own)
        assert OUR_FAULT not in text, (page, own)
        assert name in text
        assert app.header, (page, own)
        if page != OWN or own["del"] != "budget" or role != "hr":
            assert app.subheader, (page, own)


def test_a_signal_is_a_sentence_with_number_unit_period_and_a_link_to_where_it_shows(
    drawn: list[Composed],
) -> None:
    app, text = read(SIGNALS, **OCTOBER)
    items = [str(m.value) for m in app.markdown if "](" in str(m.value) and "**" in str(m.value)]
    assert len(items) > 10
    for item in items:
        headline, detail = item.split("  \n")
        href = re.search(r"\]\((\S+)\)", headline)
        assert href is not None
        assert "enhet=" in href[1]
        assert "manad=2023-10" in href[1]
        assert re.search(r"\d", detail), item
    assert re.search(r"\d+ serier i \d+ verksamheter är genomgångna", text)
    [table] = [one for one in drawn if one.figure.slug.startswith("signaler") or "signal" in one.figure.slug]
    assert len(table.figure.rows) == len(items)
    file = csv(table.figure).decode("utf-8-sig")
    assert "Kirurgkliniken" in file
    only = read(SIGNALS, slag="budget", **OCTOBER)[0]
    budget = [str(m.value) for m in only.markdown if "](" in str(m.value) and "**" in str(m.value)]
    assert 0 < len(budget) < len(items)
    assert set(budget) <= set(items)
    assert all("vagen?" in one for one in budget)


def test_nyckeltal_shows_limits_in_every_view_where_the_series_allows(drawn: list[Composed]) -> None:
    for view, curves in (("ack", 2), ("r12", 2), ("manad", 1)):
        drawn.clear()
        read("nyckeltal", nyckeltal="hyrpersonal", enhet="hsf", vy=view, **OCTOBER)
        trends = [one.figure for one in drawn if one.figure.kind.value == "trend"]
        assert [bool(one.options.get("limits")) for one in trends] == [False] * (curves - 1) + [True]
        assert len({one.slug for one in trends}) == curves
    drawn.clear()
    read("nyckeltal", nyckeltal="helarsprognos", enhet="hsf", **OCTOBER)
    assert sum(one.figure.kind.value == "trend" for one in drawn) == 1, "a forecast is no process"


def test_a_calm_unit_says_that_nothing_has_really_changed() -> None:
    app, text = read(SIGNALS, enhet="kirurgkliniken", slag="forandring", **OCTOBER)
    assert app.header[0].value.startswith("Inga nya verkliga förändringar")
    assert "Inget av det här slaget är mer än slump" in text


@pytest.mark.parametrize(
    ("page", "asked", "told"),
    [
        (SIGNALS, {"slag": "sol"}, "Valet av slag ”sol” i länken finns inte."),
        (COMPARE, {"grupp": "sol"}, "Gruppen i länken finns inte"),
        (COMPARE, {"nyckeltal": "sol"}, "Länken pekar på nyckeltalet ”sol”"),
        (COMPARE, {"ordning": "sol"}, "Den ordnas efter namn."),
        (OWN, {"del": "sol"}, "Valet av del ”sol” i länken finns inte."),
        (OWN, {"del": "dialog", "svar": "sol"}, "Nyckeltalet i länken finns inte"),
        ("maluppfyllelse", {"ordning": "sol"}, "Den ordnas efter namn."),
    ],
)
def test_what_a_link_asks_for_that_there_is_not_is_told(page: str, asked: dict[str, str], told: str) -> None:
    app = read(page, **asked)[0]
    assert told in " ".join(str(w.value) for w in app.warning).replace("\\", "")
    assert not app.error


def test_units_of_one_kind_are_compared_and_the_rest_is_told(drawn: list[Composed]) -> None:
    _, text = read(COMPARE, nyckeltal="sjukfranvaro", enhet="kirurgkliniken", **OCTOBER)
    kinds = [one.figure.kind.value for one in drawn]
    assert kinds[:4] == ["ranking", "distribution", "funnel", "multiples"]
    assert kinds[-1] == "table"
    assert "Kirurgkliniken" in text
    assert "Röntgenkliniken" not in csv(drawn[0].figure).decode(), "diagnostik is another kind"
    drawn.clear()
    _, text = read(COMPARE, nyckeltal="antal-medarbetare", **OCTOBER)
    assert "följer" in text
    assert drawn[0].figure.empty
    drawn.clear()
    read(COMPARE, nyckeltal="hyrpersonal", **OCTOBER)
    funnel = next(one.figure for one in drawn if one.figure.kind.value == "funnel")
    assert funnel.empty, "kronor are no counts"


def test_the_matrix_is_sorted_by_the_nyckeltal_of_the_link(drawn: list[Composed]) -> None:
    by_name = _units(drawn, "maluppfyllelse", enhet="akutsjukvard")
    by_value = _units(drawn, "maluppfyllelse", enhet="akutsjukvard", ordning="sjukfranvaro")
    assert sorted(by_name) == sorted(by_value)
    assert by_name != by_value


def _units(drawn: list[Composed], page: str, **asked: str) -> list[str]:
    drawn.clear()
    read(page, **asked, **OCTOBER)
    figure = next(one.figure for one in drawn if one.figure.slug == "verksamheter-och-nyckeltal")
    return [str(row[0]) for row in figure.rows]


def test_a_head_hands_in_and_the_superior_sees_it(drawn: list[Composed]) -> None:
    """Analysis, åtgärd, forecast, «klar», reopened: each told, each seen with its figure, nothing half-done."""
    at = {"enhet": "akutmottagningen", "del": "dialog", "svar": "sjukfranvaro", **OCTOBER}
    app = read(OWN, roll="ledning", **at)[0]
    text = "Fler sena pass än väntat. <b>Inte</b> fler diagnoser: 2 < 3 och **viktigt**."
    app.text_area[0].set_value(text)
    button(app, "Spara analysen").click().run()
    assert not app.exception
    assert "Analysen av Sjukfrånvaro är sparad." in str(app.success[0].value)

    next(one for one in app.text_input if one.label == "Årets resultat, mnkr").set_value("−12,5")
    button(app, "Spara prognosen").click().run()
    errors = " ".join(str(e.value) for e in app.error)
    assert "prognos" in errors.lower(), "a forecast without its ground is refused"
    assert next(one for one in app.text_input if one.label == "Årets resultat, mnkr").value == "−12,5"
    next(one for one in app.text_input if one.label == "Vad prognosen bygger på").set_value(
        "Tio månaders utfall"
    )
    button(app, "Spara prognosen").click().run()
    assert "Prognosen för 2023 är sparad." in str(app.success[0].value)

    area = next(one for one in app.text_area if one.label == "Vad som ska göras")
    area.set_value("Gemensamt schema")
    button(app, "Spara åtgärden").click().run()
    told = " ".join(str(e.value) for e in app.error)
    assert "ansvarig" in told.lower()
    for label, value in (("Ansvarig funktion", "Enhetschef"), ("Väntad effekt", "Färre sena pass")):
        next(one for one in app.text_input if one.label == label).set_value(value)
    button(app, "Spara åtgärden").click().run()
    assert "Åtgärden är sparad." in str(app.success[0].value)

    button(app, "Klar för dialog").click().run()
    assert "Klarmarkerat för dialog." in str(app.success[0].value)
    assert not any(label.startswith("Spara") for label in buttons(app))

    drawn.clear()
    read(OWN, roll="omradeschef", enhet="akutsjukvard", **OCTOBER, **{"del": "dialog"})
    overview = next(one.figure for one in drawn if one.figure.slug == "dialog-lamnat")
    row = next(row for row in overview.rows if row[0] == "Akutmottagningen")
    assert "klar" in row
    assert -12_500_000 in row
    drawn.clear()
    measure = read(
        "nyckeltal", roll="omradeschef", enhet="akutmottagningen", nyckeltal="sjukfranvaro", **OCTOBER
    )
    curve = drawn[0].figure
    assert text in csv(curve).decode("utf-8-sig").replace('""', '"')
    assert "\\<b\\>" in "".join(str(m.value) for m in measure[0].markdown)
    button(app, "Öppna igen").click().run()
    assert "Öppnat igen." in str(app.success[0].value)


def test_what_is_too_long_is_refused_and_stays_in_the_form() -> None:
    at = {"enhet": "onkologkliniken", "del": "dialog", "svar": "sjukfranvaro", **OCTOBER}
    app = read(OWN, roll="ledning", **at)[0]
    long = "å" * 10_000
    app.text_area[0].set_value(long)
    button(app, "Spara analysen").click().run()
    assert not app.exception
    assert "10 000" in " ".join(str(e.value) for e in app.error).replace("\u00a0", " ")
    assert app.text_area[0].value == long
    assert not app.success


def test_somebody_elses_newer_text_is_told_and_nothing_typed_is_lost() -> None:
    at = {"enhet": "onkologkliniken", "del": "dialog", "svar": "hyrpersonal", **OCTOBER}
    mine, other = (read(OWN, roll=role, **at)[0] for role in ("ledning", "controller"))
    for app, text in ((other, "Den andras ord"), (mine, "Mina ord")):
        app.text_area[0].set_value(text)
        button(app, "Spara analysen").click().run()
        assert not app.exception
    assert other.success
    assert not mine.success
    assert mine.text_area[0].value == "Mina ord"
    assert "ändrat" in " ".join(str(e.value) for e in (*mine.error, *mine.info))
    button(mine, "Visa det som står nu").click().run()
    assert mine.text_area[0].value == "Den andras ord"


@pytest.mark.parametrize(("role", "unit"), [("hr", "kirurgkliniken"), ("namnd", "akutsjukvard")])
def test_who_may_not_hand_in_has_no_form(role: str, unit: str) -> None:
    app, text = read(OWN, roll=role, enhet=unit, **{"del": "dialog"})
    assert not any(label.startswith(("Spara", "Klar")) for label in buttons(app))
    assert "men inte lämna in" in text
    assert "Du kan läsa" in text


def test_a_released_month_is_closed() -> None:
    app, text = read(OWN, roll="ledning", enhet="kirurgkliniken", manad="2023-09", **{"del": "dialog"})
    assert "frisläppt" in text
    assert not any(label.startswith(("Spara", "Klar", "Öppna")) for label in buttons(app))


def test_a_verksamhetschef_meets_no_other_kliniks_name(drawn: list[Composed]) -> None:
    """After ledning has seen them, on the same warm workspace: in texts, charts and files."""
    workspace = warm.workspace()
    for page in PAGES:
        read(page, enhet="akutsjukvard", nyckeltal="sjukfranvaro", **OCTOBER)
    drawn.clear()
    for page, own in (
        (SIGNALS, {}),
        (COMPARE, {"nyckeltal": "sjukfranvaro"}),
        *((OWN, {"del": p}) for p in PARTS),
    ):
        for unit in ("hsf", "akutsjukvard", "kirurgkliniken"):
            text = everything(read(page, roll="verksamhetschef", enhet=unit, **own, **OCTOBER)[0])
            assert not foreign(workspace, "verksamhetschef", text), (page, own, unit)
    assert len(drawn) > 20
    for one in drawn:
        assert not foreign(workspace, "verksamhetschef", csv(one.figure).decode("utf-8")), one.figure.slug
