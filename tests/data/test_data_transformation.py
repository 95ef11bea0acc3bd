"""HoS 2029: what was read off the status page against what data/hos2029.toml says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month

# The status page's list, as it stands there: the stray full stop and the lone bracket are its own.
PRINTED = """
 • Utredning och detaljerad beskrivning av närakutsuppdraget i Köping
 • Utvecklings- och fastighetsplan för Närsjukhus i Köping ska tas fram med krav som ska ligga till grund för ombyggnation
 • Arbetsgrupp tillsätts för genomförandeplan för det reviderade akuta omhändertagandet för Vårdcentraler och jourmottagningen i Västerås
 • Plan för verksamhetsintegrering av lab och röntgen i Fagersta.
 • Genomföra renovering i Fagersta
 • Operation i Köping involveras i utvecklingen av operationsverksamheten i NAV
 • Regionen och kommunerna fortsätter utveckla Nära vård i relation till HoS 2029
 • Genomförandeplan för digitalisering fram till 2029
 • Gemensam plan för primärvården, tillsammans med kommunerna
 • Vårdplatser - aktiviteter för att minska behovet av vårdplatser, förbättrade flöden inom sjukhusen och aktiviteter som kan korta vårdtiderna eller omvandla slutenvård till poliklinisk vård eller vård i hemmet)
 • Uppdragsfördelning primärvård – sjukhusvård
 • Handlingsplan för i genomsnitt 1 läkare per 1100 listade invånare
"""  # noqa: E501
SAID = """
Nästa steg i arbetet med HoS 2029 blir att forma uppdrag och sätta ansvariga för respektive utvecklingsområde.
Vi kommer att behöva sätta ut delmål längs vägen fram till 2029. HoS2029 blir också ramverket för utvecklingen av nära vård
samt verksamhetsutvecklingen som redan är påbörjad inför inflytt i Västmanlands nya akutsjukhus. Riskanalyser kommer att
göras löpande i arbetet.
"""
ACTIVITIES = [line.strip(" •") for line in PRINTED.splitlines() if line.strip()]


def test_the_twelve_activities_are_the_sources_in_its_order_and_words(catalogue: Catalogue) -> None:
    plan = catalogue.transformation
    assert len(plan.activities) == len(ACTIVITIES) == 12
    for one, printed in zip(plan.activities, ACTIVITIES, strict=True):
        assert one.text == printed.rstrip(".)"), one.id


def test_nothing_is_made_up_about_who_is_responsible(catalogue: Catalogue) -> None:
    assert {(one.function, one.unit) for one in catalogue.transformation.activities} == {("", "")}


def test_short_names_are_short_and_apart(catalogue: Catalogue) -> None:
    names = [one.name for one in catalogue.transformation.activities]
    assert len(set(names)) == 12
    assert max(map(len, names)) <= 32
    assert not any("|" in name for name in names)


def test_what_the_notes_quote_stands_in_the_source(catalogue: Catalogue) -> None:
    said = " ".join(SAID.split())
    quoted = [words for note in catalogue.transformation.notes for words in re.findall("”([^”]+)”", note)]
    assert len(quoted) == 2
    for words in quoted:
        assert words in said


def test_each_statement_and_event_has_its_source_and_the_conflict_is_told(catalogue: Catalogue) -> None:
    plan = catalogue.transformation
    assert (plan.decided, plan.last_year) == (Month.of(2024, 2), 2029)
    assert all(one.source for one in (*plan.picture, *plan.events))
    told = [one.text for one in (*plan.picture, *plan.events) if "oense" in one.text]
    assert len(told) == 2
    assert all("2029" in text and "2030" in text for text in told)
    assert [one.first.iso for one in plan.events] == sorted(one.first.iso for one in plan.events)


def test_the_sums_are_the_published_ones_with_their_addresses(catalogue: Catalogue, data: Path) -> None:
    with (data / "published" / "public_facts.csv").open(encoding="utf-8") as file:
        facts = [row for row in csv.DictReader(file) if row["indicator"].startswith("hos2029_")]
    assert len(facts) == 4
    for row in facts:
        amount = f"{row['value'].replace('.', ',')} {row['unit'].partition('/')[0]}"
        [told] = [one for one in catalogue.transformation.picture if amount in one.text]
        assert row["source_url"] in told.source


def test_its_nyckeltal_is_the_one_with_a_target_for_the_last_year(catalogue: Catalogue) -> None:
    plan = catalogue.transformation
    target = catalogue.measure(plan.measure).target_for(plan.last_year)
    assert target is not None
    assert target.wording in ACTIVITIES[-1]
