"""Titles: every status, kind of target, missing and unit of measure; at most 75 characters; the words that must be there."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.findings import LONGEST, finding, fitting
from hsf_kpi.model.codes import Direction, Missing, Status, UnitOfMeasure
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import assessment, measure, outcome, target

LONG = "Andel oplanerade återinskrivningar inom 30 dagar för patienter 65 år och äldre"

VERBS = {"är", "når", "ligger", "följer", "mäts", "har"}

NUMBERED = {
    TargetKind.AT_LEAST: ("80%", "80", None),
    TargetKind.ABOVE: (">95%", "95", None),
    TargetKind.AT_MOST: ("6,0%", None, "6.0"),
    TargetKind.BELOW: ("<5%", None, "5"),
    TargetKind.BETWEEN: ("85‐90%", "85", "90"),
    TargetKind.AMOUNT_AT_LEAST: ("‐800 mnkr", "-800", None),
}


@pytest.mark.parametrize("kind", TargetKind)
@pytest.mark.parametrize("status", Status)
def test_every_title_fits_and_has_a_verb(kind, status):
    wording, low, high = NUMBERED.get(kind, ("Lägre än fg år", None, None))
    fixed = 2022 if kind is TargetKind.LESS_THAN_FIXED_YEAR else None
    names = ((LONG, "Återinskrivningar"), ("Sjukfrånvaro", ""), (LONG, LONG))
    values = (None, "0", "78.04", "-1234.5")
    bounds = (None, "0", "78.04", "95")
    for (name, short), unit, value, bound in itertools.product(names, UnitOfMeasure, values, bounds):
        m = measure(name, unit=unit, short_name=short)
        a = assessment(
            outcome(m, value), target(kind, wording, low, high, fixed), status, bound=bound, last="77"
        )
        title = finding(a)
        assert 10 < len(title) <= LONGEST
        assert VERBS & set(title.replace("\N{NO-BREAK SPACE}", " ").replace(":", "").split())
        assert "None" not in title
        assert "…" not in title


@pytest.mark.parametrize("missing", Missing)
def test_a_missing_value_says_why(missing):
    title = finding(assessment(outcome(measure(), None, missing=missing)))
    started = missing is Missing.MEASURING_STARTED
    assert title.startswith(
        "Mätningen har börjat, men det finns inget utfall än" if started else "Sjukfrånvaro"
    )
    assert len(title) <= LONGEST


def test_what_is_counted_is_as_many_and_not_the_same():
    m = measure("Medarbetare", unit=UnitOfMeasure.COUNT, decimals=0)
    goal = target(TargetKind.MORE_THAN_LAST_YEAR, "Öka")
    a = assessment(outcome(m, "0"), goal, Status.MISSED, bound="0", last="0")
    assert finding(a).startswith("Medarbetare är 0, lika många som oktober 2022")
    assert finding(assessment(outcome(m, "0"), last="0")) == "Medarbetare är 0, lika många som oktober 2022"


def said(value, kind, wording, status, *, bound=None, last=None, low=None, high=None, fixed=None, **measures):
    a = assessment(
        outcome(measure(**measures), value),
        target(kind, wording, low, high, fixed),
        status,
        bound=bound,
        last=last,
    )
    return finding(a).replace("\N{NO-BREAK SPACE}", " ")


def test_the_words_of_each_verdict():
    met, near, missed = Status.MET, Status.NEAR, Status.MISSED
    kinds = TargetKind
    assert said("6.6", kinds.AT_MOST, "6,0%", missed, bound="6.0") == (
        "Sjukfrånvaro ligger 0,6 procentenheter över målet 6,0%"
    )
    assert said("6.6", kinds.AT_MOST, "6,0%", near, bound="6.0") == (
        "Sjukfrånvaro ligger 0,6 procentenheter över målet 6,0%, vilket är nära"
    )
    assert said("5.9", kinds.AT_MOST, "6,0%", met, bound="6.0") == "Sjukfrånvaro når målet 6,0% med 5,9 %"
    assert said("5", kinds.BELOW, "<5%", missed, bound="5") == (
        "Sjukfrånvaro ligger precis på 5,0 % men når inte målet <5%"
    )
    assert said("84.2", kinds.BETWEEN, "85‐90%", missed, bound="85") == (
        "Sjukfrånvaro ligger 0,8 procentenheter under målet 85‐90%"
    )
    assert said(
        "12", kinds.LESS_THAN_LAST_YEAR, "minska", missed, bound="10", last="10", unit=UnitOfMeasure.FTE
    ) == ("Sjukfrånvaro är 2,0 fler än oktober 2022; målet är att minska")
    assert said("12", kinds.MORE_THAN_LAST_YEAR, "Öka", met, bound="10", last="10") == (
        "Sjukfrånvaro är 2,0 procentenheter högre än oktober 2022 och når målet"
    )
    assert said("1.5", kinds.LESS_THAN_FIXED_YEAR, "Lägre än 2022", met, bound="2", fixed=2022) == (
        "Sjukfrånvaro är 0,5 procentenheter lägre än 2022 och når målet"
    )
    assert said("10", kinds.MORE_THAN_LAST_YEAR, "Öka", missed, bound="10", last="10") == (
        "Sjukfrånvaro är 10,0 %, samma som oktober 2022; målet är att öka"
    )
    assert said("63", kinds.BETTER_THAN_NATIONAL, "Bättre än riks snittet", met, bound="60") == (
        "Sjukfrånvaro är 3,0 procentenheter högre än rikssnittet och når målet"
    )
    assert said("60", kinds.BETTER_THAN_NATIONAL, "Bättre än riks snittet", missed, bound="60") == (
        "Sjukfrånvaro är lika med rikssnittet och når inte målet"
    )
    mnkr = UnitOfMeasure.MNKR
    assert said("-861", kinds.ON_BUDGET, "Noll", missed, bound="0", unit=mnkr) == (
        "Sjukfrånvaro är 861,0 mnkr sämre än budget"
    )
    assert (
        said("12", kinds.ON_BUDGET, "Noll", met, bound="0", unit=mnkr)
        == "Sjukfrånvaro är 12,0 mnkr bättre än budget"
    )
    assert (
        said("0", kinds.ON_BUDGET, "Noll", met, bound="0", unit=mnkr)
        == "Sjukfrånvaro följer budget och når målet"
    )
    assert said("120", kinds.ACCORDING_TO_PLAN, "Enligt plan", Status.NOT_ASSESSABLE, unit=mnkr) == (
        "Sjukfrånvaro är 120,0 mnkr och kan inte bedömas mot målet ”Enligt plan”"
    )
    assert (
        said("120", kinds.AT_MOST, "160,8 mnkr", met, unit=mnkr)
        == "Sjukfrånvaro är 120,0 mnkr, målet är uppnått"
    )


def test_without_a_target_the_change_is_the_finding():
    m = measure(direction=Direction.NONE)
    assert finding(assessment(outcome(m, "5.9"), last="6.6")).replace("\N{NO-BREAK SPACE}", " ") == (
        "Sjukfrånvaro är 0,7 procentenheter lägre än oktober 2022"
    )
    assert (
        finding(assessment(outcome(m, "5.9"), last="5.9"))
        == "Sjukfrånvaro är 5,9\N{NO-BREAK SPACE}%, samma som oktober 2022"
    )
    assert (
        finding(assessment(outcome(m, "5.9"))).replace("\N{NO-BREAK SPACE}", " ")
        == "Sjukfrånvaro är 5,9 %, oktober 2023"
    )


def test_a_value_that_misses_by_little_does_not_look_equal_to_the_target():
    title = said("6.004", TargetKind.AT_MOST, "6,0%", Status.MISSED, bound="6.0")
    assert "0,004 procentenheter över" in title


def test_an_incomplete_value_has_its_star():
    a = assessment(outcome(measure(), "5.9", note="10 av 11 verksamheter"))
    assert "5,9\N{NO-BREAK SPACE}%*" in finding(a)


@given(st.text(alphabet="abcåäö ", max_size=200), st.text(alphabet="abc ", min_size=80, max_size=120))
def test_fitting_never_exceeds(first, second):
    assert len(fitting(iter([first, second]))) <= LONGEST


def test_the_table_above_covers_every_kind():
    assert set(NUMBERED) | {k for k in TargetKind if not (k.needs_low or k.needs_high)} == set(TargetKind)
    assert len(list(itertools.product(TargetKind, Status))) == 48
