"""The table of the accounts' keys to the API."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from hsf_kpi.store.moment import Moment
from hsf_kpi.store.tables import metadata

api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("hint", String(20), nullable=False),
    Column("created", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("used", Date),
    Column("ended", Moment),
    Index(None, "user_id"),
    comment="token: SHA-256 of the key. used: the last Swedish day that it was used",
)
