"""A plan holds from a day on, as a rule does; notes on what lags, who answers for a programme, areas' former names"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OWNER = ("municipality", "programme", "commitment")


def upgrade() -> None:
    for name, length in (("answers_for", 120), ("answers_address", 200)):
        op.add_column("programmes", sa.Column(name, sa.String(length=length), nullable=True))
    op.add_column("areas", sa.Column("retired_from", sa.Date(), nullable=True))
    op.create_table(
        "area_names",
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "slug"],
            ["areas.municipality", "areas.slug"],
            name=op.f("fk_area_names_municipality_slug_areas"),
        ),
        sa.PrimaryKeyConstraint("municipality", "slug", "until", name=op.f("pk_area_names")),
    )
    plans = _of_commitment("commitment_plans", "valid_from", sa.Column("plan", sa.JSON(), nullable=False), "entered_at")
    _of_commitment("deviation_notes", "day", sa.Column("text", sa.JSON(), nullable=False), "written_at")
    _move_plans(plans)
    op.drop_table("monthly_plans")
    op.drop_table("planned_dates")


def _of_commitment(table: str, key: str, what: sa.Column[object], when: str) -> sa.Table:
    return op.create_table(
        table,
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column(key, sa.Date(), nullable=False),
        what,
        sa.Column(when, sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            [*OWNER],
            ["commitments.municipality", "commitments.programme", "commitments.slug"],
            name=op.f(f"fk_{table}_municipality_programme_commitment_commitments"),
        ),
        sa.PrimaryKeyConstraint(*OWNER, key, name=op.f(f"pk_{table}")),
    )


def _move_plans(plans: sa.Table) -> None:
    """What was planned holds from its programme's first day."""
    connection = op.get_bind()
    found: dict[tuple[str, ...], dict[str, list[object]]] = {}
    for table, name, columns in (("planned_dates", "dates", "day"), ("monthly_plans", "months", "month, amount")):
        rows = connection.execute(sa.text(f"SELECT {', '.join(OWNER)}, {columns} FROM {table} ORDER BY {columns}"))  # noqa: S608
        for *owner, day, amount in (row if name == "months" else (*row, None) for row in rows):
            planned: object = str(day) if amount is None else {"month": str(day), "amount": amount}
            found.setdefault(tuple(owner), {}).setdefault(name, []).append(planned)
    programmes = sa.table("programmes", *(sa.column(name) for name in ("municipality", "slug")))
    first_day, loaded_at = sa.column("first_day", sa.Date()), sa.column("loaded_at", sa.DateTime(timezone=True))
    rows = connection.execute(sa.select(programmes.c.municipality, programmes.c.slug, first_day, loaded_at))
    began = {(row[0], row[1]): (row[2], row[3]) for row in rows}
    for key, plan in found.items():
        valid_from, entered_at = began[key[0], key[1]]
        values = dict(zip(OWNER, key, strict=True)) | {"valid_from": valid_from, "entered_at": entered_at}
        op.bulk_insert(plans, [values | {"plan": plan}])
