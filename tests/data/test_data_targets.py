"""Targets and baselines held against the plan's wording, and against the list of public figures."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Direction, Sex
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import Target, TargetKind
from tests.public_facts import FACTS

K = TargetKind
# The plan's own words, line breaks joined; its hyphens are U+2010.
TARGETS: dict[str, tuple[str, TargetKind, str | None, str | None]] = {
    "screening-mammografi": ("80%", K.AT_LEAST, "80", None),
    "screening-aorta": ("85%", K.AT_LEAST, "85", None),
    "screening-cellprov": ("85%", K.AT_LEAST, "85", None),
    "screening-tarmcancer": (">95%", K.ABOVE, "95", None),
    "fortroende-sjukhus": ("Bättre än riks snittet", K.BETTER_THAN_NATIONAL, None, None),
    "rimlig-vantetid-sjukhus": ("Bättre än riks snittet", K.BETTER_THAN_NATIONAL, None, None),
    "fortroende-vardcentral": ("Bättre än riks snittet", K.BETTER_THAN_NATIONAL, None, None),
    "rimlig-vantetid-vardcentral": ("Bättre än riks snittet", K.BETTER_THAN_NATIONAL, None, None),
    "aktiv-forskning": ("Öka", K.MORE_THAN_LAST_YEAR, None, None),
    "vardgaranti.telefon": ("100%", K.AT_LEAST, "100", None),
    "vardgaranti.medicinsk-bedomning": ("85%", K.AT_LEAST, "85", None),
    "vardgaranti.besok": ("95%", K.AT_LEAST, "95", None),
    "vardgaranti.atgard": ("90%", K.AT_LEAST, "90", None),
    "vardgaranti.bup-besok": ("90%", K.AT_LEAST, "90", None),
    "vardgaranti.bup-utredning": ("80%", K.AT_LEAST, "80", None),
    "vardgaranti.bup-behandling": ("80%", K.AT_LEAST, "80", None),
    "belaggning-somatik": ("85‐90%", K.BETWEEN, "85", "90"),
    "vantetid-1177": ("8 min", K.AT_MOST, None, "8"),
    "svf-ledtid": ("80%", K.AT_LEAST, "80", None),
    "e-tjanster-1177": ("85%", K.AT_LEAST, "85", None),
    "digitala-besok": ("Öka", K.MORE_THAN_LAST_YEAR, None, None),
    "aterinskrivning-65": ("13%", K.AT_MOST, None, "13"),
    "primarvardens-kostnadsandel": ("18%", K.AT_LEAST, "18", None),
    "sjukdomsomraden": ("70%", K.AT_LEAST, "70", None),
    "vardrelaterade-infektioner": ("<5%", K.BELOW, None, "5"),
    "kladregler-hygien": ("90%", K.AT_LEAST, "90", None),
    "trycksar.kat-1-4": ("<10%", K.BELOW, None, "10"),
    "trycksar.kat-2-4": ("<3%", K.BELOW, None, "3"),
    "utlokaliserade": ("Lägre än 2022", K.LESS_THAN_FIXED_YEAR, None, None),
    "antibiotika": ("250", K.AT_MOST, None, "250"),
    "korda-mil": ("minska", K.LESS_THAN_LAST_YEAR, None, None),
    "remissflode": ("Lägre än fg år", K.LESS_THAN_LAST_YEAR, None, None),
    "undvikbar-slutenvard": ("Lägre än fg år", K.LESS_THAN_LAST_YEAR, None, None),
    "vardproduktion": ("Enligt plan", K.ACCORDING_TO_PLAN, None, None),
    "hme": ("79", K.AT_LEAST, "79", None),
    "sjukfranvaro": ("6,0%", K.AT_MOST, None, "6.0"),
    "hyrpersonal": ("2 %", K.AT_MOST, None, "2"),
    "personalrorlighet": ("9%", K.AT_MOST, None, "9"),
    "prestationsniva": ("73", K.AT_LEAST, "73", None),
    "uppdragstagarindex": ("65", K.AT_LEAST, "65", None),
    "periodresultat": ("Noll i förhållande till budget", K.ON_BUDGET, None, None),
    "arsarbetare": ("Färre", K.LESS_THAN_LAST_YEAR, None, None),
    "bruttokostnadsutveckling": ("6,8 %", K.AT_MOST, None, "6.8"),
    "resultat-mot-foregaende-ar": ("Enligt plan", K.ACCORDING_TO_PLAN, None, None),
    "helarsprognos": ("‐800 mnkr", K.AMOUNT_AT_LEAST, "-800", None),
    "drg-per-arsarbetare": ("Högre än fg år", K.MORE_THAN_LAST_YEAR, None, None),
    "kostnad-per-timme": ("Lägre än fg år", K.LESS_THAN_LAST_YEAR, None, None),
    "investeringar": ("160,8 mnkr", K.AT_MOST, None, "160.8"),
}

YTD, YEAR, SPRING = Window.YTD, Window.YEAR, Window.TERTIAL_1
ALL, WOMEN, MEN = Sex.ALL, Sex.WOMEN, Sex.MEN
# key, sex, wording, value, period
BASELINES: list[tuple[str, Sex, str, str | None, Window | None, str]] = [
    ("screening-mammografi", ALL, "79,2%", "79.2", YEAR, "2021-12"),
    ("screening-aorta", ALL, "90%", "90", YEAR, "2021-12"),
    ("screening-cellprov", ALL, "83%* (avser 2020)", "83", YEAR, "2020-12"),
    ("fortroende-sjukhus", ALL, "76%", "76", YEAR, "2021-12"),
    ("fortroende-sjukhus", WOMEN, "K75%", "75", YEAR, "2021-12"),
    ("fortroende-sjukhus", MEN, "M78%", "78", YEAR, "2021-12"),
    ("rimlig-vantetid-sjukhus", ALL, "60%", "60", YEAR, "2021-12"),
    ("rimlig-vantetid-sjukhus", WOMEN, "K62%", "62", YEAR, "2021-12"),
    ("rimlig-vantetid-sjukhus", MEN, "M58%", "58", YEAR, "2021-12"),
    ("fortroende-vardcentral", ALL, "65%", "65", YEAR, "2021-12"),
    ("fortroende-vardcentral", WOMEN, "K622%", None, YEAR, "2021-12"),
    ("fortroende-vardcentral", MEN, "M68%", "68", YEAR, "2021-12"),
    ("rimlig-vantetid-vardcentral", ALL, "74%", "74", YEAR, "2021-12"),
    ("rimlig-vantetid-vardcentral", WOMEN, "K75%", "75", YEAR, "2021-12"),
    ("rimlig-vantetid-vardcentral", MEN, "M73%", "73", YEAR, "2021-12"),
    ("aktiv-forskning", ALL, "29st (2022)", "29", YEAR, "2022-12"),
    ("aktiv-forskning", WOMEN, "K17", "17", YEAR, "2022-12"),
    ("aktiv-forskning", MEN, "M12", "12", YEAR, "2022-12"),
    ("vardgaranti.telefon", ALL, "85,4%", "85.4", YTD, "2021-12"),
    ("vardgaranti.medicinsk-bedomning", ALL, "80,8%", "80.8", YTD, "2021-12"),
    ("vardgaranti.besok", ALL, "78 %", "78", YTD, "2021-12"),
    ("vardgaranti.besok", WOMEN, "K76,9%", "76.9", YTD, "2021-12"),
    ("vardgaranti.besok", MEN, "M78,5%", "78.5", YTD, "2021-12"),
    ("vardgaranti.atgard", ALL, "72%", "72", YTD, "2021-12"),
    ("vardgaranti.atgard", WOMEN, "K74%", "74", YTD, "2021-12"),
    ("vardgaranti.atgard", MEN, "M69,3%", "69.3", YTD, "2021-12"),
    ("vardgaranti.bup-besok", ALL, "30,2%", "30.2", YTD, "2021-12"),
    ("vardgaranti.bup-utredning", ALL, "29,2%", "29.2", YTD, "2021-12"),
    ("vardgaranti.bup-behandling", ALL, "60,3%", "60.3", YTD, "2021-12"),
    ("belaggning-somatik", ALL, "87 % (ack nov 22)", "87", YTD, "2022-11"),
    ("vantetid-1177", ALL, "18:31 min", "18.5167", YTD, "2021-12"),
    ("svf-ledtid", ALL, "50%", "50", YEAR, "2021-12"),
    ("e-tjanster-1177", ALL, "82% (2022)", "82", YEAR, "2022-12"),
    ("digitala-besok", ALL, "21,4%", "21.4", YTD, "2021-12"),
    ("aterinskrivning-65", ALL, "15,8%", "15.8", YTD, "2021-12"),
    ("primarvardens-kostnadsandel", ALL, "17,5% (2020)", "17.5", YEAR, "2020-12"),
    ("primarvardens-kostnadsandel", ALL, "18,1% (2021)", "18.1", YEAR, "2021-12"),
    ("sjukdomsomraden", ALL, "69%", "69", YEAR, "2021-12"),
    ("vardrelaterade-infektioner", ALL, "2,6%", "2.6", YEAR, "2021-12"),
    ("kladregler-hygien", ALL, "79,4%", "79.4", SPRING, "2021-04"),
    ("trycksar.kat-1-4", ALL, "14%", "14", SPRING, "2021-04"),
    ("trycksar.kat-2-4", ALL, "6%", "6", SPRING, "2021-04"),
    ("utlokaliserade", ALL, "1,3", "1.3", YTD, "2021-12"),
    ("antibiotika", ALL, "240", "240", YEAR, "2021-12"),
    ("korda-mil", ALL, "0,5", "0.5", YEAR, "2021-12"),
    ("remissflode", ALL, "12 878", "12878", YTD, "2021-12"),
    ("undvikbar-slutenvard", ALL, "18,2%", "18.2", YTD, "2021-12"),
    ("hme", ALL, "77,6", "77.6", YEAR, "2021-12"),
    ("sjukfranvaro", ALL, "7,5%", "7.5", YTD, "2021-12"),
    ("hyrpersonal", ALL, "6,6% delår 2, 2022", "6.6", YTD, "2022-08"),
    ("personalrorlighet", ALL, "9,76%", "9.76", YEAR, "2021-12"),
    ("prestationsniva", ALL, "70,4", "70.4", YEAR, "2021-12"),
    ("uppdragstagarindex", ALL, "67 (2021)", "67", Window.TWO_YEARS, "2021-12"),
    ("periodresultat", ALL, "Res. ‐21 ‐364 mnkr", "-364", YTD, "2021-12"),
    ("periodresultat", ALL, "Prog.‐22 ‐510 mnkr", "-510", YTD, "2022-12"),
    ("arsarbetare", ALL, "4 723", "4723", YTD, "2021-12"),
    ("bruttokostnadsutveckling", ALL, "6,3%", "6.3", YTD, "2021-12"),
    ("resultat-mot-foregaende-ar", ALL, "2020/2021 ‐246,5 mnkr", "-246.5", None, ""),
    ("helarsprognos", ALL, "‐2022, ‐510 mnkr", "-510", YTD, "2022-12"),
    ("drg-per-arsarbetare", ALL, "24 (okt‐22)", "24", YTD, "2022-10"),
    ("kostnad-per-timme", ALL, "511", "511", YTD, "2021-12"),
    ("investeringar", ALL, "162,8 mnkr", "162.8", YEAR, "2021-12"),
]
SOURCE = "Förvaltningsplan 2023–2025, avsnitt 7"


def test_every_row_has_one_target_for_2023_and_nothing_else_has(catalogue: Catalogue) -> None:
    rows = {m.key for m in catalogue.plan_rows()}
    assert set(TARGETS) == rows
    for key, measure in catalogue.measures.items():
        years = [2029] if key == "listade-per-lakare" else []
        assert [t.year for t in measure.targets] == ([2023] if key in rows else years), key


def test_hos_2029_sets_a_target_for_its_last_year_and_for_no_year_before(catalogue: Catalogue) -> None:
    measure = catalogue.measure("listade-per-lakare")
    [target] = measure.targets
    assert target.wording in "Handlingsplan för i genomsnitt 1 läkare per 1100 listade invånare"
    assert (target.kind, target.high) == (K.AT_MOST, Decimal(1100))
    assert measure.target_for(2028) is None
    assert measure.target_for(2029) is target


@pytest.mark.parametrize("key", TARGETS)
def test_target(catalogue: Catalogue, key: str) -> None:
    wording, kind, low, high = TARGETS[key]
    target = catalogue.measure(key).target_for(2023)
    assert target == Target(
        year=2023,
        kind=kind,
        wording=wording,
        source=SOURCE,
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        fixed_year=2022 if kind is K.LESS_THAN_FIXED_YEAR else None,
        sex=Sex.ALL,
    )


@pytest.mark.parametrize("key", TARGETS)
def test_the_kind_follows_from_the_plans_wording(catalogue: Catalogue, key: str) -> None:
    measure = catalogue.measure(key)
    target = measure.target_for(2023)
    assert target
    numbers = [
        Decimal(n.replace(",", ".").replace("‐", "-")) for n in re.findall(r"\d+(?:,\d+)?", target.wording)
    ]
    words = {
        "Bättre än riks snittet": K.BETTER_THAN_NATIONAL,
        "Öka": K.MORE_THAN_LAST_YEAR,
        "Högre än fg år": K.MORE_THAN_LAST_YEAR,
        "minska": K.LESS_THAN_LAST_YEAR,
        "Färre": K.LESS_THAN_LAST_YEAR,
        "Lägre än fg år": K.LESS_THAN_LAST_YEAR,
        "Lägre än 2022": K.LESS_THAN_FIXED_YEAR,
        "Noll i förhållande till budget": K.ON_BUDGET,
        "Enligt plan": K.ACCORDING_TO_PLAN,
    }
    if target.wording in words:
        assert target.kind is words[target.wording]
        assert target.low is None
        assert target.high is None
        return
    if target.wording.startswith("‐"):
        assert (target.kind, target.low) == (K.AMOUNT_AT_LEAST, -numbers[0])
    elif target.wording.startswith("<"):
        assert (target.kind, target.high) == (K.BELOW, numbers[0])
    elif target.wording.startswith(">"):
        assert (target.kind, target.low) == (K.ABOVE, numbers[0])
    elif len(numbers) == 2:
        assert (target.kind, target.low, target.high) == (K.BETWEEN, *numbers)
    elif measure.direction is Direction.UP:
        assert (target.kind, target.low) == (K.AT_LEAST, numbers[0])
    else:
        assert (target.kind, target.high) == (K.AT_MOST, numbers[0])


def test_every_baseline_of_the_plan_and_no_other(catalogue: Catalogue) -> None:
    found = {(m.key, b.sex, b.wording) for m in catalogue.measures.values() for b in m.baselines}
    assert found == {(key, sex, wording) for key, sex, wording, *_ in BASELINES}
    assert len(BASELINES) == len(found)


@pytest.mark.parametrize(("key", "sex", "wording", "value", "window", "end"), BASELINES)
def test_baseline(
    catalogue: Catalogue, key: str, sex: Sex, wording: str, value: str | None, window: Window | None, end: str
) -> None:
    [baseline] = [b for b in catalogue.measure(key).baselines if (b.sex, b.wording) == (sex, wording)]
    assert baseline.value == (Decimal(value) if value else None)
    assert baseline.period == (Period(Month.parse(end), window) if window else None)
    assert baseline.kind == ("forecast" if value == "-510" else "outcome")
    assert baseline.source == SOURCE
    printed = re.search(r"\d,(\d+)", wording)
    if ":" not in wording:
        assert baseline.decimals == (len(printed[1]) if printed else 0)


def test_rows_without_a_baseline(catalogue: Catalogue) -> None:
    without = {m.key for m in catalogue.plan_rows() if not m.baselines}
    assert without == {"screening-tarmcancer", "vardproduktion"}
    assert "Påbörjad 2022" in catalogue.measure("screening-tarmcancer").sources_note


def test_18_31_is_a_duration(catalogue: Catalogue) -> None:
    [baseline] = catalogue.measure("vantetid-1177").baselines
    assert baseline.value is not None
    assert round(baseline.value * 60) == 18 * 60 + 31


def test_the_result_of_2020_is_only_derived(catalogue: Catalogue) -> None:
    [change] = catalogue.measure("resultat-mot-foregaende-ar").baselines
    result = next(b for b in catalogue.measure("periodresultat").baselines if b.kind == "outcome")
    assert result.value is not None
    assert change.value is not None
    assert f"−{-(result.value - change.value)}".replace(".", ",") in change.note
    assert all(
        b.value != result.value - change.value for m in catalogue.measures.values() for b in m.baselines
    )


SEXES = {"T": ALL, "K": WOMEN, "M": MEN}


def test_values_agree_with_the_list_of_public_facts(catalogue: Catalogue, data: Path) -> None:
    """A second transcription of the plan, made by others: every one of its figures is among ours."""
    compared = 0
    with (data / "published" / "public_facts.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            key = FACTS.get(row["indicator"])
            if key is None or row["unit_scope"] != "HSF" or "forvaltningsplan" not in row["source_url"]:
                continue
            number = re.fullmatch(r"[<>]?(-?\d+(?:\.\d+)?)(?: min)?", row["value"])
            if number is None:
                continue
            value = Decimal(number[1])
            measure = catalogue.measure(key)
            if row["kind"] == "mal":
                target = measure.target_for(int(row["period"]))
                assert target
                assert value in (target.low, target.high), row
            else:
                ours = {(b.sex, b.value) for b in measure.baselines}
                assert (SEXES[row["sex"]], value) in ours, row
            compared += 1
    assert compared > 75
