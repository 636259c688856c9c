"""Exports that take a while, requests for documents, and what is left of entries that were removed by decision"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_exports_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_account_id_asked_at"), "exports", ["account_id", "asked_at"])
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("organisation", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_disclosures_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
    )
    op.create_index(op.f("ix_disclosures_municipality_organisation"), "disclosures", ["municipality", "organisation"])
    op.create_table(
        "released_texts",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosures.id"], name=op.f("fk_released_texts_disclosure_id_disclosures")
        ),
        sa.PrimaryKeyConstraint("disclosure_id", "version_id", "field", name=op.f("pk_released_texts")),
        sqlite_with_rowid=False,
    )
    for name, when, where in (
        ("retained_days", "day", (sa.Column("area", sa.String(length=40)), sa.Column("unit", sa.String(length=40)))),
        ("retained_hours", "month", (sa.Column("weekday", sa.Integer()), sa.Column("hour", sa.Integer()))),
    ):
        for column in where:
            column.nullable = False
        op.create_table(
            name,
            sa.Column("municipality", sa.String(length=4), nullable=False),
            sa.Column("kind", sa.String(length=40), nullable=False),
            sa.Column(when, sa.Date(), nullable=False),
            *where,
            sa.Column("measure", sa.String(length=40), nullable=False),
            sa.Column("amount", sa.BigInteger(), nullable=False),
            sa.Column("entries", sa.BigInteger(), nullable=False),
            sa.PrimaryKeyConstraint(
                "municipality", "kind", when, *(column.name for column in where), "measure", name=op.f(f"pk_{name}")
            ),
            sqlite_with_rowid=False,
        )
