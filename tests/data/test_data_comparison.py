"""The groups that come with the product, and which nyckeltal count something that chance says anything of."""

from __future__ import annotations

from collections import Counter

from hsf_kpi.analysis.compare.counts import size_words
from hsf_kpi.analysis.compare.groups import overlaps, own_group, units_at
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.period import Month

OCTOBER = Month.of(2023, 10)
SHARES = {
    "screening-mammografi", "screening-aorta", "screening-cellprov", "screening-tarmcancer", "vardgaranti.telefon",
    "vardgaranti.medicinsk-bedomning", "vardgaranti.besok", "vardgaranti.atgard", "vardgaranti.bup-besok",
    "vardgaranti.bup-utredning", "vardgaranti.bup-behandling", "svf-ledtid", "digitala-besok", "aterinskrivning-65",
    "vardrelaterade-infektioner", "kladregler-hygien", "trycksar.kat-1-4", "trycksar.kat-2-4", "undvikbar-slutenvard",
    "sjukfranvaro", "vantande-atgard", "vantande-besok",
}  # fmt: skip


def test_every_unit_but_the_whole_stands_in_one_group(catalogue: Catalogue) -> None:
    counts = Counter(unit for group in catalogue.comparison_groups for unit in group.units)
    assert set(counts) == set(catalogue.organisation.units) - {catalogue.organisation.root}
    assert set(counts.values()) == {1}
    assert own_group(catalogue.comparison_groups, catalogue.organisation.root) is None
    assert not any(overlaps(catalogue.comparison_groups, group) for group in catalogue.comparison_groups)


def test_who_has_gone_stands_beside_who_took_over(catalogue: Catalogue) -> None:
    groups = catalogue.comparison_groups
    for unit in catalogue.organisation.units.values():
        if unit.successor is not None:
            assert own_group(groups, unit.id) == own_group(groups, unit.successor)


def test_the_groups(catalogue: Catalogue) -> None:
    sizes = {
        group.id: len(units_at(group, catalogue.organisation, OCTOBER))
        for group in catalogue.comparison_groups
    }
    assert sizes == {
        "vardande": 14, "oppna": 9, "diagnostik": 5, "staber": 3, "stodfunktioner": 2, "omraden": 3,
    }  # fmt: skip
    for group in catalogue.comparison_groups:
        assert group.note.startswith("Antagen indelning"), "whose grouping it is must be told"
        assert group.words.split()[0] in ("bland", "inom")
        levels = {catalogue.organisation.get(unit).level for unit in group.units}
        assert "område" not in levels or levels == {"område"}


def test_what_is_counted(catalogue: Catalogue) -> None:
    counted = {key: m.counted for key, m in catalogue.measures.items() if m.counted is not None}
    assert {key for key, kind in counted.items() if kind is Counted.SHARE} == SHARES
    assert {key for key, kind in counted.items() if kind is Counted.RATE} == {"personalrorlighet"}


def test_no_money_no_index_and_no_days_are_counted(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        uncounted = measure.component_unit in ("kr", "", "vårddygn", "patientdygn", "sekunder")
        if uncounted or measure.aggregation in (Aggregation.SURVEY, Aggregation.GROWTH):
            assert measure.counted is None, measure.key


def test_hours_are_counted_in_persons(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        if measure.counted is not None:
            assert (measure.component_unit == "timmar") == (measure.person_hours is not None), measure.key
            assert size_words(measure) not in ("", "timmar"), measure.key
    assert size_words(catalogue.measure("sjukfranvaro")) == "personmånader"
    assert size_words(catalogue.measure("personalrorlighet")) == "anställda"
    assert size_words(catalogue.measure("vardgaranti.besok")) == "patienter"
