"""What a page says when it cannot be shown: what, why and what to do in one place, and a way on."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from hsf_kpi.ui.document.early import STATIC, early_links
from hsf_kpi.ui.sign_in.demo import ROLE


def told() -> None:
    from hsf_kpi.model.problems import NotFound, Problem, StoreError
    from hsf_kpi.ui.problems import show_problems

    show_problems(NotFound(Problem("Tabellen finns inte.", "tabell", "Välj en i listan.")))
    show_problems(
        StoreError((Problem("Den svarar inte.", "/hemligt", "Försök igen."), Problem("Den är tom.")))
    )


def test_one_problem_is_a_text_several_are_a_list_and_both_stand_under_their_heading() -> None:
    app = AppTest.from_function(told)
    app.query_params["roll"] = app.session_state[ROLE] = "hr"
    app.run()
    one, several = (str(each.value).replace("\\", "") for each in app.error)
    assert one == "**Det här går inte att visa**\n\ntabell: Tabellen finns inte. Välj en i listan."
    assert several.startswith(
        "**Databasen går inte att använda just nu**\n\n- Den svarar inte. Försök igen.\n- "
    )
    assert "hemligt" not in several
    assert [each.value for each in app.markdown] == ["[Till Översikt](./?roll=hr)"]
    app.query_params["roll"] = "finns-inte"
    assert [each.value for each in app.run().markdown] == ["[Till Översikt](./)"]


def test_what_nearly_every_page_needs_is_fetched_with_the_document() -> None:
    links = early_links()
    names = [part.split('"')[0] for part in links.split("./static/js/")[1:]]
    assert len(names) == len(set(names)) > 20
    assert all((STATIC / "static" / "js" / name).is_file() for name in names)
    for needed in ("Selectbox.", "ButtonGroup.", "Table.", "ArrowVegaLiteChart.", "embed."):
        assert any(name.startswith(needed) for name in names)


def test_other_names_in_another_streamlit_only_cost_time(tmp_path: Path) -> None:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<html></html>")
    assert early_links(tmp_path) == ""
