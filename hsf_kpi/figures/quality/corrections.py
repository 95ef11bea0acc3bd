"""The register of corrections: before and after, which load, when and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.economy.words import as_mnkr, mnkr
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.quality.words import MASKED, day_of, sources_line, stored
from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.aggregation import combine, from_fixed
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.quality import Correction, LedgerCorrection
from hsf_kpi.swedish.dates import month_text, period_text
from hsf_kpi.swedish.numbers import SPACE, number, value_text
from hsf_kpi.swedish.words import SEX_WORD

_WITHDRAWN = "borttaget"
LOG = "Källa: inläsningarnas logg."
_LOAD_COLUMNS = (
    Column("load", "Inläsning", Role.TEXT),
    Column("at", "Dag", Role.TEXT),
    Column("by", "Av", Role.TEXT),
    Column("source", "Källa", Role.NOTE),
)
_SHOWN_LOAD = "load,at,by,source"
KIND_WORD = {AmountKind.ACTUAL: "utfall", AmountKind.BUDGET: "budget"}


def corrections_table(
    found: Sequence[Correction],
    measures: Mapping[str, Measure],
    names: Mapping[str, str],
    *,
    context: Context,
) -> Figure:
    """found: newest first. names: unit → its name."""
    title = fitting(_titles(len(found), len({c.load for c in found}), "värde", "värden"))
    return Figure(
        kind=FigureKind.TABLE,
        slug="rattelser",
        title=title,
        caption=caption("Värden som en senare inläsning har ändrat, de senaste först", context),
        context=context,
        columns=(
            Column("measure", "Nyckeltal", Role.LABEL),
            Column("unit", "Verksamhet", Role.TEXT),
            Column("period", "Period", Role.TEXT),
            Column("sex", "Kön", Role.TEXT),
            Column("before", "Före", Role.TEXT),
            Column("after", "Efter", Role.TEXT),
            *_LOAD_COLUMNS,
        ),
        rows=tuple(_row(one, measures, names) for one in found),
        sentence=f"Tabell med {number(len(found), 0)} rader. {title}.",
        source=sources_line((one.origin, one.source) for one in found) if found else LOG,
        origins=frozenset(one.origin for one in found),
        help="Maskerat: värdet före eller efter gäller få personer, eller skulle röja ett sådant."
        if any(one.hidden for one in found)
        else "",
        empty="" if found else "Inget värde har ändrats av en senare inläsning.",
        options={
            "shown": f"measure,before,after,unit,period,sex,{_SHOWN_LOAD}",
            "file": f"measure,unit,period,sex,before,after,{_SHOWN_LOAD}",
        },
    )


def ledger_corrections_table(
    found: Sequence[LedgerCorrection],
    accounts: Mapping[str, LedgerAccount],
    names: Mapping[str, str],
    *,
    context: Context,
) -> Figure:
    """found: newest first, by unit, account and month."""
    title = fitting(_titles(len(found), len({c.load for c in found}), "bokfört belopp", "bokförda belopp"))
    return Figure(
        kind=FigureKind.TABLE,
        slug="rattelser-huvudbok",
        title=title,
        caption=caption("Belopp i huvudboken som en senare inläsning har ändrat, mnkr", context),
        context=context,
        columns=(
            Column("account", "Konto", Role.LABEL),
            Column("unit", "Verksamhet", Role.TEXT),
            Column("month", "Månad", Role.TEXT),
            Column("kind", "Slag", Role.TEXT),
            Column("before_text", "Före", Role.TEXT),
            Column("after_text", "Efter", Role.TEXT),
            Column("before", "Före, mnkr", Role.LAST_YEAR, None, 4),
            Column("after", "Efter, mnkr", Role.OUTCOME, None, 4),
            *_LOAD_COLUMNS,
        ),
        rows=tuple(_ledger_row(one, accounts, names) for one in found),
        sentence=f"Tabell med {number(len(found), 0)} rader. {title}.",
        source=sources_line((one.origin, one.source) for one in found) if found else LOG,
        origins=frozenset(one.origin for one in found),
        empty="" if found else "Inget bokfört belopp har ändrats av en senare inläsning.",
        options={
            "shown": f"account,before_text,after_text,unit,month,kind,{_SHOWN_LOAD}",
            "file": f"account,unit,month,kind,before,after,{_SHOWN_LOAD}",
        },
    )


def _titles(count: int, loads: int, one: str, many: str) -> Iterator[str]:
    if not count:
        yield f"Inga {many} har rättats"
        return
    what = f"Ett {one}" if count == 1 else f"{number(count, 0)} {many}"
    by = "en inläsning" if loads == 1 else f"{number(loads, 0)} inläsningar"
    yield f"{what} har rättats i {by}"


def _row(one: Correction, measures: Mapping[str, Measure], names: Mapping[str, str]) -> tuple[Value, ...]:
    measure = measures[one.measure]
    before, after = (MASKED, MASKED) if one.hidden else _told(one, measure)
    return (
        measure.name,
        names.get(one.unit, one.unit),
        period_text(one.period),
        SEX_WORD[one.sex] if measure.by_sex else "",
        before,
        after,
        *_load(one),
    )


def _load(one: Correction | LedgerCorrection) -> tuple[Value, ...]:
    number_of = f"nr {number(one.load, 0)}{' (ångrade)' if one.undo else ''}"
    return number_of, day_of(one.at), one.by, one.source


def _told(one: Correction, measure: Measure) -> tuple[str, str]:
    """The values as they are printed; with their parts where the printed values are alike."""
    before, after = (_value(numbers, measure) for numbers in (one.before, one.after))
    if before != after or one.before is None or one.after is None:
        return before, after
    return _parts(one.before), _parts(one.after)


def _value(numbers: tuple[int | None, int | None, int | None] | None, measure: Measure) -> str:
    if numbers is None:
        return _WITHDRAWN
    numerator, denominator, ready = numbers
    if ready is not None:
        return value_text(from_fixed(ready), measure)
    value = combine(measure.aggregation, numerator or 0, denominator, 1, measure.scale)
    return _parts(numbers) if value is None else value_text(value, measure)


def _parts(numbers: tuple[int | None, int | None, int | None]) -> str:
    """«12 / 340», the numbers as they were given."""
    return f"{SPACE}/{SPACE}".join(stored(value) for value in numbers if value is not None)


def _ledger_row(
    one: LedgerCorrection, accounts: Mapping[str, LedgerAccount], names: Mapping[str, str]
) -> tuple[Value, ...]:
    account = accounts.get(one.account)
    decimals = _enough(one.before, one.after)
    return (
        account.title if account else one.account,
        names.get(one.unit, one.unit),
        month_text(one.month),
        KIND_WORD[one.kind],
        mnkr(one.before, decimals),
        mnkr(one.after, decimals),
        as_mnkr(one.before),
        as_mnkr(one.after),
        *_load(one),
    )


def _enough(before: int, after: int) -> int:
    """The decimals of mnkr that tell the two apart: at least one, at most six (whole kronor)."""
    decimals = 1
    while decimals < 6 and before != after and mnkr(before, decimals) == mnkr(after, decimals):
        decimals += 1
    return decimals
