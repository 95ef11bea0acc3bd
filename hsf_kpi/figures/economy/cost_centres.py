"""Below the klinik: its kostnadsställen, and its uppdragsprojekt, which stand apart from everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.economy.known import known_sum
from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.economy.words import UNKNOWN, as_mnkr, mnkr, mnkr_text, shown
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.account_plan import LedgerAccount, Side
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.ledger import AmountKind, CostCentreLine, UnitLedger
from hsf_kpi.model.period import Month

WITHOUT, WITHOUT_SAID = "Utan kostnadsställe", "Det som saknar kostnadsställe"
Row = tuple[str, int | None, int | None]
"""A kostnadsställe with its costs and its budget, kronor."""


def cost_centre_table(
    lines: Sequence[CostCentreLine],
    accounts: Sequence[LedgerAccount],
    *,
    context: Context,
    origins: frozenset[Origin],
    source: str,
) -> Figure:
    """A row for each kostnadsställe: its costs, budget, outcome and deviation in mnkr, the largest overrun first."""
    sides = {account.id: account.side for account in accounts}
    names = list(dict.fromkeys(line.cost_centre for line in lines))
    found = [(name or WITHOUT, *_costs(lines, name, sides)) for name in names]
    found.sort(key=lambda row: (-(_over(row) or 0), row[0]))
    title = fitting(_titles(found))
    return Figure(
        kind=FigureKind.TABLE,
        slug="kostnadsstallen",
        title=title,
        caption=caption("Kostnader per kostnadsställe, mnkr", context),
        context=context,
        columns=(Column("name", "Kostnadsställe", Role.LABEL), *_money_columns()),
        rows=tuple((name, *_cells(actual, budget)) for name, actual, budget in found),
        sentence=f"Tabell med {len(found)} {'kostnadsställe' if len(found) == 1 else 'kostnadsställen'}. {title}.",
        source=source,
        origins=origins,
        help="Plus i avvikelsen är lägre kostnad än budget.",
        empty="" if found else "Inga kostnadsställen har bokförda kostnader.",
        unit=UnitOfMeasure.MNKR,
        decimals=1,
        options={
            "shown": "name,budget_text,actual_text,deviation_text",
            "file": "name,budget,actual,deviation",
        },
    )


def project_table(
    ledger: UnitLedger,
    months: Sequence[Month],
    *,
    context: Context,
    origins: frozenset[Origin],
    source: str,
) -> Figure | None:
    """Revenue and cost of the uppdragsprojekt by account; None where there are none."""
    rows = []
    for account in ledger.accounts:
        known = [a for m in months if (a := ledger.project(AmountKind.ACTUAL, account.id, m)) is not None]
        amount = sum(known)
        if amount:
            side = "Intäkt" if account.side is Side.REVENUE else "Kostnad"
            rows.append((account.title, side, mnkr(amount), as_mnkr(amount)))
    if not rows:
        return None
    title = "Uppdragsprojekten redovisas för sig, utanför resultatet"
    return Figure(
        kind=FigureKind.TABLE,
        slug="uppdragsprojekt",
        title=title,
        caption=caption("Uppdragsprojekt, utfall, mnkr", context),
        context=context,
        columns=(
            Column("name", "Konto", Role.LABEL),
            Column("side", "Slag", Role.TEXT),
            Column("actual_text", "Utfall", Role.TEXT),
            Column("actual", "Utfall", Role.OUTCOME, UnitOfMeasure.MNKR, 1),
        ),
        rows=tuple(rows),
        sentence=f"Tabell med {len(rows)} {'konto' if len(rows) == 1 else 'konton'}. {title}.",
        source=source,
        origins=origins,
        unit=UnitOfMeasure.MNKR,
        decimals=1,
        options={"shown": "name,side,actual_text", "file": "name,side,actual"},
    )


def _costs(
    lines: Sequence[CostCentreLine], name: str, sides: dict[str, Side]
) -> tuple[int | None, int | None]:
    """Outcome and budget of one; None where nothing is booked, or budgeted."""
    own = [line for line in lines if line.cost_centre == name and sides.get(line.account) is Side.COST]
    return known_sum([line.actual for line in own]), known_sum([line.budget for line in own])


def _over(row: Row) -> int | None:
    """Kronor over the budget; None where one of the two is missing."""
    _, actual, budget = row
    return None if actual is None or budget is None else actual - budget


def _titles(rows: Sequence[Row]) -> Iterator[str]:
    """rows: the largest overrun first."""
    known = [apart for row in rows if (apart := _over(row)) is not None]
    over = [apart for apart in known if shown(apart) > 0]
    if not any(actual is not None for _, actual, _ in rows):
        yield "Inga kostnader är bokförda på kostnadsställena"
    elif not known:
        yield "Kostnadsställena har ingen budget att jämföra med"
    elif not over:
        clearly = " tydligt" if max(known) > 0 else ""
        yield f"Inget kostnadsställe kostar{clearly} mer än sin budget"
    else:
        without = rows[0][0] == WITHOUT
        name, own = (WITHOUT_SAID, "") if without else (rows[0][0], "sin ")
        yield f"{name} kostar {mnkr_text(over[0])} mer än {own}budget"
        what = (
            "Ett kostnadsställe" if len(over) == 1 else f"{how_many(len(over), capital=True)} kostnadsställen"
        )
        yield f"{what} kostar mer än sin budget"


def _money_columns() -> tuple[Column, ...]:
    found: list[Column] = []
    for key, title, role in (
        ("budget", "Budget", Role.BUDGET),
        ("actual", "Utfall", Role.OUTCOME),
        ("deviation", "Avvikelse", Role.CHANGE),
    ):
        found += [Column(f"{key}_text", title, Role.TEXT), Column(key, title, role, UnitOfMeasure.MNKR, 1)]
    return tuple(found)


def _cells(actual: int | None, budget: int | None) -> tuple[Value, ...]:
    deviation = None if budget is None or actual is None else budget - actual
    cells: list[Value] = []
    for amount, sign in ((budget, False), (actual, False), (deviation, True)):
        cells += [UNKNOWN if amount is None else mnkr(amount, sign=sign), as_mnkr(amount)]
    return tuple(cells)
