"""Files and their loads: which row of which file a value came from, what undoing restored, the steps of a month."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    _loads()
    for table in ("observation", "ledger_entry", "forecast_entry"):
        _given(table)
    for table in ("observation", "ledger_entry"):
        replaced = sa.text("superseded_by IS NOT NULL")
        op.create_index(
            f"ix_{table}_superseded_by",
            table,
            ["superseded_by"],
            sqlite_where=replaced,
            postgresql_where=replaced,
        )
    op.add_column(
        "improvement", sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id")), inline_references=True
    )
    op.add_column(
        "improvement", sa.Column("withdrawn_by", sa.Integer, sa.ForeignKey("load.id")), inline_references=True
    )
    _moves()
    _external()
    _comments()


def _given(table: str) -> None:
    op.add_column(table, sa.Column("row", sa.Integer))
    op.add_column(table, sa.Column("given_by", sa.Integer, sa.ForeignKey("load.id")), inline_references=True)


def _tables() -> None:
    op.create_table(
        "load_file",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(200), nullable=False),
        comment="every loaded file, unchanged",
    )
    op.create_table(
        "load_file_part",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("load_file.sha256"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        comment="content: zlib of so many bytes of the file",
    )
    op.create_table(
        "source_profile",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        comment="profiles written in the page, every version; the highest holds",
    )
    op.create_table(
        "definition_file",
        sa.Column("path", sa.String(200), primary_key=True),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("load.id")),
        comment="definitions loaded from files, beside those in data/",
    )
    op.create_table(
        "month_step",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        comment="what was done with a month, and by whom; load_id: the latest load then. details: JSON",
    )
    op.create_index("ix_month_step_month", "month_step", ["month"])


def _loads() -> None:
    for column in (
        sa.Column("kind", sa.String(20), nullable=False, server_default="data"),
        sa.Column("profile", sa.String(80)),
        sa.Column("file_name", sa.String(255)),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id")),
        sa.Column("first_month", sa.Integer),
        sa.Column("last_month", sa.Integer),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("load.id")),
        sa.Column("undone_by", sa.Integer, sa.ForeignKey("load.id")),
    ):
        op.add_column("load", column, inline_references=True)
    op.execute("UPDATE load SET kind = 'derived' WHERE source = 'Beräknat ur huvudboken'")


def _moves() -> None:
    """The load belongs to the key: a move that is delivered again takes the place of the earlier one, which stays."""
    op.rename_table("staff_move", "staff_move_before")
    op.create_table(
        "staff_move",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("unit", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("financed", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), primary_key=True, autoincrement=False),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.Column("row", sa.Integer),
        sa.Column("given_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.PrimaryKeyConstraint("id", "unit", "load_id", name=_free_name("staff_move")),
        comment="the rows of one id are one decided move, and net to zero",
    )
    names = "id, unit, month, persons, reference, financed, note"
    op.execute(
        f"INSERT INTO staff_move ({names}, load_id)"
        f" SELECT {names}, COALESCE(load_id, (SELECT MIN(id) FROM load)) FROM staff_move_before"
    )
    op.drop_table("staff_move_before")


def _external() -> None:
    op.rename_table("external_value", "external_value_before")
    op.create_table(
        "external_value",
        sa.Column("register", sa.String(40), primary_key=True),
        sa.Column("series", sa.String(40), primary_key=True),
        sa.Column("region_id", sa.String(20), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("region", sa.String(120), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.id"), primary_key=True, autoincrement=False),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.Column("row", sa.Integer),
        sa.Column("given_by", sa.Integer, sa.ForeignKey("load.id")),
        sa.PrimaryKeyConstraint(
            "register", "series", "region_id", "year", "load_id", name=_free_name("external_value")
        ),
    )
    names = "register, series, region_id, year, region, value, load_id"
    op.execute(f"INSERT INTO external_value ({names}) SELECT {names} FROM external_value_before")
    op.drop_table("external_value_before")


def _free_name(table: str) -> str:
    """PostgreSQL keeps the name of a renamed table's key taken until the table is gone."""
    return f"pk_{table}_load"


def _comments() -> None:
    # SQLite can't write comments, and has no use for them.
    if not op.get_bind().dialect.supports_comments:
        return
    for table, comment in (
        ("load", "kind: data, derived, undo or definitions. unit: the lowest one above all that it touches"),
        (
            "observation",
            "row: its row in the file. given_by: the load that it came with, where undoing a later one restored it",
        ),
        (
            "improvement",
            "expected: kronor a month. withdrawn_by: the undoing of the load that brought it",
        ),
    ):
        op.create_table_comment(table, comment)
