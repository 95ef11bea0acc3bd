"""What the product's data say of the ledger's measures and levers."""

from __future__ import annotations

import re
from fractions import Fraction

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.lever import LeverKind
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.period import Month

OWN, HIRED = "egen-personal", "inhyrd-personal"
DERIVED = {
    "periodresultat": Derivation("result_deviation", first=Month.of(2020, 1)),
    "resultat-mot-foregaende-ar": Derivation("result_change", first=Month.of(2021, 1)),
    "helarsprognos": Derivation("forecast_deviation", first=Month.of(2021, 1)),
    "bruttokostnadsutveckling": Derivation("cost_growth", first=Month.of(2021, 1)),
    "hyrpersonal": Derivation("account_ratio", (HIRED,), (OWN,), first=Month.of(2019, 1)),
    "kostnad-per-timme": Derivation("cost_per_hour", (OWN,), hours="arsarbetare", first=Month.of(2019, 1)),
    "investeringar": Derivation("accumulated", ("investeringar",), first=Month.of(2019, 1)),
}


def test_what_is_made_from_the_ledger(catalogue: Catalogue) -> None:
    assert {key: m.derived for key, m in catalogue.measures.items() if m.derived} == DERIVED


def test_what_is_made_from_the_ledger_is_made_of_every_unit_that_has_one(catalogue: Catalogue) -> None:
    """And so can be seen where the ledger can."""
    for key in DERIVED:
        assert catalogue.measure(key).measured_at == ("tag:personal",), key
        assert catalogue.measure(key).component_unit == "kr", key


def test_the_levers(catalogue: Catalogue) -> None:
    hired, fte, accounts = catalogue.levers
    assert (hired.id, fte.id, accounts.id) == ("hyrpersonal", "arsarbetare", "restriktivitet")
    assert [lever.kind for lever in catalogue.levers] == [
        LeverKind.HIRED_SHARE,
        LeverKind.FTE,
        LeverKind.ACCOUNTS,
    ]
    assert [(lever.least, lever.most) for lever in catalogue.levers] == [
        (Fraction(0), Fraction(100)),
        (Fraction(-500), Fraction(0)),
        (Fraction(-100), Fraction(0)),
    ]
    assert [lever.share for lever in catalogue.levers] == [Fraction(2, 5), Fraction(1), Fraction(1)]
    assert [lever.months for lever in catalogue.levers] == [6, 12, 0]
    assert set(accounts.accounts) == {a.id for a in catalogue.ledger_accounts if a.restriktivitet}
    assert "40\N{NO-BREAK SPACE}% av minskningen" in hired.assumption
    assert "efter 6 månader" in hired.assumption
    assert "under 12 månader" in fte.assumption


def test_the_levers_lean_on_what_is_public(catalogue: Catalogue) -> None:
    hired, fte, accounts = catalogue.levers
    [target] = catalogue.measure("hyrpersonal").targets
    assert hired.suggested[0] == target.high
    assert "mål är 2 procent" in hired.source
    assert [-int(value) for value in fte.suggested] == [100, 300]
    assert "300 fler årsarbetare än 2019" in fte.source
    assert "100 färre" in fte.source
    assert "resor, övernattningar och externa möten" in accounts.source


def test_every_lever_says_that_it_is_our_own_assumption(catalogue: Catalogue) -> None:
    for lever in catalogue.levers:
        assert lever.source.startswith("Eget antagande"), lever.id
        assert lever.assumption.endswith("."), lever.id
        assert not re.search(r"[{}]", lever.assumption), lever.id


def test_agreed_production_is_held_against_what_was_produced(catalogue: Catalogue) -> None:
    """Measured at the same units, in the same units of measure, and linked to each other."""
    for key in ("besok", "vardtillfallen", "operationer"):
        made, agreed = catalogue.measure(key), catalogue.measure(f"{key}-overenskomna")
        assert made.measured_at == agreed.measured_at, key
        assert made.component_unit == agreed.component_unit, key
        assert agreed.key in made.related, key
        assert made.key in agreed.related, key
    points, agreed = catalogue.measure("drg-per-arsarbetare"), catalogue.measure("drg-overenskomna")
    assert set(points.measured_at) == set(agreed.measured_at)
    assert points.component_unit == agreed.component_unit


def test_total_staffing_is_measured_alike_and_seen_by_hr(catalogue: Catalogue) -> None:
    own = catalogue.measure("arsarbetare")
    seen = catalogue.roles["hr"].measures
    assert seen is not None
    for key in ("inhyrda-arsarbetare", "overtid-arsarbetare"):
        other = catalogue.measure(key)
        assert (other.aggregation, other.measured_at) == (own.aggregation, own.measured_at), key
        assert key in seen
