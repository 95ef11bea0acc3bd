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
    survey = measure.aggregation is Aggregation.SURVEY
    return unit in _reach(organisation, measure.measured_at, at, view, alone=survey)


def applies_to(
    measure: Measure,
    unit: str,
    organisation: Organisation,
    month: Month,
    view: OrgView = OrgView.TODAY,
    today: Month | None = None,
) -> bool:
    """Whether the measure concerns `unit`: it, something below it or something above it is named or tagged.

    What concerns the whole concerns its parts, though it may be measured only above them.
    """
    at = (today or month) if view is OrgView.TODAY else month
    named = _unfold(organisation, measure.applies_to)
    if unit in _reach(organisation, measure.applies_to, at, view, alone=False):
        return True
    return unit in organisation.units and not named.isdisjoint(organisation.path(unit, at))


def _unfold(organisation: Organisation, measured_at: tuple[str, ...]) -> frozenset[str]:
    tags = {name.removeprefix(_TAG) for name in measured_at if name.startswith(_TAG)}
    tagged = {unit.id for unit in organisation.units.values() if tags & unit.tags} if tags else set()
    return frozenset(tagged.union(name for name in measured_at if name in organisation.units))


def _reach(
    organisation: Organisation, names: tuple[str, ...], at: Month, view: OrgView, *, alone: bool
) -> frozenset[str]:
    """The units that are named or tagged, and unless `alone` those above them."""
    # Kept with the organisation, as its own tables are: asked for every measure at every click.
    cache: dict[object, frozenset[str]] = vars(organisation).setdefault("_measured_cache", {})
    key = (names, alone, at, view)
    if key not in cache:
        found: set[str] = set()
        for unit_id in _unfold(organisation, names):
            if view is OrgView.AS_WAS and not organisation.units[unit_id].exists_at(at):
                continue
            ancestors = organisation.ancestors(unit_id, at, view, at)
            found.update(ancestors[-1:] if alone else ancestors)
        cache[key] = frozenset(found)
    return cache[key]
