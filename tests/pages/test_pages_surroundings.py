"""Omvärld as people open it: its four parts, what is chosen there, and a link that names what there is not."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.composing import surroundings
from hsf_kpi.model.surroundings import Surroundings
from hsf_kpi.swedish.sorting import swedish_key
from tests.pages.opening import show
from tests.reading import as_read

AT = {"enhet": "hsf", "manad": "2023-10", "roll": "ledning"}


pytestmark = pytest.mark.usefixtures("demo")


def opened(**params: str) -> AppTest:
    return show("omvarld", **AT, **params)


def kept(app: AppTest, name: str) -> str:
    """What the link says; a list once the page has written it."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def finding(app: AppTest) -> str:
    return as_read(app.header[0].value)


def test_it_opens_on_the_places() -> None:
    app = opened()
    assert "bättre än riket på" in finding(app)
    assert [m.label for m in app.metric] == [
        "Bland de tre bästa", "Bättre än riket", "Bättre plats än förr", "Sämre plats än förr",
    ]  # fmt: skip
    rows = app.table[0].value
    assert len(rows) == 76
    name = rows.iloc[0, 0]
    assert name.startswith("[Vårdtillfällen med skada](omvarld?")
    assert "utblick=ett" in name
    assert "matt=N70641" in name
    assert "manad=2023-10" in name


def test_a_field_is_chosen_and_kept_in_the_link() -> None:
    app = opened()
    app.selectbox(key="f_falt").select("ekonomi").run()
    assert kept(app, "falt") == "ekonomi"
    assert len(app.table[0].value) == 9
    assert "på fem av sju nyckeltal" in finding(app)


def test_a_key_figure_and_regions_are_chosen_and_kept_in_the_link() -> None:
    app = opened(utblick="ett")
    choice = app.multiselect(key="f_regioner")
    first, *rest = choice.options
    assert first == "Västra Götalandsregionen"
    assert rest == sorted(rest, key=swedish_key)
    assert rest[-2:] == ["Örebro län", "Östergötland"]
    choice.select("0004").select("0014").run()
    assert kept(app, "regioner") == "0004,0014"
    app.selectbox(key="f_matt").select("U71458").run()
    assert finding(app).startswith("Förtroende vårdcentral: Västmanland har plats")
    assert kept(app, "matt") == "U71458"
    app.multiselect(key="f_regioner").set_value([]).run()
    assert kept(app, "regioner") == "inga"
    assert not app.warning


def test_the_month_limits_no_years() -> None:
    early = show("omvarld", **{**AT, "manad": "2023-01"}, utblick="ett")
    assert "2025" in finding(early)


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"falt": "sol"}, "Området i länken finns inte"),
        ({"utblick": "ett", "matt": "sol"}, "Nyckeltalet i länken finns inte"),
        ({"utblick": "ett", "regioner": "99"}, "Regionen ”99” i länken finns inte"),
        ({"utblick": "ett", "regioner": "0019"}, "Regionen ”0019” i länken finns inte bland de andra regionerna"),
        ({"utblick": "ett", "regioner": "98,99"}, "Regionerna ”98”, ”99” i länken finns inte"),
        ({"utblick": "ett", "regioner": "0001,0003,0004,0005,0006,0007"}, "högst 5 kan visas"),
    ],
)  # fmt: skip
def test_a_link_to_what_there_is_not_is_told_and_becomes_nothing_else(
    params: dict[str, str], told: str
) -> None:
    app = opened(**params)
    assert any(told in str(one.value).replace("\\", "") for one in app.warning)
    assert not app.header
    assert not app.table
    assert {name: kept(app, name) for name in params} == params


def test_the_targets_are_tried_year_by_year() -> None:
    app = opened(utblick="riket")
    assert finding(app) == "Alla fyra mål uppnås 2025; förtroende vårdcentral uppnåddes inte 2022"


def test_vgr_s_plan_is_told_with_its_sums() -> None:
    app = opened(utblick="vgr")
    assert finding(app).startswith("VGR avsatte 1 miljard kronor 2017–2019")
    texts = " ".join(as_read(cell) for table in app.table for cell in table.value.to_numpy().ravel())
    assert "drygt 950 000 kronor" in texts
    assert "anges inte i källan" in texts


def test_without_definitions_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "surroundings_of", lambda _ask: Surroundings())
    app = opened()
    assert any("inte definierade" in str(one.value) for one in app.info)
    assert not app.header
