"""Why a series gets no limits, as Swedish sentences."""

from __future__ import annotations

from hsf_kpi.analysis.spc.limits import LEAST_POINTS, LEAST_RANGES
from hsf_kpi.analysis.spc.season import LEAST_SEASONAL
from hsf_kpi.analysis.spc.types import NoLimits, Refused
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import View
from hsf_kpi.model.rebase import Rebase
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number

_WORDS = {LEAST_RANGES: "sex", LEAST_POINTS: "tolv"}

NO_VALUES = NoLimits(Refused.NO_VALUES, "Serien har inga värden som går att bedöma, så styrgränser saknas.")


def refused_view(measure: Measure, view: View) -> NoLimits | None:
    """The answer for a measure or a view that never gets limits; None for a monthly measure in the view «månad»."""
    if not measure.monthly:
        return NoLimits(
            Refused.NOT_MONTHLY, "Styrgränser räknas bara på månadsvärden, och nyckeltalet mäts mer sällan."
        )
    if measure.aggregation is Aggregation.LATEST_AMOUNT:
        return NoLimits(
            Refused.FORECAST,
            "Styrgränser räknas inte på prognoser: de gäller samma år om och om igen, inte nya månader.",
        )
    if view is View.YTD:
        return NoLimits(
            Refused.ACCUMULATED, "Styrgränser räknas inte på ackumulerade värden. Välj vyn Månad."
        )
    if view is View.R12:
        return NoLimits(
            Refused.ROLLING,
            "Styrgränser räknas inte på rullande tolv månader, där varje värde delar elva månader med det förra. "
            "Välj vyn Månad.",
        )
    return None


def few(points: int, ranges: int, rebase: Rebase | None) -> NoLimits | None:
    """The answer where limits would come from too few values, or too few pairs of neighbouring months."""
    if points < LEAST_POINTS:
        least = f"styrgränser kräver minst {_WORDS[LEAST_POINTS]}."
        if rebase is None:
            return NoLimits(Refused.FEW, f"Serien har {_months(points)} med värde; {least}")
        return NoLimits(Refused.FEW, f"{_again(rebase)} {_counted(points, rebase)}; {least}")
    if ranges < LEAST_RANGES:
        return NoLimits(
            Refused.FEW,
            f"Serien har för många luckor: {number(ranges, 0)} par av månader intill varandra har värde, och "
            f"styrgränser kräver minst {_WORDS[LEAST_RANGES]}.",
        )
    return None


def seasonal_short(points: int, rebase: Rebase | None) -> NoLimits:
    """The answer for a seasonal series that is too short to tell season from change."""
    least = f"för att skilja säsong från förändring krävs minst {number(LEAST_SEASONAL, 0)}."
    if rebase is None:
        return NoLimits(
            Refused.SEASONAL_SHORT,
            f"Serien följer årets månader och har {_months(points)} med värde; {least}",
        )
    return NoLimits(
        Refused.SEASONAL_SHORT,
        f"Serien följer årets månader. {_again(rebase)} {_counted(points, rebase)}; {least}",
    )


def constant(seasonal: bool) -> NoLimits:
    """The answer where months next to each other never differ, so that limits would have no width."""
    if seasonal:
        return NoLimits(
            Refused.CONSTANT,
            "Serien upprepar samma värden varje år, så det finns ingen variation att räkna styrgränser på.",
        )
    return NoLimits(
        Refused.CONSTANT,
        "Serien ändras inte från månad till månad, så det finns ingen variation att räkna styrgränser på.",
    )


def _again(rebase: Rebase) -> str:
    reason = rebase.reason.strip().rstrip(".")
    return f"Styrgränserna räknas om från {month_text(rebase.first)} ({reason})."


def _counted(points: int, rebase: Rebase) -> str:
    if rebase.last is None:
        return f"Sedan dess har {_months(points)} värde"
    return f"Basperioden har {_months(points)} med värde"


def _months(count: int) -> str:
    return f"{number(count, 0)} {'månad' if count == 1 else 'månader'}"
