"""The filter row offers what has a meaning on the page: no more, and never less than what is chosen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import show

pytestmark = pytest.mark.usefixtures("demo")


def offered(app: AppTest) -> set[str]:
    return {str(one.key) for kind in ("selectbox", "button_group") for one in app.get(kind)}


def words(app: AppTest) -> str:
    return " ".join(str(one.value) for one in app.markdown)


def test_a_page_about_the_whole_offers_no_unit_and_names_the_whole() -> None:
    app = show("intern_kontroll", enhet="kirurgkliniken", manad="2023-10")
    assert "f_manad" in offered(app)
    assert "f_enhet" not in offered(app)
    assert "Kirurgkliniken" not in words(app)
    assert "Under: " not in words(app)


def test_published_statistics_offer_no_month_and_are_not_called_demo_data() -> None:
    app = show("omvarld", enhet="hsf", manad="2023-10")
    assert not {"f_enhet", "f_manad"} & offered(app)
    assert "Demodata" not in words(app)
    assert "Publicerad statistik" in words(app)
    assert "Demodata" in words(show("budget", enhet="hsf", manad="2023-10"))


def test_what_a_measure_has_no_values_of_is_not_offered_unless_it_is_chosen() -> None:
    hired = {"nyckeltal": "hyrpersonal", "enhet": "hsf", "manad": "2023-10"}
    assert "f_kon" not in offered(show("nyckeltal", **hired))
    assert "f_kon" in offered(show("nyckeltal", kon="k", **hired)), "so that it can be left again"
    yearly = offered(show("nyckeltal", nyckeltal="fortroende-vardcentral", enhet="hsf", manad="2023-10"))
    assert "f_vy" not in yearly
    assert "f_kon" in yearly


def test_a_unit_with_a_budget_of_its_own_is_held_against_that() -> None:
    app = show("vagen", enhet="kirurgkliniken", manad="2023-10", mot="budget")
    assert app.title[0].value == "Vägen till egen budget"
    (against,) = (one for one in app.get("button_group") if one.key == "f_mot")
    assert [option.content for option in against.proto.options] == ["Egen budget", "Föregående år"]
    whole = show("vagen", enhet="hsf", manad="2023-10")
    assert whole.title[0].value == "Vägen till −800"
    (against,) = (one for one in whole.get("button_group") if one.key == "f_mot")
    assert len(against.proto.options) == 3
