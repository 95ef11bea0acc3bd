"""The tables of what the heads of units hand in. Rows are added and never changed: the highest `version` stands.

`at`, `by`, `name`: when it was written, by which login, and the name as shown then.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from hsf_kpi.store.moment import Moment
from hsf_kpi.store.tables import metadata

handin_analysis = Table(
    "handin_analysis",
    metadata,
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("month", Integer, nullable=False),
    Column("measure", Integer, ForeignKey("measure.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("year_end", String(20)),
    Column("year_end_reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    PrimaryKeyConstraint("unit", "month", "measure", "version"),
)

handin_action = Table(
    "handin_action",
    metadata,
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("month", Integer, nullable=False),
    # 1, 2 … of the unit and month, whatever the measure.
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("measure", Integer, ForeignKey("measure.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("due", Integer, nullable=False),
    Column("effect", Text, nullable=False),
    Column("amount", BigInteger),
    Column("removed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    PrimaryKeyConstraint("unit", "month", "number", "version"),
    comment="amount: whole kronor a year",
)

handin_forecast = Table(
    "handin_forecast",
    metadata,
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("month", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("result", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    PrimaryKeyConstraint("unit", "month", "version"),
    comment="result: whole kronor, revenue - cost of the month's year",
)

handin_ready = Table(
    "handin_ready",
    metadata,
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("month", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    PrimaryKeyConstraint("unit", "month", "version"),
)

HANDED_IN = (handin_analysis, handin_action, handin_forecast, handin_ready)
