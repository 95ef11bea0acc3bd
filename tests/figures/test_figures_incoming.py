"""A file's preview in words and tables: what stands in them is what was found, and nothing that is masked."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.incoming import changes_table, jumps_table, preview_tables, totals_table, vanished_table
from hsf_kpi.figures.incoming_words import preview_finding, preview_notes
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import Bounds, Change, Held, Jump, Preview, TotalMove, Vanished
from tests.figures.figure_samples import OCTOBER, measure
from tests.figures.words_rules import plain, right
from tests.store.ledger_builders import ACCOUNTS

ABSENCE = measure()
UNITS = [
    Unit("hsf", "Förvaltningen", "förvaltning", (Placement(None),)),
    Unit("kirurgi", "Kirurgkliniken", "klinik", (Placement("hsf"),)),
]
CAT = Catalogue(
    Organisation({unit.id: unit for unit in UNITS}),
    {ABSENCE.key: ABSENCE},
    (),
    (),
    "f",
    ledger_accounts=ACCOUNTS,
)
AT = Period(OCTOBER, Window.MONTH)
LIMITS = Bounds(Held.LIMITS, Fraction("4.1"), Fraction(6), Fraction("8.1"), 30)
EMPTY = Preview(Holds.OBSERVATIONS, "hsf", 0, 0, 0, 0)
CHANGE = Change("kirurgi", ABSENCE.key, AT, Fraction(6), Fraction("6.04"), 0.1, row=1214)
TOTAL = TotalMove("hsf", ABSENCE.key, AT, Fraction(5), Fraction(6))
JUMP = Jump(ABSENCE.key, "kirurgi", OCTOBER, Fraction("18.2"), LIMITS, 214)
GONE = Vanished("kirurgi", ABSENCE.key, AT, Month.of(2023, 9))


def rows(figure: Figure) -> list[tuple[str, ...]]:
    return [tuple(plain(cell) for cell in row) for row in figure.rows]


def test_the_first_sentence_states_the_finding() -> None:
    found = replace(EMPTY, new=1198, changed=6, months=(OCTOBER,), jumps=(JUMP, JUMP), totals=(TOTAL,))
    assert plain(preview_finding(found)) == (
        "Filen har 1 204 värden för oktober 2023: 1 198 nya, 6 ändrar det som fanns. "
        "Titta på det här först: två värden sticker ut och en summa sticker ut."
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"new": 1, "months": (OCTOBER,)}, "Filen har 1 värde för oktober 2023: 1 nytt. Inget sticker ut."),
        ({"same": 3}, "Filen har 3 värden, och allt i den finns redan."),
        ({}, "Filen har inga rader."),
        (
            {"holds": Holds.LEDGER, "changed": 2, "same": 1, "months": (OCTOBER - 1, OCTOBER)},
            "Filen har 3 belopp för sep 2023–okt 2023: 2 ändrar det som fanns, 1 är som förut. Inget sticker ut.",
        ),
        ({"holds": Holds.ACTIVITIES, "new": 1}, "Filen har 1 aktivitet: 1 ny. Inget sticker ut."),
        (
            {"new": 4, "vanished": (GONE, replace(GONE, measure=""))},
            "Filen har 4 värden: 4 nya. Titta på det här först: en verksamhet saknas.",
        ),
    ],
)
def test_what_the_file_has(changes: dict[str, object], says: str) -> None:
    assert plain(preview_finding(replace(EMPTY, **changes))) == says  # type: ignore[arg-type]


def test_what_goes_away_and_how_much_is_judged_is_told() -> None:
    ledger = replace(EMPTY, holds=Holds.LEDGER, new=4, gone=1, judged=0)
    assert preview_notes(ledger) == (
        "Ett belopp som finns i dag tas bort. En verksamhets månad ersätts i sin helhet, budget och utfall var för sig.",
    )
    assert preview_notes(replace(EMPTY, judged=12, unjudged=1)) == (
        "12 serier är jämförda med sina tidigare månader. 1 har för få månader för det.",
    )


def test_a_change_is_told_in_decimals_that_tell_it_apart() -> None:
    (row,) = rows(changes_table(replace(EMPTY, changed=1, changes=(CHANGE,)), CAT))
    assert row == (
        "Kirurgkliniken", "Sjukfrånvaro", "6,00 %", "6,04 %", "+0,04 procentenheter", "oktober 2023", "1 214"
    )  # fmt: skip


def test_sexes_and_cost_centres_have_a_column_where_there_are_any() -> None:
    figure = changes_table(replace(EMPTY, changed=2, changes=(CHANGE, replace(CHANGE, sex=Sex.WOMEN))), CAT)
    assert [row[2] for row in rows(figure)] == ["Alla", "Kvinnor"]
    booked = Change(
        "kirurgi", "personal", AT, Fraction(5), Fraction(1_200_005), 1.0, kind=AmountKind.ACTUAL, detail="11"
    )
    figure = changes_table(replace(EMPTY, holds=Holds.LEDGER, changed=40, changes=(booked,)), CAT)
    assert rows(figure) == [
        (
            "Kirurgkliniken",
            "Personal, utfall",
            "11",
            "5 kr",
            "1 200 005 kr",
            "+1 200 000 kr",
            "oktober 2023",
            "",
        )
    ]
    assert plain(figure.title) == "Den största av 40 ändringar"


def test_what_is_masked_is_nowhere() -> None:
    hidden = replace(CHANGE, before=None, after=None, masked=True)
    total = replace(TOTAL, before=None, after=None, masked=True)
    found = replace(EMPTY, changed=1, changes=(hidden,), totals=(total,))
    assert rows(changes_table(found, CAT))[0][2:5] == ("maskerat", "maskerat", "maskerat")
    assert rows(totals_table(found, CAT))[0][1:5] == ("maskerat", "maskerat", "maskerat", "")


@pytest.mark.parametrize(
    ("total", "says"),
    [
        (TOTAL, ("5,0 %", "6,0 %", "+1,0 procentenheter (+20,0 %)", "◆ mer än 10 % högre")),
        (replace(TOTAL, after=Fraction("5.2")), ("5,0 %", "5,2 %", "+0,2 procentenheter (+4,0 %)", "")),
        (
            replace(TOTAL, before=None, after=Fraction(9), bounds=LIMITS),
            ("–", "9,0 %", "nytt", "◆ över styrgränsen"),
        ),
        (replace(TOTAL, before=None, whole=False), ("–", "6,0 %", "nytt", "verksamheter saknas")),
        (replace(TOTAL, before=Fraction(0)), ("0,0 %", "6,0 %", "+6,0 procentenheter", "◆ var noll")),
        (
            TotalMove("hsf", "ut", AT, Fraction(10**7), Fraction(8 * 10**6), AmountKind.ACTUAL),
            ("10,0 mnkr", "8,0 mnkr", "−2,0 mnkr (−20,0 %)", "◆ mer än 10 % lägre"),
        ),
    ],
)
def test_a_total_before_and_after(total: TotalMove, says: tuple[str, ...]) -> None:
    (row,) = rows(totals_table(replace(EMPTY, totals=(total,)), CAT))
    assert row[1:] == (*says, "oktober 2023")
    assert row[0] == ("Kostnader, utfall" if total.kind else "Sjukfrånvaro")


def test_a_value_that_stands_out_beside_what_was_expected() -> None:
    short = replace(JUMP, value=Fraction(1), bounds=replace(LIMITS, held=Held.MEDIAN))
    figure = jumps_table(replace(EMPTY, jumps=(JUMP, short), more_jumps=1), CAT)
    assert rows(figure) == [
        ("Kirurgkliniken", "Sjukfrånvaro", "18,2 %", "4,1 till 8,1 %", "◆ över styrgränsen", "oktober 2023", "214"),
        ("Kirurgkliniken", "Sjukfrånvaro", "1,0 %", "4,1 till 8,1 %", "◆ mindre än en tredjedel av medianen",
         "oktober 2023", "214"),
    ]  # fmt: skip
    assert figure.title == "Tre värden sticker ut"
    assert figure.help.endswith("1 värde sticker ut mindre.")


def test_a_missing_unit_is_told_once_with_what_it_lacks() -> None:
    more = [replace(GONE, measure="", last=Month.of(2023, 8)), GONE, GONE, GONE]
    figure = vanished_table(replace(EMPTY, vanished=tuple(more)), CAT)
    assert rows(figure) == [
        (
            "Kirurgkliniken",
            "◆ utfall i huvudboken, Sjukfrånvaro, Sjukfrånvaro och 1 till",
            "september 2023",
            "oktober 2023",
        )
    ]
    assert figure.title == "En verksamhet saknas"


def test_a_period_that_is_the_whole_files_stands_in_the_caption_alone() -> None:
    figure = changes_table(replace(EMPTY, months=(OCTOBER,), changed=1, changes=(CHANGE,)), CAT)
    assert rows(figure)[0][5] == ""
    assert figure.caption.endswith("Förvaltningen, oktober 2023.")


def test_only_tables_with_rows_are_drawn_what_to_look_at_first() -> None:
    assert preview_tables(EMPTY, CAT) == ()
    every = replace(EMPTY, changed=1, changes=(CHANGE,), totals=(TOTAL,), jumps=(JUMP,), vanished=(GONE,))
    assert [figure.slug for figure in preview_tables(every, CAT)] == [
        "nya-varden-som-sticker-ut", "verksamheter-som-saknas", "summor-fore-och-efter", "storsta-andringar"
    ]  # fmt: skip


_COUNT = st.integers(0, 3) | st.integers(0, 10**6)


@settings(max_examples=40, deadline=None)
@given(
    holds=st.sampled_from([holds for holds in Holds if not holds.defines]),
    counts=st.tuples(_COUNT, _COUNT, _COUNT, _COUNT),
    shown=st.integers(0, 3),
    more=_COUNT,
    judged=st.tuples(_COUNT, _COUNT),
    released=st.integers(0, 5),
)
def test_every_text_is_right(
    holds: Holds,
    counts: tuple[int, int, int, int],
    shown: int,
    more: int,
    judged: tuple[int, int],
    released: int,
) -> None:
    found = Preview(
        holds, "hsf", *counts,
        months=tuple(OCTOBER - n for n in range(released, 0, -1)),
        released=tuple(OCTOBER - n for n in range(released, 0, -1)),
        changes=(CHANGE,) * min(shown, counts[1]) if holds is Holds.OBSERVATIONS else (),
        totals=(TOTAL,) * shown, more_totals=more if shown else 0,
        jumps=(JUMP,) * shown, more_jumps=more if shown else 0,
        vanished=(GONE,) * shown, more_vanished=more if shown else 0,
        judged=judged[0], unjudged=judged[1],
    )  # fmt: skip
    right(preview_finding(found))
    for text in preview_notes(found):
        right(text)
    for figure in preview_tables(found, CAT):
        for text in (figure.title, figure.caption, figure.help, figure.sentence, figure.source):
            right(text)
        assert len(figure.title) <= 75
