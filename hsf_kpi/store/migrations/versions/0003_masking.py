"""The rule that a measure's sums were masked by. Sums made before it are made anew at the next build."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measure", sa.Column("masking", sa.Text))
    # SQLite can't write comments, and has no use for them.
    if op.get_bind().dialect.supports_comments:
        op.create_table_comment("measure", "masking: the rule that the sums were masked by")
    # Definitions that differ from those of the sums make every sum anew.
    op.execute("UPDATE meta SET value = '' WHERE key = 'fingerprint'")
