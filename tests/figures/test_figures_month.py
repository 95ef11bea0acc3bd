"""Where a month is in words: short above every page, one line, four cards, and what is told before anything is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from hsf_kpi.figures.month import (
    books_rows,
    difference_words,
    header_words,
    history_rows,
    month_cards,
    months_text,
    release_words,
    reopen_words,
    source_rows,
    stage_line,
)
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.load import Load, LoadKind
from hsf_kpi.model.month_step import Books, MonthStage, MonthStep, OurBooks, Reconciliation, SourceIn, Step
from hsf_kpi.model.period import Month, View
from tests.figures.words_rules import plain, right, right_tiles, tile

OCT = Month.of(2023, 10)
OURS = Books(7_783_896_150, 8_644_896_150, -861_000_000)
# Half past midnight in Sweden: the day is the Swedish one.
AT = dt.datetime(2023, 11, 13, 23, 30, tzinfo=dt.UTC)
LATER = dt.datetime(2024, 1, 15, 12, 0, tzinfo=dt.UTC)


def step(kind: Step, at: dt.datetime = AT, **more: object) -> MonthStep:
    return replace(MonthStep(1, OCT, kind, 1, at, "c", "Controller"), **more)  # type: ignore[arg-type]


def reconciled(cost: int = 0, view: View = View.YTD) -> MonthStep:
    theirs = Books(OURS.revenue, OURS.cost + cost, OURS.result - cost)
    return step(Step.RECONCILED, books=Reconciliation(view, OURS, theirs))


def load(number: int = 3, source: str = "huvudbok.csv") -> Load:
    return Load(number, LoadKind.DATA, source, Origin.LOADED, 99, AT, "anna.and")


BOOKS = OurBooks(OCT, {View.YTD: OURS, View.MONTH: OURS}, {}, {}, 33, 33)
BARE = MonthStage(OCT, loaded=True, ours=BOOKS, releases=(OCT,))
HELD = replace(BARE, reconciled=reconciled(), handed_in=(12, 34), sources=(SourceIn(load(), 1843),))
FINAL = replace(HELD, final=True, released=step(Step.RELEASED, LATER), edition=1, releases=())
AGAIN = replace(HELD, reopened=step(Step.REOPENED, LATER), edition=1)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (BARE, "preliminärt"),
        (HELD, "preliminärt, avstämt"),
        (replace(HELD, stale=True), "preliminärt"),
        (replace(BARE, reopened=AGAIN.reopened), "preliminärt, öppnat igen"),
        (FINAL, "slutligt"),
        (replace(FINAL, edition=2), "slutligt, utgåva 2"),
        (MonthStage(OCT, loaded=True, final=True), "slutligt"),
    ],
)
def test_the_header_says_whether_the_month_stands(stage: MonthStage, words: str) -> None:
    assert plain(header_words(stage)) == words


@pytest.mark.parametrize(
    ("stage", "line"),
    [
        (HELD, "inläst · avstämd 14 november · 12 av 34 har lämnat in · preliminär, ej frisläppt"),
        (MonthStage(OCT, loaded=False), "inte inläst · inte avstämd · preliminär, ej frisläppt"),
        (
            replace(HELD, stale=True, ours=replace(BOOKS, reported=30)),
            "inläst, 30 av 33 har bokfört · avstämningen gäller inte längre · 12 av 34 har lämnat in"
            " · preliminär, ej frisläppt",
        ),
        (
            replace(FINAL, edition=2),
            "inläst · avstämd 14 november · 12 av 34 har lämnat in · frisläppt 15 januari 2024, utgåva 2",
        ),
        (
            AGAIN,
            "inläst · avstämd 14 november · 12 av 34 har lämnat in · öppnad igen 15 januari 2024, preliminär",
        ),
        (MonthStage(OCT, loaded=True, final=True), "inläst · inte avstämd · frisläppt"),
    ],
)
def test_a_line_tells_all_four_steps(stage: MonthStage, line: str) -> None:
    assert plain(stage_line(stage)) == f"Oktober 2023: {line}"


def test_a_card_for_each_step_with_its_shape() -> None:
    cards = month_cards(HELD)
    assert (
        tile(cards, "manad-inlast")
        == "● Inläst | Senast 14 november, anna.and | 33 av 33 verksamheter har bokfört"
    )
    assert tile(cards, "manad-avstamd") == "● Avstämd | Controller, 14 november | Ingen differens"
    assert tile(cards, "manad-inlamnad") == "◆ 12 av 34 | Verksamheter klara för dialog."
    assert tile(cards, "manad-frislappt") == "○ Preliminär | Nämnden ser den inte än."
    missing = (replace(HELD.sources[0], missing=("kirurgi",)), SourceIn(load(4, "b"), 0, ("kirurgi",)))
    assert tile(month_cards(replace(HELD, sources=missing)), "manad-inlast") == (
        "◆ Till en del | Senast 14 november, anna.and | 33 av 33 verksamheter har bokfört"
        " | 1 verksamhet saknar något från månaden före"
    )
    off = month_cards(replace(HELD, reconciled=reconciled(480_000)))
    assert tile(off, "manad-avstamd") == (
        "◆ Med differens | Controller, 14 november"
        " | Differens i kostnaderna −480 000 kronor och i resultatet +480 000 kronor"
    )
    assert tile(month_cards(replace(HELD, stale=True)), "manad-avstamd").startswith("■ Gäller inte | ")
    assert tile(month_cards(replace(FINAL, edition=2)), "manad-frislappt") == (
        "● Utgåva 2 | Controller, 15 januari 2024"
    )


def test_no_stage_makes_a_wrong_sentence() -> None:
    for stage, off, sources, handed_in, ours in product(
        (BARE, HELD, FINAL, AGAIN, replace(HELD, stale=True), MonthStage(OCT, loaded=False)),
        (None, reconciled(), reconciled(1), step(Step.RECONCILED)),
        ((), HELD.sources, (SourceIn(load(), 1, ("a", "b")),)),
        ((0, 0), (0, 1), (1, 1)),
        (None, BOOKS, replace(BOOKS, reported=0, expected=0)),
    ):
        one = replace(stage, reconciled=off, sources=sources, handed_in=handed_in, ours=ours)
        right_tiles(month_cards(one))
        right(stage_line(one))
        right(header_words(one), 40)
        if one.releases:
            for sentence in release_words(replace(one, unreconciled=one.releases)):
                right(sentence)


def test_what_a_release_does_is_told_before() -> None:
    wide = replace(HELD, releases=(OCT - 1, OCT), unreconciled=(OCT - 1,))
    assert release_words(wide) == (
        "September och oktober 2023 blir slutliga.",
        "22 av 34 chefer har inte lämnat in, och kan inte göra det efteråt.",
        "September 2023 är inte avstämd mot huvudboken.",
    )
    assert release_words(replace(HELD, handed_in=(34, 34))) == ("Oktober 2023 blir slutlig.",)
    assert reopen_words(FINAL, OCT) == (
        "Oktober 2023 blir preliminär, och nämnden ser inte längre den. Nästa frisläppande blir en ny utgåva."
    )
    assert reopen_words(FINAL, OCT + 1).startswith(
        "Oktober och november 2023 blir preliminära, och nämnden ser"
    )


def test_months_are_named_whole_or_counted() -> None:
    year = [Month.of(2023, number) for number in range(1, 13)]
    assert months_text(year[:1]) == "januari 2023"
    assert months_text(year[:3]) == "januari, februari och mars 2023"
    assert months_text(year) == "januari 2023 till december 2023"
    assert months_text([*year[:4], year[6]]) == "5 av månaderna januari 2023 till juli 2023"


def test_the_log_and_the_books_as_rows() -> None:
    note = "En order | kom in."
    steps = (
        step(Step.RELEASED, LATER, handed_in=(12, 34), edition=2),
        replace(reconciled(480_000), note=note),
        step(Step.RECONCILED),
    )
    found = [{key: plain(text) for key, text in row.items()} for row in history_rows(steps)]
    assert found[0] == {
        "När": "2024-01-15 13:00", "Vem": "Controller", "Steg": "Frisläppt", "Utgåva": "2",
        "Uppgift": "12 av 34 hade lämnat in", "Skäl": "",
    }  # fmt: skip
    assert found[1]["När"] == "2023-11-14 00:30"
    assert found[1]["Uppgift"].startswith("Jan–okt 2023: differens i kostnaderna")
    assert (found[1]["Skäl"], found[2]["Uppgift"]) == (note, "")
    assert difference_words(Reconciliation(View.MONTH, OURS, OURS)) == "ingen differens"
    cells = [
        plain(" | ".join(row.values())) for row in books_rows(OURS, Books(OURS.revenue, OURS.cost + 5, 0))
    ]
    assert cells[:2] == [
        "Intäkter | 7 783 896 150 | 7 783 896 150 | 0",
        "Kostnader | 8 644 896 150 | 8 644 896 155 | −5",
    ]
    assert next(plain(" | ".join(row.values())) for row in books_rows(OURS, None)).endswith("150 |  | ")


def test_sources_name_a_few_that_are_missing() -> None:
    names = {key: key.upper() for key in "abcd"}
    rows = list(source_rows((SourceIn(load(), 1843, tuple("abcd")), SourceIn(load(), 0)), names))
    assert [row["Saknar något från månaden före"] for row in rows] == ["A, B, C och 1 till", "–"]
    assert plain(rows[0]["Rader i månaden"]) == "1 843"
