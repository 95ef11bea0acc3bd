"""The matrix of an assignment, and the small pictures: signs, order, titles, files, and lines that are right."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.types import Verdict
from hsf_kpi.figures.economy.cells import SUM_END, joined, mnkr, span, told, with_mnkr
from hsf_kpi.figures.economy.compliance import cell_text, compliance_matrix, row_text
from hsf_kpi.figures.economy.multiples import MOST, Small, compliance_multiples, small_multiples
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.model.period import Month
from hsf_kpi.render.csv import csv
from hsf_kpi.render.table import table
from hsf_kpi.ui.badges import tinted
from tests.figures.assignment_samples import DEMO, NAMES, SOURCE, agency, months, persons
from tests.figures.figure_samples import CONTEXT


def matrix(found) -> Figure:
    return compliance_matrix(found, NAMES, context=CONTEXT, origins=DEMO, source=SOURCE)


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ").rstrip()


def rows(figure: Figure) -> dict[str, list[str]]:
    shown = table(figure)
    return {str(row[0]): [plain(cell) for cell in row[1:]] for row in shown.itertuples(index=False)}


FOUND = persons("-2 2 -3", ron="0 1 2", med="1 m-6 -1", val="-1 ? 0", ost="0 m6 0")


def test_each_verdict_has_its_sign_and_the_worst_stand_first():
    shown = rows(matrix(FOUND))
    assert shown == {
        "Röntgenkliniken": ["bröt 2", "+3", "0", "▲ +1", "▲ +2"],
        "Närsjukvård Öst": ["följde 3", "0", "0", "↔ +6", "0"],
        "Medicinkliniken": ["följde 2", "0", "▲ +1", "↔ −6", "▼ −1"],
        "Vårdval": ["okänt", "–", "▼ −1", "–", "–"],
        "Hela förvaltningen": ["följde 1", "−3", "▼ −2", "▲ +2", "▼ −3"],
    }


def test_the_title_and_the_help_say_what_is_seen():
    figure = matrix(FOUND)
    assert figure.title == "Röntgenkliniken har ökat två månader i följd"
    for sign in ("▲ ökning", "▼ minskning", "↔ beslutad", "– kan inte bedömas"):
        assert sign in figure.help
    assert "■" not in figure.help
    assert "Följde inte: Röntgenkliniken." in figure.sentence
    assert "2 av 3 som kan bedömas följde uppdraget i mars 2023" in figure.sentence


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (persons("-1 -1", ron="1 1", med="1 1"), "Två verksamheter har ökat två månader i följd"),
        (persons("-1 -1", ron="0 1", med="1 0"), "En av två verksamheter följde inte uppdraget i februari"),
        (persons("-1 -1", ron="0 -1", med="1 0"), "Alla två verksamheter följde uppdraget i februari"),
        (persons("-1 0", ron="0 ?"), "Verksamheten följde inte uppdraget i februari"),
        (persons("-1 ?"), "Uppdraget kan inte bedömas i februari"),
        (persons("-1 -1"), "Verksamheten följde uppdraget i februari"),
        (persons("-1", ron="1"), "Verksamheten följde inte uppdraget i januari"),
        (persons("-1", ron="0"), "Den verksamhet som kan bedömas följde uppdraget i januari"),
        (agency("-1 -1", {"ron": "0 0"}), "Röntgenkliniken har inte sänkt kostnaden på två månader"),
    ],
)
def test_titles(found, title):
    assert matrix(found).title == title


def test_what_had_to_fall_and_stood_still_is_marked_as_a_breach():
    shown = rows(matrix(agency("-1 -1", {"ron": "0 -5", "med": "1 0"})))
    assert shown["Röntgenkliniken"][2:] == ["■ 0", "▼ −5"]
    assert shown["Medicinkliniken"][2:] == ["▲ +1", "■ 0"]
    assert rows(matrix(persons("0", ron="0")))["Hela förvaltningen"][2:] == ["■ 0"]


def test_kronor_are_told_in_tkr_and_a_small_one_does_not_read_as_zero():
    shown = rows(matrix(agency("-1", {"ron": "3"}, scale=100)))
    assert shown["Röntgenkliniken"] == ["bröt 1", "+0,3", "▲ +0,3"]


def test_an_incomplete_month_has_a_star_and_no_verdict():
    figure = matrix(persons("-1 -2* -1", ron="0 0 0"))
    assert rows(figure)["Hela förvaltningen"] == ["okänt", "–", "▼ −1", "–*", "–"]
    assert "* alla har inte rapporterat" in figure.help


def test_a_missing_month_ends_the_row_as_unknown():
    shown = rows(matrix(persons("-1 -1 -1 -1", ron="? 0 1 1", med="? ? 0 0")))
    assert shown["Röntgenkliniken"][0] == "bröt minst 2"
    assert shown["Medicinkliniken"][0] == "följde minst 1"


def test_a_file_holds_numbers_and_the_verdict_in_words():
    text = csv(matrix(FOUND)).decode("utf-8-sig")
    assert "Verksamhet;Månader i rad, bröt;Månader i rad, följde;" in text
    assert "Röntgenkliniken;2;0;3;400;0;0;0;följde uppdraget;401;1;0;1;bröt mot uppdraget;" in text
    assert "kan inte bedömas: inte rapporterat" in text
    assert "▲" not in text.partition("\r\n\r\n")[2]
    assert "omflyttade" not in csv(matrix(agency("-1", {"ron": "1"}))).decode("utf-8-sig")


def test_the_page_tints_what_grew_and_writes_sums_bold():
    assert tinted("▲\N{NO-BREAK SPACE}+3") == ":orange-badge[**▲\N{NO-BREAK SPACE}+3**]"
    assert tinted("■\N{NO-BREAK SPACE}0").startswith(":orange-badge[")
    assert tinted("↔\N{NO-BREAK SPACE}+6").startswith(":violet[")
    assert tinted(f"12,3{SUM_END}") == "**12,3**"
    assert tinted(f"−12,3{SUM_END}") == "**−12,3**"
    assert tinted("12,3") == "12,3"
    assert tinted("") == ""


WORDS = st.lists(
    st.sampled_from(["0", "+1", "-1", "+3", "-2", "m2", "m-3", "?", "-1*"]), min_size=3, max_size=3
).map(" ".join)


@settings(max_examples=30, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_signs_agree_with_verdicts_and_the_order_with_the_runs(whole, one, two):
    found = persons(whole, ron=one, med=two)
    for row in (*found.rows, found.whole):
        for cell in row.cells:
            text = cell_text(cell, False)
            broke = cell.verdict is Verdict.BROKE
            assert text.startswith(("▲", "■")) == broke == tinted(text).startswith(":orange")
            assert (text[0] == "↔") == (cell.verdict is Verdict.MOVED)
            assert (text[0] == "–") == (cell.verdict is Verdict.UNKNOWN)
        assert row_text(row).startswith("bröt") == (row.broke_in_row > 0)
    figure = matrix(found)
    runs = [record["broke_in_row"] for record in records(figure)][:-1]
    assert runs == sorted(runs, reverse=True)
    assert [record["unit"] for record in records(figure)][-1] == NAMES["hsf"]
    assert 0 < len(figure.title) <= LONGEST


# Small pictures


def multiples(found) -> Figure:
    return compliance_multiples(found, NAMES, context=CONTEXT, origins=DEMO, source=SOURCE)


def test_a_line_is_what_the_unit_has_changed_by_itself():
    figure = multiples(FOUND)
    by_name = {record["name"]: record for record in records(figure)}
    assert [by_name["Närsjukvård Öst"][f"{m.iso}_value"] for m in months(3)] == [0, 0, 0]
    assert [by_name["Röntgenkliniken"][f"{m.iso}_text"] for m in months(3)] == ["0", "+1", "+3"]
    assert [by_name["Vårdval"][f"{m.iso}_value"] for m in months(3)] == [-1, None, -1]
    assert [r["finding"] for r in records(figure)] == ["ja", "", "", ""]
    assert figure.title == "Röntgenkliniken har ökat utöver omflyttningar sedan dec 2022"
    assert "saknar värde" in figure.help


@given(WORDS, WORDS, WORDS)
@settings(max_examples=30, deadline=None)
def test_those_that_the_title_counts_stand_out_and_the_largest_increase_first(one, two, three):
    figure = multiples(persons("-1 -1 -1", ron=one, med=two, ost=three))
    latest = [record["2023-03_value"] for record in records(figure)]
    known = [value for value in latest if value is not None]
    assert latest == [*sorted(known, reverse=True), *[None] * (len(latest) - len(known))]
    grew = [record["name"] for record in records(figure) if record["finding"]]
    assert grew == [r["name"] for r in records(figure) if (r["2023-03_value"] or 0) > 0]
    assert ("Orange" in figure.help) == bool(grew)
    assert figure.title.startswith("Ingen verksamhet") == (not grew)


@settings(max_examples=30, deadline=None)
@given(WORDS.filter(lambda text: "?" not in text and "*" not in text))
def test_without_gaps_a_line_ends_in_the_sum_of_the_own_changes(text):
    found = persons("-1 -1 -1", ron=text)
    (record,) = records(multiples(found))
    assert found.rows[0].since == record["2023-03_value"]


def test_an_incomplete_month_is_not_drawn_and_a_lost_start_is_told():
    (record,) = records(multiples(persons("-1 -1", ron="1 -50*")))
    assert record["2023-02_value"] is None
    figure = multiples(persons("-1 -1", ron="? 1"))
    assert "december eller januari saknar värde" in [record["why"] for record in records(figure)]
    assert figure.empty
    assert figure.title == "Ingen verksamhet kan följas sedan dec 2022"


def test_hired_staff_is_told_in_tkr():
    figure = multiples(agency("-1 -1", {"ron": "-2 5", "med": "-1 -1"}))
    assert figure.title == "Röntgenkliniken har högre kostnad än i dec 2022"
    assert "tkr" in figure.caption
    assert [record["2023-02_value"] for record in records(figure)] == [3, -2]
    large = multiples(agency("-1 -1", {"ron": "-2 5"}, scale=400_000))
    assert "mnkr" in large.caption
    assert [record["2023-02_text"] for record in records(large)] == ["+1,2"]


def test_what_is_not_drawn_is_told_and_stands_in_the_table():
    pictures = [Small(f"u{i}", f"Enhet {i}", (Fraction(i),)) for i in range(MOST + 2)]
    figure = small_multiples(
        pictures, months(1), slug="x", title="Två ökar", what="Antal", context=CONTEXT, origins=DEMO, source=SOURCE,
        target=Fraction(-1),
    )  # fmt: skip
    assert "två till finns i tabellen" in figure.help
    assert len(table(figure)) == MOST + 2
    assert [mark.low for mark in figure.marks] == [-1.0]
    with pytest.raises(ValueError, match="each month"):
        small_multiples(
            pictures, months(2), slug="x", title="", what="", context=CONTEXT, origins=DEMO, source=SOURCE
        )


# The words of cells


def test_amounts_in_words():
    assert mnkr(-194_349_999, sign=True) == "−194,3"
    assert mnkr(None) == "–"
    assert plain(with_mnkr(-60_000)) == "−0,1 mnkr"
    assert plain(with_mnkr(-49_999)) == "−50 tkr"
    assert plain(with_mnkr(300)) == "0,3 tkr"
    assert plain(with_mnkr(0)) == "0,0 mnkr"
    assert told(Fraction(1, 100), 0) == "0,01"
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b och c"
    assert span([Month.of(2022, 11), Month.of(2023, 1)]) == "nov 2022–jan 2023"
    assert span(months(1)) == "jan 2023"
    assert span(months(10)) == "jan–okt 2023"
    assert span([]) == ""
