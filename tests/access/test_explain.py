"""Every decision can be explained: allowed exactly where a role held, or the open figures, alone would give it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.access.explain import changes_nothing, explain, masking_words
from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rule, rights_of
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Persons
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from tests.store.builders import m, measure, organisation, unit

ORG = organisation(
    unit("hsf", None),
    unit("akutsjukvard", "hsf"),
    unit("nara-vard", "hsf"),
    unit("kirurgkliniken", "akutsjukvard"),
    unit("avdelning-1", "kirurgkliniken"),
    unit("kirurgen-sala", "nara-vard", None, "2022-12", "kirurgkliniken"),
    unit("habilitering", "nara-vard"),
)
MEASURES = {
    "sjukfranvaro": measure("sjukfranvaro", Aggregation.RATIO, persons=Persons.BOTH, threshold_by_sex=11),
    "ekonomi": measure("ekonomi", Aggregation.AMOUNT),
}
LOOK = frozenset({Permission.SEE, Permission.DOWNLOAD_DATA})
ROLES: Mapping[str, Role] = {
    role.id: role
    for role in (
        Role("ledning", "Ledning", "", Extent.EVERYTHING, LOOK | {Permission.COMMENT}),
        Role("chef", "Chef", "", Extent.SUBTREE, LOOK | {Permission.COMMENT}),
        Role("controller", "Controller", "", Extent.SUBTREE, LOOK | {Permission.LOAD, Permission.RELEASE}),
        Role("hr", "HR", "", Extent.EVERYTHING, LOOK, frozenset({"sjukfranvaro"}), "personalnyckeltalen"),
        Role("namnd", "Nämnd", "", Extent.TOP, frozenset({Permission.SEE}), released_only=True),
        Role("admin", "Administratör", "", Extent.NOTHING, frozenset({Permission.ADMINISTER})),
    )
}
RULE = Rule(ROLES, ORG, MEASURES, m("2023-10"), m("2023-08"))
DAY = dt.date(2023, 11, 14)

days = st.one_of(st.none(), st.dates(DAY - dt.timedelta(3), DAY + dt.timedelta(3)))
grants = st.builds(
    Grant,
    st.sampled_from([*ROLES, "okänd"]),
    st.sampled_from([None, *ORG.units, "finns-inte"]),
    days,
    days,
)
held_grants = st.lists(grants, max_size=4, unique=True).map(tuple)
rules = st.builds(
    lambda released, opened: replace(RULE, released=released, open_figures=opened),
    st.sampled_from([None, m("2023-08")]),
    st.booleans(),
)
units = st.sampled_from([None, *ORG.units, "finns-inte"])
measures = st.sampled_from([None, *MEASURES, "finns-inte"])
seen_as = st.sampled_from(["", "", "HR"])


@given(held_grants, rules, units, measures, seen_as)
def test_allowed_exactly_where_a_reason_is_named(
    held: tuple[Grant, ...], rule: Rule, at: str | None, key: str | None, looks_as: str
) -> None:
    rights = rights_of(Identity("a", "A", held, looks_as), rule, DAY)
    explanation = explain(rights, rule, at, key)
    assert set(explanation.decisions) == set(Permission)
    for permission, decision in explanation.decisions.items():
        assert decision.allowed is rights.may(permission, at, key)
        assert decision.allowed is bool(decision.reasons)
        assert bool(decision.refused) is not decision.allowed
        for reason in decision.reasons:
            assert reason.words.endswith(".")
            assert reason.grant is None or reason.grant in held


@given(held_grants, rules, units, measures)
def test_each_reason_alone_gives_it_and_without_them_all_nothing_does(
    held: tuple[Grant, ...], rule: Rule, at: str | None, key: str | None
) -> None:
    rights = rights_of(Identity("a", "A", held), rule, DAY)
    shut = replace(rule, open_figures=False)
    for permission, decision in explain(rights, rule, at, key).decisions.items():
        named = {reason.grant for reason in decision.reasons if reason.grant is not None}
        for grant in named:
            assert rights_of(Identity("a", "A", (grant,)), shut, DAY).may(permission, at, key)
        rest = tuple(grant for grant in held if grant not in named)
        opened = any(reason.grant is None for reason in decision.reasons)
        without = rights_of(Identity("a", "A", rest), shut if opened else rule, DAY)
        assert not without.may(permission, at, key)
        if opened:
            assert rights_of(Identity("a", "A", ()), rule, DAY).may(permission, at, key)


@given(held_grants, rules, st.sampled_from(list(ORG.units)), measures)
def test_a_unit_outside_is_told_in_the_words_for_one_that_does_not_exist(
    held: tuple[Grant, ...], rule: Rule, at: str, key: str | None
) -> None:
    rights = rights_of(Identity("a", "A", held), rule, DAY)
    if rights.scope.sees(at):
        return
    there, nowhere = explain(rights, rule, at, key), explain(rights, rule, "finns-inte", key)
    assert there.outside == nowhere.outside.replace("finns-inte", at)
    assert (there.months, there.figures, there.masking) == ("", "", "")
    assert (nowhere.months, nowhere.figures, nowhere.masking) == ("", "", "")
    for permission in (Permission.SEE, Permission.DOWNLOAD_DATA, Permission.DOWNLOAD_PICTURE):
        assert not there.decisions[permission].allowed
        told = there.decisions[permission].refused
        assert told == nowhere.decisions[permission].refused.replace("finns-inte", at)
        if not any(grant.unit == at for grant in held):
            assert ORG.units[at].name not in told


@given(held_grants, rules)
def test_a_role_that_gives_nothing_today_is_told_with_its_reason(held: tuple[Grant, ...], rule: Rule) -> None:
    rights = rights_of(Identity("a", "A", held), rule, DAY)
    in_force = {h.grant for h in rights.held if h.reaches or h.role.extent is Extent.NOTHING}
    assert len(explain(rights, rule).idle) == len([g for g in held if g not in in_force])


def why(*held: Grant, at: str | None = None, key: str | None = None, rule: Rule = RULE) -> str:
    """All the words, one sentence a line."""
    e = explain(rights_of(Identity("a", "A", held), rule, DAY), rule, at, key)
    lines = [e.outside, e.months, e.figures, e.masking, e.opened, *e.idle]
    for decision in e.decisions.values():
        lines += [decision.refused, *(reason.words for reason in decision.reasons)]
    return "\n".join(line for line in lines if line)


def test_the_own_unit_the_sums_above_and_a_foreign_unit_are_told_apart() -> None:
    chef = Grant("chef", "kirurgkliniken", dt.date(2023, 1, 1))
    assert (
        "Rollen Chef för Kirurgkliniken gäller verksamheten och allt under den, från och med 2023-01-01."
        in why(chef, at="avdelning-1")
    )
    assert "Rollen Chef för Kirurgkliniken ger också summorna för verksamheterna ovanför" in why(
        chef, at="hsf"
    )
    assert "Verksamheten ”habilitering” finns inte eller ingår inte i din behörighet." in why(
        chef, at="habilitering"
    )
    assert "Rollen Chef får kommentera, men inte här." in why(chef, at="hsf")


def test_what_a_role_is_limited_to_is_said() -> None:
    assert "Personalnyckeltalen." in why(Grant("hr"), at="kirurgkliniken")
    assert "Alla nyckeltal." in why(Grant("hr"), at="hsf")
    assert "Nyckeltalet ”ekonomi” ingår inte i din behörighet för den här verksamheten." in why(
        Grant("hr"), at="kirurgkliniken", key="ekonomi"
    )
    assert "Månader till och med augusti 2023, den senast frisläppta månaden." in why(
        Grant("namnd"), at="hsf"
    )
    assert "Alla månader." in why(Grant("chef", "akutsjukvard"), at="hsf")
    assert "Rollen Nämnd ger inga siffror än: ingen månad är frisläppt." in why(
        Grant("namnd"), rule=replace(RULE, released=None)
    )
    mixed = why(Grant("namnd"), at="hsf", rule=replace(RULE, open_figures=True))
    assert "Alla månader för en del nyckeltal, för de andra till och med augusti 2023" in mixed


def test_why_something_may_not_be_done_is_said() -> None:
    assert "Det ingår inte i rollen Administratör." in why(Grant("admin"))
    assert "Du har ingen roll som gäller i dag." in why()
    late = Grant("chef", "kirurgkliniken", None, DAY - dt.timedelta(1))
    assert "gäller till och med 2023-11-13, och ger ingenting i dag." in why(late)
    looks = rights_of(Identity("a", "A", (Grant("hr"),), "HR"), RULE, DAY)
    refused = explain(looks, RULE, "hsf").decisions[Permission.DOWNLOAD_DATA].refused
    assert refused == changes_nothing(looks) == "Den som ser som en annan roll kan bara titta."


def test_who_follows_up_does_so_for_what_the_own_unit_is_responsible_for() -> None:
    roles = {id: replace(role, may=role.may | {Permission.FOLLOW_UP}) for id, role in ROLES.items()}
    told = {}
    for at in ("kirurgkliniken", "hsf"):
        rights = rights_of(Identity("a", "A", (Grant("chef", at),)), replace(RULE, roles=roles), DAY)
        assert changes_nothing(rights) == ""
        decision = explain(rights, replace(RULE, roles=roles)).decisions[Permission.FOLLOW_UP]
        told[at] = " ".join(reason.words for reason in decision.reasons)
    assert "gäller det som verksamheten, eller någon under den, ansvarar för" in told["kirurgkliniken"]
    assert "gäller verksamheten och allt under den" in told["hsf"]
    earlier = explain(rights.only_looking(), RULE).decisions[Permission.FOLLOW_UP].refused
    assert earlier == changes_nothing(rights.only_looking()) != ""


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("sjukfranvaro", "färre än 5 personer står bakom, och färre än 11 när"),
        ("ekonomi", "räknar inte personer"),
    ],
)
def test_the_masking_rule_of_the_measure_is_told(key: str, told: str) -> None:
    assert told in masking_words(MEASURES[key])
    assert told in why(Grant("ledning"), at="hsf", key=key)


def test_open_figures_are_a_reason_of_their_own() -> None:
    opened = replace(RULE, open_figures=True)
    rights = rights_of(Identity("a", "A", ()), opened, DAY)
    seen = explain(rights, opened, "habilitering", "ekonomi").decisions[Permission.SEE]
    assert [reason.grant for reason in seen.reasons] == [None]
    assert not explain(rights, opened, "habilitering", "sjukfranvaro").decisions[Permission.SEE].allowed
    assert "öppnat" in why(rule=opened)
    assert "inte öppnat" in why()
