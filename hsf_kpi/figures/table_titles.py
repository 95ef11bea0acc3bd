"""The titles of tables about one measure: how many units meet the target, who has the most, women and men."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.findings import finding, subjects
from hsf_kpi.figures.goals import judged
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.phrases import difference, how_many, is_judged_frame, outcome_text, target_wording
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import TargetKind
from hsf_kpi.swedish.words import comparative_for

_COUNTED = "Antal "


def unit_titles(measure: Measure, rows: Sequence[tuple[str, str, Assessment]]) -> Iterator[str]:
    """rows: (unit id, name, assessment). How many of the judged units meet the target; without any, the worst.

    Where no direction is better, the highest is named.
    """
    found = judged([a for _, _, a in rows])
    valued = [row for row in rows if row[2].outcome.value is not None]
    if found:
        yield from _verdict_titles(found)
    elif valued:
        yield from _worst_titles(measure, worst_first(measure, valued)[0])
    else:
        for name in subjects(measure):
            yield f"{name} har inget utfall för någon verksamhet"


def _verdict_titles(found: Sequence[Assessment]) -> Iterator[str]:
    met, of = sum(a.status is Status.MET for a in found), len(found)
    if of == 1:
        subject, no = "Den enda verksamhet som kan bedömas", "" if met else " inte"
    elif met == of:
        subject, no = "Båda verksamheterna" if of == 2 else f"Alla {how_many(of)} verksamheter", ""
    else:
        subject, no = f"{how_many(met, capital=True) if met else 'Ingen'} av {how_many(of)} verksamheter", ""
    if all(a.target is not None and a.target.kind is TargetKind.ON_BUDGET for a in found):
        yield f"{subject} håller{no} sin budget"
        return
    if all(is_judged_frame(a) for a in found):
        yield f"{subject} håller sig{no} inom ramen"
        return
    wordings = list(dict.fromkeys(target_wording(a) for a in found))
    if len(wordings) == 1:
        yield f"{subject} når{no} målet {wordings[0]}"
    yield f"{subject} når{no} målet"


def _worst_titles(measure: Measure, row: tuple[str, str, Assessment]) -> Iterator[str]:
    """«Flest medarbetare har X: 1 234»; of what is not counted «… är högst i X: 6,6 %», «… är lägst i …»."""
    name, value = row[1], outcome_text(row[2].outcome)
    end = "lägst" if measure.direction is Direction.UP else "högst"
    if (counted := _counted(measure)) and end == "högst":
        yield f"Flest {counted} har {name}: {value}"
    else:
        for subject in subjects(measure):
            yield f"{subject} är {end} i {name}: {value}"
    yield f"Utfallet är som {end} {value}"


def _counted(measure: Measure) -> str:
    """What there are so and so many of: «medarbetare», «årsarbetare»; "" where it has no name."""
    if measure.unit_of_measure is UnitOfMeasure.FTE:
        return "årsarbetare"
    if measure.unit_of_measure is UnitOfMeasure.COUNT and measure.name.startswith(_COUNTED):
        return measure.name.removeprefix(_COUNTED)
    return ""


def sex_titles(measure: Measure, assessments: Mapping[Sex, Assessment]) -> Iterator[str]:
    """The difference between women and men; where one of them has no value, what the first one says."""
    women, men = assessments.get(Sex.WOMEN), assessments.get(Sex.MEN)
    if women is None or men is None or women.outcome.value is None or men.outcome.value is None:
        yield finding(next(iter(assessments.values())))
        return
    delta = women.outcome.value - men.outcome.value
    word = comparative_for(measure, delta > 0, women.outcome.period.window)
    size = difference(abs(delta), measure)
    if _counts_people(measure):
        yield f"Kvinnorna är {size} {word} än männen" if delta else "Kvinnorna är lika många som männen"
        return
    for name in subjects(measure):
        yield (
            f"{name} är {size} {word} för kvinnor än för män"
            if delta
            else f"{name} är lika för kvinnor och män"
        )


def _counts_people(measure: Measure) -> bool:
    """Persons employed: the women themselves are more or fewer, not a number «for women»."""
    return measure.aggregation is Aggregation.STOCK and bool(_counted(measure))
