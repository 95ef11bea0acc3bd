"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        comment="kind, as_of, data_version, fingerprint, latest, first_month, last_month",
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("touched", sa.Boolean, nullable=False, server_default=sa.false()),
        comment="touched: the unit has its own sums in the view of today's organisation",
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "load",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("origin", sa.SmallInteger, nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("data_version", sa.Integer, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "observation",
        sa.Column("measure", sa.Integer, sa.ForeignKey("measure.id"), nullable=False),
        sa.Column("window", sa.SmallInteger, nullable=False),
        sa.Column("sex", sa.SmallInteger, nullable=False),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("origin", sa.SmallInteger, nullable=False),
        sa.Column("form", sa.SmallInteger, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), nullable=False),
        sa.Column("numerator", sa.BigInteger),
        sa.Column("denominator", sa.BigInteger),
        sa.Column("ready", sa.BigInteger),
        sa.Column("source", sa.Integer, sa.ForeignKey("source.id"), nullable=False),
        sa.Column("known_from", sa.Date, nullable=False),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.PrimaryKeyConstraint("measure", "window", "sex", "unit", "month", "origin", "form", "load_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup",
        sa.Column("unit", sa.Integer, nullable=False),
        sa.Column("org", sa.SmallInteger, nullable=False),
        sa.Column("window", sa.SmallInteger, nullable=False),
        sa.Column("sex", sa.SmallInteger, nullable=False),
        sa.Column("measure", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("numerator", sa.BigInteger),
        sa.Column("denominator", sa.BigInteger),
        sa.Column("ready", sa.BigInteger),
        sa.Column("months", sa.SmallInteger, nullable=False),
        sa.Column("months_expected", sa.SmallInteger, nullable=False),
        sa.Column("reported", sa.Integer, nullable=False),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.Column("missing_share", sa.Float, nullable=False),
        sa.Column("masked", sa.Boolean, nullable=False),
        sa.Column("origin", sa.SmallInteger, nullable=False),
        sa.Column("source", sa.Integer),
        sa.PrimaryKeyConstraint("unit", "org", "window", "sex", "measure", "month"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "external_value",
        sa.Column("register", sa.String(40), primary_key=True),
        sa.Column("series", sa.String(40), primary_key=True),
        sa.Column("region_id", sa.String(20), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("region", sa.String(120), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), nullable=False),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.String(200), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id")),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date),
        sa.UniqueConstraint("user_id", "role", "unit", "valid_from"),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
