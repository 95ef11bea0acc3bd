"""Follow-ups of what has been promised, and the register of HoS 2029."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
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
        "follow_up",
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("subject", "key", "month", "version"),
    )
    op.create_table(
        "follow_up_entry",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("activity", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("due", sa.Integer),
        sa.Column("state", sa.String(30)),
        sa.Column("other", sa.String(80), nullable=False),
        sa.Column("likelihood", sa.Integer),
        sa.Column("consequence", sa.Integer),
        sa.Column("removed", sa.Boolean, nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("number", "version"),
    )
