"""The shape of [ledger] in economy.toml: what the demo's ledger is shared out by. Amounts in mnkr, shares 0–1."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.settings_base import Amount, NotNegative, Positive, Section, Share, Twelve


class Grants(Section):
    """A kind of revenue that is paid by twelfths: the year's amount, in the outcome and in the budget."""

    actual: dict[str, Amount] = Field(min_length=1)
    """Year → mnkr. A year that is not named takes the nearest earlier one, else the first."""
    budget: dict[str, Amount] = Field(default={})
    """The same; none: as the outcome."""
    table: str = ""
    """The plan's table whose printed total, in column `hsf`, is the amount of `table_year`."""
    table_year: int = 0
    units: dict[str, NotNegative] = Field(min_length=1)
    """What each unit's share weighs."""

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if bool(self.table) != bool(self.table_year):
            raise ValueError("table och table_year ska anges tillsammans")
        return self


class Trade(Section):
    """What one unit sells: the plan's printed revenue (or `amounts`), and who buys."""

    seller: str
    internal: Share
    """Of the year's sales, to units of the förvaltning."""
    earlier: Positive = 1.0
    """Sales of a year over those of the year before, before the printed year and after it."""
    amounts: dict[str, Amount] = Field(default={})
    """Year → mnkr, instead of the plan's table; nothing in other years."""
    account: str = "kopta-tjanster"
    """Where the buyers book it."""
    buyers: dict[str, Positive] = Field(min_length=1)
    """What each buyer's share weighs."""


class Project(Section):
    """Uppdragsprojekt of a unit: revenue and cost are the same."""

    unit: str
    per_year: Amount
    """mnkr."""
    accounts: dict[str, Positive] = Field(min_length=1)
    """What each cost account's share weighs."""


class CostCentre(Section):
    """A kostnadsställe below a unit; the cost centres of a unit share all its amounts."""

    unit: str
    name: str = Field(min_length=1, max_length=40)
    """Code and function."""
    share: Positive
    """Of every cost, before `accounts`."""
    accounts: dict[str, NotNegative] = Field(default={})
    """Account → factor on the share."""


class LedgerSettings(Section):
    """How the amounts of the ledger follow from the four measures' values."""

    staff: str
    hired: str
    investments: str
    """The keys of the measures whose numerators are the cost of own staff, hired staff, and investments."""
    before: Positive
    """Growth of the gross cost from the first year's months to the second's, percent."""
    ram: dict[str, Amount] = Field(default={})
    """Year → the förvaltning's ram, for years without a printed one."""
    grants: Grants
    board: Grants
    """statsbidrag, and ersättning ur regionstyrelsens anslag."""
    trade: tuple[Trade, ...] = ()
    trade_table: str = ""
    trade_year: int = 0
    """The plan's table of what sellers take in («intakt», «pris», «volym» by unit), and its year."""
    other_met: dict[str, Positive] = Field(default={})
    """Year → the other revenue's outcome as a share of its budget."""
    other_season: Twelve | None = None
    """How other revenue is budgeted over the year, January first; none: by twelfths."""
    investment_ram: str = ""
    """The plan's table of investment ramar; the amounts of its first row are the budgets of its years."""
    mix: dict[str, dict[str, NotNegative]]
    """Unit («default» for the others) → account → share of the cost that is not staff."""
    steady: tuple[str, ...] = ()
    """Accounts that cost about the same every month."""
    level: dict[str, dict[str, float]] = Field(default={})
    """Account → month → factor on its share; straight lines between."""
    noise: NotNegative = 0.03
    """Of an account from month to month, relative."""
    overrun: dict[str, NotNegative] = Field(default={})
    """Account → how much of the units' deviation it takes, against its size; 1 where it is not named."""
    project: tuple[Project, ...] = ()
    cost_centre: tuple[CostCentre, ...] = ()
    cost_centres_from: int = 0
    """The first year in which amounts are told by kostnadsställe."""

    @model_validator(mode="after")
    def _default(self) -> Self:
        if "default" not in self.mix:
            raise ValueError("mix ska ha fördelningen ”default”")
        return self
