"""What is written in a report: held to what may be kept, and put in place of what has been handed in of that measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.dialogue.comments import ACTION, ANALYSIS
from hsf_kpi.figures.figure import Comment
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import DataError
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting.order import Said
from hsf_kpi.reporting.texts import LONGEST, said
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import made, plan, template

HIRED, ABSENCE = "hyrpersonal", "sjukfranvaro"
MARKUP = "<script>alert(1)</script> **fet** [länk](https://exempel.se) $x^2$ =1+1 😀"
TEMPLATE = template(plan(SectionKind.DEVIATIONS), plan(SectionKind.MEASURES, HIRED, ABSENCE))


def comments(report: Report) -> dict[str, tuple[Comment, ...]]:
    return {part.id: part.figure.comments for part in report.parts()}


def test_what_is_written_stands_instead_of_what_was_handed_in_and_nowhere_else(workspace: Workspace) -> None:
    handed_in = made(workspace, template=TEMPLATE)
    written = (HIRED, Said(MARKUP, "Egen jourlinje."))
    report = made(workspace, template=TEMPLATE, said=(written,), by="Klinikchefen", when="14 november 2023")
    before, after = comments(handed_in), comments(report)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"avvikelser.hyrpersonal"}
    assert [(one.kind, one.text, one.who, one.when) for one in after["avvikelser.hyrpersonal"][:2]] == [
        (ANALYSIS, MARKUP, "Klinikchefen", "14 november 2023"),
        (ACTION, "Egen jourlinje.", "Klinikchefen", "14 november 2023"),
    ]
    kept = [one for one in before["avvikelser.hyrpersonal"] if one.kind not in (ANALYSIS, ACTION)]
    assert list(after["avvikelser.hyrpersonal"][2:]) == kept
    assert before["avvikelser.hyrpersonal"], "something had been handed in"


def test_one_text_leaves_the_other_as_it_was_handed_in(workspace: Workspace) -> None:
    report = made(workspace, template=TEMPLATE, said=((HIRED, Said(action="Egen jourlinje.")),))
    analyses = [one for one in comments(report)["avvikelser.hyrpersonal"] if one.kind == ANALYSIS]
    before = comments(made(workspace, template=TEMPLATE))["avvikelser.hyrpersonal"]
    assert analyses == [one for one in before if one.kind == ANALYSIS]
    assert analyses


def test_a_figure_without_comments_is_given_them_too(workspace: Workspace) -> None:
    report = made(workspace, template=TEMPLATE, said=((ABSENCE, Said("Vinterkräksjuka.")),))
    found = comments(report)
    assert [one.text for one in found["nyckeltal.sjukfranvaro"]] == ["Vinterkräksjuka."]
    assert not found["nyckeltal.sjukfranvaro-plats"]


def test_texts_are_kept_as_they_stand_without_what_harms() -> None:
    kept = said(
        {
            "b": Said("  Först.\n\nSedan 😀 <b>.  ", "\u202eGöm\x00"),
            "tom": Said(" \n", "\x07"),
            "a": Said("å" * LONGEST),
        }
    )
    assert kept == (("a", Said("å" * LONGEST)), ("b", Said("Först.\n\nSedan 😀 <b>.", "Göm")))
    assert said({}) == ()


@pytest.mark.parametrize("number", ["19121212-1212", "121212+1212", "1912 12 12 1212", "19120101A123"])
def test_something_like_a_persons_number_is_refused(number: str) -> None:
    with pytest.raises(DataError) as error:
        said({HIRED: Said(action=f"Ring {number} i morgon")})
    assert [str(problem) for problem in error.value.problems] == [
        "Åtgärd, hyrpersonal: Texten innehåller något som liknar ett personnummer. Ta bort det."
    ]
    assert number not in str(error.value)


def test_a_text_that_is_too_long_is_refused_and_all_is_told_at_once() -> None:
    with pytest.raises(DataError) as error:
        said({HIRED: Said("a" * (LONGEST + 1), "19121212-1212"), ABSENCE: Said("b" * 20_000)})
    assert [str(problem) for problem in error.value.problems] == [
        "Analys, hyrpersonal: Texten har 10 001 tecken, och högst 10 000 får plats. Korta texten.".replace(
            " 001", "\N{NO-BREAK SPACE}001"
        ).replace(" 000", "\N{NO-BREAK SPACE}000"),
        "Åtgärd, hyrpersonal: Texten innehåller något som liknar ett personnummer. Ta bort det.",
        "Analys, sjukfranvaro: Texten har 20 000 tecken, och högst 10 000 får plats. Korta texten.".replace(
            " 000", "\N{NO-BREAK SPACE}000"
        ),
    ]


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_written_is_kept_once_and_for_all_or_refused(analysis: str, action: str) -> None:
    try:
        kept = said({"a": Said(analysis, action)})
    except DataError:
        return
    assert said(dict(kept)) == kept
    for _, one in kept:
        assert one.analysis or one.action
