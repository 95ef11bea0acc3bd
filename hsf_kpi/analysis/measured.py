"""Where a measure is measured: which units, and so at which units and above there can be a value."""

from __future__ import annotations

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month

_TAG = "tag:"


def measured_units(measure: Measure, organisation: Organisation) -> frozenset[str]:
    """The units that report the measure themselves: those listed, and those that carry a listed tag."""
    return _unfold(organisation, measure.measured_at)


def is_measured_at(
    measure: Measure,
    unit: str,
    organisation: Organisation,
    month: Month,
    view: OrgView = OrgView.TODAY,
    today: Month | None = None,
) -> bool:
    """Whether `unit` can have a value in `month`: it, or something below it, is measured.

    A survey is measured only at the units listed, never above them. In today's view the unit also stands for
    its predecessors, in the organisation of `today` (`month` when not given).
    """
    at = (today or month) if view is OrgView.TODAY else month
    return unit in _reach(organisation, measure, at, view)


def _unfold(organisation: Organisation, measured_at: tuple[str, ...]) -> frozenset[str]:
    tags = {name.removeprefix(_TAG) for name in measured_at if name.startswith(_TAG)}
    tagged = {unit.id for unit in organisation.units.values() if tags & unit.tags} if tags else set()
    return frozenset(tagged.union(name for name in measured_at if name in organisation.units))


def _reach(organisation: Organisation, measure: Measure, at: Month, view: OrgView) -> frozenset[str]:
    # Kept with the organisation, as its own tables are: asked for every measure at every click.
    cache: dict[object, frozenset[str]] = vars(organisation).setdefault("_measured_cache", {})
    survey = measure.aggregation is Aggregation.SURVEY
    key = (measure.measured_at, survey, at, view)
    if key not in cache:
        found: set[str] = set()
        for unit_id in _unfold(organisation, measure.measured_at):
            if view is OrgView.AS_WAS and not organisation.units[unit_id].exists_at(at):
                continue
            ancestors = organisation.ancestors(unit_id, at, view, at)
            found.update(ancestors[-1:] if survey else ancestors)
        cache[key] = frozenset(found)
    return cache[key]
