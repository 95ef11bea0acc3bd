"""The words to search by that come with the product: each leads where it says, and is needed for it."""

from __future__ import annotations

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.searching import PageEntry, index_of, search
from hsf_kpi.searching.fold import words_of
from hsf_kpi.ui.menu import MENU

OCTOBER = Month.of(2023, 10)
PAGES = [PageEntry(key, *told) for section in MENU.values() for key, told in section.items()]


def test_the_pages_are_there(catalogue: Catalogue) -> None:
    named = {page for one in catalogue.synonyms for page in one.pages}
    assert named <= {page.key for page in PAGES}
    assert {"oversikt", "vagen", "anvandare"} <= named


def test_every_word_finds_all_that_it_is_said_to(catalogue: Catalogue) -> None:
    index = index_of(catalogue, Scope.of(catalogue.organisation.units), OCTOBER, PAGES, today=OCTOBER)
    for one in catalogue.synonyms:
        meant = {*one.units, *one.pages, *filter(one.means_measure, catalogue.measures)}
        for word in one.words:
            assert meant <= {hit.key for hit in search(index, word, 20)}, word


def test_no_word_is_a_name_already(catalogue: Catalogue) -> None:
    names = {unit.name for unit in catalogue.organisation.units.values()} | {page.title for page in PAGES}
    names |= {measure.short_name for measure in catalogue.measures.values()}
    known = {words_of(name) for name in names}
    assert [word for one in catalogue.synonyms for word in one.words if words_of(word) in known] == []
