"""Budget, outcome and forecast side by side: by account of one unit, and of several units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsf_kpi.analysis.economy.types import BudgetLine, Deviation, Yardstick
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.budget_cells import AGAINST, PLUS_IS_BETTER, amounts, columns, star_words
from hsf_kpi.figures.economy.cells import as_sum, joined, mnkr, with_mnkr
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, units_words
from hsf_kpi.figures.trend import PATH_SEPARATOR
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.codes import Origin

_THAN: Mapping[Yardstick, str] = {
    Yardstick.BUDGET: "budget",
    Yardstick.PROVISION: "budgeten utan underskottspost",
    Yardstick.LAST_YEAR: "samma period föregående år",
}


@dataclass(frozen=True, slots=True)
class UnitBudget:
    """One unit's result. provision: its budget holds the deficit provision. provision_part: what that makes of the
    deviation, kronor (minus against the budget with it), 0 where it is not told.
    """

    unit: str
    name: str
    period: Deviation
    year_budget: int | None = None
    year_forecast: int | None = None
    last_year: int | None = None
    provision: bool = False
    provision_part: int = 0

    @property
    def own(self) -> int | None:
        """The deviation that the unit makes itself; None where it is not known."""
        return None if self.period.amount is None else self.period.amount - self.provision_part


def budget_table(
    lines: Sequence[BudgetLine],
    yardstick: Yardstick,
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
    own_budget: bool | None = None,
) -> Figure:
    """lines as `deviations.budget_lines` answers: accounts, each group's sum after its accounts, the result last.

    own_budget: the unit is held against its own budget, as every unit below the whole without the provision is when not
    given. A file gets kronor.
    """
    if own_budget is None:
        own_budget = PATH_SEPARATOR in context.path and not _provision_words(lines)
    last_year = yardstick is Yardstick.LAST_YEAR
    has_budget = any(line.period.against is not None or line.year_budget is not None for line in lines)
    heading = "Egen budget" if own_budget and not last_year else AGAINST[yardstick]
    shown = [
        "title_text",
        "against_text",
        "actual_text",
        "amount_text",
        "share_text",
        "budget_text",
        "forecast_text",
    ]
    file = ["group", "title", "against", "actual", "amount", "share", "year_budget", "year_forecast"]
    if not last_year:
        shown.append("before_text")
        file.append("last_year")
    result = result_of(lines)
    return Figure(
        kind=FigureKind.TABLE,
        slug="budget-och-utfall",
        title=fitting(_titles(lines, yardstick, context, own_budget)),
        caption=caption("Budget, utfall och prognos per intäktsslag och kostnadsslag, mnkr", context),
        context=context,
        columns=(
            Column("group", "Grupp", Role.TEXT),
            Column("title", "Intäkts- eller kostnadsslag", Role.TEXT),
            Column("title_text", "Post", Role.LABEL),
            *columns(heading),
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
            star_words([line.period for line in lines]),
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
    note: str = "",
) -> Figure:
    """The units' results in the order given (`worst_deviation_first`), the whole last where given. A file gets kronor.

    note: a sentence of its own for the reading help.
    """
    last_year = yardstick is Yardstick.LAST_YEAR
    every = [*rows, *([whole] if whole is not None else [])]
    has_part = any(row.provision_part for row in every)
    shown = ["title_text", "against_text", "actual_text", "amount_text"]
    shown += [*(["provision_text"] if has_part else []), "budget_text", "forecast_text"]
    file = ["title", "against", "actual", "amount", *(["provision"] if has_part else [])]
    file += ["year_budget", "year_forecast"]
    if not last_year:
        shown.append("before_text")
        file.append("last_year")
    return Figure(
        kind=FigureKind.TABLE,
        slug="budget-per-verksamhet",
        title=fitting(_unit_titles(rows, yardstick)),
        caption=caption("Resultat per verksamhet, mnkr", context),
        context=context,
        columns=(
            Column("title_text", "Verksamhet", Role.LABEL),
            Column("title", "Verksamhet", Role.TEXT),
            Column("provision", "Varav underskottspost (kr)", Role.CHANGE),
            Column("provision_text", "Varav underskottspost", Role.TEXT),
            *columns("Föregående år" if last_year else "Egen budget"),
        ),
        rows=tuple(_unit_row(row, last=row is whole) for row in every),
        sentence=f"Tabell med {units_words(len(rows))}, {context.unit}, {context.period}. {_units_told(rows, last_year)}",
        source=source,
        origins=frozenset(origins),
        help=sentences(
            PLUS_IS_BETTER,
            _carried(rows, yardstick),
            _between(rows, whole),
            note,
            star_words([row.period for row in every]),
        ),
        empty="" if rows else "Det finns inga verksamheter under den valda att jämföra.",
        options={"shown": ",".join(shown), "file": ",".join(file)},
    )


def worst_deviation_first(rows: Sequence[UnitBudget]) -> list[UnitBudget]:
    """By what the unit makes itself, the provision apart; what is not known last."""
    return sorted(rows, key=lambda row: (row.own is None, row.own or 0, row.name))


def _line_row(line: BudgetLine, lines: Sequence[BudgetLine]) -> tuple[Value, ...]:
    group = line.group.title if line.group else ""
    is_sum = line.account is None
    alone = is_sum and sum(one.account is not None and one.group == line.group for one in lines) > 0
    title = f"Summa {line.title[:1].lower()}{line.title[1:]}" if alone and line.group else line.title
    found = amounts(line.period, line.year_budget, line.year_forecast, line.last_year, bold=is_sum)
    return (group, title, title, *found)


def _unit_row(row: UnitBudget, *, last: bool = False) -> tuple[Value, ...]:
    part = mnkr(row.provision_part, sign=True) if row.provision_part else ""
    found = amounts(row.period, row.year_budget, row.year_forecast, row.last_year, bold=last)
    return (row.name, row.name, row.provision_part, as_sum(part) if last else part, *found)


def result_of(lines: Sequence[BudgetLine]) -> BudgetLine | None:
    """The line of the result."""
    return next((line for line in lines if line.account is None and line.group is None), None)


def _than(yardstick: Yardstick, own_budget: bool) -> str:
    return "egen budget" if own_budget and yardstick is not Yardstick.LAST_YEAR else _THAN[yardstick]


def _titles(
    lines: Sequence[BudgetLine], yardstick: Yardstick, context: Context, own_budget: bool
) -> Iterator[str]:
    result = result_of(lines)
    if result is None or result.period.actual is None:
        if any(line.period.actual for line in lines):
            yield "Bara kostnader är bokförda, så något resultat kan inte räknas"
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


def _unit_titles(rows: Sequence[UnitBudget], yardstick: Yardstick) -> Iterator[str]:
    than = "föregående år" if yardstick is Yardstick.LAST_YEAR else "egen budget"
    # Where the provision is in the deviation and not told apart, the unit is not judged by it.
    carried = yardstick is Yardstick.BUDGET
    known = [
        (row.own, row.name)
        for row in rows
        if row.own is not None
        and row.period.complete
        and not (carried and row.provision and not row.provision_part)
    ]
    if not known:
        yield "Ingen verksamhet kan jämföras"
        return
    amount, name = min(known)
    if amount >= 0:
        yield f"Ingen verksamhet är sämre än {than}"
        return
    if max(known)[0] <= -amount:
        yield f"{name} avviker mest: {with_mnkr(-amount)} sämre än {than}"
    else:
        yield f"{name} är sämst mot {than}: {with_mnkr(-amount)} sämre"
    below = sum(one < 0 for one, _ in known)
    yield f"{how_many(below, capital=True)} av {how_many(len(known))} verksamheter är sämre än {than}"


def _units_told(rows: Sequence[UnitBudget], last_year: bool) -> str:
    than = "föregående år" if last_year else "egen budget"
    known = [row.own for row in rows if row.own is not None]
    return f"{sum(own < 0 for own in known)} av {len(known)} är sämre än {than}."


def _between(rows: Sequence[UnitBudget], whole: UnitBudget | None) -> str:
    """What the whole has that none of the rows has: booked between the levels, at units that have ended or are not seen."""
    if whole is None or not rows or whole.period.actual is None:
        return ""
    left = whole.period.actual - sum(row.period.actual or 0 for row in rows)
    if not left:
        return ""
    return (
        f"Raderna summerar inte till {whole.name}: {with_mnkr(left)} av utfallet är bokfört på andra nivåer eller"
        " verksamheter än de som visas."
    )


def _carried(rows: Sequence[UnitBudget], yardstick: Yardstick) -> str:
    """Whose budget the provision stands in."""
    names = joined([row.name for row in rows if row.provision or row.provision_part])
    if not names or yardstick is not Yardstick.BUDGET:
        return ""
    return f"Underskottsposten står i budgeten för {names} och finns aldrig i ett utfall."


def _sentence(lines: Sequence[BudgetLine], result: BudgetLine | None, heading: str, context: Context) -> str:
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
    """What is eliminated on either side; a line that was nothing else is not shown, so the larger side tells it."""
    sides = {Side.REVENUE: 0, Side.COST: 0}
    for line in lines:
        if line.account is not None and line.internal:
            sides[line.account.side] += line.internal
    if not any(sides.values()):
        return ""
    amount = with_mnkr(max(sides.values()))
    return f"Köp och försäljning mellan verksamheterna, {amount}, är borträknade på båda sidor; resultatet påverkas inte."
