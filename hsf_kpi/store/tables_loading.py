"""The tables around loads: kept files, source profiles, loaded definitions, and the steps of a month.

The log of loads itself is in tables.py, since every fact points at it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from hsf_kpi.store.moment import Moment
from hsf_kpi.store.tables import metadata

load_file = Table(
    "load_file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("kept_by", String(200), nullable=False),
    comment="every loaded file, unchanged",
)

load_file_part = Table(
    "load_file_part",
    metadata,
    Column("sha256", String(64), ForeignKey("load_file.sha256"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    comment="content: zlib of so many bytes of the file",
)

source_profile = Table(
    "source_profile",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    comment="profiles written in the page, every version; the highest holds",
)

definition_file = Table(
    "definition_file",
    metadata,
    Column("path", String(200), primary_key=True),
    Column("load_id", Integer, ForeignKey("load.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("superseded_by", Integer, ForeignKey("load.id")),
    comment="definitions loaded from files, beside those in data/",
)

month_step = Table(
    "month_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", Integer, nullable=False, index=True),
    Column("step", String(20), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("load_id", Integer, ForeignKey("load.id")),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("details", Text, nullable=False),
    comment="what was done with a month, and by whom; load_id: the latest load then. details: JSON",
)
