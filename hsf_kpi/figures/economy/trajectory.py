"""Vägen till −800: the year's result, accumulated, against its lines, with forecasts and where they land."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hsf_kpi.analysis.economy.types import StatisticalForecast, TargetPath, Trajectory, Yardstick
from hsf_kpi.figures.economy.landing import Landing, landing_of
from hsf_kpi.figures.economy.trajectory_words import (
    caption_of,
    carries_provision,
    help_of,
    paths_of,
    sentence_of,
    title_of,
)
from hsf_kpi.figures.economy.words import (
    as_mnkr,
    estimate_decimals,
    goal_words,
    mnkr,
    source_line,
    told,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.model.codes import Origin, Sex, UnitOfMeasure
from hsf_kpi.model.ledger import MNKR, Submitted
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.swedish.dates import date_text, month_name, month_text, period_text
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import SEX_WORD, VIEW_WORD

SLUG = "vagen"


@dataclass(frozen=True, slots=True)
class Undated:
    """A forecast that no year is stated for: stands beside the path with its reservation, and in no computation.

    label: «prognos enligt intranätet, år ej angivet». amount_mnkr: as it is stated, in whole mnkr.
    """

    amount_mnkr: int
    label: str
    source: str

    @property
    def words(self) -> str:
        return f"{mnkr(self.amount_mnkr * MNKR, 0)} {self.label}"


def trajectory_figure(
    trajectory: Trajectory,
    yardstick: Yardstick,
    *,
    context: Context,
    own_budget: bool,
    origins: frozenset[Origin],
    source: str,
    undated: Undated | None = None,
) -> Figure:
    """A row for each month of the year. `own_budget`: the unit has one line, its own budget (all but the förvaltning)."""
    landing = landing_of(trajectory, yardstick)
    paths = paths_of(trajectory)
    context = replace(
        context,
        period=period_text(Period(trajectory.month, Window.YTD)),
        view=VIEW_WORD[View.YTD],
        sex=SEX_WORD[Sex.ALL],
    )
    nothing = trajectory.to_date is None and not trajectory.targets and not trajectory.submitted
    more = [undated.source] if undated else []
    return Figure(
        kind=FigureKind.TRAJECTORY,
        slug=SLUG,
        title=title_of(trajectory, yardstick, landing, own_budget),
        caption=caption_of(trajectory, context, own_budget),
        context=context,
        columns=_columns(paths, own_budget),
        rows=tuple(_row(trajectory, i, paths, yardstick) for i in range(len(trajectory.months))),
        sentence=sentence_of(trajectory, landing, context, own_budget),
        source=source_line(source, *more),
        origins=origins,
        marks=tuple(_marks(trajectory, landing, paths, own_budget, undated)),
        help=help_of(trajectory, paths, undated.words if undated else ""),
        unit=UnitOfMeasure.MNKR,
        decimals=1,
        empty=f"Inget utfall, ingen budget och ingen prognos finns för {trajectory.year}." if nothing else "",
        options=_options(trajectory, paths),
    )


def _columns(paths: dict[str, TargetPath], own_budget: bool) -> tuple[Column, ...]:
    unit = UnitOfMeasure.MNKR
    names = _path_names(paths, own_budget)
    return (
        Column("period", "Månad", Role.LABEL),
        Column("date", "Månadens första dag", Role.TIME),
        Column("month", "Månadens resultat", Role.CHANGE, unit, 1),
        Column("month_text", "Månadens resultat", Role.TEXT),
        Column("outcome", "Ackumulerat", Role.OUTCOME, unit, 1),
        Column("outcome_text", "Ackumulerat", Role.TEXT),
        Column("target", names["target"], Role.TARGET_LOW, unit, 1),
        Column("target_text", names["target"], Role.TEXT),
        Column("budget", names["budget"], Role.BUDGET, unit, 1),
        Column("budget_text", names["budget"], Role.TEXT),
        Column("deviation", "Avvikelse", Role.CHANGE, unit, 1),
        Column("deviation_text", "Avvikelse", Role.TEXT),
        Column("submitted", "Lämnad prognos", Role.FORECAST, unit, 1),
        Column("submitted_text", "Lämnad prognos", Role.TEXT),
        Column("middle", "Statistisk prognos", Role.FORECAST, unit, 1),
        Column("low", f"80{SPACE}%, lägst", Role.LOW, unit, 1),
        Column("high", f"80{SPACE}%, högst", Role.HIGH, unit, 1),
        Column("low50", f"50{SPACE}%, lägst", Role.LOW, unit, 1),
        Column("high50", f"50{SPACE}%, högst", Role.HIGH, unit, 1),
        Column("statistical_text", f"Statistisk prognos (80{SPACE}%)", Role.TEXT),
        Column("note", "Anmärkning", Role.NOTE),
    )


def _path_names(paths: dict[str, TargetPath], own_budget: bool) -> dict[str, str]:
    if carries_provision(paths):
        return {"target": "Budget utan underskottspost", "budget": "Budget med underskottspost"}
    target, budget = paths.get("target"), paths.get("budget")
    words = goal_words(target.year_end) if target else ""
    at = goal_words(budget.year_end) if budget else "0"
    return {
        "target": "Egen budget" if own_budget else f"Vägen till {words}" if words else "Budget",
        "budget": f"Budget ({at})",
    }


def _row(t: Trajectory, i: int, paths: dict[str, TargetPath], yardstick: Yardstick) -> tuple[Value, ...]:
    month, monthly, sum_ = t.months[i], t.monthly[i], t.accumulated[i]
    starred = any(missing <= month for missing in (*t.gaps, *t.partial))
    target, budget = (paths[key].accumulated[i] if key in paths else None for key in ("target", "budget"))
    held = t.target(yardstick)
    against = None if held is None else held.accumulated[i]
    deviation = None if sum_ is None or against is None or starred else sum_ - against
    submitted = next((s for s in reversed(t.submitted) if s.month == month), None)
    middle, low, high, low50, high50 = _statistical(t, month)
    return (
        month_text(month), month.first_day,
        as_mnkr(monthly), told(monthly, starred=month in t.partial),
        as_mnkr(sum_), told(sum_, starred=starred),
        as_mnkr(target), told(target),
        as_mnkr(budget), told(budget),
        as_mnkr(deviation), told(deviation, sign=True),
        None if submitted is None else as_mnkr(submitted.result), _submitted_text(submitted, t.submitted),
        as_mnkr(middle), as_mnkr(low), as_mnkr(high), as_mnkr(low50), as_mnkr(high50),
        _interval(t, middle, low, high), _note(t, month),
    )  # fmt: skip


def _statistical(t: Trajectory, month: Month) -> tuple[int | None, ...]:
    """(middle, low80, high80, low50, high50) of a month, None where there is none."""
    found = t.statistical
    if not isinstance(found, StatisticalForecast) or month not in found.months:
        return (None,) * 5
    at = found.months.index(month)
    return tuple(line[at] for line in (found.middle, found.low80, found.high80, found.low50, found.high50))


def _interval(t: Trajectory, middle: int | None, low: int | None, high: int | None) -> str:
    """«−985 (−1 030 till −930)», every month with as many decimals."""
    if middle is None or low is None or high is None or not isinstance(t.statistical, StatisticalForecast):
        return ""
    places = estimate_decimals([*t.statistical.middle, *t.statistical.low80, *t.statistical.high80])
    return f"{mnkr(middle, places)} ({mnkr(low, places)} till {mnkr(high, places)})"


def _submitted_text(submitted: Submitted | None, among: Sequence[Submitted]) -> str:
    """`among`: the year's, which are read under each other and have as many decimals."""
    if submitted is None:
        return ""
    star = "*" if submitted.units < submitted.expected else ""
    return f"{mnkr(submitted.result, estimate_decimals([one.result for one in among]))}{star}"


def _note(t: Trajectory, month: Month) -> str:
    if month in t.gaps:
        return "utfall inte rapporterat"
    return "någon verksamhet saknas" if month in t.partial else ""


def _marks(
    t: Trajectory,
    landing: Landing | None,
    paths: dict[str, TargetPath],
    own_budget: bool,
    undated: Undated | None,
) -> Iterator[Mark]:
    """The names at the right edge, the gap, and each submitted forecast at its day."""
    apart = carries_provision(paths)
    for key, role in (("budget", Role.BUDGET), ("target", Role.TARGET_LOW)):
        if (path := paths.get(key)) is None:
            continue
        end = as_mnkr(path.year_end)
        places = landing.decimals if landing is not None and path is t.target(landing.yardstick) else None
        yield Mark(role, f"{goal_words(path.year_end, places)} {_end_word(key, own_budget, apart)}", end, end)
    if landing is not None:
        if landing.target is not None and landing.words:
            yield Mark(
                Role.CHANGE, landing.words, as_mnkr(landing.target), as_mnkr(landing.amount), at=landing.made
            )
        value = as_mnkr(landing.amount)
        name = f"{mnkr(landing.amount, landing.decimals)} {landing.name}"
        yield Mark(Role.OUTCOME, name, value, value, at=landing.made)
    for one in t.submitted:
        amount = as_mnkr(one.result)
        words = f"Lämnad prognos {date_text(one.made)}: {_submitted_text(one, t.submitted)}{SPACE}mnkr"
        yield Mark(
            Role.FORECAST, words + (f" ({one.author})" if one.author else ""), amount, amount, at=one.made
        )
    if t.last_year_to_date is not None and landing is not None and landing.yardstick is Yardstick.LAST_YEAR:
        before = as_mnkr(t.last_year_to_date)
        name = f"samma period {t.year - 1} {mnkr(t.last_year_to_date)}"
        yield Mark(Role.LAST_YEAR, name, before, before, at=t.month.first_day)
    if undated is not None:
        yield Mark(Role.NOTE, undated.words, float(undated.amount_mnkr), float(undated.amount_mnkr))


def _end_word(key: str, own_budget: bool, apart: bool) -> str:
    if apart:
        return "utan underskottspost" if key == "target" else "budget"
    if own_budget:
        return "egen budget"
    return "underskottspost" if key == "target" else "formell budget"


def _options(t: Trajectory, paths: dict[str, TargetPath]) -> dict[str, str]:
    has = {
        "target": "target" in paths,
        "budget": "budget" in paths,
        "deviation": bool(paths),
        "submitted": bool(t.submitted),
        "statistical": isinstance(t.statistical, StatisticalForecast),
    }
    texts = [
        f"{key}_text" for key in ("target", "budget", "deviation", "submitted", "statistical") if has[key]
    ]
    numbers = [key for key in ("target", "budget", "deviation", "submitted") if has[key]]
    numbers += ["middle", "low", "high", "low50", "high50"] if has["statistical"] else []
    last = next(
        (m for m, s in zip(reversed(t.months), reversed(t.accumulated), strict=True) if s is not None), None
    )
    return {
        "shown": ",".join(["period", "month_text", "outcome_text", *texts, "note"]),
        "file": ",".join(["period", "date", "month", "outcome", *numbers, "note"]),
        "month": t.month.iso,
        "latest": month_name(last) if last else "",
    }
