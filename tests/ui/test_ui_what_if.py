"""What the form of «Vad händer om …?» writes into the link, and what it shows of a link, right or wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from hsf_kpi.analysis.economy.scenario_text import OWN, Row, parse_scenario, rows_of, text_of
from hsf_kpi.model.problems import DataError
from hsf_kpi.swedish.parse import parse_number
from hsf_kpi.ui.what_if import _text, _typed
from tests.ui.what_if_form import LEVER, NONE, OCTOBER, form


def opened(text: str = NONE) -> AppTest:
    app = AppTest.from_function(form)
    return back(app, text)


def back(app: AppTest, text: str) -> AppTest:
    """What Back, or another link, does: the address says something else than the form."""
    app.session_state["back"] = text
    app.run()
    assert not app.exception
    return app


def values(app: AppTest) -> list[str]:
    """Share of hired staff, then title and amount of each own line."""
    return [str(field.value) for field in app.text_input]


def press(app: AppTest, label: str) -> str:
    """The link's text afterwards."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return str(app.code[0].value)


def test_what_is_filled_in_is_written_into_the_link_and_shown_again() -> None:
    app = opened()
    assert values(app) == [""] * 7
    assert app.text_input[0].placeholder == "till exempel 2 eller 3,5"
    app.text_input[0].set_value(" 2,50 ")
    app.selectbox[0].select("2023-12")
    app.text_input[1].set_value("Färre prover: lab; kemi @ natt ~")
    app.text_input[2].set_value("−1 000,25")
    text = press(app, "Räkna om")
    assert text == "hyrpersonal:2.5@2023-12;egen:-1000.25@2023-11:Färre prover~k lab~s kemi ~a natt ~~"
    assert values(app)[:3] == ["2,5", "Färre prover: lab; kemi @ natt ~", "-1000,25"]
    assert app.selectbox[0].value == "2023-12"
    assert press(app, "Räkna om") == text, "pressed again, nothing changes"


def test_another_unit_has_the_same_fields() -> None:
    """The browser keeps them, and what is typed in them, instead of building all of them again."""
    app = opened()
    before = [(field.key, field.proto.id) for field in (*app.text_input, *app.selectbox)]
    app.session_state["unit"] = "kirurgkliniken"
    app.run()
    assert [(field.key, field.proto.id) for field in (*app.text_input, *app.selectbox)] == before


def test_what_cannot_be_read_stays_as_it_was_typed_and_is_told() -> None:
    app = opened()
    app.text_input[0].set_value("två procent; @:~")
    app.text_input[2].set_value("12 5")
    app.text_input[3].set_value("Bara en rubrik")
    text = press(app, "Räkna om")
    assert values(app)[:5] == ["två procent; @:~", "Egen rad 1", "12 5", "Bara en rubrik", ""]
    with pytest.raises(DataError) as told:
        parse_scenario(text, (LEVER,), OCTOBER)
    assert [problem.what for problem in told.value.problems] == [
        "”två procent; @:~” är inget tal.",
        "”12 5” är inget tal.",
        "Talet saknas.",
    ]
    app.text_input[0].set_value("2")
    app.text_input[2].set_value("12,5")
    app.text_input[4].set_value("1")
    parse_scenario(press(app, "Räkna om"), (LEVER,), OCTOBER)


def test_back_and_another_link_fill_the_form_anew() -> None:
    app = opened("hyrpersonal:2@2023-11;egen:1.5@2023-12:Annat")
    assert values(app)[:3] == ["2", "Annat", "1,5"]
    app.text_input[0].set_value("99")  # typed and never read
    back(app, "hyrpersonal:200@2023-12")
    assert values(app) == ["200", *[""] * 6]
    back(app, NONE)
    assert values(app) == [""] * 7
    many = ";".join(f"egen:{n}@2023-11:Rad {n}" for n in range(5))
    assert values(back(app, many))[-4:] == ["Rad 4", "4", "", ""], "always room for one more"
    assert press(app, "Räkna om") == many
    assert values(back(app, "hyrpersonal:2@2023-09;okänd:1@2023-11"))[0] == "2"
    assert app.selectbox[0].value == "2023-11", (
        "a month that is not left can't be shown; the page tells of it"
    )


def test_reset_empties_the_form_also_of_what_was_never_read() -> None:
    app = opened("hyrpersonal:2@2023-11;egen:1.5@2023-12:Annat")
    assert press(app, "Nollställ") == NONE
    assert values(app) == [""] * 7
    app.text_input[0].set_value("5")
    app.text_input[1].set_value("Något")
    assert press(app, "Nollställ") == NONE
    assert values(app) == [""] * 7


typed = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(Row, st.sampled_from(["hyrpersonal", OWN]), typed, st.just("2023-11"), typed), max_size=5
    )
)
def test_any_rows_survive_the_journey_through_a_link(rows: list[Row]) -> None:
    assert list(rows_of(text_of(rows))) == rows


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=12)
    | st.decimals(-(10**6), 10**6, places=4).map(str)
    | st.from_regex(r"−?\d{1,3}( \d{3})?,\d", fullmatch=True)
)
def test_a_typed_number_is_the_same_number_in_the_link_and_in_the_form(value: str) -> None:
    written = _text(value)
    assert parse_number(written) == parse_number(value)
    row = Row(OWN, written, "2023-11")
    if parse_number(value) is None:
        assert _typed(row) == value
    else:
        assert _typed(row) == written.replace(".", ",")
        assert not set(written) - set("-.0123456789")
    assert _typed(None) == ""
