"""Rows of files of targets, baselines and units: as definition files, and every fault with row and column."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.ingest.definition_rows import DefinitionRowsError, changed_catalogue, definition_rows
from hsf_kpi.ingest.definition_rows.target_words import KIND_WORDS, kind_of, kind_of_wording
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Direction, Sex
from hsf_kpi.model.incoming import Fault, Holds
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.profile import FIELDS
from hsf_kpi.model.target import TargetKind

DATA = ROOT / "data"
CATALOGUE = read_catalogue(DATA)
Cells = Mapping[str, object]


def files(holds: Holds, *rows: Cells, catalogue: Catalogue = CATALOGUE) -> tuple[tuple[str, str], ...]:
    return definition_rows(holds, [{"row": at, **row} for at, row in enumerate(rows, 2)], catalogue)


def loaded(holds: Holds, *rows: Cells, catalogue: Catalogue = CATALOGUE) -> Catalogue:
    return changed_catalogue(DATA, catalogue, files(holds, *rows, catalogue=catalogue))


def faults(holds: Holds, *rows: Cells) -> list[tuple[str, str, str]]:
    with pytest.raises(DefinitionRowsError) as caught:
        files(holds, *rows)
    return [(fault.where(), fault.what, fault.expected) for fault in caught.value.faults]


def target(**cells: object) -> Cells:
    return {
        "measure": "sjukfranvaro",
        "year": 2024,
        "kind": "högst",
        "value": "5,5",
        "text": "5,5 %",
        **cells,
    }


# Targets


@pytest.mark.parametrize(
    "value", ["5,5", "5.5", "5,5 %", " 5,5 ", 5.5, Decimal("5.5"), Fraction(11, 2), "5,5 procent"]
)
def test_a_number_is_read_exactly_however_it_is_written(value: object) -> None:
    [(path, text)] = files(Holds.TARGETS, target(value=value))
    [row] = tomllib.loads(text)["target"]
    assert path == "targets/2024-andringar.toml"
    assert row == {"measure": "sjukfranvaro", "kind": "at_most", "wording": "5,5 %", "high": "5.5"}


@pytest.mark.parametrize("year", [2024, "2024", 2024.0, Decimal(2024), " 2024 "])
@pytest.mark.parametrize("measure", ["sjukfranvaro", "Sjukfrånvaro", "SJUKFRÅNVARO"])
def test_the_measure_and_the_year_are_recognised(year: object, measure: str) -> None:
    [(path, text)] = files(Holds.TARGETS, target(year=year, measure=measure))
    assert path == "targets/2024-andringar.toml"
    assert tomllib.loads(text)["target"][0]["measure"] == "sjukfranvaro"


@pytest.mark.parametrize("kind", TargetKind)
def test_every_kind_has_words_and_each_word_means_its_kind(kind: TargetKind) -> None:
    for word in (*KIND_WORDS[kind], kind.value):
        assert kind_of(word.upper()) == (kind, None)


@pytest.mark.parametrize(
    ("wording", "kind", "year"),
    [
        (">95%", TargetKind.ABOVE, None),
        ("<5%", TargetKind.BELOW, None),
        ("≤ 6,0%", TargetKind.AT_MOST, None),
        (">= −800 mnkr", TargetKind.AT_LEAST, None),
        ("85‐90%", TargetKind.BETWEEN, None),
        ("85–90 %", TargetKind.BETWEEN, None),
        ("Öka", TargetKind.MORE_THAN_LAST_YEAR, None),
        ("Högre än fg år", TargetKind.MORE_THAN_LAST_YEAR, None),
        ("Färre", TargetKind.LESS_THAN_LAST_YEAR, None),
        ("Lägre än fg. år", TargetKind.LESS_THAN_LAST_YEAR, None),
        ("Lägre än 2022", TargetKind.LESS_THAN_FIXED_YEAR, 2022),
        ("Bättre än riks snittet", TargetKind.BETTER_THAN_NATIONAL, None),
        ("Noll i förhållande till budget", TargetKind.ON_BUDGET, None),
        ("Enligt plan", TargetKind.ACCORDING_TO_PLAN, None),
    ],
)
def test_the_plans_own_words_tell_the_kind(wording: str, kind: TargetKind, year: int | None) -> None:
    assert kind_of_wording(wording) == (kind, year)


def test_a_number_alone_does_not_tell_the_kind() -> None:
    assert kind_of_wording("80%") is None
    [(where, what, expected)] = faults(Holds.TARGETS, target(kind="", text="5,5 %"))
    assert (where, what) == ("rad 2, kolumn ”Slag av mål”", "Slaget av mål saknas.")
    assert "”högst”" in expected


def test_every_target_of_the_plan_can_be_loaded_as_rows() -> None:
    """The year's file as rows for the next year: the same targets, whatever kind, exact."""
    rows = []
    for measure in CATALOGUE.measures.values():
        for t in measure.targets:
            value, upper = (t.low, t.high) if t.kind is TargetKind.BETWEEN else (t.low or t.high, None)
            rows.append(
                {
                    "measure": measure.key,
                    "year": 2024,
                    "kind": KIND_WORDS[t.kind][0],
                    "value": value,
                    "upper": upper,
                    "fixed_year": t.fixed_year,
                    "sex": t.sex,
                    "text": t.wording,
                    "source": "Plan 2024",
                }
            )
    found = loaded(Holds.TARGETS, *rows)
    for key, measure in CATALOGUE.measures.items():
        then = measure.targets[-1] if measure.targets else None
        now = found.measure(key).target_for(2024)
        if then is None or now is None:
            assert then is now
            continue
        assert (then.kind, then.wording, then.low, then.high, then.fixed_year) == (
            (now.kind, now.wording, now.low, now.high, now.fixed_year)
        )
        assert found.measure(key).target_for(then.year) == then


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([m.key for m in CATALOGUE.measures.values() if m.direction is Direction.DOWN]),
    st.decimals(min_value=-(10**6), max_value=10**6, places=4),
    st.sampled_from([TargetKind.AT_MOST, TargetKind.BELOW]),
    st.text(st.characters(codec="utf-8", exclude_categories=["N", "C"]), max_size=40),
)
def test_any_target_comes_back_as_it_was(key: str, value: Decimal, kind: TargetKind, words: str) -> None:
    row = {"measure": key, "year": 2024, "kind": kind.value, "value": str(value).replace(".", ",")}
    [(_, text)] = files(Holds.TARGETS, {**row, "text": words})
    [found] = tomllib.loads(text)["target"]
    assert (Decimal(found["high"]), found["kind"], found["measure"]) == (value, kind.value, key)
    assert found["wording"] == " ".join(words.split()) or not words.strip()


def test_what_was_loaded_before_stays_where_the_file_says_nothing() -> None:
    first = loaded(Holds.TARGETS, target(), target(measure="hyrpersonal", value="2"))
    second = loaded(Holds.TARGETS, target(value="5,0"), target(year=2025, value="4"), catalogue=first)
    high = {
        (key, year): None if t is None else str(t.high)
        for key in ("sjukfranvaro", "hyrpersonal")
        for year in (2023, 2024, 2025)
        for t in [second.measure(key).target_for(year)]
    }
    assert high == {
        ("sjukfranvaro", 2023): "6.0",
        ("sjukfranvaro", 2024): "5.0",
        ("sjukfranvaro", 2025): "4",
        ("hyrpersonal", 2023): "2",
        ("hyrpersonal", 2024): "2",
        ("hyrpersonal", 2025): None,
    }
    # The same rows again say nothing new.
    assert files(Holds.TARGETS, target(year=2025, value="4"), catalogue=second) == ()


TARGET_FAULTS: list[tuple[Cells, str, str]] = [
    (target(measure="sjukfranvara"), "Nyckeltal", "Nyckeltalet finns inte."),
    (target(measure=None), "Nyckeltal", "Nyckeltalet saknas."),
    (target(year="20x4"), "År", "Det är inget år."),
    (target(year=None), "År", "Året saknas."),
    (target(year=2024.5), "År", "Det är inget år."),
    (target(kind="typ"), "Slag av mål", "Slaget av mål är okänt."),
    (target(kind="minst"), "Slag av mål", "Målet ”minst” passar inte nyckeltalet: lägre är bättre."),
    (target(value="fem"), "Målvärde", "Det är inget tal, eller två olika."),
    (target(value="1,234"), "Målvärde", "Det är inget tal, eller två olika."),
    (target(value="5,12345"), "Målvärde", "Talet har för många decimaler."),
    (target(value=10**13), "Målvärde", "Det är inget tal, eller två olika."),
    (target(value=""), "Målvärde", "Målet ”högst” behöver ett målvärde."),
    (target(upper="6"), "Övre gräns", "Målet ”högst” har ingen övre gräns."),
    (target(kind="minska"), "Målvärde", "Målet ”minska” har inget tal."),
    (target(kind="lägre än år", value=None), "Jämförelseår", "Jämförelseåret saknas."),
    (target(kind="lägre än år", value="", fixed_year=2024), "Jämförelseår", "Jämförelseåret är inte före målets år."),
    (target(fixed_year=2022), "Jämförelseår", "Målet ”högst” har inget jämförelseår."),
    (target(sex="okänt"), "Kön", "Könet är okänt."),
    (target(text="x" * 501), "Planens ordalydelse", "Texten är för lång."),
    (
        target(measure="belaggning-somatik", kind="mellan", value="90", upper="85"),
        "Övre gräns",
        "Den övre gränsen är inte högre än målvärdet.",
    ),
    (
        target(measure="belaggning-somatik", kind="mellan", value="85"),
        "Övre gräns",
        "Målet ”mellan” behöver en övre gräns.",
    ),
    (
        target(measure="korda-mil", sex="kvinnor", kind="minska", value=None),
        "Kön",
        "Nyckeltalet redovisas inte per kön.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "what"), TARGET_FAULTS, ids=[str(i) for i in range(len(TARGET_FAULTS))]
)
def test_a_wrong_target_is_told_with_row_and_column(row: Cells, column: str, what: str) -> None:
    good = target(measure="hyrpersonal", value="2")
    assert (f"rad 3, kolumn ”{column}”", what) in [(w, t) for w, t, _ in faults(Holds.TARGETS, good, row)]


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    [(_, _, expected)] = faults(Holds.TARGETS, target(measure="sjukfranvara"))
    assert expected.startswith("Menade du ”sjukfranvaro”?")


def test_the_same_target_twice_and_the_same_fault_on_many_rows_are_told_once_each() -> None:
    rows = [target(kind="typ")] * 7
    [(where, _, _)] = faults(Holds.TARGETS, *rows)
    assert where == "rad 2, 3, 4, 5, 6 och 2 till, kolumn ”Slag av mål”"
    [(where, what, _)] = faults(Holds.TARGETS, target(), target(value="6"))
    assert (where, "flera målvärden" in what) == ("rad 3, kolumn ”Nyckeltal”", True)


@pytest.mark.parametrize("number", ["19800101-1234", "800161 1234"])
def test_a_persons_number_is_refused_and_never_repeated(number: str) -> None:
    with pytest.raises(DefinitionRowsError) as caught:
        files(Holds.TARGETS, target(source=f"enligt {number}"), target(measure=number))
    assert number not in str([*caught.value.faults, *caught.value.problems])
    assert any("personnummer" in fault.what for fault in caught.value.faults)


def test_faults_name_the_headings_of_the_file() -> None:
    with pytest.raises(DefinitionRowsError) as caught:
        definition_rows(Holds.TARGETS, [{**target(), "row": 9, "year": "x"}], CATALOGUE, {"year": "Budgetår"})
    [fault] = caught.value.faults
    assert fault == Fault(
        "Det är inget år.", "Skriv året med fyra siffror, till exempel 2024.", (9,), "Budgetår", "x", 1
    )


# Baselines


def baseline(**cells: object) -> Cells:
    return {"measure": "sjukfranvaro", "year": 2024, "period": "2022", "value": "7,50", **cells}


@pytest.mark.parametrize(
    ("measure", "period", "expected"),
    [
        ("sjukfranvaro", "2022", Period(Month.parse("2022-12"), Window.YTD)),
        ("sjukfranvaro", 2022, Period(Month.parse("2022-12"), Window.YTD)),
        ("sjukfranvaro", "delår 2, 2022", Period(Month.parse("2022-08"), Window.YTD)),
        ("sjukfranvaro", "ack nov 22", Period(Month.parse("2022-11"), Window.YTD)),
        ("sjukfranvaro", "jan–nov 2022", Period(Month.parse("2022-11"), Window.YTD)),
        ("sjukfranvaro", "r12 2022-11", Period(Month.parse("2022-11"), Window.R12)),
        ("sjukfranvaro", "nov 2022", Period(Month.parse("2022-11"), Window.MONTH)),
        ("sjukfranvaro", dt.date(2022, 11, 30), Period(Month.parse("2022-11"), Window.MONTH)),
        ("sjukfranvaro", Month.parse("2022-11"), Period(Month.parse("2022-11"), Window.MONTH)),
        ("screening-mammografi", "2022", Period(Month.parse("2022-12"), Window.YEAR)),
        ("hme", "2021/2022", None),
        ("hme", "", None),
    ],
)
def test_the_plans_dates_are_read(measure: str, period: object, expected: Period | None) -> None:
    [(_, text)] = files(Holds.BASELINES, baseline(measure=measure, period=period))
    [row] = tomllib.loads(text)["baseline"]
    window, end = row.get("window"), row.get("end")
    assert (None if window is None else Period(Month.parse(end), Window(window))) == expected
    assert (row["value"], row["decimals"], row["wording"], row["kind"]) == ("7.50", 2, "7,50", "outcome")


def test_a_baseline_carries_what_the_row_says() -> None:
    cells = baseline(
        sex="kvinnor", kind="prognos", label="Nuläge", decimals="1", note="Preliminärt", source="Plan 2024"
    )
    found = loaded(Holds.BASELINES, cells).measure("sjukfranvaro").baselines
    assert found[:-1] == CATALOGUE.measure("sjukfranvaro").baselines
    b = found[-1]
    assert (b.label, b.sex, b.kind, b.decimals, b.note, b.source) == (
        ("Nuläge", Sex.WOMEN, "forecast", 1, "Preliminärt", "Plan 2024")
    )


def test_a_duration_is_a_number_of_minutes() -> None:
    cells = baseline(measure="vantetid-1177", value="18:31", text="18:31 min", decimals=2)
    [*_, added] = loaded(Holds.BASELINES, cells).measure("vantetid-1177").baselines
    assert (added.value, added.wording, added.decimals) == (Decimal("18.5167"), "18:31 min", 2)


def test_targets_and_baselines_of_a_year_share_a_file_and_leave_each_other_be() -> None:
    first = loaded(Holds.TARGETS, target())
    second = loaded(Holds.BASELINES, baseline(), catalogue=first)
    assert list(second.loaded) == ["targets/2024-andringar.toml"]
    assert second.measure("sjukfranvaro").targets == first.measure("sjukfranvaro").targets
    third = loaded(Holds.TARGETS, target(value="5"), catalogue=second)
    assert third.measure("sjukfranvaro").baselines == second.measure("sjukfranvaro").baselines


@pytest.mark.parametrize(
    ("cells", "column", "what"),
    [
        ({"period": "i höstas"}, "Period", "Perioden går inte att läsa."),
        (
            {"measure": "screening-aorta", "period": "nov 2022"},
            "Period",
            "Nyckeltalet mäts inte för perioden månad.",
        ),
        ({"kind": "gissning"}, "Slag av nuvärde", "Slaget av nuvärde är okänt."),
        ({"decimals": 7}, "Decimaler", "Antalet decimaler stämmer inte."),
        ({"value": None}, "Nuvärde", "Nuvärdet saknas."),
        ({"year": ""}, "År", "Året saknas."),
        ({"measure": "korda-mil", "sex": "M"}, "Kön", "Nyckeltalet redovisas inte per kön."),
    ],
)
def test_a_wrong_baseline_is_told_with_row_and_column(cells: Cells, column: str, what: str) -> None:
    found = [(w, t) for w, t, _ in faults(Holds.BASELINES, baseline(**cells))]
    assert (f"rad 2, kolumn ”{column}”", what) in found


def test_every_field_is_one_that_the_rows_know() -> None:
    """A field that nothing reads would be dropped without a word."""
    everything: dict[Holds, Any] = {
        Holds.TARGETS: target(upper="", fixed_year=None, sex="", source=""),
        Holds.BASELINES: baseline(sex="", kind="", label="", decimals="", text="", note="", source=""),
    }
    for holds, cells in everything.items():
        assert set(cells) == set(FIELDS[holds])


@pytest.mark.parametrize("holds", [Holds.TARGETS, Holds.BASELINES, Holds.UNITS])
def test_the_examples_of_the_handbook_can_be_loaded(holds: Holds) -> None:
    text = (ROOT / "docs" / "loading.md").read_text("utf-8")
    headings = {heading: field for field, heading in FIELDS[holds].items()}
    [block] = [
        block
        for block in re.findall(r"^```csv\n(.*?)^```$", text, re.M | re.S)
        if block.splitlines()[0].split(";") == list(headings)
    ]
    rows = [
        {headings[heading]: cell for heading, cell in line.items()}
        for line in csv.DictReader(block.splitlines(), delimiter=";")
    ]
    found = loaded(holds, *rows)
    assert found.fingerprint != CATALOGUE.fingerprint
