"""The tables. Facts carry small numbers (`unit`, `measure`, `codes`) so that millions of rows stay small.

Months are `Month.index`. Components are whole ten-thousandths (`model.aggregation.FIXED`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    text,
)

from hsf_kpi.store.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_REPLACED: Any = {
    "sqlite_where": text("superseded_by IS NOT NULL"),
    "postgresql_where": text("superseded_by IS NOT NULL"),
}

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="kind, as_of, data_version, fingerprint, latest, first_month, last_month",
)

unit = Table(
    "unit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("touched", Boolean, nullable=False, server_default=false()),
    comment="touched: the unit has its own sums in the view of today's organisation",
)

measure = Table(
    "measure",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("masking", Text),
    comment="masking: the rule that the sums were masked by",
)

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False, unique=True),
)

load = Table(
    "load",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("origin", SmallInteger, nullable=False),
    Column("sha256", String(64)),
    Column("rows", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("data_version", Integer, nullable=False),
    Column("undone_at", Moment),
    Column("kind", String(20), nullable=False, server_default="data"),
    Column("profile", String(80)),
    Column("file_name", String(255)),
    Column("unit", Integer, ForeignKey("unit.id")),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("undoes", Integer, ForeignKey("load.id")),
    Column("undone_by", Integer, ForeignKey("load.id")),
    comment="kind: data, derived, undo or definitions. unit: the lowest one above all that it touches",
)

observation = Table(
    "observation",
    metadata,
    Column("measure", Integer, ForeignKey("measure.id"), nullable=False),
    Column("window", SmallInteger, nullable=False),
    Column("sex", SmallInteger, nullable=False),
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("month", Integer, nullable=False),
    Column("origin", SmallInteger, nullable=False),
    Column("form", SmallInteger, nullable=False),
    Column("load_id", Integer, ForeignKey("load.id"), nullable=False),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    Column("ready", BigInteger),
    Column("source", Integer, ForeignKey("source.id"), nullable=False),
    Column("known_from", Date, nullable=False),
    Column("superseded_by", Integer, ForeignKey("load.id")),
    Column("row", Integer),
    Column("given_by", Integer, ForeignKey("load.id")),
    PrimaryKeyConstraint("measure", "window", "sex", "unit", "month", "origin", "form", "load_id"),
    # What has been replaced is little, and is asked for alone.
    Index(None, "superseded_by", **_REPLACED),
    sqlite_with_rowid=False,
    comment="row: its row in the file. given_by: the load that it came with, where undoing a later one restored it",
)

rollup = Table(
    "rollup",
    metadata,
    Column("unit", Integer, nullable=False),
    Column("org", SmallInteger, nullable=False),
    Column("window", SmallInteger, nullable=False),
    Column("sex", SmallInteger, nullable=False),
    Column("measure", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    Column("ready", BigInteger),
    Column("months", SmallInteger, nullable=False),
    Column("months_expected", SmallInteger, nullable=False),
    Column("reported", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("missing_share", Float, nullable=False),
    Column("masked", Boolean, nullable=False),
    Column("origin", SmallInteger, nullable=False),
    # The one source of all parts; empty when they have several.
    Column("source", Integer),
    # Reading a unit's page is one range scan: the rows of a unit, view and sex lie side by side.
    PrimaryKeyConstraint("unit", "org", "window", "sex", "measure", "month"),
    sqlite_with_rowid=False,
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("account", Integer, ForeignKey("ledger_account.id"), nullable=False),
    Column("month", Integer, nullable=False),
    Column("project", SmallInteger, nullable=False),
    # 0 where the other party is not a unit of the förvaltning.
    Column("counterpart", Integer, nullable=False),
    Column("cost_centre", String(40), nullable=False),
    Column("load_id", Integer, ForeignKey("load.id"), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("superseded_by", Integer, ForeignKey("load.id")),
    Column("row", Integer),
    Column("given_by", Integer, ForeignKey("load.id")),
    PrimaryKeyConstraint(
        "unit", "kind", "account", "month", "project", "counterpart", "cost_centre", "load_id"
    ),
    Index(None, "superseded_by", **_REPLACED),
    sqlite_with_rowid=False,
    comment="amount: whole kronor without the sign of its side",
)

ledger_account = Table(
    "ledger_account",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", String(120), nullable=False, unique=True),
)

ledger_sum = Table(
    "ledger_sum",
    metadata,
    Column("unit", Integer, nullable=False),
    Column("org", SmallInteger, nullable=False),
    Column("project", SmallInteger, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("account", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("internal", BigInteger, nullable=False),
    # Reading a unit's ledger is one range scan.
    PrimaryKeyConstraint("unit", "org", "project", "kind", "account", "month"),
    sqlite_with_rowid=False,
    comment="internal: the part of amount whose counterpart lies at or below the unit too",
)

ledger_cover = Table(
    "ledger_cover",
    metadata,
    Column("unit", Integer, nullable=False),
    Column("org", SmallInteger, nullable=False),
    Column("month", Integer, nullable=False),
    Column("reported", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    PrimaryKeyConstraint("unit", "org", "month"),
    sqlite_with_rowid=False,
    comment="units below that have booked an outcome, and that should have",
)

forecast_entry = Table(
    "forecast_entry",
    metadata,
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("made", Date, nullable=False),
    Column("account", Integer, ForeignKey("ledger_account.id"), nullable=False),
    Column("load_id", Integer, ForeignKey("load.id"), nullable=False),
    Column("author", String(120), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("superseded_by", Integer, ForeignKey("load.id")),
    Column("row", Integer),
    Column("given_by", Integer, ForeignKey("load.id")),
    PrimaryKeyConstraint("unit", "year", "made", "account", "load_id"),
    sqlite_with_rowid=False,
)

forecast_sum = Table(
    "forecast_sum",
    metadata,
    Column("unit", Integer, nullable=False),
    Column("org", SmallInteger, nullable=False),
    Column("year", Integer, nullable=False),
    # The month in which it was submitted; the latest day of those in it.
    Column("month", Integer, nullable=False),
    Column("account", Integer, nullable=False),
    Column("made", Date, nullable=False),
    Column("author", String(120), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("units", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    PrimaryKeyConstraint("unit", "org", "year", "month", "account"),
    sqlite_with_rowid=False,
)

staff_move = Table(
    "staff_move",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("unit", Integer, ForeignKey("unit.id"), primary_key=True),
    Column("month", Integer, nullable=False),
    Column("persons", Integer, nullable=False),
    Column("reference", String(200), nullable=False),
    Column("financed", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("load_id", Integer, ForeignKey("load.id"), primary_key=True, autoincrement=False),
    Column("superseded_by", Integer, ForeignKey("load.id")),
    Column("row", Integer),
    Column("given_by", Integer, ForeignKey("load.id")),
    comment="the rows of one id are one decided move, and net to zero",
)

improvement = Table(
    "improvement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", Integer, ForeignKey("unit.id"), nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("effect", String(20), nullable=False),
    Column("expected", BigInteger, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer),
    Column("responsible", String(120), nullable=False),
    Column("status", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("changed_by", String(200), nullable=False),
    Column("load_id", Integer, ForeignKey("load.id")),
    Column("withdrawn_by", Integer, ForeignKey("load.id")),
    comment="expected: kronor a month. withdrawn_by: the undoing of the load that brought it",
)

improvement_effect = Table(
    "improvement_effect",
    metadata,
    Column("improvement_id", Integer, ForeignKey("improvement.id"), primary_key=True),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("realised", BigInteger, nullable=False),
)

external_value = Table(
    "external_value",
    metadata,
    Column("register", String(40), primary_key=True),
    Column("series", String(40), primary_key=True),
    Column("region_id", String(20), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("region", String(120), nullable=False),
    Column("value", BigInteger, nullable=False),
    Column("load_id", Integer, ForeignKey("load.id"), primary_key=True, autoincrement=False),
    Column("superseded_by", Integer, ForeignKey("load.id")),
    Column("row", Integer),
    Column("given_by", Integer, ForeignKey("load.id")),
)

user_account = Table(
    "user_account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(200), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    Column("password", String(100)),
    Column("must_change", Boolean, nullable=False, server_default=false()),
    Column("password_changed", Moment),
    comment="login: lower case. password: a bcrypt hash",
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False),
    Column("role", String(40), nullable=False),
    Column("unit", Integer, ForeignKey("unit.id")),
    # A role that was taken away the day it was given never held: then the last day is before the first.
    Column("valid_from", Date),
    Column("valid_to", Date),
    Index(None, "user_id"),
)

session = Table(
    "session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False),
    Column("way", String(20), nullable=False),
    Column("address", String(100), nullable=False),
    Column("began", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("ends", Moment, nullable=False),
    Column("ended", Moment),
    # Whether somebody has signed in from an address before is asked at every try.
    Index(None, "user_id", "address"),
    comment="token: SHA-256 of the secret that the browser holds",
)

ticket = Table(
    "ticket",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False),
    Column("way", String(20), nullable=False),
    Column("address", String(100), nullable=False),
    Column("until", Moment, nullable=False),
    comment="made into a session, once",
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("failures", Float, nullable=False),
    Column("latest", Moment, nullable=False, index=True),
    comment="subject: SHA-256 of account, account and address or device, or address",
)

device = Table(
    "device",
    metadata,
    Column("user_id", Integer, ForeignKey("user_account.id"), primary_key=True),
    Column("token", String(64), primary_key=True),
    Column("seen", Moment, nullable=False),
    comment="browsers that have signed in to the account; token: SHA-256 of the secret that the browser holds",
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("who", String(200), nullable=False),
    Column("what", String(80), nullable=False),
    Column("detail", Text, nullable=False),
)
