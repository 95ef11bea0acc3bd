"""Below the klinik: its kostnadsställen, and its uppdragsprojekt, which stand apart from everything else."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.model.account_plan import LedgerAccount, Side
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.ledger import MNKR, AmountKind, CostCentreLine, UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.numbers import number

WITHOUT = "Utan kostnadsställe"


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
    found.sort(key=lambda row: (row[1] - row[2] if row[2] is not None else 0, row[0]), reverse=True)
    worst = found[0]
    over = worst[1] - worst[2] if worst[2] is not None else 0
    title = (
        f"{worst[0]} kostar {_mnkr(over)} mnkr mer än sin budget"
        if over > 0
        else "Inget kostnadsställe kostar mer än sin budget"
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="kostnadsstallen",
        title=title if len(title) <= 75 else "Ett kostnadsställe kostar mer än sin budget",
        caption=caption("Kostnader per kostnadsställe, mnkr", context),
        context=context,
        columns=(Column("name", "Kostnadsställe", Role.LABEL), *_money_columns()),
        rows=tuple((name, *_cells(actual, budget)) for name, actual, budget in found),
        sentence=f"Tabell med {len(found)} kostnadsställen. {title}.",
        source=source,
        origins=origins,
        help="Plus i avvikelsen är lägre kostnad än budget.",
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
            text = number(Fraction(amount, MNKR), 1)
            rows.append(
                (
                    account.title,
                    "Intäkt" if account.side is Side.REVENUE else "Kostnad",
                    text,
                    float(Fraction(amount, MNKR)),
                )
            )
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
        sentence=f"Tabell med {len(rows)} konton. {title}.",
        source=source,
        origins=origins,
        unit=UnitOfMeasure.MNKR,
        decimals=1,
        options={"shown": "name,side,actual_text", "file": "name,side,actual"},
    )


def _costs(lines: Sequence[CostCentreLine], name: str, sides: dict[str, Side]) -> tuple[int, int | None]:
    own = [line for line in lines if line.cost_centre == name and sides.get(line.account) is Side.COST]
    budgets = [line.budget for line in own if line.budget is not None]
    return sum(line.actual or 0 for line in own), sum(budgets) if budgets else None


def _money_columns() -> tuple[Column, ...]:
    found: list[Column] = []
    for key, title, role in (
        ("budget", "Budget", Role.BUDGET),
        ("actual", "Utfall", Role.OUTCOME),
        ("deviation", "Avvikelse", Role.CHANGE),
    ):
        found += [Column(f"{key}_text", title, Role.TEXT), Column(key, title, role, UnitOfMeasure.MNKR, 1)]
    return tuple(found)


def _cells(actual: int, budget: int | None) -> tuple[Value, ...]:
    deviation = None if budget is None else budget - actual
    cells: list[Value] = []
    for amount, sign in ((budget, False), (actual, False), (deviation, True)):
        cells += [
            "–" if amount is None else _mnkr(amount, sign),
            None if amount is None else float(Fraction(amount, MNKR)),
        ]
    return tuple(cells)


def _mnkr(amount: int, sign: bool = False) -> str:
    return number(Fraction(amount, MNKR), 1, sign=sign)
