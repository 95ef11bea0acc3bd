"""Hjälp: chapters by their links, for everybody signed in, and the foot of every page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.model.role import Grant
from hsf_kpi.ui.help_chapters import CHAPTERS, FOLDER, chapter, help_href
from hsf_kpi.ui.help_text import Picture, blocks
from tests.pages.opening import show
from tests.pages.test_pages_rights import signed_in_as, words

pytestmark = pytest.mark.usefixtures("demo")


def text_of(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in app.markdown)


def test_the_contents_lead_to_every_chapter_and_keep_the_role() -> None:
    app = show("hjalp", roll="hr")
    assert [title.value for title in app.title] == ["Hjälp"]
    assert [header.value for header in app.header] == ["Vad vill du veta?"]
    for key in CHAPTERS:
        assert f"]({help_href(key, role='hr')})" in text_of(app)
    assert not app.exception


@pytest.mark.parametrize("key", CHAPTERS)
def test_every_chapter_opens_cold_with_its_pictures_described(key: str) -> None:
    app = show("hjalp", kapitel=key, roll="admin")
    found = chapter(key)
    assert [header.value for header in app.header] == [found.title]
    assert not app.error
    assert not app.warning
    pictures = [block for part in found.parts for block in blocks(part.text) if isinstance(block, Picture)]
    shown = [image.alt for one in app.get("image") for image in one.proto.imgs]
    assert shown == [picture.alt for picture in pictures]
    assert all((FOLDER / picture.path).is_file() for picture in pictures)
    assert "../" not in text_of(app)
    assert "](oversikt" not in text_of(app), "an administrator sees no figures, and gets no links to them"


def test_one_part_alone_and_what_does_not_exist() -> None:
    app = show("hjalp", kapitel="sidorna", om="vagen-till-800")
    assert "### Vägen till −800" in text_of(app)
    assert "### Budget och ramar" not in text_of(app)
    assert "[Hela kapitlet Sidorna](hjalp?kapitel=sidorna)" in text_of(app)
    assert "[Öppna Vägen till −800](vagen)" in text_of(app)

    app = show("hjalp", kapitel="sidorna", om="finns-inte")
    assert [warning.value for warning in app.warning] == [
        "Den delen av kapitlet finns inte. Hela kapitlet visas."
    ]
    assert "### Budget och ramar" in text_of(app)

    app = show("hjalp", kapitel="[x](http://y)")
    assert "i länken finns inte" in app.warning[0].value
    assert r"\[x\](" in app.warning[0].value
    assert [header.value for header in app.header] == ["Vad vill du veta?"]


def test_the_contact_is_the_installations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_CONTACT", "systemförvaltaren, anknytning 12")
    told = text_of(show("hjalp", kapitel="tillganglighet"))
    assert "Kontakta systemförvaltaren, anknytning 12." in told
    assert "den som sköter" not in told

    monkeypatch.setenv("HSF_KPI_CONTACT", "HSF_stöd [a](http://b), hsf_stod@region.se")
    told = text_of(show("hjalp", kapitel="tillganglighet"))
    assert r"Kontakta HSF\_stöd \[a\](" in told
    assert r", [hsf\_stod@region.se](mailto:hsf_stod@region.se)." in told


def test_who_sees_no_figures_has_the_help(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in_as(monkeypatch)
    app = show("hjalp", kapitel="roller")
    assert [header.value for header in app.header] == ["Roller och behörighet"]
    assert "ingen behörighet" not in words(app)
    assert [button.label for button in app.button if button.label == "Logga ut"] == ["Logga ut"]


# The foot of every page


def foot(app: AppTest) -> str:
    return str(app.markdown[-1].value)


def test_every_page_ends_with_help_about_it() -> None:
    app = show("budget", roll="controller")
    assert "[Hjälp om sidan](hjalp?kapitel=sidorna&om=budget-och-ramar&roll=controller)" in foot(app)
    assert "[Vad betyder ikonerna?](hjalp?kapitel=ikoner&roll=controller)" in foot(app)
    assert "[Tillgänglighet](hjalp?kapitel=tillganglighet&roll=controller)" in foot(app)


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("nyckeltal", {"enhet": "finns-inte"}),
        ("oversikt", {"per": "1999-01-01"}),
    ],
)
def test_a_page_that_cannot_be_shown_ends_so_too(page: str, params: dict[str, str]) -> None:
    assert "Tillgänglighet](hjalp?kapitel=tillganglighet" in foot(show(page, **params))


def test_nobody_signed_in_reads_the_statement_without_ways_into_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed_in_as(monkeypatch, nobody=True)
    app = show("oversikt")
    assert [expander.label for expander in app.expander] == ["Tillgänglighet"]
    assert "## Tillgänglighetsredogörelse" in foot(app)
    assert "](https://www.digg.se/tdosanmalan)" in foot(app)
    assert "](hjalp" not in foot(app)


def test_where_nothing_can_be_shown_the_statement_still_stands() -> None:
    app = show("oversikt", roll="finns-inte")
    assert app.error
    assert [expander.label for expander in app.expander] == ["Tillgänglighet"]


def test_only_a_role_that_there_is_stands_in_the_links() -> None:
    app = show("hjalp", roll="hr")
    app.query_params["roll"] = "https://ond.example"
    app.run()
    assert "ond.example" not in text_of(app)


def test_no_role_stands_in_the_links_of_those_who_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in_as(monkeypatch, Grant("ledning"))
    assert "roll=" not in foot(show("hjalp", roll="admin"))
