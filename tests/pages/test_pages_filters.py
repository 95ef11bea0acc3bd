"""The filter row offers what has a meaning on the page: no more, and never less than what is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    assert "Publicerade uppgifter" in words(app)
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


@pytest.mark.parametrize(
    ("page", "name"), [("omvarld", "f_utblick"), ("budget", "f_mot"), ("vagen", "f_mot")]
)
def test_what_is_about_the_whole_page_stands_in_the_filter_row_before_mer(page: str, name: str) -> None:
    app = show(page, enhet="hsf", manad="2023-10")
    rows = [
        [getattr(one, "key", None) or one.type for one in block.children.values()] for block in blocks(app)
    ]
    (row,) = (row for row in rows if "f_enhet" in row or name in row)
    assert row.index(name) < row.index("popover")


def blocks(block: Any) -> Iterator[Any]:
    for child in (block._tree if isinstance(block, AppTest) else block).children.values():
        if hasattr(child, "children"):
            yield child
            yield from blocks(child)


def test_each_mark_of_a_tile_is_a_thing_of_its_own() -> None:
    app = show("min_verksamhet", enhet="kirurgkliniken", manad="2023-10")
    pictures = [str(one.value).count("![](data:image/svg") for one in app.markdown]
    assert sum(pictures) > 4
    assert max(pictures) == 1
