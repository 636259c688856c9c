"""An entry's amounts lie on one page of the database, and so do the tallies it moves: less to write for each entry"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name, when, where in (
        ("day_tallies", sa.Column("day", sa.Date(), nullable=False), ("area", "unit")),
        ("month_tallies", sa.Column("month", sa.Date(), nullable=False), ("area", "unit")),
        ("hour_tallies", sa.Column("month", sa.Date(), nullable=False), ("weekday", "hour")),
    ):
        places = [
            sa.Column(column, sa.String(length=40) if column in {"area", "unit"} else sa.Integer(), nullable=False)
            for column in where
        ]
        _make_anew(
            name,
            sa.Column("municipality", sa.String(length=4), nullable=False),
            sa.Column("kind", sa.String(length=40), nullable=False),
            when,
            *places,
            sa.Column("measure", sa.String(length=40), nullable=False),
            sa.Column("amount", sa.BigInteger(), nullable=False),
            sa.Column("entries", sa.BigInteger(), nullable=False),
            sa.PrimaryKeyConstraint("municipality", "kind", when.name, *where, "measure", name=op.f(f"pk_{name}")),
        )
    _make_anew(
        "entry_amounts",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_amounts_entry_id_entries")),
        sa.PrimaryKeyConstraint("entry_id", "measure", name=op.f("pk_entry_amounts")),
    )


def _make_anew(name: str, *parts: sa.schema.SchemaItem) -> None:
    """The same table with the same rows in another order. A key's name is taken as long as the old table is there."""
    columns = ", ".join(part.name for part in parts if isinstance(part, sa.Column))
    op.execute(f"CREATE TABLE moving AS SELECT {columns} FROM {name}")  # noqa: S608 - names from above
    op.drop_table(name)
    op.create_table(name, *parts, sqlite_with_rowid=False)
    op.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM moving")  # noqa: S608
    op.drop_table("moving")
