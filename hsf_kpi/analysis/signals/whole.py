"""The month's signals of a unit and all below it, put together from what was found at each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from hsf_kpi.analysis.signals.assignments import told_breaches
from hsf_kpi.analysis.signals.budget import largest_deviations
from hsf_kpi.analysis.signals.missing import missing_signals
from hsf_kpi.analysis.signals.pieces import Looked, Targets
from hsf_kpi.analysis.signals.rank import TOLD, collapsed, ranked
from hsf_kpi.analysis.signals.types import MonthSignals, SignalKind
from hsf_kpi.analysis.spc.types import Refused
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month


def month_signals(
    chosen: str,
    month: Month,
    looked: Sequence[Looked],
    targets: Sequence[Targets],
    above: Mapping[str, Sequence[str]],
    measures: Mapping[str, Measure],
) -> MonthSignals:
    """looked, targets: of the chosen unit and all below it, in the order of the organisation.

    above: unit → those above it, from the chosen one down; () for the chosen one.
    """
    causes = collapsed([cause for piece in looked for cause in piece.causes], above)
    deviations = [piece.budget for piece in looked if piece.budget is not None]
    large = largest_deviations(deviations)
    breaches = [breach for piece in looked for breach in piece.breaches]
    alone = {piece.unit for piece in looked if piece.lowest} | {chosen}
    broken = told_breaches(breaches, alone)
    late: dict[tuple[str, Month], list[str]] = {}
    by_unit = [*((one.unit, one.late) for one in looked), *((one.unit, one.late) for one in targets)]
    for unit, keys in by_unit:
        for key in keys:
            late.setdefault(key, []).append(unit)
    found = ranked(
        [
            *causes,
            *(signal for piece in targets for signal in piece.signals),
            *large,
            *broken,
            *missing_signals(chosen, late, measures),
        ],
        {unit: len(units) for unit, units in above.items()},
    )
    left_causes = Counter(signal.better for signal in found[TOLD:] if signal.kind is SignalKind.CAUSE)
    refused: Counter[Refused] = Counter()
    for piece in looked:
        refused.update(piece.refused)
    return MonthSignals(
        signals=tuple(found[:TOLD]),
        units=sum(1 for piece in looked if piece.series),
        series=sum(piece.series for piece in looked),
        judged=sum(piece.judged for piece in looked),
        refused=dict(refused),
        by_chance=sum(piece.by_chance for piece in targets),
        left_out=len(found[TOLD:]) + len(deviations) - len(large) + len(breaches) - len(broken),
        left_causes=dict(left_causes),
        month=month,
    )
