"""What the frame does with who is looking: the menu, the way in, what is refused and logged, honest counting."""

from __future__ import annotations

import datetime as dt

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant
from hsf_kpi.ui import warm
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace
from tests.pages.opening import show
from tests.reading import as_read

FIGURE_PAGES = {
    "oversikt", "signaler", "min_verksamhet", "vagen", "budget", "ekonomiatgarder", "produktion",
    "maluppfyllelse", "nyckeltal", "jamfor", "uppdrag", "hos2029", "nara_vard", "intern_kontroll", "omvarld",
    "rapport", "datakvalitet",
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("demo")


class Somebody:
    """A way to sign in that has let one identity in, or nobody."""

    def __init__(self, *grants: Grant, nobody: bool = False) -> None:
        self.identity = None if nobody else Identity("anna", "Anna Andersson", grants)

    def __call__(self) -> Somebody:
        return self

    def signed_in(self, workspace: Workspace) -> SignedIn | None:
        return None if self.identity is None else SignedIn(self.identity, 1)

    def form(self, workspace: Workspace) -> None:
        st.title("Logga in")

    def controls(self, workspace: Workspace, signed_in: SignedIn) -> None:
        st.button("Logga ut")

    def in_links(self, workspace: Workspace, signed_in: SignedIn) -> str | None:
        return None


def signed_in_as(monkeypatch: pytest.MonkeyPatch, *grants: Grant, nobody: bool = False) -> None:
    monkeypatch.setattr("hsf_kpi.ui.frame.way", Somebody(*grants, nobody=nobody))


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], str]]:
    """What each run put in the menu, and where."""
    found: list[tuple[set[str], str]] = []
    navigation = st.navigation

    def watched(pages: dict[str, list[object]], position: str) -> object:
        shown = {
            p.url_path or "oversikt" for each in pages.values() for p in each if p.visibility == "visible"
        }  # type: ignore[attr-defined]
        found.append((shown if position == "top" else set(), position))
        assert sum(len(each) for each in pages.values()) == len(FIGURE_PAGES) + 3, (
            "every page is known, so that links survive"
        )
        return navigation(pages, position=position)  # type: ignore[call-overload]

    monkeypatch.setattr(st, "navigation", watched)
    return found


def words(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    return as_read("\n".join(found))


def refused() -> list[str]:
    """What the log says has been refused, the newest first."""
    return [detail for _, _, what, detail in warm.workspace().store.audit(500) if what == Event.DENIED]


@pytest.mark.parametrize("page", [*sorted(FIGURE_PAGES), "anvandare", "inlasning", "hjalp"])
def test_nobody_signed_in_meets_the_form_and_no_menu(
    page: str, monkeypatch: pytest.MonkeyPatch, menu: list[tuple[set[str], str]]
) -> None:
    signed_in_as(monkeypatch, nobody=True)
    app = show(page, enhet="kirurgkliniken", nyckeltal="hyrpersonal")
    assert [title.value for title in app.title] == ["Logga in"]
    assert menu == [(set(), "hidden")]
    assert not app.header
    assert not app.metric
    assert not app.selectbox
    assert app.query_params["enhet"] in ("kirurgkliniken", ["kirurgkliniken"]), "the link survives"


@pytest.mark.parametrize(
    ("grants", "pages"),
    [
        ((Grant("ledning"),), FIGURE_PAGES | {"hjalp"}),
        ((Grant("controller", "hsf"),), FIGURE_PAGES | {"inlasning", "hjalp"}),
        ((Grant("admin"),), {"anvandare", "hjalp"}),
        ((Grant("admin"), Grant("namnd")), FIGURE_PAGES | {"anvandare", "hjalp"}),
        ((), {"hjalp"}),
        ((Grant("ledning", last=dt.date(2020, 1, 1)),), {"hjalp"}),
    ],
)
def test_the_menu_holds_what_the_rights_reach(
    grants: tuple[Grant, ...],
    pages: set[str],
    monkeypatch: pytest.MonkeyPatch,
    menu: list[tuple[set[str], str]],
) -> None:
    signed_in_as(monkeypatch, *grants)
    app = show("oversikt")
    assert menu[-1][0] == pages
    assert bool(app.metric) is ("oversikt" in pages)


def test_who_has_no_role_is_told_whom_to_ask_and_can_sign_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_CONTACT", "systemförvaltaren, anknytning 12")
    for grants, why in (
        ((), "ingen roll"),
        ((Grant("ledning", last=dt.date(2020, 1, 1)),), "gäller inte längre"),
        ((Grant("ledning", first=dt.date(2999, 1, 1)),), "från och med 2999-01-01"),
    ):
        signed_in_as(monkeypatch, *grants)
        for page in ("oversikt", "nyckeltal", "anvandare"):
            app = show(page, enhet="kirurgkliniken")
            assert "Anna Andersson" in words(app)
            assert why in words(app)
            assert "systemförvaltaren, anknytning 12" in words(app)
            assert [button.label for button in app.button] == ["Logga ut"]
            assert not app.metric
            assert not app.selectbox


def test_who_is_looking_stands_at_the_heading_but_not_on_demo_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Inloggad" not in words(show("oversikt"))
    signed_in_as(monkeypatch, Grant("verksamhetschef", "kirurgkliniken"))
    assert "Inloggad: Anna Andersson, Verksamhetschef (Kirurgkliniken)" in words(show("oversikt"))


def test_an_administrator_is_taken_to_the_page_that_there_is() -> None:
    for page in FIGURE_PAGES:
        app = show(page, roll="admin")
        assert [title.value for title in app.title] == ["Användare och logg"]
        assert ("visar inga siffror" in words(app)) is (page != "oversikt")
        assert not app.metric


def test_the_page_of_users_is_refused_in_words_and_logged_to_others() -> None:
    for role in ("ledning", "controller", "hr", "namnd"):
        before = len(refused())
        app = show("anvandare", roll=role)
        assert "räcker inte för att hantera användare och logg" in words(app)
        assert not app.tabs
        app.run()
        assert refused()[: len(refused()) - before] == ["sidan anvandare"], "once"


def test_the_page_for_files_is_refused_in_words_and_logged_to_others() -> None:
    for role in ("ledning", "verksamhetschef", "admin"):
        before = len(refused())
        app = show("inlasning", roll=role)
        assert "räcker inte för att läsa in data" in words(app)
        assert not app.tabs
        assert refused()[: len(refused()) - before] == ["sidan inlasning"]


@pytest.mark.parametrize(
    ("role", "page", "asked", "logged"),
    [
        (
            "verksamhetschef",
            "oversikt",
            {"enhet": "medicinkliniken"},
            "verksamhet medicinkliniken, sidan oversikt",
        ),
        (
            "namnd",
            "maluppfyllelse",
            {"enhet": "kirurgkliniken"},
            "verksamhet kirurgkliniken, sidan maluppfyllelse",
        ),
        ("namnd", "oversikt", {"manad": "2023-10"}, "månad 2023-10, sidan oversikt"),
        (
            "hr",
            "nyckeltal",
            {"enhet": "kirurgkliniken", "nyckeltal": "periodresultat"},
            "nyckeltal periodresultat i kirurgkliniken, sidan nyckeltal",
        ),
    ],
)
def test_what_is_asked_for_outside_the_scope_is_logged_once_a_session(
    role: str, page: str, asked: dict[str, str], logged: str
) -> None:
    before = len(refused())
    app = show(page, roll=role, **asked)
    for name, value in asked.items():  # a reload, and Back to the same address
        app.query_params[name] = "x"
        app.run()
        app.query_params[name] = value
        app.run()
    assert refused()[: len(refused()) - before] == [logged]
    assert warm.workspace().store.audit(1)[0][1] == f"demo-{role}"
    show(page, roll=role, **asked)
    assert len(refused()) == before + 2, "another session is another entry"


def test_free_text_of_a_link_never_reaches_the_log() -> None:
    before = len(refused())
    for text in ("19121212-1212", "<script>", "finns-inte"):
        app = show("nyckeltal", roll="verksamhetschef", enhet=text, nyckeltal=text, manad=text)
        assert not app.metric
    assert len(refused()) == before


def test_hr_at_a_klinik_gets_a_whole_row_of_tiles_and_an_honest_count() -> None:
    app = show("oversikt", roll="hr", enhet="kirurgkliniken")
    assert len(app.metric) >= 6
    assert "bland de" in app.header[0].value
    assert "mäts inte" not in words(app)
    app = show("maluppfyllelse", roll="hr", enhet="kirurgkliniken")
    assert "bland de" in app.header[0].value
    assert "av planens 48 rader ingår i behörigheten" in words(app)
    assert "Inga målvärden" not in words(app)
    assert "bland de" not in show("maluppfyllelse", enhet="kirurgkliniken").header[0].value


def test_who_sees_some_of_the_units_is_told_that_it_is_some() -> None:
    said = "Bara verksamheter som ingår i behörigheten"
    app = show("nyckeltal", roll="verksamhetschef", enhet="akutsjukvard", nyckeltal="sjukfranvaro")
    assert said in words(app)
    assert "Den enda verksamhet" not in words(app)
    assert said in words(show("maluppfyllelse", roll="verksamhetschef", enhet="akutsjukvard"))
    assert said not in words(show("nyckeltal", enhet="akutsjukvard", nyckeltal="sjukfranvaro"))


def test_what_is_not_released_is_said_to_be_that_and_not_late(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in_as(monkeypatch, Grant("namnd"), Grant("verksamhetschef", "kirurgkliniken"))
    app = show("nyckeltal", enhet="nara-vard", nyckeltal="sjukfranvaro", manad="2023-10")
    assert "inte frisläppt än" in words(app)
    assert "försenat" not in words(app)
    assert "ej frisläppt" in str([t.value.to_string() for t in show("maluppfyllelse", enhet="hsf").table])
    assert show("oversikt").selectbox(key="f_enhet").value == "kirurgkliniken", "opens on the own klinik"


def test_an_ended_role_shows_nothing_more_at_the_next_click(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in_as(monkeypatch, Grant("verksamhetschef", "kirurgkliniken"))
    app = show("oversikt")
    assert app.metric
    signed_in_as(monkeypatch, Grant("verksamhetschef", "medicinkliniken"))
    app.run()
    assert "Kirurgkliniken" not in words(app)
    assert "ingår inte längre i din behörighet" in words(app)
    signed_in_as(monkeypatch)
    app.run()
    assert not app.metric
    assert "ingen behörighet" in words(app)
