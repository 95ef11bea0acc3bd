"""Searching: what is typed in any way is found, best first, and nothing outside the scope ever is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.synonym import Synonym
from hsf_kpi.searching import Hit, Index, Kind, PageEntry, Quality, index_for, index_of, search, unit_for
from hsf_kpi.searching.fold import words_of
from hsf_kpi.searching.misspelt import slips, slips_allowed
from hsf_kpi.store import Store
from hsf_kpi.ui.menu import MENU
from hsf_kpi.workspace import Workspace
from tests.store.asking import AS_OF, CAT

OCTOBER = Month.of(2023, 10)
PAGES = tuple(
    PageEntry(key, title, answers) for section in MENU.values() for key, (title, answers) in section.items()
)


@cache
def real() -> Catalogue:
    return read_catalogue(ROOT / "data")


@cache
def whole() -> Index:
    return index_of(real(), Scope.of(real().organisation.units), OCTOBER, PAGES, today=OCTOBER)


def found(text: str, index: Index | None = None) -> list[str]:
    return [hit.key for hit in search(index or whole(), text)]


def hit(text: str, index: Index | None = None) -> Hit:
    """The best."""
    return search(index or whole(), text)[0]


# How it may be written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sjukfrånvaro", "sjukfranvaro"),
        ("sjukfranvaro", "sjukfranvaro"),
        ("SJUKFRÅNVARO", "sjukfranvaro"),
        ("sjukfrånv", "sjukfranvaro"),
        ("sjukfrånvro", "sjukfranvaro"),
        ("skjukfrånvrao", "sjukfranvaro"),
        ("sjuk frånvaro", "sjukfranvaro"),
        ("aldrepsykiatri", "aldrepsykiatrisk-mottagning"),
        ("kirurg kliniken", "kirurgkliniken"),
        ("Kirurg-kliniken", "kirurgkliniken"),
        ("kirurg klniken", "kirurgkliniken"),
        ("klniken", "kirurgkliniken"),
        ("vårdcentral förtroende", "fortroende-vardcentral"),
        ("förtroende för vårdcentralen", "fortroende-vardcentral"),
        ("narsjukvard ost", "narsjukvard-ost"),
        ("AS", "akutsjukvard"),
        ("hmc", "hjalpmedelscentrum"),
        ("bup", "barn-och-ungdomspsykiatri"),
        ("HME", "hme"),
        ("stafett", "ekonomiatgarder"),
        ("stafett kostnad", "hyrpersonal"),
        ("overskit", "oversikt"),
        ("etjänster", "e-tjanster-1177"),
        ("e tjänster", "e-tjanster-1177"),
        ("−800", "vagen"),
        ("U70446", "fortroende-sjukhus"),
        ("medicinkliniken sala", "narsjukvard-ost"),
        ("akut kirurg", "kirurgkliniken"),
        ("behörigheter", "anvandare"),
    ],
)
def test_it_is_found_first(text: str, expected: str) -> None:
    assert found(text)[0] == expected


def test_a_hit_says_what_it_is() -> None:
    assert hit("kirurgkliniken") == Hit(
        Kind.UNIT, "kirurgkliniken", "Kirurgkliniken", "Akutsjukvård › Kirurgkliniken", Quality.EXACT
    )
    assert hit("oberoende hyrpersonal") == Hit(
        Kind.MEASURE, "hyrpersonal", "Hyrpersonal", "Oberoende av hyrpersonal (kostnad)", Quality.WORD_BEGINS
    )
    page = hit("budget")
    assert (page.kind, page.key, page.detail) == (Kind.PAGE, "budget", MENU["Ekonomi"]["budget"][1])
    assert [one.value for one in Kind] == ["Sida", "Verksamhet", "Nyckeltal"]
    assert hit("hsf").detail == "Hälso- och sjukvårdsförvaltningen"


def test_by_which_other_word_it_was_found_is_told() -> None:
    for text in ("liggsår", "liggsor"):
        assert {one.via for one in search(whole(), text)} == {"Liggsår"}
    assert hit("AH teamet").via == "AH-teamet"
    assert hit("trycksår").via == ""


def test_better_comes_first() -> None:
    qualities = [
        one.quality for text in ("vård", "akut", "besök", "kliniken") for one in search(whole(), text)
    ]
    assert set(qualities) >= {Quality.EXACT, Quality.BEGINS, Quality.WORD_BEGINS, Quality.CONTAINS}
    for text in ("vård", "akut", "besök", "kliniken", "kvalitet", "a", "medicin", "sla"):
        order = [one.quality for one in search(whole(), text, 100)]
        assert order == sorted(order)
    assert found("besök")[0] == "besok", "the whole name before what it begins"
    assert found("nära vård")[:2] == ["nara_vard", "nara-vard"], "pages before units"
    assert found("medicin")[:2] == ["medicinsk-stab", "medicinkliniken"], "the shorter name first"


def test_who_spells_well_is_not_shown_what_looks_alike() -> None:
    for text in ("akut", "besök", "hme", "medicinkliniken", "antibiotika"):
        assert Quality.MISSPELT not in {one.quality for one in search(whole(), text, 100)}


@pytest.mark.parametrize(
    "text", ["", "   ", "–", "!?", "xyzxyz", "\x00", "\ud800", "\u0301", "a" * 10_000, "x y z å"]
)
def test_nothing_is_nothing(text: str) -> None:
    assert search(whole(), text) == ()


def test_no_more_than_are_asked_for() -> None:
    assert len(search(whole(), "vård", 5)) == 5
    assert search(whole(), "vård", 0) == ()


TITLES = st.deferred(lambda: st.sampled_from([entry.title for entry in whole().entries]))


@given(TITLES, st.sampled_from([str.upper, str.lower, str.swapcase, str.title]), st.booleans())
@settings(deadline=None, max_examples=60)
def test_a_title_is_found_however_it_is_written(title: str, change: object, folded: bool) -> None:
    assert callable(change)
    text = change(" ".join(words_of(title)) if folded else title)
    for typed in (text, text.replace(" ", "-"), text.replace(" ", "").replace("-", "")):
        assert title in [one.title for one in search(whole(), typed, 3)], typed


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_a_title_with_a_letter_wrong_is_found(data: st.DataObject) -> None:
    title = data.draw(TITLES)
    words = words_of(title)
    long = [place for place, word in enumerate(words) if slips_allowed(word)]
    if not long:
        return
    which = data.draw(st.sampled_from(long))
    at = data.draw(st.integers(0, len(words[which]) - 1))
    word, letter = words[which], data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyzåäö"))
    wrong = data.draw(
        st.sampled_from(
            [
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    typed = " ".join((*words[:which], wrong, *words[which + 1 :]))
    assert title in [one.title for one in search(whole(), typed)], typed


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=60)
def test_anything_may_be_typed(text: str) -> None:
    hits = search(whole(), text)
    assert len({(one.kind, one.key) for one in hits}) == len(hits) <= 12


def test_it_is_fast_for_three_hundred() -> None:
    """Generously: the machine may be busy."""
    copies = [replace(one, key=f"{one.key}-{copy}") for copy in range(4) for one in real().measures.values()]
    many = replace(real(), measures={one.key: one for one in copies})
    index = index_of(many, Scope.of(real().organisation.units), OCTOBER, PAGES, today=OCTOBER)
    assert len(index.entries) > 280
    for text in ("vård", "medicinsk diagnostik och teknk", "mediccin sala", "xyzxyzxyz"):
        times = []
        for _ in range(5):
            began = time.process_time()
            search(index, text)
            times.append(time.process_time() - began)
        assert min(times) < 0.02, text


# Misspelt, held against a naive one


def naive(one: str, other: str) -> int:
    """Optimal string alignment, by its definition."""

    @cache
    def least(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        found = min(
            least(i - 1, j) + 1, least(i, j - 1) + 1, least(i - 1, j - 1) + (one[i - 1] != other[j - 1])
        )
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            found = min(found, least(i - 2, j - 2) + 1)
        return found

    return least(len(one), len(other))


WORD = st.text("abc", max_size=8)


@given(WORD, WORD, st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_slips_are_counted_as_the_definition_says(typed: str, word: str, most: int) -> None:
    beginnings = [word[:end] for end in range(len(word) + 1)]
    parts = [word[first:last] for last in range(len(word) + 1) for first in range(last + 1)]
    assert slips(typed, word, most) == min(naive(typed, word), most + 1)
    assert slips(typed, word, most, whole=False) == min(*(naive(typed, b) for b in beginnings), most + 1)
    assert slips(typed, word, most, anywhere=True) == min(*(naive(typed, part) for part in parts), most + 1)


def test_short_words_and_numbers_are_as_they_are_written() -> None:
    assert [slips_allowed(word) for word in ("hme", "akut", "kirurgi", "bemaning", "u70446", "90")] == [
        0, 1, 1, 2, 0, 0,
    ]  # fmt: skip


# What may be seen

UNITS, KEYS = tuple(CAT.organisation.units), tuple(CAT.measures)
KNOWN = replace(
    CAT,
    synonyms=tuple(Synonym((f"mått{key}",), measures=(key,)) for key in KEYS)
    + tuple(Synonym((f"enhet{unit}",), units=(unit,)) for unit in UNITS),
)
REACHES = st.builds(
    Reach,
    st.frozensets(st.sampled_from(UNITS)),
    st.none() | st.frozensets(st.sampled_from(KEYS)),
)  # fmt: skip


@given(
    st.frozensets(REACHES, max_size=3),
    st.sampled_from([Month.of(2022, 1), OCTOBER]),
    st.sampled_from([*UNITS, *KEYS, *(f"mått{key}" for key in KEYS), *(f"enhet{u}" for u in UNITS), "a", "enhet"]),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_nothing_outside_the_scope_is_ever_found(
    reaches: frozenset[Reach], month: Month, text: str, today: bool
) -> None:
    scope = Scope(reaches)
    for one in search(index_of(KNOWN, scope, month, (), today=OCTOBER if today else None), text, 1000):
        told = f"{one.title} {one.detail} {one.via}"
        if one.kind is Kind.UNIT:
            assert scope.sees(one.key)
        else:
            assert any(scope.allows(unit, one.key) for unit in scope.units)
        for unit in CAT.organisation.units.values():
            assert scope.sees(unit.id) or unit.name not in told.split(), "its name is not told either"


def test_an_ended_unit_finds_the_one_that_carries_on_where_both_are_seen() -> None:
    for units, today, expected in (
        (("halso", "primar"), OCTOBER, ["primar"]),
        (("primar",), OCTOBER, []),
        (("halso",), OCTOBER, []),
        (("halso", "primar"), None, []),
    ):
        index = index_of(CAT, Scope.of(units), OCTOBER, (), today=today)
        assert found("halso", index) == expected
    then = index_of(CAT, Scope.of(("halso", "primar")), Month.of(2022, 1), (), today=None)
    assert found("halso", then) == ["halso"]


def test_a_synonym_of_an_indicator_finds_its_parts() -> None:
    assert {one.key for one in search(whole(), "liggsår")} == {"trycksar.kat-1-4", "trycksar.kat-2-4"}


# Of a workspace


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with closing(Store.create("sqlite://", "demo", CAT, AS_OF)) as store:
        yield Workspace(CAT, store)


def test_the_index_is_made_once_for_each_scope_menu_and_organisation(workspace: Workspace) -> None:
    now, all_of_it = Selection("hsf", OCTOBER), Scope.of(UNITS)
    pages = (PageEntry("oversikt", "Översikt"),)
    index = index_for(workspace, all_of_it, now, pages)
    assert index_for(workspace, Scope.of(UNITS), replace(now, unit="akut", month=OCTOBER - 1), pages) is index
    then = replace(now, org=OrgView.AS_WAS, month=Month.of(2022, 1))
    others = [
        index_for(workspace, Scope.of(["akut"]), now, pages),
        index_for(workspace, all_of_it, now, ()),
        index_for(workspace, all_of_it, then, pages),
    ]
    assert len({id(one) for one in (index, *others)}) == 4
    assert (found("halso", index), found("halso", others[2])) == (["primar"], ["halso"])


def test_a_measure_is_opened_where_it_may_be_seen(workspace: Workspace) -> None:
    scope = Scope(
        frozenset(
            {
                Reach(frozenset({"hsf"}), frozenset({"andel", "belopp"})),
                Reach(frozenset({"akut", "kirurgi"}), frozenset({"belopp"})),
                Reach(frozenset({"primar"}), frozenset({"ars", "belopp"})),
            }
        )
    )
    at = Selection("kirurgi", OCTOBER)
    places = [unit_for(workspace, scope, at, key) for key in ("belopp", "andel", "ars", "enkat")]
    assert places == ["kirurgi", "hsf", "primar", "kirurgi"]
