"""Primary masking by threshold: figures of so few persons that someone could be recognised.

Masked are, where a component counts persons (`Measure.persons`) and `limit` is the measure's threshold:

- a count from 1 to one under the limit;
- its complement, in a share (98 of 100 with the limit 5);
- every share of a group smaller than the limit, and so shares of exactly 0 or 100 % of a small group;
- a finished value that fewer than the limit stand behind, where the number of respondents is known.

The limit may be another for women and men apart (`Measure.threshold_by_sex`).

A zero count of a large group and an empty group are no persons, and are shown. Evaluated on the stored scale,
so that fractions of persons (a mean over months) are held against the same limits. A mean stock is the sum
over months divided by the months; a count over months is the sum itself. Where the component is in hours
(`Measure.person_hours`), the group's size is the mean number of full-time persons behind them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.codes import Persons, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Measure

_SHARES = frozenset({Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO})


class Component(StrEnum):
    """What of a sum may be too small a number of persons. The complement is denominator − numerator."""

    NUMERATOR = "numerator"
    COMPLEMENT = "complement"
    DENOMINATOR = "denominator"


def is_masked(
    measure: Measure, numerator: int | None, denominator: int | None, months: int, sex: Sex = Sex.ALL
) -> bool:
    """Whether summed components (stored scale) must be hidden. Without a numerator the value is a finished one,
    and `denominator` its respondents; where they are not known it tells no group size: no.
    """
    if numerator is None:
        return bool(_few_respondents(measure, denominator or 0, sex))
    return bool(_flags(measure, numerator, denominator, months, sex))


def masked_many(
    measure: Measure,
    numerator: npt.NDArray[np.int64],
    denominator: npt.NDArray[np.int64] | None,
    months: npt.NDArray[np.int64],
    sex: Sex = Sex.ALL,
) -> npt.NDArray[np.bool_]:
    """The same for arrays of one shape; `denominator` is None for kinds without one."""
    flags = _flags(measure, numerator, denominator, months, sex)
    return np.broadcast_to(flags, numerator.shape).astype(np.bool_)


def masked_finished(
    measure: Measure, respondents: npt.NDArray[np.int64], sex: Sex = Sex.ALL
) -> npt.NDArray[np.bool_]:
    """Whether finished values must be hidden; `respondents` in the stored scale, 0 where they are not known."""
    flags = _few_respondents(measure, respondents, sex)
    return np.broadcast_to(flags, respondents.shape).astype(np.bool_)


def counts_respondents(measure: Measure) -> bool:
    """Whether the denominator of a finished value is a number of persons."""
    return measure.persons in (Persons.DENOMINATOR, Persons.BOTH)


def _threshold(measure: Measure, sex: Sex) -> int:
    by_sex = measure.threshold_by_sex
    return measure.threshold if sex is Sex.ALL or by_sex is None else by_sex


def _few_respondents(measure: Measure, respondents: Any, sex: Sex) -> Any:
    return counts_respondents(measure) & _few(respondents, _threshold(measure, sex) * FIXED)


def components(measure: Measure) -> tuple[Component, ...]:
    """The components of a sum that count persons. A share's denominator is its numerator and its complement."""
    persons = measure.persons
    if is_share(measure):
        return (Component.NUMERATOR, Component.COMPLEMENT)
    found = []
    if persons in (Persons.NUMERATOR, Persons.BOTH):
        found.append(Component.NUMERATOR)
    if persons in (Persons.DENOMINATOR, Persons.BOTH) and measure.aggregation.has_denominator:
        found.append(Component.DENOMINATOR)
    return tuple(found)


def is_share(measure: Measure) -> bool:
    """Whether the numerator's persons are some of the denominator's."""
    return measure.aggregation in _SHARES and (
        measure.persons is Persons.BOTH
        or (measure.persons is Persons.NUMERATOR and measure.unit_of_measure is UnitOfMeasure.PERCENT)
    )


def few_by_component(
    measure: Measure, numerator: Any, denominator: Any, months: Any, sex: Sex = Sex.ALL
) -> dict[Component, Any]:
    """Which of `components` make sums masked: the sum is masked where any does. For ints and arrays alike: only
    operators that both have.
    """
    limit = _threshold(measure, sex) * FIXED
    if measure.person_hours is not None:
        limit = limit * measure.person_hours * months
    kind = measure.aggregation
    found: dict[Component, Any] = {}
    for component in components(measure):
        if component is Component.NUMERATOR:
            found[component] = _few(numerator, limit * months if kind is Aggregation.STOCK else limit)
        elif denominator is None:
            continue
        elif component is Component.COMPLEMENT:
            # A small group has small parts, unless its numerator is impossible; then it is masked all the same.
            group = _few(denominator, limit) & (_few(numerator, limit) ^ True)
            found[component] = _few(denominator - numerator, limit) | group
        else:
            found[component] = _few(
                denominator, limit * months if kind is Aggregation.FLOW_PER_STOCK else limit
            )
    return found


def rule_text(measure: Measure) -> str:
    """All that decides what is masked, as one line: flags made by the same rule can be kept."""
    return " ".join(
        str(x)
        for x in (
            measure.aggregation.value,
            measure.persons.value,
            measure.threshold,
            measure.threshold_by_sex,
            measure.person_hours,
            is_share(measure),
        )
    )


def _flags(measure: Measure, numerator: Any, denominator: Any, months: Any, sex: Sex) -> Any:
    hidden: Any = False
    for few in few_by_component(measure, numerator, denominator, months, sex).values():
        hidden = hidden | few
    return hidden


def _few(count: Any, limit: Any) -> Any:
    return (count > 0) & (count < limit)
