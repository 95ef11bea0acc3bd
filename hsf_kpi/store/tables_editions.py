"""The table of frozen reports. Rows are added and never changed; no load and no undoing touches them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from hsf_kpi.store.moment import Moment
from hsf_kpi.store.tables import metadata

report_edition = Table(
    "report_edition",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("template", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False, index=True),
    Column("month", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("load_id", Integer, ForeignKey("load.id")),
    Column("format", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    comment="hash, size: of the content before it was packed with zlib. load_id: the latest load that it knew of",
)
