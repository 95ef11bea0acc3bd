"""`python -m bench.false_alarms [series]`: how often pure noise is told as a special cause. The tables of docs/spc.md.

Series of normal noise around one level, and of normal noise around twelve month levels, judged by the product's own
`process`, as every series is. Beside each rule stands the textbook's share for known limits.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.types import Process, Rule
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Definition, Measure
from hsf_kpi.model.period import Month, Period, Window

SERIES = 10_000
LENGTHS = (24, 36, 46)
START = Month.of(2020, 1)
MONTH_SPREAD = 3
"""Standard deviation of the month levels, in those of the noise."""

BEYOND = 0.0227501
"""The normal distribution's share above two standard deviations."""
TEXTBOOK = {
    Rule.OUTSIDE: 0.0026998,
    Rule.TREND: 2 / 5040,
    Rule.SHIFT: 2 / 2**7,
    Rule.TWO_OF_THREE: 2 * (3 * BEYOND**2 * (1 - BEYOND) + BEYOND**3),
}
"""The share of windows (one point, seven, seven, three) that meet the rule when mean and limits are known beforehand."""

MEASURE = Measure(
    key="brus",
    indicator="brus",
    part="",
    name="Brus",
    short_name="Brus",
    row=None,
    goal_area="",
    goal="",
    definition=Definition("", ""),
    unit_of_measure=UnitOfMeasure.PERCENT,
    direction=Direction.UP,
    aggregation=Aggregation.RATIO,
    scale=Fraction(1),
    decimals=1,
    by_sex=False,
    applies_to=(),
    measured_at=(),
    reporting="Månad",
    measured=(Window.MONTH,),
    due_day=15,
    persons=Persons.NEITHER,
    threshold=5,
    tolerance=None,
    source="",
)


@dataclass
class Found:
    """Counts over the series of one kind and length."""

    series: int = 0
    judged: int = 0
    seasonal: int = 0
    points: int = 0
    flagged: int = 0
    any: int = 0
    new: int = 0
    any_by: Counter[Rule] = field(default_factory=Counter)
    new_by: Counter[Rule] = field(default_factory=Counter)
    windows: Counter[Rule] = field(default_factory=Counter)
    met: Counter[Rule] = field(default_factory=Counter)

    def add(self, answer: Process) -> None:
        self.judged += 1
        self.seasonal += answer.seasonal
        points = [point for point in answer.points if point is not None]
        special = sum(point.rule is not None for point in points)
        self.points += len(points)
        self.flagged += special
        self.any += special > 0
        self.any_by.update({hit.rule for hit in answer.hits})
        last = points[-1]
        if last.new and last.rule is not None:
            self.new += 1
            self.new_by[last.rule] += 1
        away = [
            (float(point.value - point.mean) / float(point.high - point.mean))
            for point in points
            if point.mean is not None and point.high is not None
        ]
        self._count_windows(np.array(away))

    def _count_windows(self, away: np.ndarray) -> None:
        """away: distance from the mean, in distances from mean to limit."""
        seven = np.lib.stride_tricks.sliding_window_view(away, 7)
        three = np.lib.stride_tricks.sliding_window_view(away, 3)
        steps = np.diff(seven)
        met = {
            Rule.OUTSIDE: np.abs(away) > 1,
            Rule.TREND: (steps > 0).all(axis=1) | (steps < 0).all(axis=1),
            Rule.SHIFT: (seven > 0).all(axis=1) | (seven < 0).all(axis=1),
            Rule.TWO_OF_THREE: ((three > 2 / 3).sum(axis=1) >= 2) | ((three < -2 / 3).sum(axis=1) >= 2),
        }
        for rule, where in met.items():
            self.windows[rule] += len(where)
            self.met[rule] += int(where.sum())


def simulate(length: int, series: int, *, seasonal: bool) -> Found:
    """So many series of noise with a fixed seed, in thousandths of the noise's standard deviation."""
    rng = np.random.default_rng(length + seasonal)
    found = Found()
    months = [Period(START + at, Window.MONTH) for at in range(length)]
    for _ in range(series):
        values = rng.normal(size=length)
        if seasonal:
            values += np.resize(rng.normal(scale=MONTH_SPREAD, size=12), length)
        found.series += 1
        answer = process(MEASURE, outcomes(values, months), target_of=lambda _: None)
        if isinstance(answer, Process):
            found.add(answer)
    return found


def outcomes(values: np.ndarray, months: Sequence[Period]) -> list[Outcome]:
    return [
        Outcome(MEASURE, "hsf", Sex.ALL, month, Fraction(round(value * 1000), 1000), None, "", None)
        for value, month in zip(values.tolist(), months, strict=True)
    ]


def main(series: int = SERIES) -> None:
    """Prints the tables in Markdown, and the time taken."""
    started = time.perf_counter()
    found = {
        (kind, length): simulate(length, series, seasonal=kind == "seasonal")
        for kind in ("normal", "seasonal")
        for length in LENGTHS
    }
    for line in (*table_of_series(found), "", *table_of_rules(found), "", *table_of_windows(found)):
        print(line)
    print(f"\n{series} series of each, {time.perf_counter() - started:.0f} s")


def table_of_series(found: dict[tuple[str, int], Found]) -> list[str]:
    return [
        "| noise | months | judged | found seasonal | points flagged | series with any signal | new at the last point |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {kind} | {length} | {percent(f.judged, f.series)} | {percent(f.seasonal, f.series)} | "
            f"{percent(f.flagged, f.points)} | {percent(f.any, f.judged)} | {percent(f.new, f.judged)} |"
            for (kind, length), f in found.items()
        ),
    ]


def table_of_rules(found: dict[tuple[str, int], Found]) -> list[str]:
    """Series with the rule met anywhere / with it leading, and new, at the last point."""
    return [
        "| noise | months | " + " | ".join(rule.value for rule in Rule) + " |",
        "| --- | --- | " + " | ".join("---" for _ in Rule) + " |",
        *(
            f"| {kind} | {length} | "
            + " | ".join(f"{percent(f.any_by[r], f.judged)} / {percent(f.new_by[r], f.judged)}" for r in Rule)
            + " |"
            for (kind, length), f in found.items()
        ),
    ]


def table_of_windows(found: dict[tuple[str, int], Found]) -> list[str]:
    return [
        "| noise | months | " + " | ".join(rule.value for rule in Rule) + " |",
        "| --- | --- | " + " | ".join("---" for _ in Rule) + " |",
        "| textbook, known limits | | " + " | ".join(f"{share:.2%}" for share in TEXTBOOK.values()) + " |",
        *(
            f"| {kind} | {length} | " + " | ".join(f"{f.met[r] / f.windows[r]:.2%}" for r in Rule) + " |"
            for (kind, length), f in found.items()
        ),
    ]


def percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:2]))
