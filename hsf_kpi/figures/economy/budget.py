"""Budget, outcome and forecast side by side: by account of one unit, and of several units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsf_kpi.analysis.economy.types import BudgetLine, Deviation, Yardstick
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import UNKNOWN, as_sum, joined, mnkr, percent, with_mnkr
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, units_words
from hsf_kpi.model.codes import Origin

AGAINST: Mapping[Yardstick, str] = {
    Yardstick.BUDGET: "Budget",
    Yardstick.PROVISION: "Budget utan underskottspost",
    Yardstick.LAST_YEAR: "Föregående år",
}
_THAN: Mapping[Yardstick, str] = {
    Yardstick.BUDGET: "budget",
    Yardstick.PROVISION: "budgeten utan underskottspost",
    Yardstick.LAST_YEAR: "samma period föregående år",
}
PLUS_IS_BETTER = "Plus är bättre än det som jämförs med, också på kostnadsrader."


@dataclass(frozen=True, slots=True)
class UnitBudget:
    """One unit's result. provision: the part of what it is held against that is the deficit provision, kronor."""

    unit: str
    name: str
    period: Deviation
    year_budget: int | None = None
    year_forecast: int | None = None
    last_year: int | None = None
    provision: int = 0


def budget_table(
    lines: Sequence[BudgetLine],
    yardstick: Yardstick,
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
    own_budget: bool = False,
) -> Figure:
    """lines as `deviations.budget_lines` answers: accounts, each group's sum after its accounts, the result last.

    own_budget: the unit is held against its own budget. A file gets kronor.
    """
    last_year = yardstick is Yardstick.LAST_YEAR
    has_budget = any(line.period.against is not None or line.year_budget is not None for line in lines)
    heading = "Egen budget" if own_budget and not last_year else AGAINST[yardstick]
    shown = ["title_text", "against_text", "actual_text", "amount_text", "share_text", "budget_text", "forecast_text"]
    file = ["group", "title", "against", "actual", "amount", "share", "year_budget", "year_forecast"]
    if not last_year:
        shown.append("last_year_text")
        file.append("last_year")
    result = next((line for line in lines if line.account is None and line.group is None), None)
    return Figure(
        kind=FigureKind.TABLE,
        slug="budget-och-utfall",
        title=fitting(_titles(result, yardstick, context, own_budget)),
        caption=caption("Budget, utfall och prognos per intäktsslag och kostnadsslag, mnkr", context),
        context=context,
        columns=(
            Column("group", "Grupp", Role.TEXT),
            Column("title", "Intäkts- eller kostnadsslag", Role.TEXT),
            Column("title_text", "", Role.LABEL),
            *_columns(heading),
        ),
        rows=tuple(_line_row(line, lines) for line in lines),
        sentence=_sentence(lines, result, heading, context),
        source=source,
        origins=frozenset(origins),
        help=sentences(
            PLUS_IS_BETTER,
            _provision_words(lines),
            _internal_words(lines),
            "" if has_budget else "Det finns ingen budget, så bara utfallet visas.",
            _star_words([line.period for line in lines]),
        ),
        empty="" if lines else "Det finns inget bokfört att visa.",
        options={"shown": ",".join(shown), "file": ",".join(file)},
    )


def units_budget_table(
    rows: Sequence[UnitBudget],
    yardstick: Yardstick,
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
    whole: UnitBudget | None = None,
) -> Figure:
    """The units' results, worst deviation first, the unknown after them, and the whole last. A file gets kronor."""
    last_year = yardstick is Yardstick.LAST_YEAR
    ordered = worst_deviation_first(rows)
    heading = "Föregående år" if last_year else "Egen budget"
    shown = ["title_text", "against_text", "actual_text", "amount_text", "provision_text", "budget_text", "forecast_text"]
    file = ["title", "against", "actual", "amount", "provision", "year_budget", "year_forecast"]
    if not last_year:
        shown.append("last_year_text")
        file.append("last_year")
    provided = [row for row in ordered if row.provision]
    return Figure(
        kind=FigureKind.TABLE,
        slug="budget-per-verksamhet",
        title=fitting(_unit_titles(ordered, last_year)),
        caption=caption("Resultat per verksamhet, mnkr", context),
        context=context,
        columns=(
            Column("title", "Verksamhet", Role.TEXT),
            Column("title_text", "Verksamhet", Role.LABEL),
            Column("provision", "Varav underskottspost (kr)", Role.BUDGET),
            Column("provision_text", "Varav underskottspost", Role.TEXT),
            *_columns(heading),
        ),
        rows=(
            *(_unit_row(row) for row in ordered),
            *([_unit_row(whole, last=True)] if whole is not None else []),
        ),
        sentence=f"Tabell med {units_words(len(rows))}, {context.unit}, {context.period}. {_units_told(ordered, last_year)}",
        source=source,
        origins=frozenset(origins),
        help=sentences(
            PLUS_IS_BETTER,
            f"Underskottsposten står i budgeten för {joined([row.name for row in provided])} och finns aldrig i ett utfall."
            if provided
            else "",
            _star_words([row.period for row in (*rows, *([whole] if whole else []))]),
        ),
        empty="" if rows else "Det finns inga verksamheter under den valda att jämföra.",
        options={"shown": ",".join(shown), "file": ",".join(file)},
    )


def worst_deviation_first(rows: Sequence[UnitBudget]) -> list[UnitBudget]:
    """By what the unit makes itself, the provision apart; what is not known last."""

    def order(row: UnitBudget) -> tuple[bool, int, str]:
        amount = row.period.amount
        return amount is None, 0 if amount is None else amount + row.provision, row.name

    return sorted(rows, key=order)


def _columns(heading: str) -> tuple[Column, ...]:
    return (
        Column("against", f"{heading} (kr)", Role.BUDGET),
        Column("against_text", heading, Role.TEXT),
        Column("actual", "Utfall (kr)", Role.OUTCOME),
        Column("actual_text", "Utfall", Role.TEXT),
        Column("amount", "Avvikelse (kr)", Role.CHANGE),
        Column("amount_text", "Avvikelse", Role.TEXT),
        Column("share", "Avvikelse (procent)", Role.CHANGE),
        Column("share_text", "Avvikelse i procent", Role.TEXT),
        Column("year_budget", "Helårsbudget (kr)", Role.BUDGET),
        Column("budget_text", "Helårsbudget", Role.TEXT),
        Column("year_forecast", "Helårsprognos (kr)", Role.FORECAST),
        Column("forecast_text", "Helårsprognos", Role.TEXT),
        Column("last_year", "Samma period föregående år (kr)", Role.LAST_YEAR),
        Column("last_year_text", "Föregående år", Role.TEXT),
    )


def _amounts(
    period: Deviation, year_budget: int | None, forecast: int | None, last_year: int | None, *, bold: bool
) -> tuple[Value, ...]:
    mark = as_sum if bold else str
    star = "" if period.complete or period.actual is None else "*"
    share = period.share
    return (
        period.against,
        mark(mnkr(period.against)),
        period.actual,
        mark(f"{mnkr(period.actual)}{star}"),
        period.amount,
        mark(mnkr(period.amount, sign=True)),
        None if share is None else float(share),
        mark(percent(share)),
        year_budget,
        mark(mnkr(year_budget)),
        forecast,
        mark(mnkr(forecast)),
        last_year,
        mark(mnkr(last_year)),
    )


def _line_row(line: BudgetLine, lines: Sequence[BudgetLine]) -> tuple[Value, ...]:
    group = line.group.title if line.group else ""
    is_sum = line.account is None
    alone = is_sum and sum(one.account is not None and one.group == line.group for one in lines) > 0
    title = f"Summa {line.title[:1].lower()}{line.title[1:]}" if alone and line.group else line.title
    found = _amounts(line.period, line.year_budget, line.year_forecast, line.last_year, bold=is_sum)
    return (group, title, title, *found)


def _unit_row(row: UnitBudget, *, last: bool = False) -> tuple[Value, ...]:
    provision = mnkr(row.provision) if row.provision else ""
    found = _amounts(row.period, row.year_budget, row.year_forecast, row.last_year, bold=last)
    return (row.name, row.name, row.provision, as_sum(provision) if last else provision, *found)


def _than(yardstick: Yardstick, own_budget: bool) -> str:
    return "egen budget" if own_budget and yardstick is not Yardstick.LAST_YEAR else _THAN[yardstick]


def _titles(
    result: BudgetLine | None, yardstick: Yardstick, context: Context, own_budget: bool
) -> Iterator[str]:
    if result is None or result.period.actual is None:
        yield f"Inget utfall är bokfört, {context.period}"
        yield "Inget utfall är bokfört"
        return
    period, than = result.period, _than(yardstick, own_budget)
    actual = with_mnkr(period.actual or 0)
    if not period.complete:
        yield f"Resultatet är {actual}*, och underlaget är inte helt"
        return
    if period.amount is None:
        missing = "föregående år saknas" if yardstick is Yardstick.LAST_YEAR else "budget saknas"
        yield f"Resultatet är {actual}; {missing}"
        return
    if not period.amount:
        yield f"Resultatet är lika med {than}"
        return
    better = "bättre" if period.amount > 0 else "sämre"
    said = f"Resultatet är {with_mnkr(abs(period.amount))} {better} än {than}"
    yield f"{said}, {context.period}"
    yield said


def _unit_titles(rows: Sequence[UnitBudget], last_year: bool) -> Iterator[str]:
    than = "föregående år" if last_year else "egen budget"
    known = [(row, row.period.amount + row.provision) for row in rows if row.period.amount is not None and row.period.complete]
    if not known:
        yield "Ingen verksamhet kan jämföras"
        return
    worst, amount = known[0]
    if amount >= 0:
        yield f"Ingen verksamhet är sämre än {than}"
        return
    yield f"{worst.name} avviker mest: {with_mnkr(-amount)} sämre än {than}"
    below = sum(one < 0 for _, one in known)
    yield f"{how_many(below, capital=True)} av {how_many(len(known))} verksamheter är sämre än {than}"


def _units_told(rows: Sequence[UnitBudget], last_year: bool) -> str:
    than = "föregående år" if last_year else "egen budget"
    known = [row for row in rows if row.period.amount is not None]
    worse = [row for row in known if (row.period.amount or 0) + row.provision < 0]
    return f"{len(worse)} av {len(known)} är sämre än {than}."


def _sentence(
    lines: Sequence[BudgetLine], result: BudgetLine | None, heading: str, context: Context
) -> str:
    start = f"Tabell med {how_many(len(lines))} rader, {context.unit}, {context.period}."
    if result is None or result.period.actual is None:
        return start
    amount = result.period.amount
    told = f" {heading} {with_mnkr(result.period.against)}." if result.period.against is not None else ""
    off = f" Avvikelse {with_mnkr(amount, sign=True)}." if amount is not None else ""
    return f"{start} Resultat {with_mnkr(result.period.actual)}.{told}{off}"


def _provision_words(lines: Sequence[BudgetLine]) -> str:
    if not any(line.account is not None and line.account.budget_only for line in lines):
        return ""
    return "Underskottsposten står bara i budgeten, som minskad personalkostnad, och aldrig i utfallet."


def _internal_words(lines: Sequence[BudgetLine]) -> str:
    """What of the cost has been eliminated; the revenue is as large, on the other side."""
    costs = [line.internal for line in lines if line.account is not None and line.account.side.sign < 0 and line.internal]
    if not costs:
        return ""
    amount = with_mnkr(sum(costs))
    return f"Köp och försäljning mellan verksamheterna, {amount}, är borträknade på båda sidor; resultatet påverkas inte."


def _star_words(periods: Sequence[Deviation]) -> str:
    starred = any(not period.complete and period.actual is not None for period in periods)
    return f"* alla har inte bokfört; avvikelsen bedöms inte ({UNKNOWN})." if starred else ""
