"""What people keep for themselves: favourites, where they have been, what they have closed, saved views."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _owner() -> sa.Column[str]:
    return sa.Column("owner", sa.String(200), sa.ForeignKey("habit_owner.owner"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "habit_owner",
        sa.Column("owner", sa.String(200), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        comment="at: when the owner last wrote anything. The row is held while one of the owner's others is written",
    )
    op.create_table(
        "habit_favourite",
        _owner(),
        sa.Column("measure", sa.String(120), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", "measure"),
    )
    op.create_table(
        "habit_recent",
        _owner(),
        sa.Column("page", sa.String(80), nullable=False),
        sa.Column("unit", sa.String(120), nullable=False),
        sa.Column("measure", sa.String(120), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", "page", "unit", "measure"),
    )
    op.create_table(
        "habit_closed",
        _owner(),
        sa.Column("what", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("owner", "what"),
    )
    op.create_table(
        "habit_view",
        sa.Column("number", sa.Integer, primary_key=True),
        _owner(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("same", sa.String(240), nullable=False),
        sa.Column("page", sa.String(80), nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("latest", sa.Boolean, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("owner", "same"),
    )
