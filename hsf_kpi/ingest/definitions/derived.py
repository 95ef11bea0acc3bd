"""Measures whose observations are made from the ledger ([derived]): which rule needs what, and that it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsf_kpi.ingest.definitions.plan_tables_shapes import AccountPlanShape
from hsf_kpi.ingest.definitions.reading import MeasureFile
from hsf_kpi.ingest.definitions.shapes import DerivedShape
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.period import Window
from hsf_kpi.model.problems import Problem

_MONTH = frozenset({Window.MONTH})
_PARTS_OF_YEAR = frozenset({Window.TERTIAL_1, Window.TERTIAL_2, Window.YEAR})
_FIELDS = ("numerator", "denominator", "hours")


@dataclass(frozen=True, slots=True)
class _Rule:
    """aggregation: the only one that what the rule makes can be put together by. needs: the fields it takes."""

    aggregation: Aggregation
    needs: frozenset[str] = frozenset()
    windows: frozenset[Window] = _MONTH


_RULES: Mapping[str, _Rule] = {
    "result_deviation": _Rule(Aggregation.AMOUNT),
    "result_change": _Rule(Aggregation.AMOUNT),
    "forecast_deviation": _Rule(Aggregation.LATEST_AMOUNT),
    "cost_growth": _Rule(Aggregation.GROWTH),
    "account_ratio": _Rule(Aggregation.RATIO, frozenset({"numerator", "denominator"})),
    "cost_per_hour": _Rule(Aggregation.WEIGHTED_MEAN, frozenset({"numerator", "hours"})),
    "accumulated": _Rule(Aggregation.AMOUNT, frozenset({"numerator"}), _PARTS_OF_YEAR),
}


def build_derivation(shape: DerivedShape | None) -> Derivation | None:
    if shape is None:
        return None
    return Derivation(
        shape.rule, tuple(shape.numerator), tuple(shape.denominator), shape.hours or "", shape.first
    )


def check_derived(
    measures: Sequence[MeasureFile], *, complete: bool, accounts: AccountPlanShape | None
) -> list[Problem]:
    """Everything that is wrong with the [derived] of the measures.

    complete: False when a measure could not be read: then none is said to be missing. accounts: None where there is
    no account plan, or an unreadable one: then no account is looked up.
    """
    by_key = {read.key: read for read in measures}
    problems: list[Problem] = []
    for read in measures:
        if read.shape.derived is not None:
            problems += _check_form(read, read.shape.derived)
            problems += _check_hours(read, read.shape.derived, by_key, complete)
            if accounts is not None:
                problems += _check_accounts(read, read.shape.derived, accounts)
    return problems


def _check_form(read: MeasureFile, derived: DerivedShape) -> Iterator[Problem]:
    rule = _RULES[derived.rule]
    for field in _FIELDS:
        if bool(getattr(derived, field)) != (field in rule.needs):
            needed = field in rule.needs
            yield Problem(
                f"Regeln ”{derived.rule}” {'behöver' if needed else 'har inget'} {field}.",
                f"{read.where}derived.{field}",
                "Lägg till fältet." if needed else "Ta bort fältet.",
            )
    if read.shape.aggregation is not rule.aggregation:
        yield Problem(
            f"Det som regeln ”{derived.rule}” ger kan inte läggas ihop som ”{read.shape.aggregation.value}”.",
            f"{read.where}aggregation",
            f"Ange ”{rule.aggregation.value}” eller välj en annan regel.",
        )
    if not set(read.shape.measured) <= rule.windows:
        allowed = ", ".join(window.value for window in Window if window in rule.windows)
        yield Problem(
            f"Regeln ”{derived.rule}” ger inte värden för alla perioder i measured.",
            f"{read.where}measured",
            f"Ange bara: {allowed}.",
        )
    if read.shape.by_sex:
        yield Problem(
            "Huvudboken delar inte upp belopp på kön.",
            f"{read.where}by_sex",
            "Ange false, eller ta bort [derived].",
        )


def _check_hours(
    read: MeasureFile, derived: DerivedShape, by_key: Mapping[str, MeasureFile], complete: bool
) -> Iterator[Problem]:
    if not derived.hours:
        return
    hours, where = by_key.get(derived.hours), f"{read.where}derived.hours"
    if hours is None:
        if complete:
            yield Problem(f"Nyckeltalet ”{derived.hours}” finns inte.", where, "Rätta id.")
    elif hours.shape.aggregation is not Aggregation.FTE or hours.shape.derived is not None:
        yield Problem(
            f"Nyckeltalet ”{derived.hours}” har inga arbetade timmar som täljare.",
            where,
            "Välj ett nyckeltal med aggregation fte.",
        )


def _check_accounts(read: MeasureFile, derived: DerivedShape, plan: AccountPlanShape) -> Iterator[Problem]:
    known: Collection[str] = {account.id for account in plan.account}
    budget_only = {account.id for account in plan.account if account.budget_only}
    for field, named in (("numerator", derived.numerator), ("denominator", derived.denominator)):
        where = f"{read.where}derived.{field}"
        for account, count in Counter(named).items():
            if account not in known:
                yield Problem(
                    f"Kontot ”{account}” finns inte.", where, "Ange id för ett konto i economy/accounts.toml."
                )
            elif account in budget_only:
                yield Problem(
                    f"Kontot ”{account}” finns aldrig i ett utfall.", where, "Ta bort det ur listan."
                )
            if count > 1:
                yield Problem(f"Kontot ”{account}” står {count} gånger.", where, "Ta bort dubbletten.")
