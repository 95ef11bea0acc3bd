"""Passwords, sessions, tickets and failed sign-ins; a grant may be open backwards; the log is found by time."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_account", sa.Column("password", sa.String(100)))
    op.add_column(
        "user_account", sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("user_account", sa.Column("password_changed", sa.DateTime(timezone=True)))
    # SQLite can't write comments, and has no use for them.
    if op.get_bind().dialect.supports_comments:
        op.create_table_comment("user_account", "login: lower case. password: a bcrypt hash")
    with op.batch_alter_table("role_grant") as grants:
        grants.alter_column("valid_from", existing_type=sa.Date, nullable=True)
        grants.drop_constraint("uq_role_grant_user_id_role_unit_valid_from", type_="unique")
    op.create_index("ix_role_grant_user_id", "role_grant", ["user_id"])
    op.create_table(
        "session",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("address", sa.String(100), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        comment="token: SHA-256 of the secret that the browser holds",
    )
    op.create_index("ix_session_user_id_address", "session", ["user_id", "address"])
    op.create_table(
        "ticket",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("address", sa.String(100), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        comment="made into a session, once",
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Float, nullable=False),
        sa.Column("latest", sa.DateTime(timezone=True), nullable=False),
        comment="subject: SHA-256 of account, account and address or device, or address",
    )
    op.create_index("ix_sign_in_failure_latest", "sign_in_failure", ["latest"])
    op.create_table(
        "device",
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user_account.id"), primary_key=True),
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        comment="browsers that have signed in to the account; token: SHA-256 of the secret that the browser holds",
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
