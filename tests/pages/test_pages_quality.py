"""Datakvalitet och källor, and «Räknat så här», without a browser: every part, two roles, links that lead nowhere."""

from __future__ import annotations

import pytest

from hsf_kpi.ui import warm
from tests.pages.test_pages_economy import CANNOT, OUR_FAULT, read
from tests.pages.test_pages_two_users import foreign
from tests.reading import as_read

PAGE, OCTOBER = "datakvalitet", {"manad": "2023-10"}
PARTS = ("fullstandighet", "rattelser", "summor", "kallor")


pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize(
    ("role", "unit"), [("ledning", "hsf"), ("verksamhetschef", "kirurgkliniken"), ("hr", "akutsjukvard")]
)
def test_every_part_runs_for_who_may_see_the_unit_and_names_no_other(role: str, unit: str) -> None:
    for part in PARTS:
        app, text = read(PAGE, roll=role, enhet=unit, kvalitet=part, **OCTOBER)
        assert CANNOT not in text, part
        assert OUR_FAULT not in text, part
        assert app.header
        assert app.subheader, part
        if role == "verksamhetschef":
            assert not foreign(warm.workspace(), role, text), part


def test_the_page_says_what_is_missing_and_links_lead_down() -> None:
    app, text = read(PAGE, **OCTOBER)
    assert "nyckeltal saknas till och med oktober 2023" in as_read(app.header[0].value)
    assert "■ ofullständigt, försenat" in text
    assert f"{PAGE}?enhet=akutsjukvard" in text
    _, text = read(PAGE, kvalitet="sol", **OCTOBER)
    assert "Valet av del ”sol” i länken finns inte." in text


def test_a_value_is_told_with_its_formula_and_rows_when_the_link_says_so() -> None:
    at = {"nyckeltal": "sjukfranvaro", "enhet": "hsf", **OCTOBER}
    _, text = read("nyckeltal", **at)
    assert "÷" not in text, "nothing is read before somebody asks"
    app, text = read("nyckeltal", raknat="ja", **at)
    assert "summan av täljarna ÷ summan av nämnarna × 100" in text
    [told] = [one.value for one in app.subheader if str(one.value).startswith("Värdet är räknat på")]
    assert told
    _, own = read("nyckeltal", raknat="ja", roll="verksamhetschef", **at)
    assert "övriga verksamheter" in own
    assert not foreign(warm.workspace(), "verksamhetschef", own)


def test_an_account_tells_its_entries() -> None:
    _, text = read("budget", enhet="kirurgkliniken", konto="egen-personal", **OCTOBER)
    assert "Posterna bakom Egen personal" in text
    _, text = read("budget", enhet="kirurgkliniken", konto="finns-inte", **OCTOBER)
    assert "Kontot i länken finns inte." in text
