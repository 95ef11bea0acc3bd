"""The order in which signals are told: documented weights, the same thing once, ties by ids, never more than forty."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.analysis.assess import assess
from hsf_kpi.analysis.signals import rank
from hsf_kpi.analysis.signals.causes import cause_signal
from hsf_kpi.analysis.signals.pieces import Looked, Targets
from hsf_kpi.analysis.signals.rank import TOLD, collapsed, ranked
from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.signals.whole import month_signals
from hsf_kpi.analysis.spc.types import Refused, Side, Variation
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import OCTOBER, a_measure, a_target, around, ytd
from tests.analysis.test_signals_found import a_process

ABOVE = {"hsf": (), "akut": ("hsf",), "kirurg": ("hsf", "akut"), "medicin": ("hsf", "akut"), "nara": ("hsf",)}
DEPTH = {unit: len(above) for unit, above in ABOVE.items()}


def cause(unit: str, variation: Variation = Variation.WORSE, key: str = "matt", **point: object) -> Signal:
    process = replace(a_process(variation, **point), unit=unit, measure=a_measure(key=key))  # type: ignore[arg-type]
    return cause_signal(process, OCTOBER)


def test_the_same_cause_is_told_once_at_the_topmost() -> None:
    told = collapsed([cause(unit) for unit in ("akut", "kirurg", "medicin", "nara")], ABOVE)
    assert [(one.unit, one.also) for one in told] == [("akut", ("kirurg", "medicin")), ("nara", ())]
    gap = collapsed([cause("hsf"), cause("kirurg")], ABOVE)
    assert [(one.unit, one.also) for one in gap] == [("hsf", ("kirurg",))], (
        "akut between them need not have it"
    )


@pytest.mark.parametrize(
    "other",
    [
        cause("kirurg", key="annat"),
        cause("kirurg", Variation.BETTER),
        cause("kirurg", side=Side.LOW),
        cause("kirurg", Variation.NEITHER),
    ],
)
def test_another_cause_below_is_told_apart(other: Signal) -> None:
    assert [one.unit for one in collapsed([cause("akut"), other], ABOVE)] == ["akut", "kirurg"]


@given(st.lists(st.tuples(st.sampled_from(list(ABOVE)), st.sampled_from("ab")), unique=True))
def test_nothing_is_lost_by_telling_it_once(drawn: list[tuple[str, str]]) -> None:
    order = list(ABOVE)
    causes = [cause(unit, key=key) for unit, key in sorted(drawn, key=lambda one: order.index(one[0]))]
    told = collapsed(causes, ABOVE)
    units = [(unit, one.measure.key) for one in told for unit in (one.unit, *one.also) if one.measure]
    assert sorted(units) == sorted(drawn)
    topmost = {(one.unit, one.measure.key) for one in told if one.measure}
    assert all((above, key) not in topmost for unit, key in topmost for above in ABOVE[unit])


def missing(*also: str) -> Signal:
    return Signal(SignalKind.MISSING, "hsf", OCTOBER, 0.0, measure=a_measure(), also=also)


def budget(unit: str, share: float) -> Signal:
    return Signal(SignalKind.BUDGET, unit, OCTOBER, 0.0, share > 0, amount=int(share * 100), share=share)


def breach(unit: str, amount: int) -> Signal:
    return Signal(SignalKind.ASSIGNMENT, unit, OCTOBER, 0.0, False, assignment="medarbetare", amount=amount)


def target(unit: str, value: str, better: bool) -> Signal:
    measure = a_measure(targets=(a_target(TargetKind.AT_LEAST, "50"),))
    found = assess(measure, ytd(value), **around(measure, None))
    return Signal(SignalKind.TARGET, unit, OCTOBER, 0.0, better, measure, before=found, now=found)


def heavier(first: Signal, second: Signal) -> bool:
    return ranked([second, first], DEPTH)[0].unit == first.unit if first.unit != second.unit else (
        ranked([second, first], DEPTH)[0].kind is first.kind
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (cause("akut"), cause("nara", Variation.NEITHER)),
        (cause("akut", Variation.NEITHER), cause("nara", Variation.BETTER)),
        (cause("hsf"), cause("kirurg")),
        (cause("kirurg"), cause("hsf", Variation.BETTER)),
        (cause("nara", value=Fraction(13)), cause("akut")),
        (budget("nara", -0.2), cause("akut")),
        (budget("nara", -0.08), budget("akut", -0.02)),
        (budget("nara", -0.02), budget("akut", 0.08)),
        (budget("nara", -0.02), breach("akut", 1)),
        (breach("nara", 7), breach("akut", 6)),
        (breach("kirurg", 1), missing("kirurg")),
        (target("akut", "10", False), target("nara", "49", False)),
        (target("akut", "49", False), target("nara", "49", True)),
    ],
)
def test_the_order_of_two(first: Signal, second: Signal) -> None:
    assert heavier(first, second)


def test_a_measure_of_the_plan_goes_before_another() -> None:
    plan, other = cause("nara"), cause("akut")
    outside = replace(other, measure=a_measure(row=None))
    assert [one.unit for one in ranked([outside, plan], DEPTH)] == ["nara", "akut"]


@settings(max_examples=30)
@given(
    st.permutations(
        [cause("akut"), cause("nara"), cause("akut", key="b"), breach("hsf", 0), missing("hsf"), missing()]
    )
)
def test_the_order_does_not_depend_on_the_order_given(found: list[Signal]) -> None:
    told = ranked(found, DEPTH)
    assert [(one.kind, one.unit, one.measure.key if one.measure else "") for one in told[:3]] == [
        (SignalKind.CAUSE, "akut", "b"), (SignalKind.CAUSE, "akut", "matt"), (SignalKind.CAUSE, "nara", "matt"),
    ]  # fmt: skip
    assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)


def test_what_has_no_size_has_a_weight() -> None:
    bare = [
        Signal(SignalKind.CAUSE, "hsf", OCTOBER, 0.0),
        cause("hsf", mean=None, high=None),
        cause("hsf", high=Fraction(5)),
        Signal(SignalKind.TARGET, "hsf", OCTOBER, 0.0, True),
        budget("hsf", 0.0),
        breach("hsf", 0),
    ]
    assert len(ranked(bare, DEPTH)) == len(collapsed(bare[:1], ABOVE)) + 5


def test_the_month_is_put_together_and_what_is_left_out_is_counted() -> None:
    late = (("matt", OCTOBER),)
    causes = tuple(cause("hsf", Variation.BETTER, key=f"k{n:02}") for n in range(50))
    again = (cause("akut", Variation.BETTER, key="k00"),)
    looked = [
        Looked("hsf", 3, 1, {Refused.FEW: 2}, causes),
        Looked("akut", 2, 1, {Refused.FEW: 1}, again, breaches=(breach("akut", 4),)),
        Looked("kirurg", 0, budget=budget("kirurg", -0.5), lowest=True, late=late),
        *(Looked("medicin", 1, 1, budget=budget("medicin", -0.1 * n), lowest=True) for n in (1, 2, 3)),
    ]  # fmt: skip
    targets = [Targets("hsf", by_chance=2), Targets("medicin", (target("medicin", "49", False),), 1, late)]
    found = month_signals("hsf", OCTOBER, looked, targets, ABOVE, {"matt": a_measure()})
    assert (found.units, found.series, found.judged) == (5, 8, 5)
    assert found.refused == {Refused.FEW: 3}
    assert (found.by_chance, found.month, len(found.signals)) == (3, OCTOBER, TOLD)
    # 50 causes, a target, 3 of 4 budgets and one late measure; the small budget and the breach above are not told.
    assert found.left_out == 50 + 1 + 3 + 1 - TOLD + 1 + 1
    assert sum(found.left_causes.values()) == 50 - sum(s.kind is SignalKind.CAUSE for s in found.signals)
    assert set(found.left_causes) == {True}
    assert [s.kind for s in found.signals][:2] == [SignalKind.BUDGET, SignalKind.BUDGET]
    assert next(s for s in found.signals if s.measure and s.measure.key == "k00").also == ("akut",)
    few = month_signals("hsf", OCTOBER, looked[1:], targets, ABOVE, {"matt": a_measure()})
    (late_ones,) = (s for s in few.signals if s.kind is SignalKind.MISSING)
    assert (late_ones.unit, late_ones.also) == ("hsf", ("kirurg", "medicin"))
    assert few.left_causes == {}


def test_nothing_found_is_nothing_told() -> None:
    found = month_signals("hsf", OCTOBER, [Looked("hsf")], [Targets("hsf")], {"hsf": ()}, {})
    assert found.expected_by_chance == 0
    assert (found.signals, found.series, found.units, found.left_out) == ((), 0, 0, 0)


def test_the_weights_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "signals.md").read_text("utf-8")
    for kind, weight in rank.KIND.items():
        assert f"| {kind.value} | {weight:.0f} |" in text
    told = (rank.WORSE, rank.NEITHER, rank.HEIGHT, rank.PLAN, rank.SIZE)
    assert f"worse {told[0]:.0f}, no way better {told[1]:.0f}" in text
    assert f"{told[2]:.0f} at the chosen unit" in text
    assert f"{told[3]:.0f} for a measure of the plan" in text
    assert f"up to {told[4]:.0f} for size" in text
    assert f"At most {TOLD} are told" in text
