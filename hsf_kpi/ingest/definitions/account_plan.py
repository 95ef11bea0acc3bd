"""The account plan (economy/accounts.toml): kinds of revenue and cost, in groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hsf_kpi.ingest.definitions.plan_tables_shapes import AccountPlanShape, LedgerAccountShape
from hsf_kpi.ingest.definitions.words import told_twice
from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount, Side
from hsf_kpi.model.problems import Problem


def build_ledger_accounts(shape: AccountPlanShape) -> tuple[LedgerAccount, ...]:
    """The accounts in the order of the file. Whether they hold together: see `check_ledger_accounts`."""
    groups = {g.id: AccountGroup(g.id, g.title, g.side) for g in shape.group}
    return tuple(
        LedgerAccount(
            id=account.id,
            title=account.title,
            group=groups[account.group],
            may_be_internal=account.may_be_internal,
            restriktivitet=account.restriktivitet,
            budget_only=account.budget_only,
            note=account.note,
            source=shape.source,
        )
        for account in shape.account
    )


def check_ledger_accounts(
    shape: AccountPlanShape, file: str, *, measures: Collection[str] | None
) -> list[Problem]:
    """Ids used once, groups that exist and are used, restriktivitet only on costs, investments in no result.

    measures: every key there is, or None when some could not be read.
    """
    problems = [
        *told_twice(file, "group", [g.id for g in shape.group]),
        *told_twice(file, "account", [a.id for a in shape.account]),
    ]
    sides = {g.id: g.side for g in shape.group}
    for account in shape.account:
        problems += _check_account(account, sides.get(account.group), f"{file}: account[{account.id}]")
    used = {account.group for account in shape.account}
    problems += [
        Problem(
            "Gruppen har inga konton.", f"{file}: group[{g.id}]", "Ta bort gruppen eller lägg till ett konto."
        )
        for g in shape.group
        if g.id not in used
    ]
    if measures is not None and shape.seen_with not in measures:
        problems.append(
            Problem(
                f"Nyckeltalet ”{shape.seen_with}” finns inte.",
                f"{file}: seen_with",
                "Ange det nyckeltal som avgör vem som ser huvudbokens belopp.",
            )
        )
    return problems


def _check_account(account: LedgerAccountShape, side: Side | None, where: str) -> Iterator[Problem]:
    if side is None:
        yield Problem(f"Gruppen ”{account.group}” finns inte.", f"{where}.group", "Ange id för en [[group]].")
    elif side is Side.REVENUE and account.restriktivitet:
        yield Problem(
            "Restriktivitet gäller kostnader, och kontot är en intäkt.",
            f"{where}.restriktivitet",
            "Ta bort fältet eller flytta kontot till en kostnadsgrupp.",
        )
    elif side is Side.INVESTMENT:
        for field in ("may_be_internal", "restriktivitet", "budget_only"):
            if getattr(account, field):
                yield Problem(
                    "En investering ingår inte i resultatet och kan inte ha fältet.",
                    f"{where}.{field}",
                    "Ta bort fältet eller flytta kontot till en kostnadsgrupp.",
                )
