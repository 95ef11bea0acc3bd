"""The ledger with its sums, forecasts, decided moves and improvement activities."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_account",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("account", sa.Integer, sa.ForeignKey("ledger_account.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("project", sa.SmallInteger, nullable=False),
        sa.Column("counterpart", sa.Integer, nullable=False),
        sa.Column("cost_centre", sa.String(40), nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.PrimaryKeyConstraint(
            "unit", "kind", "account", "month", "project", "counterpart", "cost_centre", "load_id"
        ),
        sqlite_with_rowid=False,
        comment="amount: whole kronor without the sign of its side",
    )
    op.create_table(
        "ledger_sum",
        sa.Column("unit", sa.Integer, nullable=False),
        sa.Column("org", sa.SmallInteger, nullable=False),
        sa.Column("project", sa.SmallInteger, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("account", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("internal", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("unit", "org", "project", "kind", "account", "month"),
        sqlite_with_rowid=False,
        comment="internal: the part of amount whose counterpart lies at or below the unit too",
    )
    op.create_table(
        "ledger_cover",
        sa.Column("unit", sa.Integer, nullable=False),
        sa.Column("org", sa.SmallInteger, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("reported", sa.Integer, nullable=False),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit", "org", "month"),
        sqlite_with_rowid=False,
        comment="units below that have booked an outcome, and that should have",
    )
    op.create_table(
        "forecast_entry",
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("made", sa.Date, nullable=False),
        sa.Column("account", sa.Integer, sa.ForeignKey("ledger_account.id"), nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.PrimaryKeyConstraint("unit", "year", "made", "account", "load_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forecast_sum",
        sa.Column("unit", sa.Integer, nullable=False),
        sa.Column("org", sa.SmallInteger, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("account", sa.Integer, nullable=False),
        sa.Column("made", sa.Date, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit", "org", "year", "month", "account"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff_move",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("financed", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id")),
        comment="the rows of one id are one decided move, and net to zero",
    )
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("effect", sa.String(20), nullable=False),
        sa.Column("expected", sa.BigInteger, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer),
        sa.Column("responsible", sa.String(120), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        comment="expected: kronor a month",
    )
    op.create_index("ix_improvement_unit", "improvement", ["unit"])
    op.create_table(
        "improvement_effect",
        sa.Column("improvement_id", sa.Integer, sa.ForeignKey("improvement.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("realised", sa.BigInteger, nullable=False),
    )
