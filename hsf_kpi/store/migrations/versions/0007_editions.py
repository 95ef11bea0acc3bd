"""Frozen reports."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_edition",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("template", sa.String(80), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id")),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        comment="hash, size: of the content before it was packed with zlib. load_id: the latest load that it knew of",
    )
    op.create_index("ix_report_edition_unit", "report_edition", ["unit"])
