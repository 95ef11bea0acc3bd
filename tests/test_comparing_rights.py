"""The comparison of units: what each person gets, and that nothing of anybody else comes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import pytest

from hsf_kpi.analysis.compare.types import NoRanking, Ranking
from hsf_kpi.comparing import Comparing, comparing_of
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.peers import SMALLEST_GROUP, Withheld
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.store.peers import as_printed
from hsf_kpi.workspace import Workspace
from tests.comparing_asked import HSF, KIR, ranked, scope_of


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def comparing(workspace: Workspace) -> Comparing:
    return comparing_of(workspace)


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize(
    "key", ["sjukfranvaro", "vardgaranti.besok", "hyrpersonal", "hme", "drg-per-arsarbetare"]
)
def test_a_head_gets_the_widest_answer_cut_to_what_may_be_seen(
    comparing: Comparing, key: str, view: View
) -> None:
    """Order, places, middle and printed values are everybody's; names, exact values and intervals one's own."""
    selection = replace(KIR, view=view)
    whole, cut = (ranked(comparing, person, key, selection) for person in ("ledning", "verksamhetschef"))
    scope = scope_of(comparing.workspace, "verksamhetschef")
    measure = whole.measure
    printed = [
        as_printed(row.assessment.outcome.value, measure)
        for row in whole.rows
        if row.assessment is not None and row.assessment.outcome.value is not None
    ]
    assert len(printed) == len(whole.rows) == len(cut.rows)
    assert [row.place for row in whole.rows] == [row.place for row in cut.rows]
    assert (whole.median, whole.quartiles, whole.own, whole.origins) == (
        cut.median,
        cut.quartiles,
        cut.own,
        cut.origins,
    )
    assert cut.group.units == ("kirurgkliniken",)
    assert len(whole.missing) + whole.left_out == len(cut.missing) + cut.left_out
    mine = {row.unit: row for row in whole.rows if row.unit is not None and scope.sees(row.unit)}
    named = {row.unit: row for row in cut.rows if row.unit is not None}
    assert named == mine
    hidden = sorted(row.value for row in cut.rows if row.unit is None)
    rest = sorted(
        float(as_printed(row.assessment.outcome.value, measure))
        for row in whole.rows
        if row.unit not in mine and row.assessment is not None and row.assessment.outcome.value is not None
    )
    assert hidden == rest
    assert [float(value) for value in sorted(printed)] == sorted(
        float(as_printed(row.assessment.outcome.value, measure)) if row.assessment else row.value
        for row in cut.rows
        if row.assessment is None or row.assessment.outcome.value is not None
    )


def everything_told(
    comparing: Comparing, scope: Scope, selection: Selection, keys: Mapping[str, object]
) -> str:
    told: list[object] = [comparing.groups(scope, selection)]
    for group in comparing.groups(scope, selection):
        told.append(comparing.grid(scope, selection, group.id))
        for key in keys:
            told += [ask(scope, selection, key, group.id) for ask in (comparing.ranking, comparing.funnel)]
            told.append(list(comparing.curves(scope, selection, key, group.id)))
    return _without_definitions(told)


def _without_definitions(told: object) -> str:
    """As text. A measure's own fields name units, and are everybody's to read."""
    if isinstance(told, list | tuple | frozenset):
        return " ".join(map(_without_definitions, told))
    if isinstance(told, Mapping):
        return " ".join(f"{key!r} {_without_definitions(value)}" for key, value in told.items())
    if isinstance(told, ComparisonGroup):
        return repr(replace(told, note=""))
    if isinstance(told, Measure):
        return told.key
    if not hasattr(told, "__dataclass_fields__"):
        return repr(told)
    fields = [name for name in told.__dataclass_fields__ if name != "target"]
    return " ".join(_without_definitions(getattr(told, name)) for name in fields)


@pytest.mark.parametrize("person", ["verksamhetschef", "omradeschef", "namnd"])
def test_nothing_tells_of_a_unit_outside_the_scope(
    workspace: Workspace, comparing: Comparing, person: str
) -> None:
    scope = scope_of(workspace, person)
    units = workspace.catalogue.organisation.units
    unit = "kirurgkliniken" if person == "verksamhetschef" else "hsf"
    selection = Selection(unit, max(workspace.months(scope)))
    keys = {k: m for k, m in workspace.catalogue.measures.items() if m.counted or k in ("hyrpersonal", "hme")}
    told = everything_told(comparing, scope, selection, keys)
    for outside in (u for u in units if not scope.sees(u)):
        assert f"'{outside}'" not in told
        assert not any(f"{units[outside].name}{end}" in told for end in ("'", ",", "."))
    seen = next(u for u in units if scope.sees(u) and u != "hsf")
    assert f"'{seen}'" in told, "what is looked for can be found"


def test_unnamed_rows_are_none_or_five_for_every_measure_and_view(
    workspace: Workspace, comparing: Comparing
) -> None:
    shown = 0
    for person in ("verksamhetschef", "omradeschef"):
        scope = scope_of(workspace, person)
        for view, sex in ((View.YTD, Sex.ALL), (View.MONTH, Sex.WOMEN)):
            selection = replace(KIR, view=view, sex=sex)
            for group in comparing.groups(scope, selection):
                for key in comparing.measures(scope, selection, group.id):
                    found = comparing.ranking(scope, selection, key, group.id)
                    hidden = [r for r in found.rows if r.unit is None] if isinstance(found, Ranking) else []
                    assert not 0 < len(hidden) < SMALLEST_GROUP
                    assert all(
                        (r.low, r.high, r.assessment, r.apart) == (None, None, None, False) for r in hidden
                    )
                    shown += bool(hidden)
    assert shown > 10


def test_in_groups_that_overlap_nobody_is_shown_without_a_name(workspace: Workspace) -> None:
    """Two lists that differ by one unit would tell whose value it is."""
    first, *rest = workspace.catalogue.comparison_groups
    other = ComparisonGroup(
        "andra", "Andra", "bland andra", tuple(u for u in first.units if u != "medicinkliniken")
    )
    catalogue = replace(workspace.catalogue, comparison_groups=(first, other, *rest))
    overlapping = Workspace(catalogue, workspace.store)
    head, everything = scope_of(workspace, "verksamhetschef"), scope_of(workspace, "ledning")
    comparing = comparing_of(overlapping)
    for group in ("vardande", "andra"):
        found = comparing.ranking(head, KIR, "sjukfranvaro", group)
        assert isinstance(found, NoRanking)
        assert "inte står i någon annan grupp" in found.words
        assert isinstance(comparing.ranking(everything, KIR, "sjukfranvaro", group), Ranking)
    assert overlapping.peers(head, KIR, "sjukfranvaro") is Withheld.OVERLAPPING


def test_the_own_place_on_nyckeltal_is_the_one_of_the_ranking(
    workspace: Workspace, comparing: Comparing
) -> None:
    scope = scope_of(workspace, "verksamhetschef")
    standing = workspace.peers(scope, KIR, "sjukfranvaro")
    assert not isinstance(standing, Withheld)
    found = ranked(comparing, "verksamhetschef", "sjukfranvaro")
    assert standing.group == "bland kliniker med patientvård"
    assert standing.place == next(row.place for row in found.rows if row.unit == "kirurgkliniken")
    assert float(standing.median) == found.median
    assert workspace.peers(scope_of(workspace, "ledning"), HSF, "sjukfranvaro") is Withheld.NO_GROUP


def test_a_unit_that_may_be_seen_in_other_months_only_is_without_a_name(
    workspace: Workspace, comparing: Comparing
) -> None:
    """One unit in every month, a second one until September."""
    scope = Scope(
        frozenset(
            {
                Reach(frozenset({"kirurgkliniken"})),
                Reach(frozenset({"medicinkliniken"}), None, Month.of(2023, 9)),
            }
        )
    )
    found = comparing.ranking(scope, KIR, "sjukfranvaro", "vardande")
    assert isinstance(found, Ranking)
    assert {row.unit for row in found.rows} == {"kirurgkliniken", None}
    assert (found.missing, found.left_out) == ((), 0)
    earlier = comparing.ranking(scope, replace(KIR, month=Month.of(2023, 9)), "sjukfranvaro", "vardande")
    assert isinstance(earlier, Ranking)
    assert {row.unit for row in earlier.rows} == {"kirurgkliniken", "medicinkliniken", None}


def test_demo_values_are_called_so(comparing: Comparing) -> None:
    assert {origin.value for origin in ranked(comparing, "verksamhetschef", "sjukfranvaro").origins} == {
        "demo"
    }
