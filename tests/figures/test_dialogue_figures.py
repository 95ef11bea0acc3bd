"""The tables of the dialogue: what deviates, åtgärder, who has handed in, versions, and helårsbedömning among targets."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.deviating import Deviation
from hsf_kpi.analysis.handed_in import HandInState, Overview, UnitHandIn, YearBudget
from hsf_kpi.analysis.spc.types import Variation
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.dialogue.actions import actions_table
from hsf_kpi.figures.dialogue.deviations import ANSWERED, BEGUN, UNANSWERED, deviations_table
from hsf_kpi.figures.dialogue.history import history_table
from hsf_kpi.figures.dialogue.overview import overview_table
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.figures.tables import status_table
from hsf_kpi.model.codes import Origin, Status
from hsf_kpi.model.dialogue import HandIn, YearEnd
from hsf_kpi.model.ledger import Submitted
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.csv import csv
from hsf_kpi.render.image import svg
from hsf_kpi.render.table import table
from hsf_kpi.ui.prepared import prepared
from tests.figures.dialogue_samples import (
    NASTY,
    NO_LIMITS,
    OCTOBER,
    UNIT,
    WHO,
    action,
    analysis,
    forecast,
    process,
    ready,
)
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome, target
from tests.figures.words_rules import plain, right

GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
EMPTY, SEPTEMBER = HandIn(UNIT, OCTOBER), OCTOBER - 1


def deviation(said=None, *, whole=True, variation=None, key="sjukfranvaro"):
    m = measure(key=key)
    a = assessment(outcome(m, "8.1"), GOAL, Status.MISSED, bound="6", reason="8,1 % är 2,1 över målet 6,0 %")
    found = None if variation is None else process(m, variation)
    return Deviation(m, a, found, a.reason, said is not None and whole, said)


def all_right(figure):
    right(figure.title, LONGEST)
    for text in (figure.caption, figure.sentence, figure.help, figure.empty):
        right(text)
    assert figure.source.startswith("Källa: ")
    assert figure.source.endswith(".")
    for row in figure.rows:
        assert len(row) == len(figure.columns)


def test_deviations_with_their_answers():
    found = [
        deviation(analysis(), variation=Variation.WORSE),
        deviation(analysis(year_end=None), whole=False),
        replace(deviation(), process=NO_LIMITS),
    ]
    figure = deviations_table(found, EMPTY, context=CONTEXT)
    all_right(figure)
    assert figure.title == "Tre avvikelser i oktober 2023, två obesvarade"
    rows = list(records(figure))
    assert [r["answer"] for r in rows] == [ANSWERED, BEGUN, UNANSWERED]
    assert [r["change"] for r in rows] == ["Ja, sämre", "", "Går inte att säga"]
    assert (rows[0]["year_end"], rows[0]["year_end_reason"]) == ("Uppnås inte", "Rekryteringen tar tid.")
    assert (rows[0]["who"], rows[0]["when"]) == (WHO, "2023-11-14"), "the day in Sweden"
    assert rows[2]["text"] == rows[2]["year_end"] == rows[2]["who"] == ""
    assert rows[0]["outcome"] == 8.1
    assert [r["answer_text"] for r in rows] == ["besvarad: uppnås inte", BEGUN, UNANSWERED]
    assert table(figure).columns.tolist() == [
        "Nyckeltal",
        "Svar",
        "Status",
        "Utfall",
        "Varför",
        "Verklig förändring?",
        "Analys",
    ]
    assert Origin.DEMO in figure.origins


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "Inget avviker i oktober 2023"),
        ([deviation()], "En avvikelse i oktober 2023, inte besvarad"),
        ([deviation(), deviation()], "Två avvikelser i oktober 2023, ingen besvarad"),
        ([deviation(analysis())], "En avvikelse i oktober 2023, besvarad"),
        ([deviation(analysis())] * 2, "Två avvikelser i oktober 2023, alla besvarade"),
        ([deviation(analysis()), deviation()], "Två avvikelser i oktober 2023, en obesvarad"),
    ],
)
def test_what_the_table_of_deviations_finds(found, title):
    figure = deviations_table(found, EMPTY, context=CONTEXT)
    all_right(figure)
    assert figure.title == title
    assert bool(figure.empty) is not bool(found)


def test_a_long_analysis_is_whole_on_the_page_and_in_the_file():
    long = "Bemanningen " * 300
    figure = deviations_table([deviation(analysis(long))], EMPTY, context=CONTEXT)
    (row,) = records(figure)
    assert row["text"] == long.strip()
    assert "text" in str(figure.options["shown"]).split(",")
    assert long.strip() in csv(figure).decode("utf-8-sig")


def test_actions():
    found = replace(EMPTY, actions=(action(), action(2, amount=None), action(3, amount=300_000)))
    figure = actions_table(found, {"sjukfranvaro": "Sjukfrånvaro"}, context=CONTEXT, origins=[Origin.DEMO])
    all_right(figure)
    assert plain(figure.title) == "Tre åtgärder väntas ge 1,5 mnkr om året"
    rows = list(records(figure))
    assert plain(rows[0]["amount_text"]) == "1,2 mnkr"
    assert (rows[1]["amount"], rows[1]["amount_text"]) == (None, "–")
    assert (rows[0]["measure"], rows[0]["due"], rows[0]["responsible"]) == (
        "Sjukfrånvaro",
        "mars 2024",
        "Vårdenhetschef",
    )
    assert figure.source.startswith("Källa: Demodata; ")
    assert "inget belopp" in figure.help


@pytest.mark.parametrize(
    ("actions", "title"),
    [
        ((), "Inga åtgärder är lämnade för oktober 2023"),
        ((action(amount=None),), "En åtgärd är lämnad för oktober 2023"),
        ((action(amount=0), action(2, amount=None)), "Två åtgärder är lämnade för oktober 2023"),
        ((action(),), "En åtgärd väntas ge 1,2 mnkr om året"),
    ],
)
def test_what_the_table_of_actions_finds(actions, title):
    figure = actions_table(replace(EMPTY, actions=actions), {}, context=CONTEXT)
    all_right(figure)
    assert plain(figure.title) == title
    assert bool(figure.empty) is not bool(actions)


def test_history():
    versions = [analysis("Ny", version=3), analysis("Andra", version=2), analysis("Första", None)]
    figure = history_table(versions, measure(), OCTOBER, context=CONTEXT)
    all_right(figure)
    assert figure.title == "Analysen har ändrats två gånger"
    assert [(r["version"], r["text"], r["year_end"]) for r in records(figure)] == [
        ("3", "Ny", "Uppnås inte"),
        ("2", "Andra", "Uppnås inte"),
        ("1", "Första", ""),
    ]
    for count, title in (
        (0, "Ingen analys är lämnad"),
        (1, "Analysen har inte ändrats sedan den lämnades"),
        (2, "Analysen har ändrats en gång"),
    ):
        short = history_table(versions[:count], measure(), OCTOBER, context=CONTEXT)
        all_right(short)
        assert short.title == title
    long = "Fler besök än plats. " * 40
    figure = history_table([analysis(long, version=1)], measure(), OCTOBER, context=CONTEXT)
    shown = figure.options["shown"].split(",")
    assert "text" in shown, "an analysis is read whole, on the page as in the file"
    assert next(records(figure))["text"] == long.strip()
    unsaved = history_table([replace(analysis(), written=None)], measure(), OCTOBER, context=CONTEXT)
    assert next(records(unsaved))["version"] == ""


def row(unit, own=None, budget=0, latest=None, state=HandInState.BEGUN, **more):
    submitted = latest and Submitted(unit, dt.date(2023, 10, 20), OCTOBER, 2023, "Chef", latest, None, {})
    found = UnitHandIn(
        unit, state, 1, 3, None if own is None else forecast(own, unit), YearBudget(budget), submitted,
        ready(unit) if state is HandInState.READY else None,
    )  # fmt: skip
    return replace(found, **more)


def overview(*rows, own=None, **more):
    return Overview(OCTOBER, own or row("hsf", -10_000_000, latest=-9_000_000), rows, **more)


NAMES = {"a": "A-kliniken", "b": "B-kliniken", "c": "C-kliniken"}


def test_the_overview():
    found = overview(
        row("a", -10_040_000, -9_000_000, -10_000_000, HandInState.READY),
        row("b", -20_040_000, 0, -19_000_000),
        row("c", state=HandInState.NOT_BEGUN, needed=0, answered=0),
    )
    figure = overview_table(found, NAMES, context=CONTEXT, origins=[Origin.DEMO])
    all_right(figure)
    assert figure.title == "En av tre verksamheter är klar för dialog i oktober 2023"
    rows = [{k: plain(v) for k, v in r.items()} for r in records(figure)]
    assert [r["unit"].strip() for r in rows] == [
        "A-kliniken",
        "B-kliniken",
        "C-kliniken",
        "Summa, 2 av 3 har lämnat prognos",
        "Hälso- och sjukvårdsförvaltningen, egen inlämning",
    ]
    assert [r["result_text"].strip() for r in rows] == ["−10,1", "−20,0", "–", "−30,1*", "−10,0"], (
        "adds up as shown"
    )
    assert [r["deviation_text"].strip() for r in rows] == ["−1,1", "−20,0", "–", "−21,1*", "−10,0"]
    assert [r["moved_text"].strip() for r in rows] == ["−0,1", "−1,0", "–", "−1,1*", "−1,0"]
    assert rows[0]["result"] == "-10040000", "the file is exact"
    assert [r["state"].strip() for r in rows] == [
        "klar",
        "påbörjad",
        "inte påbörjad",
        "1 av 3 klara",
        "påbörjad",
    ]
    assert rows[2]["answered_text"] == "inget avviker"
    assert (rows[0]["who"], rows[0]["when"]) == (WHO, "2023-11-14")
    assert "* Inte alla verksamheter har lämnat" in figure.help
    assert "−9,0 mnkr" in plain(figure.help)


def test_the_overview_of_a_part_of_levels_and_without_ledger():
    part = overview_table(
        overview(row("a", 1, 0, 1, below=3, below_ready=2), all_seen=False), NAMES, context=CONTEXT
    )
    all_right(part)
    assert "ingår i behörigheten" in part.help
    assert table(part)["Klara under"].tolist()[0] == "2 av 3"
    assert "*" not in part.help
    blind = row("a", None, ledger=False, budget=0)
    blind = replace(blind, budget=None)
    figure = overview_table(overview(blind, own=replace(blind, unit="hsf")), NAMES, context=CONTEXT)
    all_right(figure)
    assert "Egen prognos" not in table(figure).columns
    assert len(figure.rows) == 2, "no sum of forecasts that may not be seen"
    none = overview_table(overview(), NAMES, context=CONTEXT)
    all_right(none)
    assert none.empty
    assert none.rows == ()


def test_none_ready():
    figure = overview_table(overview(row("a"), row("b")), NAMES, context=CONTEXT)
    all_right(figure)
    assert figure.title == "Ingen av två verksamheter är klar för dialog i oktober 2023"


def test_the_provision_is_told():
    carrier = replace(row("a", -1_000_000), budget=YearBudget(800_000_000, 800_000_000))
    figure = overview_table(overview(carrier), NAMES, context=CONTEXT)
    assert "underskottsposten +800,0 mnkr" in plain(figure.help)


@given(st.integers(1, 40), st.integers(0, 40), st.booleans())
@settings(max_examples=30, deadline=None)
def test_every_title_of_the_overview_is_short_enough(count, done, all_seen):
    rows = [row(str(n), state=HandInState.READY if n < done else HandInState.BEGUN) for n in range(count)]
    found = replace(overview(*rows, all_seen=all_seen), month=SEPTEMBER)
    right(overview_table(found, {}, context=CONTEXT).title, LONGEST)


@given(st.lists(st.one_of(st.none(), st.integers(-(10**10), 10**10)), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_shown_amounts_add_up_to_the_shown_sum(amounts):
    figure = overview_table(
        overview(*(row(str(n), own, latest=1) for n, own in enumerate(amounts))), {}, context=CONTEXT
    )
    *parts, total, _ = (plain(r["result_text"]).strip() for r in records(figure))
    tenths = [int(re.sub(r"[ ,*]", "", text).replace("−", "-")) for text in parts if text != "–"]
    if tenths:
        assert sum(tenths) == int(re.sub(r"[ ,*]", "", total).replace("−", "-"))
    else:
        assert total == "–"


def test_year_ends_among_the_targets():
    m, other = measure(), measure("Hyrpersonal", key="hyrpersonal")
    rows = [
        assessment(outcome(m, "8.1"), GOAL, Status.MISSED, bound="6"),
        assessment(outcome(other, "1"), GOAL, Status.MET, bound="6"),
    ]
    without = status_table("Medarbetare", rows, context=CONTEXT)
    for nothing in ({}, {"annat": analysis(measure="annat")}):
        assert status_table("Medarbetare", rows, context=CONTEXT, year_ends=nothing) == without
    assert "Helårsbedömning" not in table(without).columns
    judged = analysis(year_end=YearEnd.PARTLY, reason="=1+1\nsen")
    figure = status_table("Medarbetare", rows, context=CONTEXT, year_ends={"sjukfranvaro": judged})
    assert table(figure)["Helårsbedömning"].tolist() == ["Uppnås delvis, okt 2023", ""]
    assert "Helårsbedömning: vad ansvarig chef" in figure.help
    told = csv(figure).decode("utf-8-sig")
    assert ";Uppnås delvis;okt 2023;'=1+1 sen;" in told
    assert {len(r) for r in figure.rows} == {len(figure.columns)}
    unjudged = status_table(
        "Medarbetare", rows, context=CONTEXT, year_ends={"sjukfranvaro": analysis(year_end=None)}
    )
    assert table(unjudged)["Helårsbedömning"].tolist() == ["", ""]


@pytest.mark.parametrize("text", NASTY)
def test_what_is_typed_breaks_no_table(text):
    found = HandIn(UNIT, OCTOBER, (analysis(text, reason=text),), (action(what=text),))
    figures = (
        deviations_table([deviation(found.analyses[0])], found, context=CONTEXT),
        actions_table(found, {}, context=CONTEXT),
    )
    for figure in figures:
        told = csv(figure).decode("utf-8-sig")
        assert told.count("\r\n") == told.count("\n")
        assert not re.search(r";=1\+1", told)
        for cell in next(records(figure)).values():
            assert "\n" not in str(cell)
        assert prepared(Composed(figure)).figure is figure
    assert "<script>" not in svg(figures[0])
