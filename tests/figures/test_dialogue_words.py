"""The words of the dialogue: findings, tiles, comments, who and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.deviating import Deviation
from hsf_kpi.analysis.handed_in import HandInState, Overview, UnitHandIn, YearBudget
from hsf_kpi.figures.dialogue.comments import action_text, byline, figure_comments, forecast_comments
from hsf_kpi.figures.dialogue.findings import handed_in_finding, own_page_finding
from hsf_kpi.figures.dialogue.tiles import forecast_tiles
from hsf_kpi.figures.dialogue.words import (
    harmless,
    one_line,
    shortened,
    signed,
    source_words,
    when,
    who,
    year_end_text,
)
from hsf_kpi.figures.figure import Comment
from hsf_kpi.model.codes import Origin, Status
from hsf_kpi.model.dialogue import HandIn, Written, YearEnd
from hsf_kpi.model.ledger import Submitted
from tests.figures.dialogue_samples import (
    NASTY,
    OCTOBER,
    UNIT,
    WHO,
    action,
    analysis,
    forecast,
    ready,
    written,
)
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome
from tests.figures.words_rules import HEADING, plain, right, right_tiles, tile

EMPTY, READY = HandIn(UNIT, OCTOBER), HandIn(UNIT, OCTOBER, ready=ready())
FINAL = replace(CONTEXT, state="slutligt")


def asked(*answers):
    a = assessment(outcome(measure(), "8.1"), status=Status.MISSED)
    return [Deviation(a.measure, a, None, "Därför.", said) for said in answers]


@pytest.mark.parametrize(
    ("found", "hand_in", "context", "sentence"),
    [
        (asked(False, False, False), EMPTY, CONTEXT, "Tre avvikelser behöver ett svar innan dialogen"),
        (asked(False, True), EMPTY, CONTEXT, "En avvikelse behöver ett svar innan dialogen"),
        (asked(True), READY, CONTEXT, "Allt är besvarat och klart för dialog"),
        (asked(True), EMPTY, CONTEXT, "Allt är besvarat men inte klarmarkerat för dialog"),
        (asked(False), READY, CONTEXT, "Klart för dialog, men en avvikelse saknar svar"),
        (asked(False, False), READY, CONTEXT, "Klart för dialog, men två avvikelser saknar svar"),
        (asked(), EMPTY, CONTEXT, "Inget avviker i oktober 2023"),
        (asked(), READY, CONTEXT, "Inget avviker i oktober 2023, och det är klart för dialog"),
        (asked(False, False), EMPTY, FINAL, "Två avvikelser i oktober 2023 fick inget svar"),
        (asked(True), EMPTY, FINAL, "Allt som avvek i oktober 2023 är besvarat"),
        (asked(), EMPTY, FINAL, "Inget avviker i oktober 2023"),
        (asked(*[False] * 14), EMPTY, CONTEXT, "14 avvikelser behöver ett svar innan dialogen"),
    ],
)
def test_the_own_page(found, hand_in, context, sentence):
    assert own_page_finding(found, hand_in, context) == sentence
    right(sentence, HEADING)


def row(state=HandInState.NOT_BEGUN, own=None):
    return UnitHandIn(UNIT, state, 0, 0, None if own is None else forecast(own))


K = HandInState.READY


@pytest.mark.parametrize(
    ("rows", "all_seen", "sentence"),
    [
        ([], True, "Inga verksamheter lämnar in under den här"),
        ([row()], True, "Verksamheten under är inte klar för dialog"),
        ([row(K)], True, "Verksamheten under är klar för dialog"),
        (
            [row(K, -5_000_000)],
            True,
            "Verksamheten under är klar för dialog; en prognos är lämnad, −5,0 mnkr",
        ),
        ([row(), row()], True, "Ingen av två verksamheter är klar för dialog"),
        ([row(K), row()], True, "En av två verksamheter är klar för dialog"),
        ([row(K), row(K), row()], True, "Två av tre verksamheter är klara för dialog"),
        ([row(K), row(K)], True, "Alla två verksamheter är klara för dialog"),
        ([row(K), row(K), row()], False, "Två av tre i behörigheten är klara för dialog"),
        (
            [row(K, -5_000_000), row(own=-7_300_000), row()],
            True,
            "En av tre verksamheter är klar för dialog; två prognoser är lämnade, −12,3 mnkr tillsammans",
        ),
    ],
)
def test_who_has_handed_in(rows, all_seen, sentence):
    found = handed_in_finding(Overview(OCTOBER, row(), tuple(rows), all_seen))
    assert plain(found) == sentence
    right(found, HEADING)


@given(
    st.lists(
        st.builds(row, st.sampled_from(HandInState), st.one_of(st.none(), st.integers(-(10**11), 10**11))),
        max_size=40,
    ),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_every_heading_is_short_enough(rows, all_seen):
    right(handed_in_finding(Overview(OCTOBER, row(), tuple(rows), all_seen)), HEADING)


def submitted(kronor, units=1, expected=1):
    return Submitted(UNIT, dt.date(2023, 10, 20), OCTOBER, 2023, "Chef", kronor, None, {}, units, expected)


def test_tiles():
    found = replace(row(own=-134_040_000), budget=YearBudget(-79_700_000), latest=submitted(-134_300_000))
    tiles = forecast_tiles(found)
    right_tiles(tiles)
    assert tile(tiles, "egen-prognos") == (
        "−134,0 mnkr | 54,3 mnkr sämre än årets budget | 0,3 mnkr bättre än lämnad prognos"
        f" | {WHO}, 14 november 2023"
    )
    assert (
        tile(tiles, "lamnad-prognos")
        == "−134,3 mnkr | 54,6 mnkr sämre än årets budget | Ur huvudboken, 2023-10-20"
    )
    assert tile(tiles, "arsbudget") == "−79,7 mnkr"


def test_tiles_of_what_is_missing():
    tiles = forecast_tiles(row())
    right_tiles(tiles)
    assert [one.value for one in tiles] == ["–"] * 3
    part = replace(row(own=-1_000_000), latest=submitted(-2_000_000, 2, 3), budget=YearBudget(-1_000_000))
    tiles = forecast_tiles(part)
    right_tiles(tiles)
    assert (
        tile(tiles, "lamnad-prognos")
        == "−2,0* mnkr | * 2 av 3 verksamheter har lämnat | Ur huvudboken, 2023-10-20"
    )
    assert "Lika med årets budget" in tile(tiles, "egen-prognos")
    assert "lämnad prognos" not in tile(tiles, "egen-prognos")
    unbudgeted = forecast_tiles(replace(row(own=-1_000_000), latest=submitted(-2_000_000)))
    assert tile(unbudgeted, "egen-prognos").startswith("−1,0 mnkr | 1,0 mnkr bättre än lämnad prognos | ")
    whole = replace(row(), budget=YearBudget(0, 800_000_000))
    assert "varav underskottsposten +800,0 mnkr" in tile(forecast_tiles(whole), "arsbudget")


def test_comments_of_a_figure():
    hand_in = HandIn(
        UNIT,
        OCTOBER,
        (analysis(year_end=YearEnd.PARTLY), analysis(measure="annat")),
        (action(), action(2, measure="annat")),
    )
    found = figure_comments(hand_in, "sjukfranvaro", shown=OCTOBER)
    assert [(one.kind, plain(one.text)) for one in found] == [
        ("Analys", "Vakanser på natten."),
        ("Helårsbedömning", "Uppnås delvis. Rekryteringen tar tid."),
        (
            "Åtgärd",
            "Egen jourlinje i stället för inhyrd. Ansvarig: Vårdenhetschef. Klart mars 2024."
            " Väntad effekt: Färre inhyrda pass, 1,2 mnkr om året.",
        ),
    ]
    assert {(one.who, one.when, one.period) for one in found} == {(WHO, "14 november 2023", "")}
    later = figure_comments(hand_in, "sjukfranvaro", shown=OCTOBER + 2)
    assert {one.period for one in later} == {"oktober 2023"}
    assert byline(later[0]) == f"{WHO}, 14 november 2023, om oktober 2023"
    assert figure_comments(HandIn(UNIT, OCTOBER), "sjukfranvaro", shown=OCTOBER) == ()
    only = figure_comments(HandIn(UNIT, OCTOBER, (analysis(year_end=None),)), "sjukfranvaro", shown=OCTOBER)
    assert [one.kind for one in only] == ["Analys"]
    bare = figure_comments(
        HandIn(UNIT, OCTOBER, (replace(analysis(" "), year_end_reason=""),)), "sjukfranvaro", shown=OCTOBER
    )
    assert [one.text for one in bare] == ["Uppnås inte."]


def test_the_own_forecast_as_a_comment():
    (one,) = forecast_comments(HandIn(UNIT, OCTOBER, forecast=forecast()), shown=OCTOBER + 1)
    assert plain(one.text) == "−134,0 mnkr för helåret 2023. Som hittills."
    assert (one.kind, one.period) == ("Egen prognos", "oktober 2023")
    assert forecast_comments(HandIn(UNIT, OCTOBER), shown=OCTOBER) == ()
    (short,) = forecast_comments(HandIn(UNIT, OCTOBER, forecast=forecast(reason="")), shown=OCTOBER)
    assert plain(short.text) == "−134,0 mnkr för helåret 2023."


def test_an_action_without_amount_or_effect():
    assert "Väntad effekt: Färre inhyrda pass." in action_text(action(amount=None))
    assert "Väntad effekt" not in action_text(replace(action(amount=None), effect=" "))
    assert action_text(action(what="Klart!")).startswith("Klart! Ansvarig")


def test_who_and_when():
    assert signed(None) == who(None) == when(None) == ""
    assert signed(written()) == f"{WHO}, 14 november 2023", "the evening before in UTC"
    nameless = Written("login", " ", dt.datetime(2023, 7, 1, 21, 59, tzinfo=dt.UTC), 1)
    assert signed(nameless) == "login, 1 juli 2023"
    assert byline(Comment("Analys", "x", "", "")) == ""
    assert year_end_text(None) == ""
    assert [year_end_text(one) for one in YearEnd] == ["Uppnås", "Uppnås delvis", "Uppnås inte"]
    assert source_words("uppgifter", []) == "Källa: uppgifter."
    assert source_words("uppgifter", {Origin.DEMO}) == "Källa: Demodata; uppgifter."


@given(st.text(max_size=60), st.integers(2, 40))
@settings(max_examples=80)
def test_a_short_line_is_short_and_one_line(text, most):
    line = one_line(text)
    assert not set("\n\r\t\v\f\u2028\u2029\x85") & set(line)
    short = shortened(text, most)
    assert len(short) <= most
    assert short == line or (short.endswith("…") and line.startswith(short[:-1]))


@pytest.mark.parametrize("text", NASTY)
def test_signs_that_harm_are_taken_out_and_nothing_else(text):
    kept = text.replace("\x00", "").replace("\x07", "").replace("\ud800", "").strip()
    assert harmless(f"\u202e{text}\u2066") == kept
    assert harmless(text).encode("utf-8")


@pytest.mark.parametrize("sign", ["●", "■ ", "◆", "○", "▲", "▼", "↔ "])
def test_nobody_writes_a_verdict_of_their_own_into_a_table(sign: str) -> None:
    assert one_line(f"{sign}Uppnått") == "Uppnått"
    assert shortened(f"  {sign}Uppnått", 60) == "Uppnått"
    assert harmless(f"{sign}Uppnått") == f"{sign}Uppnått", "what is told whole is told as it was written"
