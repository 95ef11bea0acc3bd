"""What the figures of the comparison have in common: whose a row is, which way it lies, the target of all, the source."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hsf_kpi.analysis.compare.types import Ranked, Ranking
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.captions import source_line, target_sources
from hsf_kpi.figures.economy.cells import joined
from hsf_kpi.figures.figure import Mark
from hsf_kpi.figures.marks import target_marks
from hsf_kpi.figures.peers import NAMED, NO_NAME, OF_EVERYBODY, OTHER, OWN, UNNAMED
from hsf_kpi.figures.phrases import outcome_text, target_wording
from hsf_kpi.model.codes import Direction, Origin, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import DASH, SPACE, value_text
from hsf_kpi.swedish.sorting import swedish_key
from hsf_kpi.swedish.words import STATUS_SHAPE, comparative_for

BETTER, WORSE, NEITHER = "better", "worse", "neither"
"""Which way a unit lies off what it is held against; NEITHER where no direction is better."""
SIDE_SHAPE: Mapping[str, str] = {
    BETTER: STATUS_SHAPE[Status.MET],
    WORSE: STATUS_SHAPE[Status.MISSED],
    NEITHER: STATUS_SHAPE[Status.NEAR],
}


def has_better_way(measure: Measure) -> bool:
    """Whether more, or less, is always better."""
    return measure.direction in (Direction.UP, Direction.DOWN)


def side(measure: Measure, more: bool) -> str:
    """BETTER, WORSE or NEITHER for a value that lies above (`more`) or below what it is held against."""
    if not has_better_way(measure):
        return NEITHER
    return BETTER if more == (measure.direction is Direction.UP) else WORSE


def side_word(measure: Measure, more: bool) -> str:
    """«bättre», «sämre»; «högre» or «lägre» where no direction is better."""
    words = {BETTER: "bättre", WORSE: "sämre"}
    return words.get(side(measure, more)) or comparative_for(measure, more)


def side_text(measure: Measure, more: bool) -> str:
    """«● bättre»: the shape and the word together."""
    return f"{SIDE_SHAPE[side(measure, more)]}{SPACE}{side_word(measure, more)}"


def way_words(measure: Measure) -> str:
    """«lägre är bättre»; "" where no direction is."""
    word = "högre" if measure.direction is Direction.UP else "lägre"
    return f"{word} är bättre" if has_better_way(measure) else ""


def whose(row: Ranked, own: str | None) -> str:
    """OWN, NAMED or OTHER."""
    return OTHER if row.unit is None else OWN if row.unit == own else NAMED


def name_of(row: Ranked, names: Mapping[str, str]) -> str:
    """The name as in a table; a dash for a unit outside the scope."""
    return NO_NAME if row.unit is None else names.get(row.unit, row.unit)


def own_row(found: Ranking) -> Ranked | None:
    """The chosen unit's row, where it has a place."""
    return next((row for row in found.rows if row.unit is not None and row.unit == found.own), None)


def is_shared(found: Ranking, row: Ranked) -> bool:
    return sum(other.place == row.place for other in found.rows) > 1


def place_words(found: Ranking, row: Ranked) -> str:
    """«plats 7 av 13», «delad plats 2 av 13»"""
    return f"{'delad ' if is_shared(found, row) else ''}plats {row.place} av {len(found.rows)}"


def row_text(row: Ranked, measure: Measure) -> str:
    """The value as people read it, with the star of an incomplete one."""
    if row.assessment is not None and row.assessment.outcome.value is not None:
        return outcome_text(row.assessment.outcome)
    return value_text(row.value, measure)


def between_text(low: float | None, high: float | None, measure: Measure) -> str:
    """«4,1–6,9 %»; "" without them."""
    if low is None or high is None:
        return ""
    between = f"{SPACE}till{SPACE}" if low < 0 or high < 0 else DASH
    return f"{value_text(low, measure, unit=False)}{between}{value_text(high, measure)}"


def assessments_of(found: Ranking) -> list[Assessment]:
    """Of the units within the scope."""
    return [row.assessment for row in found.rows if row.assessment is not None]


def target_of_all(assessments: Sequence[Assessment]) -> tuple[Mark, ...]:
    """The line or band that everybody is held against; nothing where the units' targets differ or have no number."""
    targets = {(a.target.kind, a.target.low, a.target.high) for a in assessments if a.target is not None}
    if len(targets) != 1 or any(a.target is None for a in assessments):
        return ()
    first = assessments[0]
    return target_marks(first) if first.target is not None and first.target.kind in OF_EVERYBODY else ()


def target_sentence(marks: Sequence[Mark], assessments: Sequence[Assessment]) -> str:
    """«Mål: 6,0%.» where a target is drawn."""
    return f"Mål: {target_wording(assessments[0])}." if marks else ""


def comparison_source(
    measure: Measure, assessments: Sequence[Assessment], origins: Collection[Origin], *, targets: bool = True
) -> str:
    """The named units' own sources, and the origins of the others, whose sources are not told."""
    outcomes = [a.outcome for a in assessments]
    valued = next((o for o in outcomes if o.cell is not None), None)
    told = {o.origin for o in outcomes}
    return source_line(
        [measure],
        [
            *outcomes,
            *(_of_origin(valued, origin) for origin in sorted(origins) if origin not in told and valued),
        ],
        targets=target_sources(assessments) if targets else (),
    )


def _of_origin(outcome: Outcome, origin: Origin) -> Outcome:
    assert outcome.cell is not None
    return replace(outcome, cell=replace(outcome.cell, origin=origin, source=""))


def missing_words(missing: Sequence[tuple[str, str]], names: Mapping[str, str]) -> str:
    """Who has no value and why: «Utan värde: AH-teamet och Epos (maskerat); Rättspsykiatri (försenat).»"""
    by_reason: dict[str, list[str]] = {}
    for unit, why in missing:
        by_reason.setdefault(why, []).append(names.get(unit, unit))
    told = [f"{joined(sorted(units, key=swedish_key))} ({why})" for why, units in by_reason.items()]
    return f"Utan värde: {'; '.join(told)}." if told else ""


def dots_words(kinds: Collection[str], own_name: str) -> str:
    """What the dots are, of those there are: «Ringad: Kirurgkliniken; ofylld: annan verksamhet, som visas utan namn.»"""
    told = [f"Ringad: {own_name}"] if OWN in kinds else []
    if OTHER in kinds:
        told.append(f"{'ofylld' if told else 'Ofylld'}: {UNNAMED}, som visas utan namn")
    return f"{'; '.join(told)}." if told else ""
