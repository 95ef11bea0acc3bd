"""Who did as the second and the third assignment say, month by month: antal medarbetare and hyrpersonal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.types import Compliance, ComplianceCell, ComplianceRow, Verdict
from hsf_kpi.analysis.reasons import missing_reason
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Missing
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.periods import period_words

HEADCOUNT, HIRED = "medarbetare", "hyrpersonal"

Knowns = Mapping[Month, "Known"]
Moved = Mapping[str, Mapping[Month, int]]
"""Unit → month → persons by decided and financed moves."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a unit in a month: persons, or kronor. `why`: a Swedish sentence for what keeps it from being
    judged: nothing is known, or (`starred`) something is missing in it.
    """

    value: Fraction | None
    why: str = ""
    starred: bool = False

    @property
    def judged(self) -> bool:
        return self.value is not None and not self.starred


def known_of(outcomes: Sequence[Outcome], *, cost: bool) -> dict[Month, Known]:
    """Outcomes of single months as what is judged. cost: the numerator in kronor instead of the value, which is known
    also where nothing stands in the denominator.
    """
    return {outcome.period.end: _cost(outcome) if cost else _value(outcome) for outcome in outcomes}


def headcount(
    unit: str,
    whole: Knowns,
    parts: Mapping[str, Knowns],
    months: Sequence[Month],
    moved: Moved,
    *,
    falls: bool,
) -> Compliance:
    """The second assignment: no unit grows but by a decided and financed move.

    falls: the whole must fall every month (the förvaltning), instead of not growing. The month before January is December.
    """

    def judged(of: str, *, strictly: bool) -> Callable[[Month, Fraction, Fraction], tuple[int, Verdict]]:
        def judge(month: Month, before: Fraction, now: Fraction) -> tuple[int, Verdict]:
            by_move = moved.get(of, {}).get(month, 0)
            return by_move, _grown(now - before, by_move, strictly=strictly)

        return judge

    return Compliance(
        HEADCOUNT,
        tuple(months),
        _row(unit, whole, months, judged(unit, strictly=falls)),
        tuple(_row(part, known, months, judged(part, strictly=False)) for part, known in parts.items()),
    )


def hired(unit: str, whole: Knowns, parts: Mapping[str, Knowns], months: Sequence[Month]) -> Compliance:
    """The third assignment: every unit's cost of hired staff falls every month; 0 after 0 complies."""
    return Compliance(
        HIRED,
        tuple(months),
        _row(unit, whole, months, _fallen),
        tuple(_row(part, known, months, _fallen) for part, known in parts.items()),
    )


def _fallen(_month: Month, before: Fraction, now: Fraction) -> tuple[int, Verdict]:
    return 0, Verdict.COMPLIED if now < before or now == before == 0 else Verdict.BROKE


def _grown(change: Fraction, moved: int, *, strictly: bool) -> Verdict:
    """A move is neither growth nor saving: what a move explains wholly, up or down, is MOVED."""
    own = change - moved
    if own > 0 or (strictly and own == 0):
        return Verdict.BROKE
    return Verdict.MOVED if change > 0 or (moved and own == 0) else Verdict.COMPLIED


def _row(
    unit: str,
    known: Knowns,
    months: Sequence[Month],
    judge: Callable[[Month, Fraction, Fraction], tuple[int, Verdict]],
) -> ComplianceRow:
    cells = tuple(_cell(known, month, judge) for month in months)
    verdicts = [cell.verdict for cell in reversed(cells)]
    in_row = _run(verdicts, (Verdict.COMPLIED, Verdict.MOVED))
    broke = _run(verdicts, (Verdict.BROKE,))
    after = max(in_row, broke)
    own = [cell.own for cell in cells]
    since = None if None in own else sum((one for one in own if one is not None), Fraction(0))
    ended = after < len(verdicts) and verdicts[after] is Verdict.UNKNOWN
    return ComplianceRow(unit, cells, in_row, broke, since, ended)


def _run(verdicts: Sequence[Verdict], wanted: tuple[Verdict, ...]) -> int:
    """How many of the first are wanted, without a break."""
    return next((n for n, verdict in enumerate(verdicts) if verdict not in wanted), len(verdicts))


def _cell(
    known: Knowns, month: Month, judge: Callable[[Month, Fraction, Fraction], tuple[int, Verdict]]
) -> ComplianceCell:
    now, before = _at(known, month), _at(known, month - 1)
    if not now.judged or not before.judged or now.value is None or before.value is None:
        why = before.why if now.judged else now.why
        return ComplianceCell(month, now.value, None, 0, None, Verdict.UNKNOWN, why, now.starred)
    change = now.value - before.value
    moved, verdict = judge(month, before.value, now.value)
    return ComplianceCell(month, now.value, change, moved, change - moved, verdict)


def _at(known: Knowns, month: Month) -> Known:
    return known.get(month) or Known(None, f"Inget utfall är rapporterat för {month_text(month)}")


def _value(outcome: Outcome) -> Known:
    if outcome.value is None:
        return Known(None, missing_reason(outcome))
    return Known(outcome.value, _incomplete(outcome), outcome.starred)


def _cost(outcome: Outcome) -> Known:
    cell = outcome.cell
    if outcome.missing not in (None, Missing.ZERO_DENOMINATOR) or cell is None or cell.masked:
        return Known(None, _told(outcome))
    if cell.numerator is None:
        return Known(None, f"För {_period(outcome)} är bara andelen känd, inte kostnaden i kronor")
    return Known(Fraction(cell.numerator, FIXED), _incomplete(outcome), outcome.starred)


def _told(outcome: Outcome) -> str:
    if outcome.missing is None and not outcome.why:
        return f"Inget utfall är rapporterat för {_period(outcome)}"
    return missing_reason(outcome)


def _incomplete(outcome: Outcome) -> str:
    if not outcome.starred:
        return ""
    return f"Utfallet för {_period(outcome)} bygger på {outcome.note} och bedöms först när allt är med"


def _period(outcome: Outcome) -> str:
    return period_words(outcome.measure, outcome.period)
