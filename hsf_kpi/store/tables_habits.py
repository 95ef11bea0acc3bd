"""The tables of what people keep for themselves. Owned by nobody's account: on demo data nobody signs in.

Rows are changed and erased: no figure hangs on them, and no load, undoing or earlier day knows of them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hsf_kpi.store.moment import Moment
from hsf_kpi.store.tables import metadata

habit_owner = Table(
    "habit_owner",
    metadata,
    # A login, or what a browser that looks at demo data is known by.
    Column("owner", String(200), primary_key=True),
    Column("at", Moment, nullable=False),
    comment="at: when the owner last wrote anything. The row is held while one of the owner's others is written",
)


def _owner() -> Column[str]:
    return Column("owner", String(200), ForeignKey("habit_owner.owner"), nullable=False)


habit_favourite = Table(
    "habit_favourite",
    metadata,
    _owner(),
    Column("measure", String(120), nullable=False),
    # 1, 2 … of the owner's, in the order added.
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("owner", "measure"),
)

habit_recent = Table(
    "habit_recent",
    metadata,
    _owner(),
    Column("page", String(80), nullable=False),
    Column("unit", String(120), nullable=False),
    Column("measure", String(120), nullable=False),
    # The highest of the owner's is where they were last.
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("owner", "page", "unit", "measure"),
)

habit_closed = Table(
    "habit_closed",
    metadata,
    _owner(),
    Column("what", String(40), nullable=False),
    PrimaryKeyConstraint("owner", "what"),
)

habit_view = Table(
    "habit_view",
    metadata,
    Column("number", Integer, primary_key=True),
    _owner(),
    Column("name", String(200), nullable=False),
    Column("title", String(80), nullable=False),
    # The title as it is told apart from the owner's others: upper and lower case alike.
    Column("same", String(240), nullable=False),
    Column("page", String(80), nullable=False),
    # A list of pairs, as JSON.
    Column("params", Text, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("owner", "same"),
)

OWNED = (habit_favourite, habit_recent, habit_closed, habit_view)
"""What is gone before its owner is."""
