"""The month's signals of the demo: what a slow look finds too, no more than the scope lets, kept and shared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.analysis.assess import is_judgeable
from hsf_kpi.analysis.economy.types import Verdict, Yardstick
from hsf_kpi.analysis.signals import budget
from hsf_kpi.analysis.signals.assignments import IN_A_ROW
from hsf_kpi.analysis.signals.causes import is_new_cause
from hsf_kpi.analysis.signals.lean import outcomes_from
from hsf_kpi.analysis.signals.pieces import Looked, Targets
from hsf_kpi.analysis.signals.targets import by_chance, flipped
from hsf_kpi.analysis.signals.types import MonthSignals, Signal, SignalKind
from hsf_kpi.analysis.spc.types import NoLimits, Process, Refused
from hsf_kpi.economy import economy_of
from hsf_kpi.looking.series import look_at
from hsf_kpi.looking.targets import targets_at
from hsf_kpi.looking.what import Looking
from hsf_kpi.model.codes import Missing, OrgView, Sex, Status
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.signals import Signals, signals_of, warm
from hsf_kpi.store.series import SeriesStore
from hsf_kpi.workspace import Workspace

OCTOBER = Month.of(2023, 10)
HSF = Selection("hsf", OCTOBER)
PEOPLE = ("omradeschef", "verksamhetschef", "hr", "namnd")


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def everything(workspace: Workspace) -> Scope:
    return Scope.of(workspace.catalogue.organisation.units)


@pytest.fixture(scope="module")
def signals(workspace: Workspace) -> Signals:
    return signals_of(workspace)


@pytest.fixture(scope="module")
def october(signals: Signals, everything: Scope) -> MonthSignals:
    return signals.monthly(everything, HSF)


@pytest.fixture(scope="module")
def pieces(
    workspace: Workspace, everything: Scope
) -> dict[Month, tuple[dict[str, Looked], dict[str, Targets]]]:
    """What is found at every unit, for those who see everything, in the months that the tests ask about."""
    return {month: found(workspace, everything, month) for month in (OCTOBER, OCTOBER - 1)}


def found(workspace: Workspace, scope: Scope, month: Month) -> tuple[dict[str, Looked], dict[str, Targets]]:
    selection = Selection("hsf", month)
    units = workspace.units(scope, selection)
    looking = Looking(workspace, scope, selection)
    return {one.unit: one for one in look_at(looking, units)}, {
        one.unit: one for one in targets_at(looking, units)
    }


def scope_of(workspace: Workspace, role: str) -> Scope:
    people = {person.id: person for person in workspace.catalogue.demo_people}
    return workspace.scope_of(Identity(role, role, people[role].grants))


def of(found: MonthSignals, kind: SignalKind) -> list[Signal]:
    return [signal for signal in found.signals if signal.kind is kind]


# As a slow look finds


def test_lean_outcomes_are_the_curves_values_that_can_be_judged(
    workspace: Workspace, everything: Scope
) -> None:
    units = ("hsf", "akutsjukvard", "kirurgkliniken", "narsjukvard-ost", "onkologkliniken", "habilitering")
    keys = [key for key, measure in workspace.catalogue.measures.items() if measure.monthly]
    compared = gaps = 0
    for sex, org in ((Sex.ALL, OrgView.TODAY), (Sex.WOMEN, OrgView.AS_WAS)):
        points = workspace.store.series.points(
            everything, workspace.catalogue, units, keys, sex, org, OCTOBER
        )
        for unit in units:
            for key in keys:
                measure = workspace.catalogue.measure(key)
                if sex is not Sex.ALL and not measure.by_sex:
                    continue
                slow = workspace.outcomes(everything, Selection(unit, OCTOBER, View.MONTH, sex, org), key)
                lean = outcomes_from(measure, unit, sex, points[unit].get(key, ()), OCTOBER)
                wanted = {o.period: o.value for o in slow if is_judgeable(o)}
                assert {o.period: o.value for o in lean if o.value is not None} == wanted, (unit, key)
                compared += len(wanted)
                gaps += sum(o.value is None for o in lean)
                assert not lean or (lean[-1].period.end, lean[-1].missing) in (
                    (OCTOBER, None), (OCTOBER, Missing.NOT_REPORTED),
                )  # fmt: skip
    assert compared > 5000
    assert gaps, "gaps are told too"


def test_causes_and_counts_are_those_of_every_process(
    workspace: Workspace, signals: Signals, everything: Scope, october: MonthSignals
) -> None:
    looking = Looking(workspace, everything, HSF)
    seen, refused, units = set(), 0, set()
    judged = 0
    for unit in workspace.units(everything, HSF):
        for key, process in signals.processes(everything, replace(HSF, unit=unit)).items():
            measure = workspace.catalogue.measure(key)
            if not measure.monthly or not looking.measured(measure, unit):
                continue
            units.add(unit)
            if isinstance(process, NoLimits):
                refused += 1
                continue
            judged += 1
            if is_new_cause(process):
                seen.add((unit, key))
    told = [(signal, signal.unit) for signal in of(october, SignalKind.CAUSE)]
    told += [(signal, unit) for signal, _ in told for unit in signal.also]
    found = {(unit, signal.measure.key) for signal, unit in told if signal.measure}
    left = sum(october.left_causes.values())
    assert found <= seen
    assert (len(seen - found) >= left) if left else found == seen
    assert (october.judged, october.series, october.units) == (judged, judged + refused, len(units))
    assert sum(october.refused.values()) == refused
    assert october.refused[Refused.FORECAST] == len(units)
    assert october.month == OCTOBER


@pytest.mark.parametrize("view", [View.YTD, View.MONTH])
def test_targets_are_those_that_the_pages_judge(
    workspace: Workspace, signals: Signals, everything: Scope, view: View
) -> None:
    chosen = Selection("akutsjukvard", Month.of(2023, 5), view)
    told, chance = set(), 0
    for unit in workspace.catalogue.organisation.below("akutsjukvard", OCTOBER):
        there = replace(chosen, unit=unit)
        before = {
            a.measure.key: a for a in workspace.assessments(everything, replace(there, month=there.month - 1))
        }
        for now in workspace.assessments(everything, there):
            key = now.measure.key
            if not flipped(before[key].status, now.status):
                continue
            if now.measure.monthly and by_chance(
                signals.process(everything, there, key), met=now.status is Status.MET
            ):
                chance += 1
            elif now.measure.monthly or now.outcome.period != before[key].outcome.period:
                told.add((unit, key, now.reason, before[key].reason))
    found = signals.monthly(everything, chosen)
    mine = [(s.unit, s.now, s.before) for s in of(found, SignalKind.TARGET)]
    assert {
        (unit, now.measure.key, now.reason, before.reason) for unit, now, before in mine if now and before
    } == told
    assert found.by_chance == chance
    assert chance
    if view is View.MONTH:
        assert found.series


def test_budgets_are_the_contributions_of_the_lowest_units(
    workspace: Workspace, everything: Scope, october: MonthSignals
) -> None:
    economy = economy_of(workspace)
    months = tuple(Month.of(2023, n) for n in range(1, 11))
    whole = economy.contribution(everything, HSF, months, Yardstick.PROVISION, lowest=True)
    amounts = {row.unit: row.deviation.amount for row in whole.rows if row.unit and row.deviation.amount}
    worst = [unit for unit, amount in sorted(amounts.items(), key=lambda one: one[1]) if amount < 0]
    told = of(october, SignalKind.BUDGET)
    assert {signal.unit: signal.amount for signal in told}.items() <= amounts.items()
    assert [s.unit for s in sorted(told, key=lambda s: s.amount or 0) if not s.better] == worst[
        : budget.WORSE
    ]
    assert sum(signal.better is True for signal in told) == budget.BETTER
    assert all(abs(signal.share or 0) >= budget.LEAST for signal in told)
    ledger = economy.ledger(everything, replace(HSF, unit=worst[0]))
    assert budget.budget_signal(ledger, OCTOBER) is not None
    assert "forvaltningsledning" not in {signal.unit for signal in told}, "the provision is no deviation"


@pytest.mark.parametrize("month", [OCTOBER, OCTOBER - 1])
def test_breaches_are_those_of_the_compliance_page(
    workspace: Workspace, everything: Scope, month: Month,
    pieces: dict[Month, tuple[dict[str, Looked], dict[str, Targets]]],
) -> None:  # fmt: skip
    economy, broken = economy_of(workspace), {}
    for unit in ("hsf", "akutsjukvard"):
        for assignment in ("medarbetare", "hyrpersonal"):
            compliance = economy.compliance(everything, Selection(unit, month), assignment)
            for row in (compliance.whole, *compliance.rows):
                if row.cells[-1].verdict is Verdict.BROKE:
                    run = [
                        cell.verdict in (Verdict.COMPLIED, Verdict.MOVED) for cell in reversed(row.cells[:-1])
                    ]
                    before = run.index(False) if False in run else len(run)
                    broken[row.unit, assignment] = (round(row.cells[-1].own or 0), before)
    looked = pieces[month][0]
    units = {
        "hsf",
        *workspace.children(everything, HSF),
        *workspace.children(everything, replace(HSF, unit="akutsjukvard")),
    }
    mine = {
        (signal.unit, signal.assignment): (signal.amount, signal.in_a_row)
        for unit in units
        for signal in looked[unit].breaches
    }
    assert mine == broken
    assert broken


def test_late_reports_are_told_once_with_the_units_that_report(
    workspace: Workspace, everything: Scope, october: MonthSignals
) -> None:
    late = {signal.measure.key: signal for signal in of(october, SignalKind.MISSING) if signal.measure}
    assert late["sjukfranvaro"].also == ("onkologkliniken", "ambulanssjukvarden")
    assert late["sjukfranvaro"].month == OCTOBER
    for key, signal in late.items():
        for unit in signal.also:
            outcome = workspace.assessment(everything, replace(HSF, unit=unit, view=View.MONTH), key).outcome
            assert (outcome.missing, outcome.period.end) == (Missing.LATE, signal.month)


def test_a_klinik_is_told_its_own_and_a_broken_row_before_a_small_breach(
    signals: Signals, everything: Scope, october: MonthSignals
) -> None:
    own = signals.monthly(everything, replace(HSF, unit="kirurgkliniken"))
    assert {signal.unit for signal in own.signals} == {"kirurgkliniken"}
    assert SignalKind.BUDGET in {signal.kind for signal in own.signals}
    breaches = of(october, SignalKind.ASSIGNMENT)
    rest = [signal for signal in breaches if signal.in_a_row < IN_A_ROW and signal.unit != "hsf"]
    assert rest
    assert [signal.weight for signal in october.signals] == sorted(
        (s.weight for s in october.signals), reverse=True
    )


# Nobody sees more than the scope lets


@pytest.mark.no_cover
@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("month", [OCTOBER, OCTOBER - 1])
def test_a_person_gets_what_everybody_gets_of_what_the_person_may_see(
    workspace: Workspace, role: str, month: Month,
    pieces: dict[Month, tuple[dict[str, Looked], dict[str, Targets]]],
) -> None:  # fmt: skip
    scope = scope_of(workspace, role)
    looked, targets = found(workspace, scope, month)
    for unit, piece in looked.items():
        whole, of_targets = pieces[month][0][unit], pieces[month][1][unit]

        def mine(signal: Signal, unit: str = unit) -> bool:
            key = {"medarbetare": "antal-medarbetare"}.get(signal.assignment, signal.assignment)
            key = key or (signal.measure.key if signal.measure else workspace.catalogue.ledger_seen_with)
            return scope.allows(unit, key) and scope.reaches_month(unit, key, month)

        assert piece.causes == tuple(s for s in whole.causes if mine(s))
        assert piece.breaches == tuple(s for s in whole.breaches if mine(s))
        assert piece.budget == (whole.budget if whole.budget and mine(whole.budget) else None)
        assert targets[unit].signals == tuple(s for s in of_targets.signals if mine(s))
        late = {
            (k, end) for k, end in whole.late if scope.allows(unit, k) and scope.reaches_month(unit, k, end)
        }
        assert set(piece.late) == late
    assert set(looked) == {unit for unit in pieces[month][0] if scope.sees(unit)}


@pytest.mark.parametrize("role", PEOPLE)
def test_no_unit_outside_the_scope_is_named(workspace: Workspace, signals: Signals, role: str) -> None:
    scope = scope_of(workspace, role)
    for unit in sorted(scope.units & {"hsf", "akutsjukvard", "kirurgkliniken"}):
        told = signals.monthly(scope, replace(HSF, unit=unit))
        named = {name for signal in told.signals for name in (signal.unit, *signal.also)}
        assert named <= scope.units
        assert all(scope.allows(s.unit, s.measure.key) for s in told.signals if s.measure)


def test_namnden_is_told_nothing_of_a_month_that_is_not_released(
    workspace: Workspace, signals: Signals
) -> None:
    scope = scope_of(workspace, "namnd")
    later = signals.monthly(scope, HSF)
    assert not [
        s for s in later.signals if s.kind is not SignalKind.MISSING and s.measure and s.measure.monthly
    ]
    assert {signal.month for signal in later.signals if signal.kind is SignalKind.MISSING} <= {
        Month.of(2022, 12)
    }
    assert not of(later, SignalKind.BUDGET)
    assert not of(later, SignalKind.ASSIGNMENT)
    september = signals.monthly(scope, replace(HSF, month=OCTOBER - 1))
    assert of(september, SignalKind.CAUSE)
    assert all(s.process.months[-1] == OCTOBER - 1 for s in september.signals if s.process)


def test_outside_the_scope_nothing_is_answered_even_when_it_is_kept(
    workspace: Workspace, signals: Signals, everything: Scope
) -> None:
    other = replace(HSF, unit="medicinkliniken")
    signals.monthly(everything, other)
    signals.processes(everything, other)
    for scope in (scope_of(workspace, "verksamhetschef"), NOTHING, scope_of(workspace, "admin")):
        for ask in (
            lambda: signals.monthly(scope, other),  # noqa: B023
            lambda: signals.processes(scope, other),  # noqa: B023
            lambda: signals.process(scope, other, "sjukfranvaro"),  # noqa: B023
        ):
            with pytest.raises(NotPermitted):
                ask()
    with pytest.raises(NotFound):
        signals.process(everything, HSF, "finns-inte")
    hr = scope_of(workspace, "hr")
    with pytest.raises(NotPermitted):
        signals.process(hr, other, "periodresultat")
    assert set(signals.processes(hr, other)) == {
        key for key in workspace.catalogue.measures if hr.allows("medicinkliniken", key)
    }


# Kept, and shared


class Asked(Exception):
    pass


def test_who_may_see_the_same_of_a_unit_shares_its_piece(
    workspace: Workspace, everything: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    read = SeriesStore.points

    def points(
        self: SeriesStore, scope: Scope, catalogue: object, units: tuple[str, ...], *rest: object
    ) -> object:
        asked.append(tuple(units))
        return read(self, scope, catalogue, units, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(SeriesStore, "points", points)
    signals = Signals(workspace)
    whole = replace(HSF, unit="akutsjukvard")
    first = signals.monthly(everything, whole)
    asked.clear()
    units = frozenset(workspace.catalogue.organisation.units)
    same = Scope(frozenset({Reach(units), Reach(frozenset({"hsf"}), frozenset({"sjukfranvaro"}))}))
    assert signals.monthly(same, whole) == first
    assert signals.monthly(everything, replace(whole, view=View.R12)) != first
    assert asked == [], "what does not depend on the view is kept"
    less = Scope(
        frozenset(
            {Reach(units - {"kirurgkliniken"}), Reach(frozenset({"kirurgkliniken"}), frozenset({"hme"}))}
        )
    )
    assert signals.monthly(less, whole) != first
    assert asked == [("kirurgkliniken",)]
    asked.clear()
    version = workspace.version()
    monkeypatch.setattr(workspace, "version", lambda: (version[0] + 1, version[1]))
    signals.monthly(everything, replace(HSF, unit="kirurgkliniken"))
    assert asked == [("kirurgkliniken",)], "another version of the data"


def test_the_pieces_that_were_asked_for_last_are_kept() -> None:
    from hsf_kpi.signals import _Kept

    kept, version = _Kept[Looked](2), (1, OCTOBER.first_day)
    for unit in "ab":
        kept.put(version, unit, Looked(unit))
    assert kept.get(version, "a") == Looked("a")
    kept.put(version, "c", Looked("c"))
    assert [kept.get(version, unit) is None for unit in "abc"] == [False, True, False]
    assert kept.get((2, version[1]), "a") is None
    kept.put((2, version[1]), "d", Looked("d"))
    assert kept.get(version, "a") is None


def test_warming_makes_what_the_page_asks_for(
    workspace: Workspace, everything: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise Asked

    warm(workspace)
    monkeypatch.setattr(SeriesStore, "points", refuse)
    monkeypatch.setattr(SeriesStore, "recent", refuse)
    ledning = scope_of(workspace, "ledning")
    assert signals_of(workspace).monthly(ledning, HSF).signals
    with pytest.raises(Asked):
        signals_of(workspace).monthly(ledning, replace(HSF, month=Month.of(2022, 3)))


def test_an_empty_database_is_not_warmed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = replace(workspace.state(), latest=None)
    monkeypatch.setattr(workspace, "state", lambda: empty)
    warm(workspace)


# Of a measure


def test_a_process_is_monthly_whatever_the_view_and_by_sex_where_it_is_kept(
    signals: Signals, everything: Scope
) -> None:
    klinik = replace(HSF, unit="kirurgkliniken")
    monthly, year = (
        signals.process(everything, replace(klinik, view=view), "antal-medarbetare")
        for view in (View.MONTH, View.YTD)
    )
    assert monthly is year
    assert isinstance(monthly, Process)
    assert monthly.months[-1] == OCTOBER
    women = signals.process(everything, replace(klinik, sex=Sex.WOMEN), "antal-medarbetare")
    assert isinstance(women, Process)
    assert women.points[-1] != monthly.points[-1]
    total = signals.process(everything, replace(klinik, sex=Sex.WOMEN), "periodresultat")
    assert total is signals.process(everything, klinik, "periodresultat")
    assert isinstance(signals.process(everything, klinik, "hme"), NoLimits)


def test_women_and_the_organisation_as_it_was(signals: Signals, everything: Scope) -> None:
    women = signals.monthly(everything, replace(HSF, unit="nara-vard", sex=Sex.WOMEN))
    total = signals.monthly(everything, replace(HSF, unit="nara-vard"))
    assert women.series == total.series
    of_women = {(s.unit, s.assignment, s.amount) for s in of(women, SignalKind.ASSIGNMENT)}
    assert of_women == {(s.unit, s.assignment, s.amount) for s in of(total, SignalKind.ASSIGNMENT)}
    was = signals.monthly(everything, Selection("hsf", Month.of(2022, 6), View.R12, org=OrgView.AS_WAS))
    assert (
        "medicinkliniken-sala" in {s.unit for s in was.signals} | {u for s in was.signals for u in s.also}
        or was.units
    )
    assert was.units > 37, "the units of that month"
    assert isinstance(was.signals[0].weight, float)
    assert Fraction(was.judged, was.series) > 0
