"""`trajectory`: the year's result month by month against its lines, then the forecasts and what each month left must give.

Amounts are whole kronor. CSV and JSON hold everything in one list; `row` says what a line is.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from hsf_kpi.analysis.economy.deviations import deviation
from hsf_kpi.analysis.economy.types import StatisticalForecast, TargetPath, Trajectory, Yardstick
from hsf_kpi.cli.common import (
    Row,
    add_selection,
    open_workspace,
    plain_number,
    read_selection,
    whole_scope,
    write,
)
from hsf_kpi.economy import economy_of
from hsf_kpi.model.ledger import UnitLedger

MONTHS = ("row", "month", "result", "accumulated", "budget", "provision", "deviation")
FORECASTS = ("row", "made", "author", "year_end", "against_budget", "low80", "high80", "method")
RUN_RATES = ("row", "yardstick", "target", "months_left", "needed")
COLUMNS = tuple(dict.fromkeys(("unit", *MONTHS, *FORECASTS, *RUN_RATES)))


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("trajectory", help="årets resultat mot budget, med prognoser, i kronor")
    add_selection(command)
    command.add_argument(
        "--mot",
        choices=[yardstick.value for yardstick in Yardstick],
        default=Yardstick.BUDGET.value,
        help="vad avvikelsen räknas mot: budget, budget utan underskottspost, föregående år",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    workspace = open_workspace()
    selection = read_selection(options, workspace)
    economy, scope = economy_of(workspace), whole_scope(workspace)
    found = economy.trajectory(scope, selection)
    months = list(month_rows(found, economy.ledger(scope, selection), Yardstick(options.mot)))
    forecasts, run_rates = list(forecast_rows(found)), list(run_rate_rows(found))
    if options.format != "table":
        everything = ({"unit": found.unit, **row} for row in (*months, *forecasts, *run_rates))
        write(({name: row.get(name) for name in COLUMNS} for row in everything), COLUMNS, options.format)
        return 0
    write(months, MONTHS[1:], options.format)
    for rows, columns in ((forecasts, FORECASTS), (run_rates, RUN_RATES)):
        if rows:
            print()
            write(rows, columns, options.format)
    return 0


def month_rows(found: Trajectory, ledger: UnitLedger, yardstick: Yardstick) -> Iterator[Row]:
    """January–December; what has not been is empty, but for the lines. deviation: accumulated, plus is better."""
    budget, provision = found.target(Yardstick.BUDGET), found.target(Yardstick.PROVISION)
    for place, month in enumerate(found.months):
        known = month <= found.month
        held = deviation(ledger, found.months[: place + 1], yardstick) if known else None
        yield {
            "row": "month",
            "month": month.iso,
            "result": found.monthly[place],
            "accumulated": found.accumulated[place],
            "budget": _at(budget, place),
            "provision": _at(provision, place),
            "deviation": held.amount if held else None,
        }


def forecast_rows(found: Trajectory) -> Iterator[Row]:
    """The year's submitted forecasts, oldest first, and the statistical one. Never one number of the two."""
    for one in found.submitted:
        yield {
            "row": "submitted",
            "made": one.made.isoformat(),
            "author": one.author,
            "year_end": one.result,
            "against_budget": one.deviation,
        }
    if isinstance(found.statistical, StatisticalForecast):
        yield {
            "row": "statistical",
            "year_end": found.statistical.landing,
            "low80": found.statistical.low80[-1],
            "high80": found.statistical.high80[-1],
            "method": found.statistical.method,
        }
    else:
        yield {"row": "statistical", "method": found.statistical.why}


def run_rate_rows(found: Trajectory) -> Iterator[Row]:
    """needed: kronor that each month left must give on average, to the öre."""
    for rate in found.run_rates:
        yield {
            "row": "run_rate",
            "yardstick": rate.yardstick.value,
            "target": rate.target,
            "months_left": rate.months_left,
            "needed": plain_number(rate.needed, 2),
        }


def _at(path: TargetPath | None, place: int) -> int | None:
    return path.accumulated[place] if path else None
