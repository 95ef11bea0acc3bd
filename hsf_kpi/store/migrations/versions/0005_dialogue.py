"""What the heads of units hand in for a month: analyses, åtgärder, own forecasts, «klar för dialog»."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _written() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "handin_analysis",
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("measure", sa.Integer, sa.ForeignKey("measure.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("year_end", sa.String(20)),
        sa.Column("year_end_reason", sa.Text, nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("unit", "month", "measure", "version"),
    )
    op.create_table(
        "handin_action",
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("measure", sa.Integer, sa.ForeignKey("measure.id"), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("responsible", sa.Text, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("effect", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger),
        sa.Column("removed", sa.Boolean, nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("unit", "month", "number", "version"),
        comment="amount: whole kronor a year",
    )
    op.create_table(
        "handin_forecast",
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("result", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("unit", "month", "version"),
        comment="result: whole kronor, revenue - cost of the month's year",
    )
    op.create_table(
        "handin_ready",
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ready", sa.Boolean, nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("unit", "month", "version"),
    )
