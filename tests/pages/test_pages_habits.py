"""What pages offer of a person's own: search within the rights, favourites, saved views, a tour that is closed for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.habit import Closed, SavedView, Visited
from hsf_kpi.model.role import Grant
from hsf_kpi.store.habits import HabitStore
from hsf_kpi.ui import warm
from hsf_kpi.ui.sign_in.port import SignedIn
from hsf_kpi.workspace import Workspace
from tests.pages.opening import show

HEAD = Identity("anna", "Anna Andersson", (Grant("verksamhetschef", "kirurgkliniken"),))
OTHER = "berit"


pytestmark = pytest.mark.usefixtures("demo")


class Somebody:
    """A way to sign in that has let one identity in."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity

    def signed_in(self, workspace: Workspace) -> SignedIn:
        return SignedIn(self.identity, 1)

    def controls(self, workspace: Workspace, signed_in: SignedIn) -> None:
        pass

    def in_links(self, workspace: Workspace, signed_in: SignedIn) -> str | None:
        return None


@pytest.fixture
def habits(monkeypatch: pytest.MonkeyPatch) -> HabitStore:
    """What is kept; a clinic head is signed in, who has kept nothing."""
    signed_in_as(monkeypatch, HEAD)
    found = warm.workspace().store.habits
    for key in found.favourites(HEAD.login):
        found.set_favourite(HEAD.login, key, False)
    return found


def signed_in_as(monkeypatch: pytest.MonkeyPatch, identity: Identity) -> None:
    for place in ("frame", "sign_in"):
        monkeypatch.setattr(f"hsf_kpi.ui.{place}.way", lambda: Somebody(identity))
    if identity.seen_as:
        for place in ("frame", "habits"):
            monkeypatch.setattr(f"hsf_kpi.ui.{place}.seen_identity", lambda *_: identity)


def opened(app: AppTest, button: str, **filled: str) -> AppTest:
    """The window that a button opens, with this in its fields."""
    for key, value in filled.items():
        app.session_state[key.replace("_", "-")] = value
    app.button(key=button).click().run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    kinds = ("subheader", "markdown", "caption", "info", "error")
    return "\n".join(str(one.value) for kind in kinds for one in app.get(kind)).replace("\\", "")  # type: ignore[union-attr]


def test_search_finds_what_may_be_seen_keeps_what_is_chosen_and_names_nothing_else(
    habits: HabitStore,
) -> None:
    app = show("oversikt", enhet="kirurgkliniken", vy="r12")
    found = text(opened(app, "sok-knapp", sok_text_1="sjukfrånvro"))
    assert "En träff." in found or "träffar." in found
    assert "[Sjukfrånvaro](nyckeltal?nyckeltal=sjukfranvaro&enhet=kirurgkliniken" in found
    assert "vy=r12" in found
    outside = text(opened(app, "sok-knapp", sok_text_2="medicinkliniken"))
    assert "[Medicinkliniken]" not in outside
    assert "Det som inte ingår i din behörighet går inte att hitta." in text(
        opened(app, "sok-knapp", sok_text_3="xyzzyxyzzy")
    )


def test_before_anything_is_typed_stands_what_is_kept_and_shared_as_far_as_it_may_be_seen(
    habits: HabitStore,
) -> None:
    def view(title: str, unit: str) -> SavedView:
        params = (("enhet", unit), ("manad", "2023-01"))
        return SavedView(title, "oversikt", params, shared=True)

    habits.set_favourite(HEAD.login, "sjukfranvaro", True)
    habits.visited(HEAD.login, Visited("nyckeltal", "kirurgkliniken", "hyrpersonal"))
    habits.save_view(HEAD.login, HEAD.name, view("Egen *vy*", "kirurgkliniken"))
    habits.save_view(OTHER, "Berit Berg", view("Områdets", "akutsjukvard"))
    habits.save_view(OTHER, "Berit Berg", view("Hemlig", "medicinkliniken"))
    found = text(opened(show("oversikt", enhet="kirurgkliniken"), "sok-knapp"))
    assert "**Favoriter**\n\n- [Sjukfrånvaro](nyckeltal?nyckeltal=sjukfranvaro" in found
    assert "[Nyckeltal: Hyrpersonal, Kirurgkliniken](nyckeltal?nyckeltal=hyrpersonal" in found
    assert "[Egen *vy*](./?enhet=kirurgkliniken&manad=2023-10)" in found, "on the latest month"
    assert "[Områdets](./?enhet=akutsjukvard&manad=2023-10) :small[:gray[delad av Berit Berg]]" in found
    assert "Hemlig" not in found


def test_favourites_are_chosen_on_nyckeltal_and_stand_on_oversikt(habits: HabitStore) -> None:
    assert "Dina favoriter" not in text(show("oversikt", enhet="kirurgkliniken"))
    page = show("nyckeltal", nyckeltal="sjukfranvaro", enhet="kirurgkliniken")
    assert page.button(key="favorit").label == "Lägg till som favorit"
    page.button(key="favorit").click().run()
    assert page.button(key="favorit").label == "Ta bort från favoriter"
    for key in ("vardgaranti.besok", "arsarbetare", "hyrpersonal", "periodresultat", "helarsprognos"):
        habits.set_favourite(HEAD.login, key, True)
    # Of the own klinik everything may be seen, of another nothing but what is left in words.
    whole = show("oversikt", enhet="kirurgkliniken")
    assert "Dina favoriter" in text(whole)
    assert whole.get("vega_lite_chart")
    for key in ("belaggning-somatik", "vantetid-1177"):
        habits.set_favourite(HEAD.login, key, True)
    page = show("nyckeltal", nyckeltal="fortroende-vardcentral", enhet="kirurgkliniken")
    page.button(key="favorit").click().run()
    assert "Du har redan 8 favoriter." in text(page)
    assert page.button(key="favorit").label == "Lägg till som favorit"


def test_favourites_that_may_not_be_seen_at_the_unit_are_counted(
    habits: HabitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = Identity(HEAD.login, HEAD.name, (Grant("hr"), Grant("verksamhetschef", "kirurgkliniken")))
    signed_in_as(monkeypatch, staff)
    for key in ("vardgaranti.besok", "sjukfranvaro"):
        habits.set_favourite(HEAD.login, key, True)
    found = text(show("oversikt", enhet="medicinkliniken"))
    assert "En favorit visas inte: ingår inte i din behörighet för Medicinkliniken." in found
    assert "visas inte: ingår inte" not in text(show("oversikt", enhet="kirurgkliniken"))


def test_the_tour_is_shown_until_it_is_closed_for_good(habits: HabitStore) -> None:
    habits.reopen(HEAD.login, Closed.TOUR)
    app = show("oversikt")
    assert "steg 1 av 3" in text(app)
    app.button(key="rundtur-fram").click().run()
    assert "steg 2 av 3" in text(app)
    app.button(key="rundtur-stang").click().run()
    assert "Rundtur" not in text(app)
    assert habits.closed(HEAD.login) == {Closed.TOUR}
    assert "Rundtur" not in text(show("oversikt"))


def test_who_looks_as_another_role_searches_and_finds_and_keeps_nothing(
    habits: HabitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    habits.set_favourite(HEAD.login, "sjukfranvaro", True)
    habits.reopen(HEAD.login, Closed.TOUR)
    signed_in_as(monkeypatch, replace(HEAD, seen_as="Verksamhetschef"))
    app = show("oversikt", enhet="kirurgkliniken")
    assert "Rundtur" not in text(app)
    assert "Dina favoriter" not in text(app)
    assert "[Sjukfrånvaro]" in text(opened(app, "sok-knapp", sok_text_1="sjukfrånvaro"))
    assert "Favoriter" not in text(opened(app, "sok-knapp"))
    shared = opened(app, "spara-dela")
    assert "inte att spara egna vyer" in text(shared)
    assert "Kopiera länk" in [button.label for button in shared.button]
    assert not shared.text_input
    page = show("nyckeltal", nyckeltal="sjukfranvaro", enhet="kirurgkliniken")
    assert "favorit" not in {button.key for button in page.button}


def test_a_window_of_somebody_whose_rights_have_changed_shows_nothing(
    habits: HabitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = show("oversikt", enhet="kirurgkliniken")
    less = replace(HEAD, grants=(Grant("namnd"),))
    monkeypatch.setattr("hsf_kpi.ui.sign_in.way", lambda: Somebody(less))
    assert not opened(app, "sok-knapp", sok_text_1="sjukfrånvaro").text_input


def test_search_is_on_pages_without_figures_too_also_for_who_sees_none(
    habits: HabitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(monkeypatch, Identity("cia", "Cia Ceder", ()))
    found = text(opened(show("hjalp"), "sok-knapp", sok_text_1="hjälp"))
    assert "[Hjälp](hjalp)" in found
    assert "Det som inte ingår" in text(opened(show("hjalp"), "sok-knapp", sok_text_1="kirurgkliniken"))
    assert "steg 1 av 3" not in found


def test_what_is_found_keeps_the_day_that_is_looked_back_to(habits: HabitStore) -> None:
    app = show("oversikt", enhet="kirurgkliniken", manad="2023-09", per="2023-10-20")
    assert (
        "per=2023-10-20"
        in text(opened(app, "sok-knapp", sok_text_1="sjukfrånvaro")).split("[Sjukfrånvaro]")[1]
    )
