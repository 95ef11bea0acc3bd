"""Which units make a deviation: the units' own, which with what no listed unit makes sum to the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsf_kpi.analysis.economy.deviations import deviation
from hsf_kpi.analysis.economy.types import Contribution, ContributionRow, Deviation, Yardstick
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month


def contribution(
    whole: UnitLedger, parts: Mapping[str, UnitLedger], months: Sequence[Month], yardstick: Yardstick
) -> Contribution:
    """The deviation of `whole` over `months`, by part. `parts` hold nothing in common and are all below `whole`.

    Worst first, those that can't be judged after them, and last what no part makes, where that is anything.
    """
    of_whole = deviation(whole, months, yardstick)
    rows = [
        ContributionRow(unit, deviation(ledger, months, yardstick), _provision(ledger, months, yardstick))
        for unit, ledger in parts.items()
    ]
    rows.sort(key=_order)
    rest = _rest(of_whole, _provision(whole, months, yardstick), rows)
    return Contribution(
        yardstick, tuple(months), of_whole, (*rows, rest) if rest is not None else tuple(rows)
    )


def _provision(ledger: UnitLedger, months: Sequence[Month], yardstick: Yardstick) -> int:
    """What the provision makes of the deviation: the budget without it minus the budget with it."""
    if yardstick is not Yardstick.BUDGET:
        return 0
    without = deviation(ledger, months, Yardstick.PROVISION).against
    held = deviation(ledger, months, Yardstick.BUDGET).against
    return 0 if without is None or held is None else without - held


def _order(row: ContributionRow) -> tuple[bool, int]:
    amount = row.deviation.amount
    return (amount is None, amount or 0)


def _rest(whole: Deviation, provision: int, rows: Sequence[ContributionRow]) -> ContributionRow | None:
    """What is left of the whole when the rows are taken out; None where that is nothing."""
    actual = _left(whole.actual, [row.deviation.actual for row in rows])
    against = _left(whole.against, [row.deviation.against for row in rows])
    amount = _left(whole.amount, [row.deviation.amount for row in rows])
    left = provision - sum(row.provision for row in rows)
    nothing = not amount if amount is not None else not actual and not against
    if nothing and not left:
        return None
    return ContributionRow(None, Deviation(actual, against, amount, whole.complete), left)


def _left(whole: int | None, parts: Sequence[int | None]) -> int | None:
    return None if whole is None else whole - sum(part or 0 for part in parts)
