"""The definitions that come with the product, held against the plan's section 7."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Direction, Persons, UnitOfMeasure
from hsf_kpi.model.period import Window

# The plan's rows in its order: key, when it is reported, the plan's word for it.
ROWS = """
screening-mammografi År | screening-aorta År | screening-cellprov År | screening-tarmcancer År
fortroende-sjukhus År | rimlig-vantetid-sjukhus År
fortroende-vardcentral År | rimlig-vantetid-vardcentral År
aktiv-forskning Delår, År
vardgaranti.telefon Månad, Delår, År | vardgaranti.medicinsk-bedomning Månad, Delår, År
vardgaranti.besok Månad, Delår, År | vardgaranti.atgard Månad, Delår, År
vardgaranti.bup-besok Månad, Delår, År | vardgaranti.bup-utredning Månad, Delår, År
vardgaranti.bup-behandling Månad, Delår, År
belaggning-somatik Månad, delår, år | vantetid-1177 Månad, Delår, År | svf-ledtid År
e-tjanster-1177 År | digitala-besok Månad, Delår, År | aterinskrivning-65 Månad, Delår, År
primarvardens-kostnadsandel År | sjukdomsomraden År | vardrelaterade-infektioner År
kladregler-hygien Delår 1, År | trycksar.kat-1-4 Delår 1, År | trycksar.kat-2-4 Delår 1, År
utlokaliserade Månad, Delår, År | antibiotika År | korda-mil År
remissflode Månad | undvikbar-slutenvard Månad | vardproduktion Månad
hme År | sjukfranvaro Månad, Delår, År | hyrpersonal Månad, Delår, År | personalrorlighet År
prestationsniva År | uppdragstagarindex /2 år
periodresultat Månad, Delår, År | arsarbetare Månad | bruttokostnadsutveckling Månad
resultat-mot-foregaende-ar Månad | helarsprognos Månad | drg-per-arsarbetare Månad, Delår, År
kostnad-per-timme Månad | investeringar Delår, ÅR
"""
PLAN_ROWS = [cell.strip().split(" ", 1) for cell in re.split(r"[|\n]", ROWS) if cell.strip()]
PRODUCED = {"besok", "vardtillfallen", "operationer"}
AGREED = {f"{key}-overenskomna" for key in ("besok", "vardtillfallen", "operationer", "drg")}
EXTRA_STAFF = {"inhyrda-arsarbetare", "overtid-arsarbetare"}
LISTED = "listade-per-lakare"
"""HoS 2029's: with a target of its own for 2029, none for the years of the plan."""
OUTSIDE = {"vantande-besok", "vantande-atgard", "antal-medarbetare", LISTED} | PRODUCED | AGREED | EXTRA_STAFF
OUTCOME_SERIES = {
    "fortroende-sjukhus": "U70446",
    "rimlig-vantetid-sjukhus": "U70448",
    "fortroende-vardcentral": "U71458",
    "rimlig-vantetid-vardcentral": "U70450",
    "svf-ledtid": "N79198",
    "utlokaliserade": "U79134",
    "kladregler-hygien": "U70418",
    "trycksar.kat-1-4": "U79093",
}


def test_the_plan_has_41_indicators_in_48_rows_in_its_own_order(catalogue: Catalogue) -> None:
    rows = list(catalogue.plan_rows())
    assert [m.key for m in rows] == [key for key, _ in PLAN_ROWS]
    assert [m.row for m in rows] == list(range(1, 49))
    assert len({m.indicator for m in rows}) == 41
    assert set(catalogue.measures) - {m.key for m in rows} == OUTSIDE
    assert list(catalogue.measures)[:48] == [m.key for m in rows]


def test_rows_per_goal_area(catalogue: Catalogue) -> None:
    per_area = Counter(m.goal_area for m in catalogue.plan_rows())
    assert [per_area[area.id] for area in catalogue.goal_areas] == [8, 1, 25, 6, 8]


def test_every_goal_of_the_plan_has_a_row(catalogue: Catalogue) -> None:
    used = {(m.goal_area, m.goal) for m in catalogue.plan_rows()}
    assert used == {(area.id, goal) for area in catalogue.goal_areas for goal in area.goals}


def test_the_parts_of_vardgaranti_and_trycksar(catalogue: Catalogue) -> None:
    parts = Counter(m.indicator for m in catalogue.plan_rows() if m.part)
    assert parts == {"vardgaranti": 7, "trycksar": 2}


@pytest.mark.parametrize(("key", "reporting"), PLAN_ROWS)
def test_reporting_is_the_plans_words_and_the_windows_follow(
    catalogue: Catalogue, key: str, reporting: str
) -> None:
    measure = catalogue.measure(key)
    assert measure.reporting == reporting
    words = reporting.casefold()
    assert measure.monthly == ("månad" in words)
    if not measure.monthly:
        assert (Window.TERTIAL_1 in measure.measured) == ("delår" in words)
        assert (Window.TERTIAL_2 in measure.measured) == ("delår," in words)
        assert (Window.TWO_YEARS in measure.measured) == ("/2 år" in words)
        assert (Window.YEAR in measure.measured) == ("/2 år" not in words)


def test_24_rows_are_monthly(catalogue: Catalogue) -> None:
    assert sum(m.monthly for m in catalogue.plan_rows()) == 24


def test_the_eight_outcome_series_and_no_others(catalogue: Catalogue) -> None:
    found = {key: series for key, m in catalogue.measures.items() if (series := m.outcome_series())}
    assert found == OUTCOME_SERIES


def test_every_named_series_is_published(catalogue: Catalogue, data: Path) -> None:
    with (data / "published" / "kolada_indicators.csv").open(encoding="utf-8") as file:
        known = {row["kolada_id"] for row in csv.DictReader(file)}
    named = {x.id for m in catalogue.measures.values() for x in m.external}
    assert named
    assert named <= known


def test_primary_care_cost_share_has_no_proxy(catalogue: Catalogue) -> None:
    measure = catalogue.measure("primarvardens-kostnadsandel")
    assert not {x.id for x in measure.external} & {"N71000", "N70061"}
    assert "N71019" in measure.definition.numerator
    assert "N70060" in measure.definition.denominator
    assert "N71000/N70061" in measure.definition.note


def test_every_measure_has_a_definition_that_tells_what_and_why(catalogue: Catalogue) -> None:
    for key, m in catalogue.measures.items():
        assert len(m.definition.what) > 30, key
        assert len(m.definition.why) > 20, key
        assert m.short_name, key
        assert len(m.short_name) <= 30, key
        assert m.definition.what.endswith("."), key
        assert m.definition.why.endswith("."), key
        assert m.source, key


SCALES = {
    UnitOfMeasure.PERCENT: "100",
    UnitOfMeasure.MNKR: "1/1000000",
    UnitOfMeasure.MINUTES: "1/60",
    UnitOfMeasure.PER_1000: "1000",
    UnitOfMeasure.PER_100: "100",
}


def test_scale_follows_the_unit_of_measure(catalogue: Catalogue) -> None:
    for key, m in catalogue.measures.items():
        survey = m.aggregation is Aggregation.SURVEY
        expected = "1" if survey else SCALES.get(m.unit_of_measure, "1")
        assert str(m.scale) == expected, key


AGGREGATIONS = {
    Aggregation.COUNT: {"aktiv-forskning"} | PRODUCED,
    Aggregation.WEIGHTED_MEAN: {"vantetid-1177", "kostnad-per-timme"},
    Aggregation.FLOW_PER_STOCK: {"antibiotika", "personalrorlighet", "drg-per-arsarbetare"},
    Aggregation.MONTHLY_MEAN: {"remissflode"},
    Aggregation.AMOUNT: {"vardproduktion", "periodresultat", "resultat-mot-foregaende-ar", "investeringar"}
    | AGREED,
    Aggregation.FTE: {"arsarbetare"} | EXTRA_STAFF,
    Aggregation.GROWTH: {"bruttokostnadsutveckling"},
    Aggregation.LATEST_AMOUNT: {"helarsprognos"},
    Aggregation.SNAPSHOT_RATIO: {"vantande-besok", "vantande-atgard", LISTED},
    Aggregation.STOCK: {"antal-medarbetare"},
    Aggregation.SURVEY: {
        "fortroende-sjukhus",
        "rimlig-vantetid-sjukhus",
        "fortroende-vardcentral",
        "rimlig-vantetid-vardcentral",
        "e-tjanster-1177",
        "hme",
        "prestationsniva",
        "uppdragstagarindex",
    },
}


def test_aggregation_kinds(catalogue: Catalogue) -> None:
    special = {key: kind for kind, keys in AGGREGATIONS.items() for key in keys}
    for key, m in catalogue.measures.items():
        assert m.aggregation is special.get(key, Aggregation.RATIO), key


DOWN = {
    "vantetid-1177",
    "aterinskrivning-65",
    "vardrelaterade-infektioner",
    "trycksar.kat-1-4",
    "trycksar.kat-2-4",
    "utlokaliserade",
    "antibiotika",
    "korda-mil",
    "remissflode",
    "undvikbar-slutenvard",
    "sjukfranvaro",
    "hyrpersonal",
    "personalrorlighet",
    "arsarbetare",
    "bruttokostnadsutveckling",
    "kostnad-per-timme",
    "antal-medarbetare",
    LISTED,
} | EXTRA_STAFF


def test_directions(catalogue: Catalogue) -> None:
    special = dict.fromkeys(DOWN, Direction.DOWN)
    special |= {"belaggning-somatik": Direction.BAND}
    special |= dict.fromkeys(AGREED | {"investeringar"}, Direction.NONE)
    for key, m in catalogue.measures.items():
        assert m.direction is special.get(key, Direction.UP), key


NO_TOLERANCE = {
    "fortroende-sjukhus",
    "rimlig-vantetid-sjukhus",
    "fortroende-vardcentral",
    "rimlig-vantetid-vardcentral",
    "aktiv-forskning",
    "digitala-besok",
    "belaggning-somatik",
    "utlokaliserade",
    "korda-mil",
    "remissflode",
    "undvikbar-slutenvard",
    "vardproduktion",
    "periodresultat",
    "arsarbetare",
    "resultat-mot-foregaende-ar",
    "helarsprognos",
    "drg-per-arsarbetare",
    "kostnad-per-timme",
    "investeringar",
} | OUTSIDE


def test_tolerance_is_a_point_for_shares_and_five_percent_for_the_rest(catalogue: Catalogue) -> None:
    for key, m in catalogue.measures.items():
        if key in NO_TOLERANCE:
            assert m.tolerance is None, key
            continue
        assert m.tolerance is not None, key
        share = m.unit_of_measure is UnitOfMeasure.PERCENT
        assert (str(m.tolerance.amount), m.tolerance.relative) == (
            ("1.0", False) if share else ("0.05", True)
        ), key


def test_what_is_reported_by_sex(catalogue: Catalogue) -> None:
    by_sex = {key for key, m in catalogue.measures.items() if m.by_sex}
    assert {
        "fortroende-sjukhus",
        "aktiv-forskning",
        "vardgaranti.besok",
        "vardgaranti.atgard",
        "sjukfranvaro",
        "aterinskrivning-65",
        "digitala-besok",
        "e-tjanster-1177",
        "trycksar.kat-1-4",
        "trycksar.kat-2-4",
        "hme",
        "vantande-besok",
        "vantande-atgard",
        "antal-medarbetare",
    } <= by_sex
    assert not by_sex & {"vardgaranti.telefon", "belaggning-somatik", "vantetid-1177", "periodresultat"}
    assert not any(m.by_sex for m in catalogue.measures.values() if m.unit_of_measure is UnitOfMeasure.MNKR)


def test_small_groups(catalogue: Catalogue) -> None:
    for key, m in catalogue.measures.items():
        assert m.threshold == 5, key
        assert m.threshold_by_sex == (11 if key == "sjukfranvaro" else None), key
        assert (m.person_hours is not None) == (key == "sjukfranvaro"), key
    assert catalogue.measure("antal-medarbetare").persons is Persons.NUMERATOR
    assert catalogue.measure(LISTED).persons is Persons.NUMERATOR
    assert catalogue.measure("vardgaranti.besok").persons is Persons.BOTH
    assert catalogue.measure("periodresultat").persons is Persons.NEITHER
    assert catalogue.measure("hme").persons is Persons.DENOMINATOR
    assert catalogue.measure("prestationsniva").persons is Persons.DENOMINATOR


def test_a_published_value_is_not_shown_finer_than_it_is_printed(catalogue: Catalogue, data: Path) -> None:
    """«67», not «67,0»: where outcomes are published figures, their decimals are the sources' at the most."""
    printed: dict[str, int] = {}
    with (data / "published" / "kolada_regions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["municipality_id"] == "0019":
                count = len(row["value"].partition(".")[2])
                printed[row["kolada_id"]] = max(count, printed.get(row["kolada_id"], 0))
    compared = 0
    for key, m in catalogue.measures.items():
        finest = [b.decimals for b in m.baselines if b.value is not None]
        if m.monthly or not finest:
            continue
        if series := m.outcome_series():
            finest.append(printed[series])
        assert m.decimals <= max(finest), key
        compared += 1
    assert compared == 23


def test_public_series_of_the_spring_are_the_first_delar(catalogue: Catalogue) -> None:
    windows = {x.id: x.window for m in catalogue.measures.values() for x in m.external if x.role == "outcome"}
    spring = {series for series, window in windows.items() if window is not Window.YEAR}
    assert spring == {"U70418", "U79093"}
    assert {windows[series] for series in spring} == {Window.TERTIAL_1}


def test_a_sentence_can_begin_with_every_measure(catalogue: Catalogue) -> None:
    """«X är 3,1 procentenheter över målet»: definite, and singular or plural as the sentence's word wants."""
    assert {key: m.in_sentence for key, m in catalogue.measures.items()} == SUBJECTS
    for key, subject in SUBJECTS.items():
        assert subject[0].isupper(), key
        assert "," not in subject, key
        assert "(" not in subject, key
    assert catalogue.measure("svf-ledtid").short_name == "Cancer, andel inom ledtid"


SUBJECTS = {
    "aktiv-forskning": "Medarbetarna med aktiv forskning",
    "antal-medarbetare": "Medarbetarna",
    "antibiotika": "Antibiotikaanvändningen",
    "arsarbetare": "Årsarbetarna",
    "aterinskrivning-65": "Andelen oplanerade återinskrivningar",
    "belaggning-somatik": "Beläggningsgraden",
    "besok": "Besöken",
    "besok-overenskomna": "De överenskomna besöken",
    "bruttokostnadsutveckling": "Bruttokostnadsutvecklingen",
    "digitala-besok": "Andelen digitala besök",
    "drg-overenskomna": "De överenskomna DRG-poängen",
    "drg-per-arsarbetare": "Antalet DRG-poäng per årsarbetare",
    "e-tjanster-1177": "Andelen positiva till 1177:s e-tjänster",
    "fortroende-sjukhus": "Andelen som har förtroende för sjukhusen",
    "fortroende-vardcentral": "Andelen som har förtroende för vårdcentralerna",
    "helarsprognos": "Helårsprognosen",
    "hme": "HME-index",
    "hyrpersonal": "Hyrpersonalens andel",
    "inhyrda-arsarbetare": "De inhyrda årsarbetarna",
    "investeringar": "Investeringarna",
    "kladregler-hygien": "Följsamheten till klädregler och hygienrutiner",
    "korda-mil": "Antalet körda mil per hjälpmedel",
    "kostnad-per-timme": "Kostnaden per arbetad timme",
    LISTED: "Antalet listade per läkare",
    "operationer": "Operationerna",
    "operationer-overenskomna": "De överenskomna operationerna",
    "overtid-arsarbetare": "Övertiden i årsarbetare",
    "periodresultat": "Periodresultatet",
    "personalrorlighet": "Personalrörligheten",
    "prestationsniva": "Prestationsnivån",
    "primarvardens-kostnadsandel": "Primärvårdens kostnadsandel",
    "remissflode": "Remisserna",
    "resultat-mot-foregaende-ar": "Utfallet mot föregående år",
    "rimlig-vantetid-sjukhus": "Andelen som anser väntetiden till sjukhusen rimlig",
    "rimlig-vantetid-vardcentral": "Andelen som anser väntetiden till vårdcentralerna rimlig",
    "screening-aorta": "Täckningsgraden för aortascreening",
    "screening-cellprov": "Täckningsgraden för cellprov",
    "screening-mammografi": "Täckningsgraden för mammografi",
    "screening-tarmcancer": "Täckningsgraden för tarmcancerscreening",
    "sjukdomsomraden": "Andelen sjukdomsområden som når sitt målvärde",
    "sjukfranvaro": "Sjukfrånvaron",
    "svf-ledtid": "Andelen cancerpatienter inom ledtid",
    "trycksar.kat-1-4": "Andelen patienter med trycksår av kategori 1–4",
    "trycksar.kat-2-4": "Andelen patienter med trycksår av kategori 2–4",
    "undvikbar-slutenvard": "Andelen undvikbar slutenvård",
    "uppdragstagarindex": "Uppdragstagarindexet",
    "utlokaliserade": "Antalet utlokaliserade patienter",
    "vantande-atgard": "Andelen som har väntat högst 90 dagar på åtgärd",
    "vantande-besok": "Andelen som har väntat högst 90 dagar på besök",
    "vantetid-1177": "Väntetiden till 1177",
    "vardgaranti.telefon": "Andelen samtal som besvaras samma dag",
    "vardgaranti.medicinsk-bedomning": "Andelen medicinska bedömningar inom tre dagar",
    "vardgaranti.besok": "Andelen första besök inom 90 dagar",
    "vardgaranti.atgard": "Andelen åtgärder inom 90 dagar",
    "vardgaranti.bup-besok": "Andelen första besök i BUP inom 30 dagar",
    "vardgaranti.bup-utredning": "Andelen utredningar i BUP inom 30 dagar",
    "vardgaranti.bup-behandling": "Andelen behandlingar i BUP inom 30 dagar",
    "vardproduktion": "Vårdproduktionen",
    "vardtillfallen": "Vårdtillfällena",
    "vardtillfallen-overenskomna": "De överenskomna vårdtillfällena",
    "vardrelaterade-infektioner": "Andelen patienter med vårdrelaterad infektion",
}


def test_only_measured_at_the_root(catalogue: Catalogue) -> None:
    root = catalogue.organisation.root
    only = {key for key, m in catalogue.measures.items() if m.measured_at == (root,)}
    assert only == {
        "screening-mammografi",
        "screening-aorta",
        "screening-cellprov",
        "screening-tarmcancer",
        "fortroende-sjukhus",
        "rimlig-vantetid-sjukhus",
        "fortroende-vardcentral",
        "rimlig-vantetid-vardcentral",
        "e-tjanster-1177",
        "primarvardens-kostnadsandel",
        "sjukdomsomraden",
        "antibiotika",
        "uppdragstagarindex",
    }


@pytest.mark.parametrize(
    ("key", "units"),
    [
        ("vardgaranti.telefon", ("vardval-primarvard",)),
        ("vardgaranti.medicinsk-bedomning", ("vardval-primarvard", "paramedicinsk-primarvard")),
        ("vardgaranti.bup-besok", ("barn-och-ungdomspsykiatri",)),
        ("vardgaranti.bup-utredning", ("barn-och-ungdomspsykiatri",)),
        ("vardgaranti.bup-behandling", ("barn-och-ungdomspsykiatri",)),
        ("vantetid-1177", ("1177-vardguiden-pa-telefon",)),
        ("korda-mil", ("hjalpmedelscentrum",)),
    ],
)
def test_measured_at_their_own_units(catalogue: Catalogue, key: str, units: tuple[str, ...]) -> None:
    assert catalogue.measure(key).measured_at == units
