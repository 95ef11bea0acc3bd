"""The tables of how it goes with what has been promised. Rows are added and never changed: the highest `version` stands.

`at`, `by`, `name`: when it was written, by which login, and the name as shown then. What is followed up is named as the
definition files name it: they may come after.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, String, Table, Text

from hsf_kpi.store.moment import Moment
from hsf_kpi.store.tables import metadata

follow_up = Table(
    "follow_up",
    metadata,
    Column("subject", String(20), nullable=False),
    Column("key", String(80), nullable=False),
    Column("month", Integer, nullable=False),
    # 1, 2 … of the subject, key and month.
    Column("version", Integer, nullable=False),
    Column("state", String(30), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    PrimaryKeyConstraint("subject", "key", "month", "version"),
)

follow_up_entry = Table(
    "follow_up_entry",
    metadata,
    # 1, 2 … of all.
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("activity", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("month", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("due", Integer),
    Column("state", String(30)),
    Column("other", String(80), nullable=False),
    Column("likelihood", Integer),
    Column("consequence", Integer),
    Column("removed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    PrimaryKeyConstraint("number", "version"),
)

FOLLOWED_UP = (follow_up, follow_up_entry)
