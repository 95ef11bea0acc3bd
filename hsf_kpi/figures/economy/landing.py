"""Where a year lands: by its outcome when it has ended, by the submitted forecast, else by the statistical one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hsf_kpi.analysis.economy.types import StatisticalForecast, Trajectory, Yardstick
from hsf_kpi.figures.economy.words import estimate_decimals, mnkr_text, shown


@dataclass(frozen=True, slots=True)
class Landing:
    """amount, target: kronor, as shown with `decimals`; the target None where there is nothing to hold it against.

    name: «lämnad prognos», «statistisk prognos», «utfall». made: the day, of a submitted one.
    """

    amount: int
    target: int | None
    decimals: int
    name: str
    yardstick: Yardstick
    made: dt.date | None = None
    rounding: int = 0
    """What rounding the two makes the difference lack, kronor."""

    @property
    def gap(self) -> int | None:
        """As shown; plus is above the target. An outcome's is the deviation that tables tell, an estimate's that of the
        two amounts as they stand beside each other.
        """
        return None if self.target is None else self.amount - self.target + self.rounding

    @property
    def words(self) -> str:
        """«178 mnkr under», «22 mnkr över»; "" without a target, and on it."""
        if not self.gap:
            return ""
        return f"{mnkr_text(abs(self.gap), self.decimals)} {'över' if self.gap > 0 else 'under'}"


def landing_of(trajectory: Trajectory, yardstick: Yardstick) -> Landing | None:
    """None where there is neither an outcome of the whole year nor a forecast.

    A submitted forecast that some units are missing in is no landing. Against last year there is no target: the path
    knows last year's months only up to the chosen one.
    """
    path = None if yardstick is Yardstick.LAST_YEAR else trajectory.target(yardstick)
    made = None
    latest, statistical = trajectory.latest, trajectory.statistical
    if trajectory.month.number == 12 and trajectory.judged and trajectory.to_date is not None:
        amount, name = trajectory.to_date, "utfall"
    elif latest is not None and latest.units >= latest.expected:
        amount, name, made = latest.result, "lämnad prognos", latest.made
    elif isinstance(statistical, StatisticalForecast) and statistical.middle:
        amount, name = statistical.landing, "statistisk prognos"
    else:
        return None
    told = [amount] if path is None else [amount, path.year_end]
    decimals = 1 if name == "utfall" else estimate_decimals(told)
    target = None if path is None else shown(path.year_end, decimals)
    rounding = 0
    if path is not None and target is not None and name == "utfall":
        rounding = shown(amount - path.year_end, decimals) - (shown(amount, decimals) - target)
    return Landing(shown(amount, decimals), target, decimals, name, yardstick, made, rounding)
